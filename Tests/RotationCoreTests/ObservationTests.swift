// Laws of what Claude Code says by itself: what counts, for whom, from when,
// and that it never makes less of what is known.

import Testing

@testable import RotationCore

/// One status line, 5 h and 7 d windows as the harness's vendor has them.
private func line(
    _ fiveHour: Double?, _ sevenDay: Double? = 40, session: String = "s", api: Int64? = nil,
    fiveHourResetsIn: Int64 = 7200, sevenDayResetsIn: Int64 = 259_200
) -> Observation {
    Observation(
        session: session, apiMilliseconds: api, model: "Opus",
        windows: windows(
            fiveHour, sevenDay, fiveHourResetsIn: fiveHourResetsIn,
            sevenDayResetsIn: sevenDayResetsIn))
}

extension CoreHarness {
    /// A alone, found live by a tick; `b` has a slot when told.
    fileprivate static func quiet(_ used: Double = 50, b: Bool = false) -> CoreHarness {
        var world = CoreHarness()
        world.add("a", used, 40)
        if b { world.add("b", 12, 20) }
        _ = world.tick()
        return world
    }

    fileprivate mutating func say(
        _ observation: Observation, after seconds: Int64 = 1
    ) -> ObservationAnswer {
        now = now.adding(seconds: seconds)
        return machine.take(observation, at: now)
    }

    fileprivate var reading: Reading? { machine.remembered.usage[live]?.reading }

    fileprivate func used(_ key: WindowKey) -> Double? {
        reading?.windows.first { $0.key == key }?.utilization
    }
}

@Suite struct ObservationTests {
    @Test func `the second line of a session counts, from the next tick on, and costs nothing`() {
        var world = CoreHarness.quiet()
        #expect(world.say(line(50, api: 1)) == .refused(.firstOfSession))
        #expect(world.say(line(61, api: 2)) == .taken(id("a")))
        #expect(world.used(.fiveHour) == 50)
        #expect(world.machine.expectedReading(of: id("a"))?.windows[0].utilization == 61)
        let saidAt = world.now
        let asked = world.machine.remembered.usage[id("a")]?.askedAt
        _ = world.tick(after: 60)
        #expect(world.used(.fiveHour) == 61)
        #expect(world.reading?.source == .statusLine)
        #expect(world.reading?.readAt == saidAt)
        #expect(world.machine.remembered.usage[id("a")]?.askedAt == asked)
        #expect(world.asked == [])
    }

    @Test func `a line before the first answer says when the next was made`() {
        var world = CoreHarness.quiet()
        let empty = Observation(session: "s", apiMilliseconds: 0, windows: [])
        #expect(world.say(empty) == .refused(.noWindows))
        #expect(world.say(line(55, api: 9)) == .taken(id("a")))
        #expect(world.say(empty) == .refused(.noWindows))
        #expect(world.say(line(55, api: 9)) == .refused(.unchanged))
    }

    @Test func `windows without a utilization are none`() {
        var world = CoreHarness.quiet()
        #expect(world.say(line(nil, nil)) == .refused(.noWindows))
    }

    @Test func `a line drawn anew proves nothing; an answer does, even with the same values`() {
        var world = CoreHarness.quiet()
        _ = world.say(line(55, api: 1))
        #expect(world.say(line(55, api: 1)) == .refused(.unchanged))
        #expect(world.say(line(55, api: 2)) == .taken(id("a")))
        #expect(world.say(line(56, api: 2)) == .taken(id("a")))
        #expect(world.say(line(56)) == .refused(.unchanged))
    }

    @Test func `before a look, and after one that did not say who, nothing counts`() {
        var world = CoreHarness()
        world.add("a", 50, 40)
        _ = world.say(line(50))
        #expect(world.say(line(51)) == .refused(.liveUnknown))
        _ = world.tick()
        world.observation = .unidentified
        _ = world.tick(after: 60)
        #expect(world.say(line(52)) == .refused(.liveUnknown))
    }

    @Test(arguments: [(Int64(29), false), (30, true), (31, true)])
    func `values that may be of before a swap and 30 s are refused`(since: Int64, counts: Bool) {
        var world = CoreHarness.example()
        _ = world.say(line(98))
        #expect(world.tick().verdict.outcome == .rotated)
        let swappedAt = world.now
        let now = { (fiveHour: Double) in
            Observation(
                session: "s", apiMilliseconds: nil,
                windows: windows(fiveHour, 90, at: start))
        }
        world.now = swappedAt.adding(seconds: since)
        #expect(world.say(now(61), after: 0) == .refused(.recentSwap))
        // The line before tells since when these can have been made.
        let next = world.say(now(62), after: 100)
        #expect(next == (counts ? .taken(id("c")) : .refused(.recentSwap)))
    }

    @Test func `another account than expected starts the quiet time anew`() {
        var world = CoreHarness.quiet(b: true)
        _ = world.say(line(50))
        world.live = id("b")
        _ = world.tick(after: 60)
        #expect(world.say(line(51), after: 40) == .refused(.recentSwap))
        #expect(world.say(line(52), after: 40) == .taken(id("b")))
    }

    @Test(arguments: [(Int64(90), true), (91, false), (-90, true), (-91, false)])
    func `windows that reset at other times are another account's`(off: Int64, counts: Bool) {
        var world = CoreHarness.quiet()
        _ = world.say(line(50))
        let answer = world.say(line(60, fiveHourResetsIn: 7200 + off))
        #expect(answer == (counts ? .taken(id("a")) : .refused(.otherAccount)))
        let weekly = world.say(line(61, sevenDayResetsIn: 259_200 + off))
        #expect(weekly == (counts ? .taken(id("a")) : .refused(.otherAccount)))
    }

    @Test func `a window that began since the last reading may reset at any time`() {
        var world = CoreHarness.quiet()
        _ = world.say(line(50))
        world.now = start.adding(seconds: 7200)
        #expect(world.say(line(3, fiveHourResetsIn: 25_200)) == .taken(id("a")))
        world.vendor = [:]
        _ = world.tick(after: 1)
        #expect(world.used(.fiveHour) == 3)
    }

    @Test(arguments: [(49.0, true), (48.9, false)])
    func `clearly less than is known of the same window is old`(used: Double, counts: Bool) {
        var world = CoreHarness.quiet()
        _ = world.say(line(10))
        #expect(world.say(line(used)) == (counts ? .taken(id("a")) : .refused(.outdated)))
        _ = world.tick(after: 60)
        #expect(world.used(.fiveHour) == 50)
    }

    @Test func `within a window nothing lowers what is known, though resets differ by a second`() {
        var world = CoreHarness.quiet()
        _ = world.say(line(10))
        #expect(world.say(line(49.5, 41, fiveHourResetsIn: 7201)) == .taken(id("a")))
        _ = world.tick(after: 60)
        #expect(world.used(.fiveHour) == 50)
        #expect(world.used(.sevenDay) == 41)
    }

    @Test func `a window that is over says nothing`() {
        var world = CoreHarness.quiet()
        _ = world.say(line(50))
        world.now = start.adding(seconds: 7200)
        #expect(world.say(line(99)) == .refused(.outdated))
    }

    @Test func `a window not named is carried along with its age`() throws {
        var world = CoreHarness.quiet()
        let one = { (used: Double?, seven: Double?) in
            Observation(
                session: "s", apiMilliseconds: nil,
                windows: windows(used, seven).filter { $0.utilization != nil })
        }
        _ = world.say(one(50, nil))
        #expect(world.say(one(60, nil)) == .taken(id("a")))
        _ = world.tick(after: 60)
        let seven = try #require(world.reading?.windows.first { $0.key == .sevenDay })
        #expect(seven.utilization == 40 && seven.carriedFrom == start)
        #expect(world.reading?.heldSince == start)
    }

    @Test func `a reset not said is the known one`() {
        var world = CoreHarness.quiet()
        let bare = { (used: Double) in
            Observation(
                session: "s", apiMilliseconds: nil,
                windows: [UsageWindow(key: .fiveHour, utilization: used, resetsAt: nil)])
        }
        _ = world.say(bare(50))
        #expect(world.say(bare(60)) == .taken(id("a")))
        _ = world.tick(after: 60)
        let window = world.reading?.windows.first { $0.key == .fiveHour }
        #expect(window?.utilization == 60 && window?.resetsAt == start.adding(seconds: 7200))
    }

    @Test func `what is pending is dropped when another account is found live`() {
        var world = CoreHarness.quiet(b: true)
        _ = world.say(line(50))
        #expect(world.say(line(80)) == .taken(id("a")))
        world.live = id("b")
        _ = world.tick(after: 60)
        for account in ["a", "b"] {
            let reading = world.machine.remembered.usage[id(account)]?.reading
            #expect(reading?.source == .usageEndpoint)
        }
        world.live = id("a")
        _ = world.tick(after: 60)
        #expect(world.used(.fiveHour) == 50)
    }

    @Test func `what is pending is dropped when who is live cannot be told`() {
        var world = CoreHarness.quiet()
        _ = world.say(line(50))
        #expect(world.say(line(80)) == .taken(id("a")))
        world.observation = .unidentified
        _ = world.tick(after: 60)
        world.observation = nil
        _ = world.tick(after: 60)
        #expect(world.reading?.source == .usageEndpoint)
    }

    @Test func `an operator's swap drops what is pending`() {
        var world = CoreHarness.quiet(b: true)
        _ = world.say(line(50))
        #expect(world.say(line(80)) == .taken(id("a")))
        _ = world.machine.step(.operatorSwapped(from: id("a"), to: id("b"), at: world.now))
        #expect(world.machine.expectedReading(of: id("a"))?.source == .usageEndpoint)
        #expect(world.say(line(81), after: 29) == .refused(.recentSwap))
    }

    @Test func `64 sessions are remembered, the longest silent is forgotten first`() {
        var world = CoreHarness.quiet()
        for number in 0..<64 { _ = world.say(line(50, session: "s\(number)")) }
        #expect(world.say(line(51, session: "s0")) == .taken(id("a")))
        _ = world.say(line(50, session: "new"))
        #expect(world.machine.desk.sessionCount == 64)
        #expect(world.say(line(52, session: "s1")) == .refused(.firstOfSession))
        #expect(world.say(line(52, session: "s0")) == .taken(id("a")))
    }

    @Test func `off keeps nothing`() {
        var world = CoreHarness.quiet()
        _ = world.say(line(50))
        _ = world.say(line(80))
        world.optedIn = false
        _ = world.tick(after: 60)
        #expect(world.machine.expectedReading(of: id("a"))?.source == .usageEndpoint)
        #expect(world.machine.desk.sessionCount == 0)
    }

    @Test(arguments: [(94.5, false), (94.6, true), (97, true), (100, true)])
    func `a tick is worth it where the wall could come before the next`(used: Double, isWorth: Bool)
    {
        var world = CoreHarness.quiet(90)
        world.now = world.now.adding(seconds: 60)
        _ = world.say(line(90))
        #expect(!world.machine.isWorthTick(at: world.now))
        _ = world.say(line(used, api: 3))
        #expect(world.machine.isWorthTick(at: world.now) == isWorth)
    }

    @Test(arguments: [(Int64(9), false), (10, true)])
    func `observed ticks keep their distance, and are not asked for in one`(
        since: Int64, isWorth: Bool
    ) {
        var world = CoreHarness.quiet()
        _ = world.say(line(50), after: 0)
        _ = world.say(line(98), after: since)
        #expect(world.machine.isWorthTick(at: world.now) == isWorth)
        let request = TickRequest(trigger: .observation)
        _ = world.machine.step(.tickRequested(request, optedIn: true, at: world.now))
        let later = world.now.adding(seconds: 60)
        #expect(!world.machine.isWorthTick(at: later))
    }

    @Test func `alternates left are those that could be taken, read lately or not`() {
        var world = CoreHarness()
        world.add("a", 50, 40)
        world.add("b", 12, 20)
        world.add("c", 60, 97)
        world.add("d", nil, kind: .setupToken)
        _ = world.tick()
        let left = { (now: Timestamp) in
            world.machine.alternatesLeft(to: id("a"), among: world.slots, at: now)
        }
        #expect(left(world.now) == 1)
        #expect(left(world.now.adding(seconds: 3600)) == 1)
    }
}

@Suite struct CachedUsageTests {
    private func cached(
        _ used: Double, account: String = "a", organization: String? = nil, at: Int64,
        sevenDay: Double = 40, fiveHourResetsIn: Int64 = 7200
    ) -> CachedUsage {
        CachedUsage(
            accountUUID: account, organizationUUID: organization,
            fetchedAt: start.adding(seconds: at),
            windows: windows(used, sevenDay, fiveHourResetsIn: fiveHourResetsIn))
    }

    private func source(after cached: CachedUsage, seconds: Int64 = 60) -> ReadingSource? {
        var world = CoreHarness.quiet()
        world.vendor = [:]
        world.machine.take(cached)
        _ = world.tick(after: seconds)
        return world.reading?.source
    }

    @Test func `it is a reading of its own time, without a request`() {
        var world = CoreHarness.quiet()
        world.machine.take(cached(70, at: 30))
        _ = world.tick(after: 60)
        #expect(world.used(.fiveHour) == 70)
        #expect(world.reading?.source == .claudeCache)
        #expect(world.reading?.readAt == start.adding(seconds: 30))
    }

    @Test func `never newer than now, never older than what is known`() {
        #expect(source(after: cached(70, at: 60)) == .claudeCache)
        #expect(source(after: cached(70, at: 61)) == .usageEndpoint)
        #expect(source(after: cached(70, at: 1)) == .claudeCache)
        #expect(source(after: cached(70, at: 0)) == .usageEndpoint)
    }

    @Test func `never as current when stale`() {
        #expect(source(after: cached(70, at: 60), seconds: 959) == .claudeCache)
        #expect(source(after: cached(70, at: 60), seconds: 960) == .usageEndpoint)
    }

    @Test func `only where it can mean no other account`() {
        #expect(source(after: cached(70, account: "b", at: 30)) == .usageEndpoint)
        #expect(source(after: cached(70, organization: "org", at: 30)) == .claudeCache)
        #expect(source(after: cached(70, organization: "team", at: 30)) == .usageEndpoint)
        var world = CoreHarness.quiet(b: true)
        let seat = AccountID(accountUUID: "a", organizationUUID: "team")
        world.slots[seat] = world.slots[id("b")]
        world.machine.take(cached(70, at: 30))
        _ = world.tick(after: 60)
        #expect(world.reading?.source == .usageEndpoint)
    }

    @Test func `not lower than known, nor with other resets, nor of a window that is over`() {
        #expect(source(after: cached(48, at: 30)) == .usageEndpoint)
        #expect(source(after: cached(70, at: 30, fiveHourResetsIn: 9000)) == .usageEndpoint)
        #expect(source(after: cached(70, at: 30, fiveHourResetsIn: 60)) == .usageEndpoint)
    }

    @Test func `what was fetched before a swap and 30 s is of nobody`() {
        for (at, counts) in [(Int64(29), false), (30, true)] {
            var world = CoreHarness.example()
            #expect(world.tick().verdict.outcome == .rotated)
            world.vendor = [:]
            world.machine.take(cached(65, account: "c", at: at, sevenDay: 91))
            _ = world.tick(after: 60)
            #expect(
                world.machine.remembered.usage[id("c")]?.reading?.source
                    == (counts ? .claudeCache : .usageEndpoint))
        }
    }

    @Test func `it is judged once`() {
        var world = CoreHarness.quiet()
        world.machine.take(cached(70, at: 200))
        _ = world.tick(after: 60)
        _ = world.tick(after: 200)
        #expect(world.reading?.source == .usageEndpoint)
    }
}
