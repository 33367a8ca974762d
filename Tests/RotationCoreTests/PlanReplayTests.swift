// A plan replayed step by step through quota arithmetic of its own: whom it
// names live has room all along, and the pool is dry when it says so.

import Testing

@testable import RotationCore

private struct Dice {
    var state: UInt64
    /// SplitMix64.
    mutating func uniform(_ range: ClosedRange<Double>) -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        let unit = Double((mixed ^ (mixed >> 31)) >> 11) / Double(UInt64(1) << 53)
        return range.lowerBound + unit * (range.upperBound - range.lowerBound)
    }
}

/// The vendor's arithmetic, ten seconds at a time.
private struct Quota {
    var five: Double
    var seven: Double
    var fiveResetsAt: Int64?
    var sevenResetsAt: Int64
    let weight: Double

    var fullness: Double { max(five, seven) }

    mutating func pass(to second: Int64) {
        if let reset = fiveResetsAt, second >= reset { (five, fiveResetsAt) = (0, nil) }
        if second >= sevenResetsAt { (seven, sevenResetsAt) = (0, sevenResetsAt + 604_800) }
    }

    mutating func burn(_ points: Double, share: Double, at second: Int64) {
        fiveResetsAt = fiveResetsAt ?? second + 18_000
        five += points / weight
        seven += points / weight * share
    }
}

private struct Night {
    var quotas: [Quota] = []
    let rate: Double
    let share: Double

    init(seed: UInt64) {
        var dice = Dice(state: seed)
        rate = dice.uniform(10...150)
        share = dice.uniform(0.05...0.2)
        for _ in 0..<Int(dice.uniform(1...4.99)) {
            quotas.append(
                Quota(
                    five: dice.uniform(0...99), seven: dice.uniform(0...99),
                    fiveResetsAt: Int64(dice.uniform(60...18_000)),
                    sevenResetsAt: Int64(dice.uniform(600...604_800)),
                    weight: dice.uniform(0.25...3)))
        }
    }

    var plan: NightPlan {
        let accounts = quotas.enumerated().map { index, quota in
            PlanAccount(
                id: id("\(index)"),
                reading: Reading(
                    readAt: start, source: .usageEndpoint,
                    windows: windows(
                        quota.five, quota.seven, fiveHourResetsIn: quota.fiveResetsAt ?? 0,
                        sevenDayResetsIn: quota.sevenResetsAt)), weight: quota.weight)
        }
        let burn = Burn(
            perHour: Band(low: rate, likely: rate, high: rate), sevenDayShare: share,
            activeHours: 9, isIdle: false)
        return NightPlan(
            now: start, until: start.adding(seconds: 24 * 3600), live: id("0"),
            accounts: accounts, burn: burn, bounds: Bounds())
    }
}

@Suite struct PlanReplayTests {
    /// Seconds of a step, and seconds within which the plan must be right.
    private let step: Int64 = 10
    private let grace: Int64 = 60

    @Test(arguments: 1...120 as ClosedRange<UInt64>)
    func `a replayed plan is dry within a minute of what it says`(seed: UInt64) {
        let night = Night(seed: seed)
        let plan = night.plan
        var quotas = night.quotas
        // What the fastest of them loses in a minute.
        let slack = night.rate / 60 / (quotas.map(\.weight).min() ?? 1)
        let end = plan.dry.likely ?? plan.until
        var second: Int64 = 0
        // The fullest a live one was, and when the pool was dry before its time.
        var worst = 0.0
        var early: Int64?
        while start.adding(seconds: second) < min(end, plan.until) {
            let now = start.adding(seconds: second)
            for index in quotas.indices { quotas[index].pass(to: second) }
            let segment = plan.segments.last { $0.from <= now }
            guard let live = segment?.account.flatMap({ Int($0.accountUUID) }) else {
                Issue.record("nobody is live at \(second) s of seed \(seed)")
                return
            }
            worst = max(worst, quotas[live].fullness)
            if end.seconds(since: now) > grace, !quotas.contains(where: { $0.fullness < 97 }) {
                early = early ?? second
            }
            quotas[live].burn(
                night.rate * Double(step) / 3600, share: night.share, at: second)
            second += step
        }
        #expect(worst < 97 + slack && early == nil)
        guard let dry = plan.dry.likely, dry <= plan.until else { return }
        #expect(quotas.allSatisfy { $0.fullness >= 97 - slack })
        let reset = plan.firstResetAfter.map { $0.seconds(since: start) }
        let resets = quotas.map { quota in
            // Who is live changes between two steps.
            let full = 97 - night.rate * Double(2 * step) / 3600 / quota.weight
            return max(
                quota.five >= full ? quota.fiveResetsAt ?? 0 : 0,
                quota.seven >= full ? quota.sevenResetsAt : 0)
        }
        #expect(reset.map { abs($0 - (resets.min() ?? 0)) <= grace } == true)
    }

    @Test func `the nights are of every kind`() {
        let plans = (1...120 as ClosedRange<UInt64>).map { Night(seed: $0).plan }
        #expect(plans.filter { $0.dry.likely == nil }.count > 5)
        #expect(plans.filter { $0.dry.likely != nil && $0.dry.likely != start }.count > 50)
        #expect(
            Set(plans.flatMap(\.segments).map(\.reason))
                == [.belowThreshold, .drainFirst, .roomToStay, .allExhausted])
        #expect(plans.filter { $0.segments.count > 4 }.count > 20)
    }
}
