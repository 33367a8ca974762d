// A night under a policy: sessions burn the live account's quota step by step;
// who decides is asked when it wants to be. The judge is the product's own
// TickMachine, told only what the service would be told.

import RotationCore
import VendorSimulator

/// Who decides which account is live.
package enum Policy: String, CaseIterable, Sendable {
    /// The judge, reading the usage endpoint only.
    case ours
    /// The judge, with Claude Code's status line feeding it.
    case oursWithStatusline
    /// The same policy, reading every account at a fixed interval whatever it
    /// is answered, as tools without a schedule do.
    case fixed60, fixed300
    /// Swaps when a session met the limit.
    case reactive
    /// Knows everything and swaps for nothing: the physical limit.
    case oracle
    /// Knows at every moment what is used and when it begins anew, and nothing
    /// of the work to come; swaps for nothing, what lapses first first, and uses
    /// what is at its threshold only where no account is below it.
    case informed
}

package struct World {
    /// Any moment; nights are counted from it.
    static let epoch = 1_790_000_000
    /// Seconds between two lines of the status line while somebody works.
    private static let lineSeconds = 15
    /// Seconds an account has been usable before not being on it is a stall:
    /// no service can be quicker than its look and its swap.
    private static let stallSeconds = 10

    private let night: Night
    private let bounds: Bounds
    private var quotas: [Quota]
    private var live: Int
    private var score = Score()
    private var isAtWall = false
    /// Since when each account could have served; nil while it cannot.
    private var usableSince: [Int?]
    private var lastWork: Int

    init(_ night: Night, bounds: Bounds) {
        self.night = night
        self.bounds = bounds
        quotas = night.quotas
        live = night.live
        lastWork = -night.seconds
        usableSince = quotas.map { _ in nil }
    }

    /// What the policy makes of the night, under these bounds where it has any.
    package static func score(_ policy: Policy, _ night: Night, bounds: Bounds) -> Score {
        var world = World(night, bounds: bounds)
        switch policy {
        case .ours: return world.judged()
        case .oursWithStatusline: return world.judged(hasStatusLine: true)
        case .fixed60: return fixed(60, night, bounds)
        case .fixed300: return fixed(300, night, bounds)
        case .reactive: return world.reacting()
        case .oracle:
            let all =
                tries(night, bounds, threshold: 100)
                + tries(night, bounds, threshold: bounds.threshold)
            return all.max { $0.served < $1.served } ?? Score()
        case .informed:
            var world = World(night, bounds: bounds)
            return world.greedy({ $0.lapse < $1.lapse }, threshold: bounds.threshold)
        }
    }

    /// Three greedy orders over the same night.
    private static func tries(_ night: Night, _ bounds: Bounds, threshold: Double) -> [Score] {
        let orders: [(Quota, Quota) -> Bool] = [
            { $0.fiveResetsAt < $1.fiveResetsAt },
            { max($0.five, $0.seven) > max($1.five, $1.seven) },
            { $0.sevenResetsAt < $1.sevenResetsAt },
        ]
        return orders.map { order in
            var world = World(night, bounds: bounds)
            return world.greedy(order, threshold: threshold)
        }
    }

    private static func fixed(_ seconds: Int64, _ night: Night, _ bounds: Bounds) -> Score {
        var bounds = bounds
        bounds.liveReadSeconds = seconds
        bounds.liveReadNearSeconds = seconds
        bounds.alternateReadSeconds = seconds
        bounds.exhaustedReadSeconds = seconds
        bounds.targetReadSeconds = seconds
        bounds.readJitter = 0
        bounds.readsPerHour = 100_000
        bounds.backOffSeconds = 0
        bounds.backOffCapSeconds = 0
        var world = World(night, bounds: bounds)
        return world.judged(saysWhen: false)
    }

    // MARK: Time

    private mutating func burn(_ index: Int) {
        let second = index * Night.step
        let wanted = night.wanted(index)
        pass(to: second, withModel: wanted.model > 0)
        guard night.demand[index] > 0 else { return }
        lastWork = second
        var served = quotas[live].serve(wanted.other)
        var isShort = served < wanted.other
        if wanted.model > 0 {
            let more = quotas[live].serveModel(wanted.model)
            served += more
            isShort = isShort || more < wanted.model
        }
        score.served += served
        if isShort {
            score.unserved += night.demand[index] - served
            score.stalled += Night.step
            if !isAtWall {
                score.limitErrors += 1
                if isOtherBelowThreshold { score.limitErrorsWithAlternate += 1 }
            }
            switch alternate(at: second) {
            case .known: score.stalledWithAlternate += Night.step
            case .untold: score.stalledUntold += Night.step
            case nil: break
            }
        }
        isAtWall = isShort
    }

    private mutating func pass(to second: Int, withModel: Bool) {
        for account in quotas.indices {
            score.lapsed += quotas[account].pass(to: second)
            let isUsable = quotas[account].fullest(withModel: withModel) < bounds.threshold
            usableSince[account] = isUsable ? usableSince[account] ?? second : nil
        }
    }

    /// However short a time it has been.
    private var isOtherBelowThreshold: Bool {
        quotas.indices.contains { $0 != live && usableSince[$0] != nil }
    }

    private enum Alternate { case known, untold }

    /// An account that could serve instead; untold where only an early reset
    /// freed it, which nobody knows before it is read.
    private func alternate(at second: Int) -> Alternate? {
        let usable = quotas.indices.filter { account in
            account != live
                && usableSince[account].map { second - $0 >= Self.stallSeconds } ?? false
        }
        if usable.isEmpty { return nil }
        return usable.allSatisfy { quotas[$0].resetUntold } ? .untold : .known
    }

    private mutating func swap(to account: Int, at second: Int) {
        live = account
        score.swaps += 1
        if second - lastWork < Score.cacheSeconds { score.cachesLost += 1 }
        isAtWall = false
    }

    private func model(at index: Int) -> String? {
        night.wanted(index).model > 0 ? night.model : nil
    }

    // MARK: Who knows everything, and who knows nothing

    private mutating func greedy(
        _ isBefore: (Quota, Quota) -> Bool, threshold: Double
    ) -> Score {
        for index in night.demand.indices {
            let second = index * Night.step
            var rest = night.wanted(index)
            let withModel = rest.model > 0
            pass(to: second, withModel: withModel)
            let order = quotas.indices.sorted { isBefore(quotas[$0], quotas[$1]) }
            serve(&rest, from: order.filter { quotas[$0].fullest(withModel: false) < threshold })
            serve(&rest, from: order)
            score.unserved += rest.other + rest.model
            // Less is rounding.
            let isShort = rest.other + rest.model > 0.001
            if isShort { score.stalled += Night.step }
            if isShort, !isAtWall { score.limitErrors += 1 }
            isAtWall = isShort
        }
        return score
    }

    private mutating func serve(
        _ rest: inout (other: Double, model: Double), from order: [Int]
    ) {
        for account in order where rest.model > 0 && !quotas[account].isModelSpent {
            rest.model -= take(quotas[account].serveModel(rest.model), of: account)
        }
        for account in order where rest.other > 0 && !quotas[account].isSpent {
            rest.other -= take(quotas[account].serve(rest.other), of: account)
        }
    }

    private mutating func take(_ served: Double, of account: Int) -> Double {
        score.served += served
        if account != live { score.swaps += 1 }
        live = account
        return served
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
            spentUntil[live] = quota.five >= 100 ? quota.fiveResetsAt : quota.sevenResetsAt
            if quota.seven >= 100 { spentUntil[live] = quota.sevenResetsAt }
            let next = (1..<max(quotas.count, 2)).map { (live + $0) % quotas.count }
                .first { spentUntil[$0] <= second && $0 != live }
            if let next { swap(to: next, at: second) }
        }
        return score
    }

    // MARK: The judge

    private mutating func judged(saysWhen: Bool = true, hasStatusLine: Bool = false) -> Score {
        var judge = Judge(bounds: bounds, night: night, saysWhen: saysWhen)
        var nextTick = 0
        for index in night.demand.indices {
            burn(index)
            let second = index * Night.step
            let isBusy = night.demand[index] > 0
            if hasStatusLine, isBusy, second % Self.lineSeconds == 0,
                judge.observe(quotas[live], with: model(at: index), at: second)
            {
                nextTick = second
            }
            guard second >= nextTick else { continue }
            let (swapTo, next) = judge.tick(quotas, live: live, at: second, isBusy: isBusy)
            nextTick = next
            if let swapTo { swap(to: swapTo, at: second) }
        }
        score.requests = judge.endpoint.requests
        score.throttled = judge.endpoint.throttled
        return score
    }
}

extension Quota {
    /// When what is left of it lapses: with its five hours, or where the week is
    /// what binds, with the week.
    fileprivate var lapse: Int {
        (100 - seven) / weekShare <= 100 - five ? sevenResetsAt : fiveResetsAt
    }
}
