// What the judge costs: a whole tick over a hundred accounts, and the memory of
// what it remembers of them.

import RotationCore

enum DecisionCost {
    private static let accounts = 100
    private static let now = Timestamp(seconds: 1_790_000_000)

    private static func facts(_ index: Int) -> (AccountID, SlotFacts) {
        let id = AccountID(
            accountUUID: "a0000000-0000-4000-8000-0000000\(10_000 + index)",
            organizationUUID: "b0000000-0000-4000-8000-0000000\(10_000 + index)")
        let slot = SlotFacts(
            email: "somebody.\(index)@example.com",
            details: CredentialDetails(
                kind: .login, canRefresh: true,
                accessTokenExpiresAt: now.adding(seconds: 28_800),
                rateLimitTier: "default_claude_max_5x"),
            generation: Generation(UInt64(index + 1)))
        return (id, slot)
    }

    private static func answer(_ index: Int, isLive: Bool) -> UsageAnswer {
        .windows([
            UsageWindow(
                key: .fiveHour, utilization: isLive ? 98 : Double(index % 96),
                resetsAt: now.adding(seconds: Int64(7200 + index * 60))),
            UsageWindow(
                key: .sevenDay, utilization: Double((index * 7) % 90),
                resetsAt: now.adding(seconds: 259_200)),
            UsageWindow(
                key: WindowKey(name: "weekly_scoped", model: "Fable"), utilization: 10,
                resetsAt: now.adding(seconds: 259_200)),
        ])
    }

    /// One tick to its end; the swap it orders does not happen, so that the
    /// next one decides the same.
    @inline(never)
    private static func tick(
        _ machine: inout TickMachine, _ slots: [AccountID: SlotFacts], _ live: AccountID,
        _ answers: [AccountID: UsageAnswer], at now: Timestamp
    ) -> Verdict? {
        guard let slot = slots[live] else { return nil }
        var effects = machine.step(
            .tickRequested(TickRequest(trigger: .schedule), optedIn: true, at: now))
        while let effect = effects.first {
            switch effect {
            case .lookForClaude:
                effects = machine.step(.claudeLookedFor(ClaudePresence(running: true), at: now))
            case .observeStore:
                effects = machine.step(
                    .storeObserved(live: .identified(live, slot), slots: slots, at: now))
            case .readUsage(let asked):
                effects = machine.step(
                    .usageRead(answers.filter { asked.contains($0.key) }, at: now))
            case .refresh(let account, _):
                effects = machine.step(.refreshFinished(account, .notDue, at: now))
            case .swap: effects = machine.step(.swapFinished(.changedMeanwhile, at: now))
            case .conclude(let conclusion): return conclusion.verdict
            }
        }
        return nil
    }

    /// Microseconds of a decision and of all the judge does in a tick around
    /// it, the best of many: the machine is shared.
    static func measured() -> (decision: Double, tick: Double) {
        let all = (0..<accounts).map(facts)
        let slots = Dictionary(uniqueKeysWithValues: all)
        let live = all[0].0
        let answers = Dictionary(
            uniqueKeysWithValues: all.enumerated().map { index, one in
                (one.0, answer(index, isLive: index == 0))
            })
        var machine = TickMachine(bounds: Bounds(), remembered: RememberedState())
        _ = tick(&machine, slots, live, answers, at: now)
        let later = now.adding(seconds: 20)
        let ordered = all.map(\.0).sorted()
        var reasons: Set<Reason> = []
        let decision = best {
            let verdict = machine.verdict(
                live: live, slots: slots, accounts: ordered, at: later)
            reasons.insert(verdict.reason)
        }
        let whole = best { _ = tick(&machine, slots, live, answers, at: later) }
        precondition(reasons == [.atThreshold], "another decision was measured")
        return (decision, whole)
    }

    private static func best(_ body: () -> Void) -> Double {
        let clock = ContinuousClock()
        return (0..<2000).reduce(Double.infinity) { least, _ in
            let began = clock.now
            body()
            return min(least, Double(began.duration(to: clock.now).components.attoseconds) / 1e12)
        }
    }
}
