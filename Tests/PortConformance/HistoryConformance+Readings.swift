// The laws of stored readings: all of them, once, by time, whoever they are of
// and however they are asked for.

import RotationCore
import RotationEngine
import Testing

extension HistoryConformance {
    private static func facts(
        _ fiveHour: Double?, at seconds: Int64, _ source: ReadingSource = .usageEndpoint
    ) -> UsageFacts {
        var facts = UsageFacts()
        facts.reading = Reading(
            readAt: now.adding(seconds: seconds), source: source,
            windows: [
                UsageWindow(
                    key: .fiveHour, utilization: fiveHour, resetsAt: now.adding(seconds: 9000)),
                UsageWindow(key: .sevenDay, utilization: 41.5, resetsAt: nil),
                UsageWindow(
                    key: WindowKey(name: "weekly_scoped", model: "Fable"), utilization: 3,
                    resetsAt: nil),
            ])
        return facts
    }

    private static func record(
        _ account: AccountID, _ facts: UsageFacts
    ) throws -> ReadingRecord {
        ReadingRecord(account: account, reading: try #require(facts.reading))
    }

    static func readings(_ world: any HistoryWorld) async throws {
        let history = world.history
        #expect(try await history.readings(since: now, after: nil, limit: 9).items.isEmpty)
        let (late, early) = (facts(9, at: 60), facts(nil, at: 0))
        let line = facts(9, at: 60, .statusLine)
        // The clock was set back between the first tick and the second.
        _ = try await history.append(entry(tick: 1, usage: [a: late]))
        _ = try await history.append(entry(tick: 2, usage: [a: early, b: late]))
        _ = try await history.append(entry(tick: 3, usage: [a: late]))
        _ = try await history.append(entry(tick: 4, usage: [a: line]))
        let again = try await world.reopened()
        let page = try await again.readings(since: now, after: nil, limit: 9)
        #expect(
            try page.items == [
                record(a, early), record(a, late), record(b, late), record(a, line),
            ])
        #expect(page.next == nil)
    }

    static func carried(_ world: any HistoryWorld) async throws {
        let told = now.adding(seconds: -600)
        let windows = [
            UsageWindow(key: .fiveHour, utilization: 61, resetsAt: now.adding(seconds: 60)),
            UsageWindow(key: .sevenDay, utilization: 40, resetsAt: nil, carriedFrom: told),
            UsageWindow(
                key: WindowKey(name: "weekly_scoped", model: "Fable"), utilization: nil,
                resetsAt: nil, carriedFrom: told.adding(seconds: -1)),
        ]
        var facts = UsageFacts()
        facts.reading = Reading(readAt: now, source: .statusLine, windows: windows)
        facts.lastAnswer = .windows(windows)
        let rotation = DecisionEntry.Rotation(
            to: b, from: a, tookMilliseconds: 5,
            automatic: AutomaticSwap(at: now, from: a, to: b, leftWindows: windows))
        _ = try await world.history.append(
            entry(tick: 1, .rotated, usage: [a: facts], rotation: rotation))
        let again = try await world.reopened()
        let remembered = try await again.load().remembered
        #expect(remembered.usage[a].map(written) == written(facts))
        #expect(remembered.usage[a]?.reading?.heldSince == told)
        #expect(remembered.left[a]?.leftWindows == windows)
        let page = try await again.readings(since: now, after: nil, limit: 9)
        #expect(try page.items == [record(a, facts)])
    }

    static func throttling(_ world: any HistoryWorld) async throws {
        func kept(_ tick: Int64, _ facts: UsageFacts) async throws -> UsageFacts? {
            _ = try await world.history.append(entry(tick: tick, usage: [a: facts]))
            return try await (try await world.reopened()).load().remembered.usage[a]
        }
        var facts = UsageFacts().recording(.noWindows, at: now, bounds: Bounds())
        #expect(try await kept(1, facts)?.throttledAt == nil)
        let throttled = now.adding(seconds: 60)
        facts = facts.recording(
            .rateLimited(retryAfter: throttled.adding(seconds: 3600)), at: throttled,
            bounds: Bounds())
        var again = try await kept(2, facts)
        #expect(again == facts)
        #expect(again?.throttledAt == throttled)
        #expect(again?.notBefore == throttled.adding(seconds: 4500))
        facts = facts.recording(
            .noWindows, at: throttled.adding(seconds: 3000), bounds: Bounds())
        again = try await kept(3, facts)
        #expect(again?.throttledAt == throttled)
        #expect(again?.notBefore == throttled.adding(seconds: 3360))
        #expect(again?.askedAt == facts.askedAt)
    }

    static func readingPages(_ world: any HistoryWorld) async throws {
        let history = world.history
        // Three share one instant, so that a page ends among them.
        let made = [(a, 0), (a, 10), (b, 10), (a, 10), (b, 20), (a, 30), (b, 30)]
        let sources: [ReadingSource] = [.usageEndpoint, .statusLine, .usageEndpoint]
        for (index, (account, seconds)) in made.enumerated() {
            let facts = facts(Double(index), at: Int64(seconds), sources[index % 3])
            _ = try await history.append(entry(tick: Int64(index + 1), usage: [account: facts]))
        }
        for limit in [Int.min, 0, 1, 2, 3, 6, 7, 8, Int.max] {
            var told: [Double] = []
            var after: ReadingCursor?
            repeat {
                let page = try await history.readings(since: now, after: after, limit: limit)
                #expect(page.items.count <= max(1, limit))
                told += page.items.compactMap { $0.reading.windows.first?.utilization }
                after = page.next
            } while after != nil
            #expect(told == [0, 1, 2, 3, 4, 5, 6], "\(limit)")
        }
        let all = try await history.readings(since: now, after: nil, limit: 9).items
        #expect(all.map(\.account) == made.map(\.0))
        for tick in 8...509 {
            let facts = facts(7, at: Int64(tick) * 60)
            _ = try await history.append(entry(tick: Int64(tick), usage: [a: facts]))
        }
        let full = try await history.readings(since: now, after: nil, limit: .max)
        #expect(full.items.count == 500 && full.next != nil)
        let rest = try await history.readings(since: now, after: full.next, limit: .max)
        #expect(rest.items.count == 9 && rest.next == nil)
    }

    static func readingsSince(_ world: any HistoryWorld) async throws {
        let history = world.history
        let identity = AccountIdentity(id: a, email: "a@example.com")
        try await history.save(AccountRecord(identity: identity, slot: nil), at: now)
        for (tick, seconds) in [(1, -1), (2, 0), (3, 1)] {
            let facts = facts(Double(tick), at: Int64(seconds))
            _ = try await history.append(entry(tick: Int64(tick), usage: [a: facts]))
        }
        try await history.forget(a, at: now.adding(seconds: 60))
        let page = try await history.readings(since: now, after: nil, limit: 9)
        #expect(page.items.map(\.reading.windows.first?.utilization) == [2, 3])
        let old = ReadingCursor(readAt: now.adding(seconds: -9), id: 0)
        let same = try await history.readings(since: now, after: old, limit: 9)
        #expect(same.items == page.items)
        let none = try await history.readings(
            since: now.adding(seconds: 2), after: nil, limit: 9)
        #expect(none.items.isEmpty && none.next == nil)
    }
}
