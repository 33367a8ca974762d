// The laws of the hour's budget of readings, and of what is kept in reserve.

import Testing

@testable import RotationCore

@Suite struct BudgetTests {
    @Test func `no hour sees more readings of an account than the budget`() {
        var world = CoreHarness()
        world.add("a", 96, 0)
        var asked: [Timestamp] = []
        for second in 0..<(4 * 360) {
            world.now = start.adding(seconds: Int64(second) * 10)
            world.add("a", 96, 0)
            _ = world.tick(fresh: second % 7 == 0)
            if !world.asked.isEmpty { asked.append(world.now) }
            let lastHour = asked.count { world.now.seconds(since: $0) < 3600 }
            #expect(lastHour <= Bounds().readsPerHour + Bounds().readsInReserve)
        }
        #expect(asked.count >= 3 * Bounds().readsPerHour)
    }

    /// Live three points below its threshold, where the reserve begins, and an
    /// alternate above it.
    @Test func `what is in reserve is for the schedule of the live account alone`() {
        var world = CoreHarness()
        world.add("a", 94, 0)
        world.add("b", 98, 0)
        var asked: [AccountID: Int] = [:]
        for second in 0..<359 {
            world.now = start.adding(seconds: Int64(second) * 10)
            // What was asked by force leaves the schedule the reserve.
            _ = world.tick(fresh: second < 60)
            for account in world.asked { asked[account, default: 0] += 1 }
            guard second == 59 else { continue }
            #expect(asked[id("b")] == 24)
            #expect((24...25).contains(asked[id("a")] ?? 0))
        }
        #expect(asked[id("b")] == 24)
        #expect((25...27).contains(asked[id("a")] ?? 0))
    }

    /// Live was read at 81 % until its readings were spent; nobody has looked for
    /// half an hour.
    private static func unseen(
        at used: Double = 81, other: Double, spent: Int = 24, since seconds: Int64 = 1800
    ) -> CoreHarness {
        var world = CoreHarness()
        world.add("a", used, 0)
        world.add("b", other, 0)
        _ = world.tick()
        world.now = start.adding(seconds: seconds)
        world.machine.remembered.usage[id("a")]?.askedAt =
            (0..<spent).map { start.adding(seconds: Int64($0 - spent + 1)) }
        world.vendor[id("a")] = nil
        world.add("b", other, 0)
        return world
    }

    @Test func `live is not kept unseen for its spent readings where another could serve`() {
        var world = Self.unseen(other: 5)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .rotated && verdict.reason == .projectedWall)
        #expect(verdict.to == id("b"))
    }

    @Test func `where none could, its usage is said not to be known`() {
        var world = Self.unseen(other: 98)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .stayed && verdict.reason == .liveUnknown)
    }

    /// The next reading may come in twenty seconds; from 20 % no work comes to
    /// the wall before.
    @Test func `what was read too long ago is not said to be below its threshold`() {
        var world = Self.unseen(at: 20, other: 5, since: 1000)
        world.machine.remembered.usage[id("a")]?.askedAt =
            (0..<23).map { start.adding(seconds: $0 - 2580) } + [start]
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .stayed && verdict.reason == .liveUnknown)
    }

    /// Four readings are left, and the vendor does not answer.
    @Test func `an outage is not taken for spent readings`() {
        var world = Self.unseen(other: 5, spent: 20)
        world.vendor[id("a")] = .unreachable(.timedOut)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .stayed && verdict.reason == .liveUnknown)
    }

    /// It had all of its readings while it was live.
    @Test(arguments: [(26, true), (27, false)])
    func `the last reading of the reserve is for a reset`(spent: Int, isAsked: Bool) {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", .windows(windows(97, 0, fiveHourResetsIn: 1200)))
        _ = world.tick()
        world.machine.remembered.usage[id("b")]?.askedAt =
            (0..<spent).map { start.adding(seconds: Int64($0 - spent + 1)) }
        _ = world.tick(after: 1199)
        #expect(!world.asked.contains(id("b")))
        _ = world.tick(after: 1)
        #expect(world.asked.contains(id("b")) == isAsked)
    }

    /// Until a window of its begins anew, which is to come within the hour.
    @Test(arguments: [(Int64(3600), false), (3601, true)])
    func `that one is not live's own where a reset is near`(resetsIn: Int64, isAsked: Bool) throws {
        var world = CoreHarness()
        world.add("a", .windows(windows(98, 0, fiveHourResetsIn: resetsIn)))
        _ = world.tick()
        world.machine.remembered.usage[id("a")]?.askedAt =
            (0..<26).map { start.adding(seconds: Int64($0 - 3599)) }
        let usage = world.machine.remembered.usage[id("a")] ?? UsageFacts()
        let schedule = ReadingSchedule(
            bounds: Bounds(), now: start, work: WorkOnAccount(pace: WorkPace(), capacity: 1))
        let slot = try #require(world.slots[id("a")])
        #expect(schedule.mayRead(slot, usage, isLive: true) == isAsked)
    }
}
