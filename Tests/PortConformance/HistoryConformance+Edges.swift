// The laws of a history at its edges: limits, pages, accounts without a slot,
// runs that are broken.

import RotationCore
import RotationEngine
import Testing

extension HistoryConformance {
    static func limits(_ world: any HistoryWorld) async throws {
        let history = world.history
        for tick in 1...501 { _ = try await history.append(entry(tick: Int64(tick))) }
        let cases = [
            (Int.min, 1), (-1, 1), (0, 1), (1, 1), (2, 2), (499, 499), (500, 500), (501, 500),
            (Int.max, 500),
        ]
        for (asked, given) in cases {
            let page = try await history.decisions(limit: asked, before: nil)
            #expect(page.items.count == given, "limit \(asked)")
            #expect(page.next == page.items.last?.id, "limit \(asked)")
            #expect(try await history.rotations(limit: asked, before: nil).items.isEmpty)
        }
        let oldest = try await history.decisions(limit: 500, before: nil).next
        let rest = try await history.decisions(limit: 500, before: oldest)
        #expect(rest.items.map(\.tick) == [1])
        #expect(rest.next == nil)
        let end = try await history.decisions(limit: 500, before: rest.items.last?.id)
        #expect(end.items.isEmpty && end.next == nil)
    }

    private static func rotation(
        _ from: AccountID?, _ to: AccountID, automaticAt seconds: Int64? = nil
    ) -> DecisionEntry.Rotation {
        let automatic = seconds.flatMap { seconds in
            from.map {
                AutomaticSwap(
                    at: now.adding(seconds: seconds), from: $0, to: to, leftWindows: [])
            }
        }
        return DecisionEntry.Rotation(
            to: to, from: from, tookMilliseconds: 5, automatic: automatic)
    }

    static func rotationPages(_ world: any HistoryWorld) async throws {
        let history = world.history
        for tick in 1...3 {
            _ = try await history.append(entry(tick: Int64(tick) * 2 - 1))
            _ = try await history.append(
                entry(
                    tick: Int64(tick) * 2, .rotated, at: Int64(tick),
                    rotation: rotation(a, b)))
        }
        let first = try await history.rotations(limit: 2, before: nil)
        #expect(first.items.map(\.at) == [now.adding(seconds: 3), now.adding(seconds: 2)])
        #expect(first.items.map(\.sentence) == ["A sentence.", "A sentence."])
        #expect(first.items.map(\.trigger) == [.heartbeat, .heartbeat])
        let second = try await history.rotations(limit: 2, before: first.next)
        #expect(second.items.map(\.from) == [a])
        #expect(second.items.map(\.fromEmail) == ["a@example.com"])
        #expect(second.next == nil)
        #expect(try await history.rotations(limit: 3, before: nil).next == nil)
    }

    static func rotationTime(_ world: any HistoryWorld) async throws {
        _ = try await world.history.append(
            entry(tick: 1, .rotated, at: 9, rotation: rotation(a, b, automaticAt: 7)))
        let again = try await world.reopened()
        let rows = try await again.rotations(limit: 1, before: nil).items
        #expect(rows.map(\.at) == [now.adding(seconds: 7)])
        #expect(rows.map(\.fromEmail) == ["a@example.com"])
        #expect(
            try await again.load().remembered.lastAutomaticSwap?.at == now.adding(seconds: 7))
    }

    static func slotless(_ world: any HistoryWorld) async throws {
        let identity = AccountIdentity(id: a, email: "a@example.com")
        let slot = Slot(
            identity: identity,
            details: CredentialDetails(
                kind: .setupToken, canRefresh: false, accessTokenExpiresAt: nil),
            generation: Generation(0), capturedAt: now, refreshedAt: now.adding(seconds: 1))
        let with = AccountRecord(identity: identity, slot: slot)
        let without = AccountRecord(identity: identity, slot: nil)
        for record in [without, with, without] {
            try await world.history.save(record, at: now)
            #expect(try await (try await world.reopened()).load().accounts == [record])
        }
    }

    static func forgotten(_ world: any HistoryWorld) async throws {
        let history = world.history
        var facts = UsageFacts()
        facts.notBefore = now
        let identity = AccountIdentity(id: a, email: "a@example.com")
        try await history.save(AccountRecord(identity: identity, slot: nil), at: now)
        _ = try await history.append(
            entry(
                tick: 1, .rotated, usage: [a: facts, b: facts],
                rotation: rotation(a, b, automaticAt: 0)))
        try await history.forget(a, at: now.adding(seconds: 60))
        let loaded = try await (try await world.reopened()).load()
        #expect(loaded.accounts.isEmpty)
        #expect(loaded.remembered.usage == [b: facts])
        #expect(loaded.remembered.left.isEmpty)
        // The dwell is measured from the swap itself, whoever was left.
        #expect(loaded.remembered.lastAutomaticSwap?.from == a)
        #expect(try await history.decisions(limit: 9, before: nil).items.count == 1)
        #expect(try await history.rotations(limit: 9, before: nil).items.count == 1)
    }

    static func rules(_ world: any HistoryWorld) async throws {
        func kept() async throws -> OperatorRules {
            try await (try await world.reopened()).load().remembered.rules
        }
        let held = AccountPolicy(isHeld: true, reservePercent: 0)
        let until = now.adding(seconds: 60)
        for rules in [
            OperatorRules(
                accounts: [a: held, b: AccountPolicy(isHeld: false, reservePercent: 12.5)],
                pause: Pause(since: now, until: until)),
            OperatorRules(accounts: [b: held], pause: Pause(since: now, until: nil)),
            OperatorRules(), OperatorRules(accounts: [a: held, b: held]),
        ] {
            try await world.history.save(rules, at: now)
            #expect(try await kept() == rules)
        }
        _ = try await world.history.append(entry(tick: 1))
        try await world.history.forget(a, at: now)
        #expect(try await kept() == OperatorRules(accounts: [b: held]))
    }

    /// A client that leaves, and a service that stops, cancel the task that writes.
    static func abandoned(_ world: any HistoryWorld) async throws {
        let rules = OperatorRules(pause: Pause(since: now, until: nil))
        try await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await world.history.save(rules, at: now)
        }.value
        #expect(try await (try await world.reopened()).load().remembered.rules == rules)
    }

    static func interrupted(_ world: any HistoryWorld) async throws {
        let history = world.history
        let first = try await history.append(entry(tick: 1, .off))
        let second = try await history.append(entry(tick: 2, .off, at: 60))
        #expect(second.id == first.id)
        #expect(second.at == first.at)
        #expect(second.repeats == 2)
        #expect(second.lastAt == now.adding(seconds: 60))
        let own = try await history.append(entry(tick: nil, .rotated, at: 70))
        #expect(own.tick == nil)
        let third = try await history.append(entry(tick: 3, .off, at: 120))
        #expect(third.id > own.id)
        let again = try await world.reopened()
        let fourth = try await again.append(entry(tick: 4, .off, at: 180))
        #expect(fourth.id == third.id)
        let loaded = try await again.load()
        #expect(loaded.lastTick == 4)
        #expect(loaded.lastTickAt == now.adding(seconds: 180))
        #expect(loaded.latestDecision == own)
    }
}
