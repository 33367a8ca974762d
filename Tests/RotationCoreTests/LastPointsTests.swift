// The laws of the last points while live still serves: what is sure comes before
// what is not, and what lasts far longer before a wall that could be near.

import Testing

@testable import RotationCore

@Suite struct LastPointsTests {
    /// Live goes from 78 to 97 in so many minutes; b has but points of a week,
    /// which at the least pace there is last 2000 s each, up to 99.5.
    private func parting(minutes: Int64, week: Double, sinceSwap: Int64? = nil) -> Verdict {
        var world = CoreHarness()
        world.add("a", 78, 0)
        world.add("b", 0, week)
        _ = world.tick()
        world.add("a", 97, 0)
        if let sinceSwap {
            world.machine.remembered.lastAutomaticSwap = AutomaticSwap(
                at: start.adding(seconds: minutes * 60 - sinceSwap), from: id("b"), to: id("a"),
                leftWindows: [])
        }
        return world.tick(after: minutes * 60)
    }

    /// Live lasts 189 s, and 568 are wanted: b has 600, and 560.
    @Test(arguments: [(99.2, Outcome.rotated), (99.22, .stuck)])
    func `what lasts three times as long is taken before the wall is near`(
        week: Double, outcome: Outcome
    ) {
        let verdict = parting(minutes: 20, week: week)
        #expect(verdict.outcome == outcome)
        if outcome == .rotated { #expect(verdict.reason(of: "b") == .lastPoints) }
    }

    /// Live lasts 95 s, and 395 are wanted: b has 400, and 380.
    @Test(arguments: [(99.3, Outcome.rotated), (99.31, .stuck)])
    func `and longer than live by the dwell`(week: Double, outcome: Outcome) {
        #expect(parting(minutes: 10, week: week).outcome == outcome)
    }

    @Test(arguments: [(Int64(299), Outcome.deferred), (300, .rotated)])
    func `it waits for the dwell`(since: Int64, outcome: Outcome) {
        #expect(parting(minutes: 20, week: 97, sinceSwap: since).outcome == outcome)
    }

    /// Live burns two points of five hours a minute, and is at 99 % of its week.
    private func unsure(live week: Double = 99, from: Double = 30) -> CoreHarness {
        var world = CoreHarness()
        world.add("a", from, week)
        world.add("b", 97, 0)
        world.add("c", .windows(windows(97, 0, fiveHourResetsIn: 3600)))
        world.add("d", 0, 97)
        _ = world.tick()
        world.add("a", 50, week)
        return world
    }

    @Test func `of those sure to last, the one that begins anew first is taken`() {
        var world = unsure()
        let verdict = world.tick(after: 600)
        #expect(verdict.to == id("c") && verdict.reason(of: "c") == .lastPoints)
        #expect(verdict.sentence.contains("used up before a wall is met"))
    }

    @Test func `nobody is taken while live is sure to last itself`() {
        var world = unsure(live: 98)
        #expect(world.tick(after: 600).outcome == .stuck)
    }

    @Test func `nobody is taken while nothing is used`() {
        var world = unsure(from: 50)
        #expect(world.live == id("a") && world.tick(after: 600).outcome == .stuck)
        #expect(world.live == id("a"))
    }

    @Test func `nobody is taken while one just left is below its threshold`() {
        var world = unsure()
        world.add("e", 94, 0)
        world.machine.remembered.left[id("e")] = AutomaticSwap(
            at: start, from: id("e"), to: id("a"), leftWindows: windows(97, 0))
        let verdict = world.tick(after: 600)
        #expect(verdict.reason(of: "e") == .recentlyLeft)
        #expect(verdict.outcome == .stuck)
    }

    /// Two points, and less, at two points a minute.
    @Test(arguments: [(97.0, Outcome.rotated), (97.1, .stuck)])
    func `a minute of work must be sure`(used: Double, outcome: Outcome) {
        var world = CoreHarness()
        world.add("a", 30, 99)
        world.add("b", used, 0)
        _ = world.tick()
        world.add("a", 50, 99)
        #expect(world.tick(after: 600).outcome == outcome)
    }
}
