// A night under a policy: sessions burn the live account's quota step by step;
// who decides is asked when it wants to be. The judge is the product's own
// TickMachine, told only what the service would be told.

import RotationCore

/// Who decides which account is live.
enum Policy: String, CaseIterable {
    case ours, fixed60, fixed300, reactive, oracle
}

struct World {
    /// Any moment; nights are counted from it.
    static let epoch = 1_790_000_000

    private let night: Night
    private var quotas: [Quota]
    private var live = 0
    private var score = Score()
    private var isAtWall = false

    init(_ night: Night) {
        self.night = night
        quotas = night.quotas
    }

    static func score(_ policy: Policy, _ night: Night) -> Score {
        var world = World(night)
        switch policy {
        case .ours: return world.judged(Bounds(), saysWhen: true)
        case .fixed60: return world.judged(fixed(60), saysWhen: false)
        case .fixed300: return world.judged(fixed(300), saysWhen: false)
        case .reactive: return world.reacting()
        case .oracle:
            let orders: [(Quota, Quota) -> Bool] = [
                { $0.fiveResetsAt < $1.fiveResetsAt },
                { max($0.five, $0.seven) > max($1.five, $1.seven) },
                { $0.sevenResetsAt < $1.sevenResetsAt },
            ]
            let tries = orders.map { order in
                var world = World(night)
                return world.foreseeing(order)
            }
            return tries.max { $0.served < $1.served } ?? Score()
        }
    }

    /// The same policy polling every account at a fixed interval, whatever it
    /// is answered, as tools without a schedule do.
    private static func fixed(_ seconds: Int64) -> Bounds {
        var bounds = Bounds()
        bounds.liveReadSeconds = seconds
        bounds.liveReadNearSeconds = seconds
        bounds.alternateReadSeconds = seconds
        bounds.exhaustedReadSeconds = seconds
        bounds.targetReadSeconds = seconds
        bounds.readsPerHour = 100_000
        bounds.backOffSeconds = 0
        bounds.backOffCapSeconds = 0
        return bounds
    }

    // MARK: Time

    private mutating func burn(_ index: Int) {
        let second = index * Night.step
        for account in quotas.indices { quotas[account].pass(to: second) }
        let wanted = night.demand[index]
        guard wanted > 0 else { return }
        let served = quotas[live].serve(wanted)
        score.served += served
        let isShort = served < wanted
        if isShort {
            score.unserved += wanted - served
            if !isAtWall { score.limitErrors += 1 }
            if canAnother { score.stalledWithAlternate += Night.step }
        }
        isAtWall = isShort
    }

    private var canAnother: Bool {
        quotas.indices.contains { $0 != live && max(quotas[$0].five, quotas[$0].seven) < 97 }
    }

    // MARK: Who knows everything, and who knows nothing

    private mutating func foreseeing(_ isBefore: (Quota, Quota) -> Bool) -> Score {
        for index in night.demand.indices {
            let second = index * Night.step
            for account in quotas.indices { quotas[account].pass(to: second) }
            var rest = night.demand[index]
            let order = quotas.indices.sorted { isBefore(quotas[$0], quotas[$1]) }
            for account in order where rest > 0 && !quotas[account].isSpent {
                let served = quotas[account].serve(rest)
                score.served += served
                rest -= served
                if account != live { score.swaps += 1 }
                live = account
            }
            score.unserved += rest
        }
        return score
    }

    /// Swaps when a session meets the limit, to the next account it has not
    /// met the limit of since that one's reset; notices within a minute.
    private mutating func reacting() -> Score {
        var spentUntil = [Int](repeating: 0, count: quotas.count)
        for index in night.demand.indices {
            burn(index)
            let second = index * Night.step
            guard second % 60 == 0, isAtWall else { continue }
            let quota = quotas[live]
            spentUntil[live] = quota.seven >= 100 ? quota.sevenResetsAt : quota.fiveResetsAt
            let next = (1..<max(quotas.count, 2)).map { (live + $0) % quotas.count }
                .first { spentUntil[$0] <= second && $0 != live }
            if let next {
                live = next
                score.swaps += 1
                isAtWall = false
            }
        }
        return score
    }

    // MARK: The judge

    private mutating func judged(_ bounds: Bounds, saysWhen: Bool) -> Score {
        var judge = Judge(bounds: bounds, accounts: quotas.count, saysWhen: saysWhen)
        var nextTick = 0
        for index in night.demand.indices {
            burn(index)
            let second = index * Night.step
            guard second >= nextTick else { continue }
            let (swapTo, next) = judge.tick(quotas, live: live, at: second)
            nextTick = next
            if let swapTo {
                live = swapTo
                score.swaps += 1
                isAtWall = false
            }
        }
        score.requests = judge.endpoint.requests
        score.throttled = judge.endpoint.throttled
        return score
    }
}
