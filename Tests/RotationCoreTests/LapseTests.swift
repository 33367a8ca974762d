// The laws of thin quota: what would lapse unused is used first, but only where
// it will be missed; and the last points of all come before a wall is met.

import Testing

@testable import RotationCore

@Suite struct LapseTests {
    /// Live `a` at a steady pace, `b` that begins anew in half an hour, `c`
    /// fresh. The pace is in points a minute; nothing is assumed of it before.
    private func world(
        pace: Double, bounds: Bounds = Bounds(), bUsed: Double = 20, bSevenDay: Double = 0
    ) -> CoreHarness {
        var bounds = bounds
        bounds.assumedPace = 0
        var world = CoreHarness(bounds: bounds)
        func a(_ used: Double) {
            world.add(
                "a", .windows(windows(used, 0, at: start, fiveHourResetsIn: 14_400)))
        }
        a(10)
        world.add("b", .windows(windows(bUsed, bSevenDay, at: start, fiveHourResetsIn: 2400)))
        world.add("c", .windows(windows(30, 0, at: start, fiveHourResetsIn: 16_200)))
        _ = world.tick()
        a(10 + pace * 10)
        return world
    }

    @Test func `where quota is thin, what lapses first is used first`() {
        var world = world(pace: 1)
        let verdict = world.tick(after: 600)
        #expect(verdict.reason == .quotaLapses && verdict.to == id("b"))
        #expect(verdict.reason(of: "b") == .lapsesFirst)
        #expect(verdict.reason(of: "c") == .lapsesLater)
        #expect(verdict.sentence.contains("some would lapse unused"))
    }

    @Test(arguments: [(92.0, Outcome.rotated), (93, .rotated), (94, .stayed)])
    func `more than three points are worth a swap`(bUsed: Double, outcome: Outcome) {
        var world = world(pace: 0.75, bUsed: bUsed)
        #expect(world.tick(after: 600).outcome == outcome)
    }

    /// Six points to 99 % last 80 s at the pace work could take on.
    @Test(arguments: [(79.0, Outcome.rotated), (80, .stayed), (81, .stayed)])
    func `what could be full within a minute is left to lapse`(least: Double, outcome: Outcome) {
        var bounds = Bounds()
        bounds.lapseLastsSeconds = least
        var world = world(pace: 0.75, bounds: bounds, bUsed: 93)
        #expect(world.tick(after: 600).outcome == outcome)
    }

    /// Live `a`, and alternates of which one begins anew in forty minutes.
    private func started(alternates: Int, liveResetsIn: Int64 = 14_400) -> CoreHarness {
        var world = CoreHarness()
        world.add("a", .windows(windows(10, 0, at: start, fiveHourResetsIn: liveResetsIn)))
        for index in 0..<alternates {
            let reset = Int64(index == 0 ? 2400 : 16_200)
            world.add("b\(index)", .windows(windows(0, 0, at: start, fiveHourResetsIn: reset)))
        }
        return world
    }

    @Test(arguments: [true, false])
    func `work nothing is known of is taken to be a busy session's`(isBusy: Bool) {
        var world = started(alternates: 1)
        world.presence = ClaudePresence(running: true, isBusy: isBusy)
        let verdict = world.tick().verdict
        #expect(verdict.reason == .quotaLapses && verdict.to == id("b0"))
        #expect(verdict.sentence.contains("is not known yet"))
    }

    /// Three times 0.8 points a minute are 576 in the four hours until live begins
    /// anew. It holds 90 until then, each alternate 100, the first 200.
    @Test(arguments: [(3, Reason.quotaLapses), (4, .belowThreshold)])
    func `and nothing is swapped where even that would last`(alternates: Int, reason: Reason) {
        var world = started(alternates: alternates)
        #expect(world.tick().verdict.reason == reason)
    }

    /// 144 points are worked in the hour until live has begun anew, and 190 are there;
    /// 720 in five hours, and 390.
    @Test func `quota is to last for five hours, though all begin anew before`() {
        var world = started(alternates: 1, liveResetsIn: 3600)
        #expect(world.tick().verdict.reason == .quotaLapses)
    }

    @Test func `where it lasts, nothing is swapped for what lapses`() {
        var world = world(pace: 0.2)
        #expect(world.tick(after: 600).reason == .belowThreshold)
    }

    @Test func `what the week binds does not lapse`() {
        // Eight points of a week are at most eighty of five hours: they can all
        // be served after the reset.
        var world = world(pace: 1, bSevenDay: 92)
        #expect(world.tick(after: 600).reason == .belowThreshold)
    }

    @Test(arguments: StrategyName.allCases)
    func `only strategies that go by what is left mind what lapses`(strategy: StrategyName) {
        var bounds = Bounds()
        bounds.strategy = strategy
        var world = world(pace: 1, bounds: bounds)
        let reason = world.tick(after: 600).reason
        #expect((reason == .quotaLapses) == [.drainFirst, .soonestReset].contains(strategy))
    }

    @Test(arguments: [(Int64(299), Outcome.stayed), (300, .rotated)])
    func `what lapses waits for the dwell`(since: Int64, outcome: Outcome) {
        var world = world(pace: 1)
        world.machine.remembered.lastAutomaticSwap = AutomaticSwap(
            at: start.adding(seconds: 600 - since), from: id("c"), to: id("a"), leftWindows: [])
        #expect(world.tick(after: 600).outcome == outcome)
    }

    @Test func `a hold or a pause stands above it`() {
        var held = world(pace: 1)
        held.machine.follow(
            OperatorRules(accounts: [id("a"): AccountPolicy(isHeld: true)]))
        #expect(held.tick(after: 600).reason == .belowThreshold)
        var paused = world(pace: 1)
        paused.machine.follow(OperatorRules(pause: Pause(since: start, until: nil)))
        #expect(paused.tick(after: 600).reason == .belowThreshold)
    }

    @Test func `an old reading of what lapses is made anew before it counts`() {
        var world = world(pace: 1)
        _ = world.tick(after: 600)
        world = self.world(pace: 1)
        world.add("a", .windows(windows(25, 0, at: start, fiveHourResetsIn: 14_400)))
        let verdict = world.tick(after: 900)
        #expect(world.asked.contains(id("b")))
        #expect(verdict.to == id("b"))
    }

    // MARK: The last points

    @Test(arguments: [(98.0, Outcome.rotated), (99.0, .stuck)])
    func `where live cannot serve, the last points anywhere do`(used: Double, outcome: Outcome) {
        var world = CoreHarness()
        world.add("a", 100, 0)
        world.add("b", used, 0)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == outcome)
        if outcome == .rotated { #expect(verdict.reason(of: "b") == .lastPoints) }
    }

    @Test func `of the last points those that last longest are taken`() {
        var world = CoreHarness()
        world.add("a", 100, 0)
        world.add("b", 97, 0)
        world.add("c", 0, 98)
        // A point of a week is several of five hours.
        #expect(world.tick().verdict.to == id("c"))
    }

    @Test func `they are not taken while the wall is only a thought`() {
        var world = CoreHarness()
        world.add("a", 98, 0)
        world.add("b", 97, 0)
        #expect(world.tick().verdict.reason == .allExhausted)
    }

    /// Live goes from 78 to what is said in ten minutes; b stands at what is said.
    private func ending(live: Double, other: Double) -> Verdict {
        var world = CoreHarness()
        world.add("a", 78, 0)
        world.add("b", other, 0)
        _ = world.tick()
        world.add("a", live, 0)
        return world.tick(after: 600)
    }

    /// At two points a minute 98 is half a minute from the wall, and 97.98 is not.
    @Test(arguments: [(97.98, Outcome.stuck), (98, .rotated)])
    func `they are taken half a minute before the wall at the measured pace`(
        used: Double, outcome: Outcome
    ) {
        #expect(ending(live: used, other: 97).outcome == outcome)
    }

    /// At 2.08 points a minute, up to 99.5; live lasts another 35 seconds.
    @Test(arguments: [(97.4, Outcome.rotated), (97.45, .stuck)])
    func `before the wall a minute of work is worth a swap`(used: Double, outcome: Outcome) {
        #expect(ending(live: 98.8, other: used).outcome == outcome)
    }

    /// Live lasts 44 seconds, the other 66 or a little less.
    @Test(arguments: [(97.25, Outcome.rotated), (97.3, .stuck)])
    func `but not one that lasts less than half as long again`(used: Double, outcome: Outcome) {
        #expect(ending(live: 98.5, other: used).outcome == outcome)
    }

    @Test func `where live is rejected at its threshold, its wall is not waited for`() {
        var world = CoreHarness()
        world.add("a", 97, 0)
        world.add("b", 97, 0)
        _ = world.tick()
        world.add("a", .unauthorized)
        _ = world.tick(after: 600)
        let verdict = world.tick(after: 600)
        #expect(verdict.reason == .liveRejected && verdict.to == id("b"))
    }

    @Test func `once the wall is met, what lasts three minutes is`() {
        #expect(ending(live: 100, other: 97).outcome == .stuck)
    }

    @Test func `what is kept in reserve is nobody's last points`() {
        var world = CoreHarness()
        world.add("a", 100, 0)
        world.add("b", 60, 0)
        world.machine.follow(
            OperatorRules(accounts: [id("b"): AccountPolicy(reservePercent: 50)]))
        #expect(world.tick().verdict.outcome == .stuck)
    }
}
