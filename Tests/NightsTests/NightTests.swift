// The laws of a night: what is wanted is served or not, nobody beats who knows
// everything, and what is added to a night leaves the rest of it as it was.

import RotationCore
import Testing
import VendorSimulator

@testable import Nights

/// The bench's, but shorter.
private let short: NightModel = {
    var model = NightModel.bench
    model.hours = 3
    return model
}()

/// Everything there is, at once.
private let everything: NightModel = {
    var model = short
    model.mix = ModelMix()
    model.outages = Outages()
    model.tiers = NightModel.everyTier
    return model
}()

private func quota(
    _ five: Double, _ seven: Double = 0, resetsAt: Int = Quota.fiveHours
) -> Quota {
    Quota(five: five, seven: seven, fiveResetsAt: resetsAt, sevenResetsAt: Quota.sevenDays)
}

@Suite struct NightTests {
    @Test(arguments: [short, everything], [1, 2, 5])
    func `what is wanted is served or not, under every policy`(model: NightModel, accounts: Int) {
        for seed in UInt64(1)...2 {
            let night = Night(seed: seed, accounts: accounts, model: model)
            let wanted = night.demand.reduce(0, +)
            for policy in Policy.allCases {
                let score = World.score(policy, night, bounds: Bounds())
                #expect(abs(score.served + score.unserved - wanted) < 1e-6 * max(wanted, 1))
                #expect(score.served >= 0 && score.unserved >= -1e-9)
                #expect(score.stalled >= score.stalledWithAlternate + score.stalledUntold)
                #expect(score.cachesLost <= score.swaps && score.throttled <= score.requests)
            }
        }
    }

    @Test(arguments: [short, everything])
    func `who knows everything serves the most`(model: NightModel) {
        var sums: [Policy: Double] = [:]
        for seed in UInt64(1)...12 {
            let night = Night(seed: seed, accounts: [2, 3, 5][Int(seed) % 3], model: model)
            for policy in Policy.allCases {
                sums[policy, default: 0] += World.score(policy, night, bounds: Bounds()).served
            }
        }
        let oracle = sums[.oracle] ?? 0
        for (policy, served) in sums { #expect(served <= oracle * 1.0001, "\(policy)") }
    }

    /// In the first hour 40 points are wanted of an account that resets after
    /// it with 3 left, and one with 50; then 113 in the four hours after.
    @Test func `what lapses at the threshold is missed by who keeps to it`() {
        let hour = 3600 / Night.step
        let demand =
            Array(repeating: 40 / Double(hour), count: hour)
            + Array(repeating: 113 / Double(3 * hour), count: 3 * hour)
        let night = Night(
            quotas: [quota(97, resetsAt: 3600), quota(50)], demand: demand)
        let free = World.score(.oracle, night, bounds: Bounds())
        let bound = World.score(.informed, night, bounds: Bounds())
        #expect(free.unserved < 1e-6 && free.limitErrors == 0)
        #expect(abs(bound.unserved - 3) < 1e-6 && bound.limitErrors == 1)
    }

    @Test(arguments: [(96.9, 1), (97.0, 0), (98.0, 0)])
    func `a limit met beside an account below its threshold is told apart`(
        other: Double, expected: Int
    ) {
        let night = Night(
            quotas: [quota(99), quota(other)], demand: Array(repeating: 0.1, count: 11))
        let score = World.score(.reactive, night, bounds: Bounds())
        #expect(score.limitErrors == 1 && score.limitErrorsWithAlternate == expected)
    }

    @Test(arguments: Policy.allCases)
    func `a night with nothing to do scores nothing`(policy: Policy) {
        let night = Night(
            quotas: [quota(40), quota(10)], demand: Array(repeating: 0, count: 720))
        let score = World.score(policy, night, bounds: Bounds())
        #expect(score.served == 0 && score.unserved == 0 && score.limitErrors == 0)
        #expect(score.stalled == 0 && score.lapsed == 0)
        // Who is throttled for asking too often leaves without a reason.
        #expect(score.swaps == 0 || policy == .fixed60)
    }

    @Test func `the same seed is the same night, and another another`() {
        for model in [short, everything] {
            let (one, same) = (
                Night(seed: 7, accounts: 3, model: model), Night(seed: 7, accounts: 3, model: model)
            )
            #expect(one.quotas == same.quotas && one.demand == same.demand)
            #expect(one.modelDemand == same.modelDemand && one.outages == same.outages)
            #expect(one.accounts == same.accounts)
            #expect(one.demand != Night(seed: 8, accounts: 3, model: model).demand)
        }
    }

    @Test func `what is added leaves the rest of the night as it was`() {
        for seed in UInt64(1)...20 {
            let plain = Night(seed: seed, accounts: 3, model: short)
            let more = Night(seed: seed, accounts: 3, model: everything)
            #expect(plain.demand == more.demand)
            for (one, other) in zip(plain.quotas, more.quotas) {
                #expect(one.five == other.five && one.seven == other.seven)
                #expect(one.fiveResetsAt == other.fiveResetsAt)
                #expect(one.earlyReset == other.earlyReset)
                #expect(one.capacity == 1 && one.model == nil && other.model != nil)
            }
            #expect(plain.outages.isEmpty && plain.model == nil && plain.modelDemand.isEmpty)
            #expect(plain.accounts.allSatisfy { $0.tier == nil })
        }
    }

    @Test func `a night is as long as the model says`() {
        for hours in [1, 10, 48] {
            var model = NightModel()
            model.hours = hours
            #expect(Night(seed: 1, accounts: 2, model: model).seconds == hours * 3600)
        }
    }

    // MARK: Models, outages, plans

    @Test func `a model's work is part of the work, and burns its own week along`() {
        let night = Night(seed: 3, accounts: 2, model: everything)
        for (all, part) in zip(night.demand, night.modelDemand) {
            #expect(part == 0 || part == all)
        }
        #expect(night.modelDemand.contains { $0 > 0 } && night.modelDemand != night.demand)
        var quota = quota(0)
        (quota.model, quota.modelShare) = (90, 0.2)
        #expect(quota.serve(10) == 10 && quota.model == 90)
        #expect(quota.serveModel(10) == 10 && quota.model == 92 && quota.five == 20)
        // Eight points of the model's week are forty of five hours.
        #expect(abs(quota.serveModel(60) - 40) < 1e-9 && quota.model == 100)
        #expect(quota.serveModel(1) == 0 && quota.serve(1) == 1)
        #expect(!quota.isSpent && quota.isModelSpent)
    }

    @Test func `a spent model is left for an account that has some of it`() {
        var quotas = [quota(10), quota(20)]
        (quotas[0].model, quotas[0].modelShare) = (96, 0.2)
        (quotas[1].model, quotas[1].modelShare) = (10, 0.2)
        let demand = Array(repeating: 0.05, count: 1440)
        let night = Night(quotas: quotas, demand: demand, modelDemand: demand, model: "Opus")
        let score = World.score(.oursWithStatusline, night, bounds: Bounds())
        #expect(score.swaps == 1 && score.unserved < 1e-9 && score.limitErrors == 0)
        let plain = Night(quotas: quotas, demand: demand, model: "Opus")
        #expect(World.score(.oursWithStatusline, plain, bounds: Bounds()).swaps == 0)
    }

    @Test func `the endpoint tells of a model's week, in whole points, where there is one`() {
        var quota = quota(1)
        let plain = Night(quotas: [quota], demand: [0])
        var endpoint = UsageEndpoint(plain, saysWhen: true)
        guard case .windows(let windows) = endpoint.ask(0, quota, at: 0) else {
            Issue.record("no windows")
            return
        }
        #expect(windows.map(\.key) == [.fiveHour, .sevenDay])
        quota.model = 41.9
        endpoint = UsageEndpoint(
            Night(quotas: [quota], demand: [0], model: "Opus"), saysWhen: true)
        guard case .windows(let more) = endpoint.ask(0, quota, at: 0) else {
            Issue.record("no windows")
            return
        }
        #expect(more.last?.key == WindowKey(name: "weekly_scoped", model: "Opus"))
        #expect(more.last?.utilization == 41)
    }

    @Test(arguments: [(99, false), (100, true), (199, true), (200, false)])
    func `out of reach is from the first second to before the last`(second: Int, isOut: Bool) {
        let night = Night(quotas: [quota(1)], demand: [0], outages: [100..<200])
        var endpoint = UsageEndpoint(night, saysWhen: true)
        let answer = endpoint.ask(0, night.quotas[0], at: second)
        #expect((answer == .unreachable(.timedOut)) == isOut)
        #expect(endpoint.requests == 1 && endpoint.throttled == 0)
    }

    @Test func `without the endpoint the night is still worked, only seen less`() {
        for seed in UInt64(1)...6 {
            let night = Night(seed: seed, accounts: 3, model: short)
            let dark = Night(
                quotas: night.quotas, demand: night.demand, outages: [0..<night.seconds])
            let (seen, unseen) = (
                World.score(.ours, night, bounds: Bounds()),
                World.score(.ours, dark, bounds: Bounds())
            )
            #expect(unseen.swaps == 0 && unseen.served <= seen.served + 1e-9)
        }
    }

    @Test(arguments: [
        ("default_claude_pro", 0.2), ("default_claude_max_5x", 1), ("default_claude_max_20x", 4),
    ])
    func `a plan's capacity is what a point of it holds`(tier: String, capacity: Double) {
        var model = NightModel()
        model.tiers = [tier]
        let night = Night(seed: 1, accounts: 2, model: model)
        #expect(night.accounts.map(\.tier) == [tier, tier])
        #expect(night.quotas.map(\.capacity) == [capacity, capacity])
        var quota = quota(50, 0)
        quota.capacity = capacity
        #expect(abs(quota.left - 50 * capacity) < 1e-9)
        let served = quota.serve(4)
        #expect(abs(served - 4) < 1e-9 && abs(quota.five - (50 + 4 / capacity)) < 1e-9)
        #expect(abs(quota.serve(1000) - (50 * capacity - 4)) < 1e-9 && quota.isSpent)
        // Burning all of it before the reset leaves nothing to lapse.
        #expect(quota.pass(to: Quota.fiveHours) == 0)
        #expect(abs(quota.pass(to: 2 * Quota.fiveHours) - 100 * capacity) < 1e-9)
    }
}
