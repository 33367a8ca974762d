// What the judge costs: decisions and a whole tick over a hundred accounts, and
// the memory of what it remembers of them.

import RotationCore

#if canImport(Glibc)
    import Glibc
#endif

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

    /// What is decided, by what of its five hours each account has used; the live one is
    /// the first. To stay, to rotate, and to find every account full.
    private static let cases: [(Reason, used: @Sendable (_ index: Int) -> Double)] = [
        (.belowThreshold, { $0 == 0 ? 50 : Double($0 % 96) }),
        (.atThreshold, { $0 == 0 ? 98 : Double($0 % 96) }),
        (.allExhausted, { $0 == 0 ? 98 : Double(97 + $0 % 3) }),
    ]

    private static func answer(_ index: Int, used: Double) -> UsageAnswer {
        .windows([
            UsageWindow(
                key: .fiveHour, utilization: used,
                resetsAt: now.adding(seconds: Int64(7200 + index * 60))),
            UsageWindow(
                key: .sevenDay, utilization: Double((index * 7) % 90),
                resetsAt: now.adding(seconds: 259_200)),
            UsageWindow(
                key: WindowKey(name: "weekly_scoped", model: "Fable"), utilization: 10,
                resetsAt: now.adding(seconds: 259_200)),
        ])
    }

    /// What the world answers; a swap does not happen, so that the next tick
    /// decides the same.
    private static func reply(
        to effect: TickEffect, _ live: (AccountID, SlotFacts), _ slots: [AccountID: SlotFacts],
        _ answers: [AccountID: UsageAnswer], at now: Timestamp
    ) -> TickEvent {
        switch effect {
        case .lookForClaude: .claudeLookedFor(ClaudePresence(running: true), at: now)
        case .observeStore:
            .storeObserved(live: .identified(live.0, live.1), slots: slots, at: now)
        case .readUsage(let asked):
            .usageRead(answers.filter { asked.contains($0.key) }, at: now)
        case .refresh(let account, _): .refreshFinished(account, .notDue, at: now)
        case .swap: .swapFinished(.changedMeanwhile, at: now)
        case .conclude: preconditionFailure("a conclusion has no answer")
        }
    }

    /// One tick to its end.
    @inline(never)
    private static func tick(
        _ machine: inout TickMachine, _ slots: [AccountID: SlotFacts],
        _ live: (AccountID, SlotFacts), _ answers: [AccountID: UsageAnswer], at now: Timestamp
    ) {
        var effects = machine.step(
            .tickRequested(TickRequest(trigger: .schedule), optedIn: true, at: now))
        while let effect = effects.first {
            if case .conclude = effect { return }
            effects = machine.step(reply(to: effect, live, slots, answers, at: now))
        }
    }

    /// Microseconds of each decision, and of all the judge does in a tick around the
    /// dearest of them, the best of many: the machine is shared.
    static func measured() -> (decisions: [(Reason, Double)], tick: Double) {
        let costs = cases.map { reason, used in (reason, cost(of: reason, used)) }
        return (costs.map { ($0, $1.decision) }, costs.map(\.1.tick).max() ?? .nan)
    }

    private static func cost(
        of reason: Reason, _ used: (Int) -> Double
    ) -> (decision: Double, tick: Double) {
        let all = (0..<accounts).map(facts)
        let slots = Dictionary(uniqueKeysWithValues: all)
        let live = all[0]
        let answers = answers(all, used)
        var machine = TickMachine(bounds: Bounds(), remembered: RememberedState())
        tick(&machine, slots, live, answers, at: now)
        let later = now.adding(seconds: 20)
        let ordered = all.map(\.0).sorted()
        var reasons: Set<Reason> = []
        let decision = best {
            let verdict = machine.verdict(
                live: live.0, slots: slots, accounts: ordered, at: later)
            reasons.insert(verdict.reason)
        }
        let whole = best { tick(&machine, slots, live, answers, at: later) }
        precondition(reasons == [reason], "another decision was measured: \(reasons)")
        return (decision, whole)
    }

    private static func answers(
        _ all: [(AccountID, SlotFacts)], _ used: (Int) -> Double
    ) -> [AccountID: UsageAnswer] {
        Dictionary(
            uniqueKeysWithValues: all.enumerated().map { index, one in
                (one.0, answer(index, used: used(index)))
            })
    }

    /// Bytes of memory a machine takes that has read a hundred accounts as often
    /// as an hour's budget goes, the mean of many machines; nil off Linux.
    static func heldBytes() -> Int? {
        let machines = 64
        guard let before = residentBytes() else { return nil }
        let held = (0..<machines).map { _ in filled() }
        guard let after = residentBytes() else { return nil }
        precondition(held.allSatisfy { $0.remembered.usage.count == accounts })
        return (after - before) / machines
    }

    private static func filled() -> TickMachine {
        let all = (0..<accounts).map(facts)
        let slots = Dictionary(uniqueKeysWithValues: all)
        let answers = answers(all) { $0 == 0 ? 98 : Double($0 % 96) }
        var machine = TickMachine(bounds: Bounds(), remembered: RememberedState())
        for reading in 0..<Int64(24) {
            let at = now.adding(seconds: reading * 150)
            let request = TickRequest(trigger: .request, fresh: true)
            var effects = machine.step(.tickRequested(request, optedIn: true, at: at))
            while let effect = effects.first {
                if case .conclude = effect { break }
                effects = machine.step(reply(to: effect, all[0], slots, answers, at: at))
            }
        }
        return machine
    }

    /// Resident pages of this process (proc(5), statm).
    private static func residentBytes() -> Int? {
        #if canImport(Glibc)
            guard let stream = fopen("/proc/self/statm", "re") else { return nil }
            defer { fclose(stream) }
            var buffer = [CChar](repeating: 0, count: 128)
            guard fgets(&buffer, 128, stream) != nil else { return nil }
            let text = String(
                decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let fields = text.split(separator: " ")
            return fields.count > 1 ? Int(fields[1]).map { $0 * Int(getpagesize()) } : nil
        #else
            return nil
        #endif
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
