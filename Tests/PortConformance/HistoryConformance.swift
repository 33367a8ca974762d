// What every history must do, whatever it is kept in.

import RotationCore
import RotationEngine
import Testing

package protocol HistoryWorld: Sendable {
    var history: any HistoryLog { get }
    /// The same history after a restart of the service.
    func reopened() async throws -> any HistoryLog
}

package enum HistoryConformance {
    package static let laws:
        [(name: String, check: @Sendable (any HistoryWorld) async throws -> Void)] = [
            ("an empty history remembers nothing", empty),
            ("a decision comes back as it was", decisions),
            ("an unbroken run of nothing is one row and never the latest", repeats),
            ("pages are newest first and end", pages),
            ("usage facts survive a restart", usage),
            ("what a 429 asked for survives a restart", throttling),
            ("a window carried along keeps its age", carried),
            ("swaps survive a restart until the account is swapped in again", swaps),
            ("nudges keep their since, and their silence until they worsen", nudges),
            ("a nudge is told once a channel, and again when it worsens", announcements),
            ("what was told survives a restart, and is forgotten when it is over", told),
            ("a raised nudge stands until the next entry", raised),
            ("accounts are known until forgotten", accounts),
            ("the last opt-in change is kept", optIn),
            ("a page has 1 to 500 rows, whatever is asked for", limits),
            ("rotations have pages of their own", rotationPages),
            ("a rotation is from when it was done", rotationTime),
            ("an account whose slot is gone is still known", slotless),
            ("what is forgotten leaves neither usage nor hysteresis", forgotten),
            ("the operator's rules survive a restart, and go with their account", rules),
            ("what is written stays written though whoever asked is gone", abandoned),
            ("an operator's decision breaks a run and has no tick", interrupted),
            ("readings are told oldest first, each once", readings),
            ("pages of readings neither skip nor repeat", readingPages),
            ("every write leaves its events, in their order", events),
            ("what changes nothing is no event", quietWrites),
            ("numbers of events go on over a restart, and are told in pages", eventPages),
            ("of each step the reading that told the most is shown", series),
            ("a stall is told in its whole length", stalls),
            ("readings outlive what was forgotten, and hold from an instant on", readingsSince),
        ]

    package static let now = Timestamp(seconds: 1_790_000_000)
    package static let a = AccountID(accountUUID: "a", organizationUUID: "o")
    package static let b = AccountID(accountUUID: "b", organizationUUID: "o")

    package static func entry(
        tick: Int64?, _ outcome: Outcome = .stayed, at seconds: Int64 = 0,
        usage: [AccountID: UsageFacts] = [:], rotation: DecisionEntry.Rotation? = nil,
        nudges: [Nudge]? = nil
    ) -> DecisionEntry {
        let verdict = Verdict(
            outcome: outcome, reason: .belowThreshold, sentence: "A sentence.", from: a,
            to: rotation?.to,
            considerations: [
                Consideration(
                    account: a, email: "a@example.com", outcome: .live, reason: .belowThreshold,
                    sentence: "It is live.",
                    tightest: TightestWindow(key: .sevenDay, utilization: 41.5)),
                Consideration(
                    account: b, email: "b@example.com", outcome: .unusable,
                    reason: .readingUnknown, sentence: "It is unknown.", tightest: nil),
            ], earliestReset: now.adding(seconds: 60))
        return DecisionEntry(
            tick: tick, at: now.adding(seconds: seconds), trigger: .heartbeat, verdict: verdict,
            emails: [a: "a@example.com", b: "b@example.com"], usage: usage, rotation: rotation,
            nudges: nudges)
    }

    // MARK: Laws

    private static func empty(_ world: any HistoryWorld) async throws {
        let loaded = try await world.history.load()
        #expect(loaded.remembered == RememberedState())
        #expect(loaded.accounts.isEmpty && loaded.nudges.isEmpty)
        #expect(loaded.lastTick == 0 && loaded.latestDecision == nil)
        #expect(try await world.history.decisions(limit: 9, before: nil).items.isEmpty)
    }

    private static func decisions(_ world: any HistoryWorld) async throws {
        let entry = entry(tick: 1)
        let record = try await world.history.append(entry)
        #expect(record.verdict == entry.verdict)
        #expect(record.fromEmail == "a@example.com")
        #expect(record.trigger == .heartbeat)
        let again = try await world.reopened()
        #expect(try await again.decisions(limit: 9, before: nil).items == [record])
        let loaded = try await again.load()
        #expect(loaded.latestDecision == record)
        #expect(loaded.lastTick == 1)
        #expect(loaded.lastTickAt == now)
    }

    private static func repeats(_ world: any HistoryWorld) async throws {
        let history = world.history
        let real = try await history.append(entry(tick: 1))
        for tick in 2...4 {
            let at = Int64(tick) * 60
            _ = try await history.append(entry(tick: Int64(tick), .off, at: at))
        }
        _ = try await history.append(entry(tick: 5, .claudeNotRunning, at: 300))
        _ = try await history.append(entry(tick: nil, at: 310))
        let last = try await history.append(entry(tick: 6, .claudeNotRunning, at: 360))
        #expect(last.repeats == 1)
        let rows = try await history.decisions(limit: 9, before: nil).items
        #expect(rows.map(\.repeats) == [1, 1, 1, 3, 1])
        #expect(rows[3].lastAt == now.adding(seconds: 240))
        #expect(rows[4] == real)
        let loaded = try await (try await world.reopened()).load()
        #expect(loaded.lastTick == 6)
        #expect(loaded.latestDecision?.tick == nil)
    }

    private static func pages(_ world: any HistoryWorld) async throws {
        for tick in 1...5 { _ = try await world.history.append(entry(tick: Int64(tick))) }
        let first = try await world.history.decisions(limit: 2, before: nil)
        #expect(first.items.map(\.tick) == [5, 4])
        let second = try await world.history.decisions(limit: 2, before: first.next)
        #expect(second.items.map(\.tick) == [3, 2])
        let third = try await world.history.decisions(limit: 2, before: second.next)
        #expect(third.items.map(\.tick) == [1])
        #expect(third.next == nil)
        #expect(try await world.history.decisions(limit: 5, before: nil).next == nil)
    }

    private static func usage(_ world: any HistoryWorld) async throws {
        let windows = [
            UsageWindow(key: .fiveHour, utilization: 12.5, resetsAt: now.adding(seconds: 60)),
            UsageWindow(key: .sevenDay, utilization: nil, resetsAt: nil),
            UsageWindow(
                key: WindowKey(name: "weekly_scoped", model: "Fable"), utilization: 100,
                resetsAt: nil),
        ]
        var known = UsageFacts().recording(.windows(windows), at: now, bounds: Bounds())
        var all: [AccountID: UsageFacts] = [a: known]
        let answers: [UsageAnswer] = [
            .noWindows, .rateLimited(retryAfter: now.adding(seconds: 9)), .unauthorized, .revoked,
            .rateLimited(retryAfter: nil), .restricted, .scopeMissing, .unreachable(.timedOut),
        ]
        for (index, answer) in answers.enumerated() {
            known = known.recording(
                answer, at: now.adding(seconds: Int64(index + 1)), bounds: Bounds())
            all[AccountID(accountUUID: "n\(index)", organizationUUID: "o")] = known
        }
        _ = try await world.history.append(entry(tick: 1, usage: all))
        _ = try await world.history.append(entry(tick: 2, usage: [a: all[a] ?? known]))
        let kept = try await (try await world.reopened()).load().remembered.usage
        #expect(kept.mapValues(written) == all.mapValues(written))
    }

    /// What is measured anew within two readings is not kept.
    static func written(_ facts: UsageFacts) -> UsageFacts {
        var facts = facts
        facts.firstTold = [:]
        facts.modelsRisen = [:]
        return facts
    }

    private static func swaps(_ world: any HistoryWorld) async throws {
        let left = [UsageWindow(key: .fiveHour, utilization: 98, resetsAt: now)]
        let away = AutomaticSwap(at: now, from: a, to: b, leftWindows: left)
        let rotation = DecisionEntry.Rotation(
            to: b, from: a, tookMilliseconds: 7, automatic: away)
        _ = try await world.history.append(entry(tick: 1, .rotated, rotation: rotation))
        let again = try await world.reopened()
        let remembered = try await again.load().remembered
        #expect(remembered.lastAutomaticSwap == away)
        #expect(remembered.left == [a: away])
        let rows = try await again.rotations(limit: 9, before: nil)
        #expect(rows.items.map(\.toEmail) == ["b@example.com"])
        #expect(rows.items.map(\.tookMilliseconds) == [7])
        let back = DecisionEntry.Rotation(to: a, from: b, tookMilliseconds: 1, automatic: nil)
        _ = try await again.append(entry(tick: nil, .rotated, at: 9, rotation: back))
        let after = try await (try await world.reopened()).load().remembered
        #expect(after.left.isEmpty)
        #expect(after.lastAutomaticSwap == away)
    }

    private static func nudges(_ world: any HistoryWorld) async throws {
        func nudge(_ severity: NudgeSeverity, _ email: String? = nil) -> Nudge {
            Nudge(
                code: .rotationStuck, email: email, severity: severity, message: "m", command: nil)
        }
        let history = world.history
        let both = [nudge(.warning, "b@example.com"), nudge(.warning)]
        _ = try await history.append(entry(tick: 1, nudges: both))
        #expect(try await history.nudges().map(\.nudge.email) == [nil, "b@example.com"])
        #expect(try await history.acknowledge(.rotationStuck, email: nil, at: now))
        #expect(try await !history.acknowledge(.noAlternates, email: nil, at: now))
        _ = try await history.append(entry(tick: 2, at: 60, nudges: [nudge(.warning)]))
        _ = try await history.append(entry(tick: 3, at: 90))
        var standing = try await (try await world.reopened()).nudges()
        #expect(standing.map(\.since) == [now])
        #expect(standing.map(\.acknowledged) == [true])
        _ = try await history.append(entry(tick: 4, at: 120, nudges: [nudge(.critical)]))
        standing = try await history.nudges()
        #expect(standing.map(\.acknowledged) == [false])
        _ = try await history.append(entry(tick: 5, at: 180, nudges: []))
        #expect(try await history.nudges().isEmpty)
        _ = try await history.append(entry(tick: 6, at: 240, nudges: [nudge(.critical)]))
        #expect(try await history.nudges().map(\.since) == [now.adding(seconds: 240)])
    }

    private static func accounts(_ world: any HistoryWorld) async throws {
        let identity = AccountIdentity(
            id: a, email: "a@example.com", displayName: "A", organizationName: nil,
            organizationType: "claude_max", rateLimitTier: "t")
        let slot = Slot(
            identity: identity,
            details: CredentialDetails(
                kind: .login, canRefresh: true, accessTokenExpiresAt: now, loginExpiresAt: nil,
                plan: "max", rateLimitTier: "x"), generation: Generation(0), capturedAt: now,
            refreshedAt: nil)
        let record = AccountRecord(identity: identity, slot: slot)
        try await world.history.save(record, at: now)
        try await world.history.save(record, at: now)
        let again = try await world.reopened()
        #expect(try await again.load().accounts == [record])
        try await again.forget(a, at: now)
        #expect(try await (try await world.reopened()).load().accounts.isEmpty)
        try await again.save(record, at: now)
        #expect(try await again.load().accounts == [record])
    }

    private static func optIn(_ world: any HistoryWorld) async throws {
        try await world.history.recordOptIn(enabled: true, at: now)
        try await world.history.recordOptIn(enabled: false, at: now.adding(seconds: 5))
        let change = try await (try await world.reopened()).load().lastOptInChange
        #expect(change?.enabled == false)
        #expect(change?.at == now.adding(seconds: 5))
    }
}
