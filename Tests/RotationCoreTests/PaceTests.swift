// The laws of the pace: it belongs to the work, is measured from what is told
// in whole percents, and says when live is read and left before its wall.

import Testing

@testable import RotationCore

@Suite struct PaceTests {
    private func reading(_ fiveHour: Double, _ sevenDay: Double, after seconds: Int64) -> Reading {
        Reading(
            readAt: start.adding(seconds: seconds), source: .usageEndpoint,
            windows: windows(fiveHour, sevenDay))
    }

    private func pace(_ readings: [Reading], capacity: Double = 1) -> WorkPace {
        var pace = WorkPace()
        for reading in readings {
            pace.measure(reading, of: id("a"), capacity: capacity, bounds: Bounds())
        }
        return pace
    }

    private static let rises: [(Double, Int64, Double)] = [
        (1, 119, 0), (1, 120, 0.5), (1, 121, 60.0 / 121), (3, 15, 12), (3, 14, 0), (2.9, 15, 0),
        (0, 600, 0),
    ]

    @Test(arguments: rises)
    func `a rise is measured over two minutes, a steep one over a quarter`(
        rise: Double, seconds: Int64, expected: Double
    ) {
        let pace = pace([reading(10, 5, after: 0), reading(10 + rise, 5, after: seconds)])
        #expect(abs(pace.expected(.fiveHour, on: 1, bounds: Bounds()) - expected) < 1e-9)
    }

    @Test func `a window that began anew has no rise`() {
        let pace = pace([reading(90, 50, after: 0), reading(5, 50, after: 600)])
        #expect(pace.expected(.fiveHour, on: 1, bounds: Bounds()) == 0)
    }

    @Test func `a clock that stepped back measures nothing`() {
        let pace = pace([reading(10, 5, after: 600), reading(60, 5, after: 0)])
        #expect(pace.expected(.fiveHour, on: 1, bounds: Bounds()) == 0)
    }

    @Test func `a faster pace fades within its memory`() {
        var times: [Double] = []
        for quiet in [Int64(0), 600, 1200, 1201] {
            var readings = [reading(10, 5, after: 0), reading(20, 5, after: 600)]
            if quiet > 0 { readings.append(reading(20, 5, after: 600 + quiet)) }
            times.append(pace(readings).expected(.fiveHour, on: 1, bounds: Bounds()))
        }
        #expect(times == [1, 0.5, 0, 0])
    }

    @Test func `what counts of a week is a share of what counts of five hours`() {
        // One point of a week rounded up: half a point a minute, it seems.
        let pace = pace([reading(10, 5, after: 0), reading(11, 6, after: 120)])
        #expect(pace.expected(.sevenDay, on: 1, bounds: Bounds()) == 0.125)
    }

    @Test func `work is expected to burst, and as it did`() {
        let bounds = Bounds()
        #expect(WorkPace().burst(.fiveHour, on: 1, bounds: bounds) == 4.5)
        #expect(WorkPace().burst(.sevenDay, on: 1, bounds: bounds) == 1.125)
        let fast = pace([reading(10, 5, after: 0), reading(50, 5, after: 600)])
        #expect(fast.burst(.fiveHour, on: 1, bounds: bounds) == 6)
        #expect(fast.burst(.fiveHour, on: 2, bounds: bounds) == 4.5)
    }

    /// Five times the usual pace, up to six points a minute.
    @Test(arguments: [(0.5, 4.5), (0.9, 4.5), (0.92, 4.6), (1, 5), (1.2, 6), (1.3, 6)])
    func `readings are planned for the bursts of fast work, decisions are not`(
        usual: Double, peak: Double
    ) {
        let pace = pace([reading(0, 0, after: 0), reading(usual * 10, 0, after: 600)])
        #expect(pace.burst(.fiveHour, on: 1, bounds: Bounds()) == 4.5)
        #expect(abs(pace.peak(.fiveHour, on: 1, bounds: Bounds()) - peak) < 1e-9)
        #expect(abs(pace.peak(.sevenDay, on: 1, bounds: Bounds()) - peak / 4) < 1e-9)
    }

    @Test func `the bursts of what is usual are smaller on a larger account`() {
        let pace = pace([reading(0, 0, after: 0), reading(10, 0, after: 600)], capacity: 4)
        // Four points a minute of an account of capacity 1.
        #expect(pace.peak(.fiveHour, on: 1, bounds: Bounds()) == 6)
        #expect(pace.peak(.fiveHour, on: 4, bounds: Bounds()) == 5)
        #expect(pace.peak(.fiveHour, on: 20, bounds: Bounds()) == 4.5)
    }

    @Test(arguments: [(Int64(299), 4.5), (300, 6), (301, 6)])
    func `before anything is usual a burst is a session's with subagents`(
        after: Int64, points: Double
    ) {
        let pace = pace([reading(0, 0, after: 0), reading(8, 0, after: after)])
        #expect(pace.burst(.fiveHour, on: 1, bounds: Bounds()) == 4.5)
        #expect(pace.peak(.fiveHour, on: 1, bounds: Bounds()) == points)
    }

    @Test(arguments: [(0.5, Int64(202)), (0.9, 202), (1.2, 152)])
    func `live is read again before a burst of its work could fill it up`(
        usual: Double, seconds: Int64
    ) {
        let pace = pace([reading(0, 0, after: -600), reading(usual * 10, 0, after: 0)])
        let usage = UsageFacts().recording(
            .windows(windows(80, 0)), at: start, bounds: Bounds())
        let schedule = ReadingSchedule(
            bounds: Bounds(), now: start, work: WorkOnAccount(pace: pace, capacity: 1))
        #expect(schedule.nextLook(usage) == start.adding(seconds: seconds))
    }

    @Test func `the same work takes a quarter of an account four times as large`() {
        let pace = pace([reading(10, 5, after: 0), reading(20, 5, after: 600)], capacity: 5)
        #expect(pace.expected(.fiveHour, on: 5, bounds: Bounds()) == 1)
        #expect(pace.expected(.fiveHour, on: 20, bounds: Bounds()) == 0.25)
    }

    @Test func `the share of a week is learned, slowly`() {
        let bounds = Bounds()
        #expect(WorkPace().weekShare(bounds) == bounds.usualWeekShare)
        let learned = pace([reading(0, 0, after: 0), reading(80, 8, after: 6000)])
        #expect(abs(learned.weekShare(bounds) - (8 + 3) / (80.0 + 20)) < 1e-9)
    }

    @Test(arguments: [(Int64(299), false), (300, true), (301, true)])
    func `nothing is usual before it was measured for five minutes`(after: Int64, isKnown: Bool) {
        let bounds = Bounds()
        let pace = pace([reading(0, 0, after: 0), reading(9, 0, after: after)])
        #expect(pace.isUsualKnown(bounds) == isKnown)
        let usual = isKnown ? 9 * 60 / Double(after) : bounds.assumedPace
        #expect(abs(pace.usual(bounds) - usual) < 1e-9)
    }

    @Test func `usual is the mean with its pauses`() {
        let pace = pace([
            reading(0, 0, after: 0), reading(12, 0, after: 600), reading(12, 0, after: 1200),
        ])
        #expect(abs(pace.usual(Bounds()) - 0.6) < 1e-9)
    }

    // MARK: What a tick makes of it

    @Test func `the pace goes along with a swap`() {
        var world = CoreHarness()
        world.add("a", 80, 0)
        world.add("b", 10, 0)
        _ = world.tick()
        world.add("a", 97, 0)
        #expect(world.tick(after: 600).to == id("b"))
        #expect(world.machine.remembered.work.expected(.fiveHour, on: 1, bounds: Bounds()) == 1.7)
        world.add("b", 20, 0)
        _ = world.tick(after: 600)
        // Parked it stood at 10; its own first ten minutes count.
        #expect(world.machine.remembered.work.expected(.fiveHour, on: 1, bounds: Bounds()) == 1)
    }

    @Test(arguments: [(94.0, Int64(53)), (50, 60), (96.9, 22)])
    func `a tick comes as soon as live is to be read`(used: Double, seconds: Int64) {
        var world = CoreHarness()
        world.add("a", used, 0)
        world.add("b", 10, 0)
        #expect(world.tick().nextTickAt == start.adding(seconds: seconds))
    }

    /// After 20 readings in the last ten minutes the next is far away.
    private func spent(live: Double, other: Double) -> CoreHarness {
        var remembered = RememberedState()
        var facts = UsageFacts()
        facts.askedAt = (0..<20).map { start.adding(seconds: Int64($0 * 30 - 600)) }
        facts.lastAskedAt = facts.askedAt.last
        remembered.usage[id("a")] = facts
        var world = CoreHarness(remembered: remembered)
        world.add("a", live, 0)
        world.add("b", other, 0)
        return world
    }

    @Test func `where the next reading is too far away, live is left early for more room`() {
        var world = spent(live: 90, other: 10)
        let verdict = world.tick(fresh: true).verdict
        #expect(verdict.outcome == .rotated && verdict.reason == .projectedWall)
        #expect(verdict.sentence.contains("4.5 % a minute, so its wall could come"))
    }

    @Test func `but not for less, nor where live lasts until then`() {
        var near = spent(live: 90, other: 85)
        #expect(near.tick(fresh: true).verdict.outcome == .stayed)
        var far = spent(live: 20, other: 10)
        #expect(far.tick(fresh: true).verdict.reason == .belowThreshold)
    }

    /// Three points below the threshold the reserve counts too.
    @Test(arguments: [(93.9, 24), (94, 27), (96, 27)])
    func `the hour's budget is spread before it is spent`(used: Double, budget: Int) {
        var usage = UsageFacts()
        let slot = SlotFacts(
            email: "a@example.com",
            details: CredentialDetails(kind: .login, canRefresh: true, accessTokenExpiresAt: nil),
            generation: Generation(1))
        func schedule(at now: Timestamp) -> ReadingSchedule {
            ReadingSchedule(
                bounds: Bounds(), now: now, work: WorkOnAccount(pace: WorkPace(), capacity: 1))
        }
        var now = start
        var gaps: [Int64] = []
        for asked in 0..<budget {
            #expect(schedule(at: now).mayRead(slot, usage, isLive: true))
            #expect(schedule(at: now).mayRead(slot, usage) == (asked < 24))
            usage = usage.recording(.windows(windows(used, 0)), at: now, bounds: Bounds())
            #expect(usage.askedAt.count == asked + 1)
            if asked == budget - 1 { break }
            let next = schedule(at: now).nextLook(usage)
            gaps.append(next.seconds(since: now))
            now = next
        }
        #expect(gaps.first == Int64((99 - used) / 4.5 * 60 * 0.8))
        #expect(gaps[budget * 3 / 4 - 1] == gaps.first, "three quarters are for the asking")
        #expect(gaps == gaps.sorted())
        // Two thirds of the hour at least, if it is near its wall all the while.
        #expect((2400...3599).contains(gaps.reduce(0, +)))
        #expect(!schedule(at: now).mayRead(slot, usage, isLive: true))
    }

    /// Twenty-two in the last half hour, and one that is an hour old in a moment.
    @Test func `one reading that is about to be an hour old does not spend the others`() {
        var usage = UsageFacts().recording(.windows(windows(92, 0)), at: start, bounds: Bounds())
        usage.askedAt = [start.adding(seconds: -3590)]
        usage.askedAt += (0..<22).map { start.adding(seconds: Int64($0 * 80 - 1680)) }
        let schedule = ReadingSchedule(
            bounds: Bounds(), now: start, work: WorkOnAccount(pace: WorkPace(), capacity: 1))
        // Two are left for 1920 seconds, and some of that is spent at once.
        let next = schedule.nextLook(usage).seconds(since: start)
        #expect((480...960).contains(next))
    }

    @Test func `parked accounts read together do not stay together, and a replay is the same`() {
        func readings() -> [AccountID: Int64] {
            var world = CoreHarness()
            let letters = "bcdefghij"
            world.add("a", 10, 0)
            for letter in letters { world.add("\(letter)", 20, 0) }
            _ = world.tick()
            var first: [AccountID: Int64] = [:]
            for second in stride(from: Int64(60), through: 2040, by: 60) {
                world.now = start.adding(seconds: second)
                _ = world.tick()
                for account in world.asked where account != id("a") && first[account] == nil {
                    first[account] = second
                }
            }
            return first
        }
        let first = readings()
        #expect(first.count == 9 && Set(first.values).count > 3)
        #expect(first.values.allSatisfy { (1620...1980).contains($0) })
        #expect(readings() == first)
    }
}
