// One night as it would be whoever rotates: what the sessions want each step,
// what each account has used when it begins, when its windows reset, when the
// usage endpoint is out of reach. A value; every policy gets the same one.

import RotationCore
import VendorSimulator

/// Whose quota it is, as far as the judge is told.
package struct NightAccount: Hashable, Sendable {
    package var id: AccountID
    package var email: String
    /// `rate_limit_tier`; nil when it is not said.
    package var tier: String?

    package init(id: AccountID, email: String, tier: String? = nil) {
        self.id = id
        self.email = email
        self.tier = tier
    }

    /// The account of that place among simulated ones.
    package static func simulated(_ index: Int, tier: String? = nil) -> NightAccount {
        NightAccount(
            id: AccountID(
                accountUUID: "account-\(index)", organizationUUID: "organization-\(index)"),
            email: "account-\(index)@example.com", tier: tier)
    }
}

package struct Night: Sendable {
    /// Seconds.
    package static let step = 5

    /// One per account, in the same order.
    package let accounts: [NightAccount]
    package let quotas: [Quota]
    /// Which of them is live when it begins.
    package let live: Int
    /// Work points wanted in each step.
    package let demand: [Double]
    /// Of those, the ones done with `model`; empty where none is.
    package let modelDemand: [Double]
    package let model: String?
    /// Seconds in which the usage endpoint is not reached.
    package let outages: [Range<Int>]

    package var seconds: Int { demand.count * Self.step }

    /// `accounts` are simulated ones where left out.
    package init(
        quotas: [Quota], demand: [Double], accounts: [NightAccount]? = nil, live: Int = 0,
        modelDemand: [Double] = [], model: String? = nil, outages: [Range<Int>] = []
    ) {
        self.accounts = accounts ?? quotas.indices.map { .simulated($0) }
        self.quotas = quotas
        self.demand = demand
        self.live = live
        self.modelDemand = modelDemand
        self.model = model
        self.outages = outages
    }

    /// Work points wanted in a step: with other models, and with the model.
    func wanted(_ index: Int) -> (other: Double, model: Double) {
        guard !modelDemand.isEmpty else { return (demand[index], 0) }
        return (demand[index] - modelDemand[index], modelDemand[index])
    }
}

// MARK: Drawn from a model

extension Night {
    package init(seed: UInt64, accounts count: Int, model: NightModel = .bench) {
        var generator = Generator(seed)
        let seconds = model.hours * 3600
        var quotas = (0..<count).map { _ in
            Quota(
                five: generator.uniform(model.fiveUsed), seven: generator.uniform(model.sevenUsed),
                fiveResetsAt: Int(generator.uniform(60...Double(Quota.fiveHours))),
                sevenResetsAt: Int(generator.uniform(600...Double(Quota.sevenDays))),
                earlyReset: generator.chance(model.earlyResetPercent)
                    ? Int(generator.uniform(600...Double(seconds))) : nil)
        }
        var sum = [Double](repeating: 0, count: seconds / Self.step)
        for _ in 0..<Int.random(in: model.sessions, using: &generator) {
            let session = Self.session(&generator, count: sum.count)
            for index in sum.indices { sum[index] += session[index] }
        }
        // Each from a generator of its own, so that one changes no other.
        var plans = Generator(seed ^ 0x504C_414E)
        let tiers = (0..<count).map { _ in model.tiers.randomElement(using: &plans) }
        for (index, tier) in tiers.enumerated() where tier != nil {
            quotas[index].capacity = Self.capacity(ofTier: tier)
        }
        var modelDemand: [Double] = []
        if let mix = model.mix {
            var models = Generator(seed ^ 0x4D4F_444C)
            for index in quotas.indices {
                quotas[index].model = models.uniform(mix.used)
                quotas[index].modelShare = mix.weekShare
            }
            modelDemand = Self.spans(of: mix, in: sum, &models)
        }
        self.init(
            quotas: quotas, demand: sum,
            accounts: tiers.enumerated().map { .simulated($0, tier: $1) },
            modelDemand: modelDemand, model: model.mix?.name,
            outages: Self.outages(model.outages, seed, seconds: seconds))
    }

    /// Relative to Max 5x, whose work the night's is.
    private static func capacity(ofTier tier: String?) -> Double {
        let slot = SlotFacts(
            email: "",
            details: CredentialDetails(
                kind: .login, canRefresh: true, accessTokenExpiresAt: nil, rateLimitTier: tier),
            generation: Generation(1))
        let id = NightAccount.simulated(0).id
        return (PlanWeight.weights(of: [id: slot])[id] ?? 5) / 5
    }

    /// Turns of work with pauses between; now and then several subagents at
    /// once, which is when ten points go in two minutes.
    private static func session(_ generator: inout Generator, count: Int) -> [Double] {
        let usual = generator.uniform(0.05...0.7)
        var steps: [Double] = []
        while steps.count < count {
            let isBurst = generator.chance(12)
            let rate = usual * (isBurst ? generator.uniform(2...6) : generator.uniform(0.5...1.5))
            let minutes = isBurst ? generator.uniform(1...8) : generator.uniform(2...40)
            let points = min(rate, 5) * Double(step) / 60
            steps += Array(repeating: points, count: max(1, Int(minutes * 60) / step))
            if generator.chance(60) {
                let pause = Int(generator.uniform(0.2...15) * 60) / step
                steps += Array(repeating: 0, count: pause)
            }
        }
        return Array(steps.prefix(count))
    }

    /// What is done with the model, a span of it all or nothing.
    private static func spans(
        of mix: ModelMix, in demand: [Double], _ generator: inout Generator
    ) -> [Double] {
        var part: [Double] = []
        while part.count < demand.count {
            let isModel = generator.chance(mix.spanPercent)
            let steps = max(1, Int(generator.uniform(mix.spanMinutes) * 60) / step)
            part += demand[part.count..<min(part.count + steps, demand.count)]
                .map { isModel ? $0 : 0 }
        }
        return part
    }

    private static func outages(_ model: Outages?, _ seed: UInt64, seconds: Int) -> [Range<Int>] {
        guard let model else { return [] }
        var generator = Generator(seed ^ 0x4F55_5447)
        return (0..<Int.random(in: model.count, using: &generator)).map { _ in
            let start = Int(generator.uniform(0...Double(seconds)))
            return start..<start + Int(generator.uniform(model.minutes) * 60)
        }.sorted { $0.lowerBound < $1.lowerBound }
    }
}
