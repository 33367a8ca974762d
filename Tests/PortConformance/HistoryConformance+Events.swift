// What listeners are told: which writes leave which events, and that their
// numbers can be relied on.

import RotationCore
import RotationEngine
import Testing

extension HistoryConformance {
    private static func nudge(
        _ severity: NudgeSeverity, _ email: String? = nil, message: String = "m"
    ) -> Nudge {
        Nudge(
            code: .rotationStuck, email: email, severity: severity, message: message, command: "c")
    }

    private static func told(
        _ history: any HistoryLog, after: Int64 = 0
    ) async throws -> [EventRecord] {
        try await history.events(after: after, through: .max, limit: 500).items
    }

    private static let account = AccountRecord(
        identity: AccountIdentity(id: a, email: "a@example.com"), slot: nil)

    static func events(_ world: any HistoryWorld) async throws {
        let history = world.history
        _ = try await history.load()
        #expect(history.newestEvent == 0)
        #expect(try await told(history).isEmpty)
        try await history.save(account, at: now)
        try await history.recordOptIn(enabled: true, at: now.adding(seconds: 1))
        let facts = UsageFacts().recording(
            .windows([UsageWindow(key: .fiveHour, utilization: 1, resetsAt: nil)]), at: now,
            bounds: Bounds())
        let swap = DecisionEntry.Rotation(
            to: b, from: a, tookMilliseconds: 7, automatic: nil)
        let decision = try await history.append(
            entry(
                tick: 1, .rotated, at: 2, usage: [b: facts, a: facts], rotation: swap,
                nudges: [nudge(.warning)]))
        _ = try await history.acknowledge(.rotationStuck, email: nil, at: now.adding(seconds: 3))
        let rotation = try #require(try await history.rotations(limit: 1, before: nil).items.first)
        let pause = Pause(since: now, until: now.adding(seconds: 60))
        var rules = OperatorRules(pause: pause)
        rules[a].isHeld = true
        try await history.save(rules, at: now.adding(seconds: 4))
        try await history.save(OperatorRules(), at: now.adding(seconds: 5))
        _ = try await history.append(entry(tick: 2, at: 6, nudges: []))
        try await history.forget(a, at: now.adding(seconds: 7))
        let signIns = signIns
        for signIn in signIns { try await history.tell(signIn) }
        let standing = StandingNudge(
            nudge: nudge(.warning), since: now.adding(seconds: 2), acknowledged: false)
        var silent = standing
        silent.acknowledged = true
        let second = try #require(try await history.decisions(limit: 1, before: nil).items.first)
        let expected: [(Int64, EventContent)] = [
            (0, .accounts(["a@example.com"])), (1, .optIn(enabled: true)),
            (2, .accounts(["a@example.com", "b@example.com"])), (2, .decision(decision)),
            (2, .rotation(rotation)), (2, .nudgeRaised(standing)), (3, .nudgeAcknowledged(silent)),
            (4, .accounts(["a@example.com"])), (4, .pause(pause)),
            (5, .accounts(["a@example.com"])), (5, .pause(nil)), (6, .decision(second)),
            (6, .nudgeCleared(silent)), (7, .accounts(["a@example.com"])),
            (8, .login(signIns[0])), (9, .login(signIns[1])), (10, .login(signIns[2])),
        ]
        let events = try await told(history)
        #expect(events.map(\.id) == Array(1...Int64(expected.count)))
        #expect(events.map(\.at) == expected.map { now.adding(seconds: $0.0) })
        for (event, expected) in zip(events, expected) {
            #expect(uncleared(event.content) == uncleared(expected.1))
        }
        #expect(history.newestEvent == Int64(expected.count))
    }

    /// As it begins, as one of the machine's fails, as one of a person's is filed.
    private static var signIns: [SignIn] {
        var begun = SignIn(
            email: "a@example.com", isUnattended: false, startedAt: now.adding(seconds: 8),
            endsAt: now.adding(seconds: 908), detail: "a window is being opened")
        var failed = SignIn(
            email: "b@example.com", isUnattended: true, startedAt: now, endsAt: now,
            detail: "the page asks for a person")
        failed.state = .failed
        failed.failure = .challenge
        failed.changedAt = now.adding(seconds: 9)
        var filed = begun
        filed.state = .stored
        filed.filedAs = "c@example.com"
        filed.changedAt = now.adding(seconds: 10)
        begun.state = .windowOpen
        return [begun, failed, filed]
    }

    /// Whether a nudge was silent when it cleared is of no use any more.
    private static func uncleared(_ content: EventContent) -> EventContent {
        guard case .nudgeCleared(var nudge) = content else { return content }
        nudge.acknowledged = false
        return .nudgeCleared(nudge)
    }

    static func quietWrites(_ world: any HistoryWorld) async throws {
        let history = world.history
        var rules = OperatorRules()
        rules[a].reservePercent = 20
        for _ in 0..<2 {
            try await history.save(account, at: now)
            try await history.save(rules, at: now)
            _ = try await history.append(
                entry(tick: nil, .stayed, nudges: [nudge(.warning, message: "in 3 days")]))
            _ = try await history.acknowledge(.rotationStuck, email: nil, at: now)
        }
        // A run that looks at nothing is one decision, as it stands now.
        for tick in 1...3 {
            _ = try await history.append(
                entry(
                    tick: Int64(tick), .off, at: Int64(tick),
                    nudges: [nudge(.warning, message: "in 2 days")]))
        }
        _ = try await history.append(entry(tick: 4, nudges: [nudge(.critical)]))
        let events = try await told(history)
        #expect(
            events.map(\.content.kind) == [
                "accounts", "accounts", "decision", "nudge-raised", "nudge-acknowledged",
                "decision", "decision", "decision", "nudge-raised",
            ])
        guard case .decision(let run) = events[6].content else {
            Issue.record("\(events[6])")
            return
        }
        #expect(run.repeats == 3)
    }

    static func eventPages(_ world: any HistoryWorld) async throws {
        for number in 0..<5 {
            try await world.history.recordOptIn(
                enabled: number % 2 == 0, at: now.adding(seconds: Int64(number)))
        }
        let history = try await world.reopened()
        _ = try await history.load()
        #expect(history.newestEvent == 5)
        let first = try await history.events(after: 0, through: 4, limit: 3)
        #expect(first.items.map(\.id) == [1, 2, 3] && first.oldest == 1)
        let rest = try await history.events(after: 3, through: 4, limit: 3)
        #expect(rest.items.map(\.id) == [4])
        #expect(try await history.events(after: 5, through: .max, limit: 3).items.isEmpty)
        #expect(try await history.events(after: 0, through: .max, limit: 0).items.count == 1)
        try await history.recordOptIn(enabled: true, at: now.adding(seconds: 9))
        #expect(try await told(history, after: 5).map(\.id) == [6])
        #expect(history.newestEvent == 6)
    }
}
