// The laws of waiting for a turn to end: a swap costs the session its prompt
// cache, the wall costs it more.

import Testing

@testable import RotationCore

@Suite struct TurnTests {
    /// Live at its threshold of 80 with much room to the wall, busy or not. Quota
    /// is thin where a pace is assumed.
    private func world(isBusy: Bool?, used: Double = 81, pace: Double = 0) -> CoreHarness {
        var bounds = Bounds()
        bounds.assumedPace = pace
        bounds.threshold = 80
        var world = CoreHarness(bounds: bounds)
        world.presence = ClaudePresence(running: true, isBusy: isBusy)
        world.add("a", used, 0)
        world.add("b", 10, 0)
        return world
    }

    @Test(arguments: [(nil, Outcome.rotated), (false, .rotated), (true, .deferred)])
    func `a swap waits only for a turn that is known`(isBusy: Bool?, outcome: Outcome) {
        var world = world(isBusy: isBusy)
        let conclusion = world.tick()
        #expect(conclusion.verdict.outcome == outcome)
        guard outcome == .deferred else { return }
        #expect(conclusion.verdict.reason == .midTurn)
        #expect(conclusion.nextTickAt == start.adding(seconds: 10))
    }

    @Test func `it goes on as soon as the turn ends`() {
        var world = world(isBusy: true)
        _ = world.tick()
        world.presence.isBusy = false
        #expect(world.tick(after: 10).to == id("b"))
    }

    @Test(arguments: [(Int64(299), Outcome.deferred), (300, .rotated)])
    func `it waits no longer than its patience`(waited: Int64, outcome: Outcome) {
        var world = world(isBusy: true)
        _ = world.tick()
        world.now = world.now.adding(seconds: waited)
        #expect(world.tick(fresh: true).verdict.outcome == outcome)
    }

    /// 4.5 points a minute take a point in 13 s; the next tick is 10 s away,
    /// the swap takes 5.
    @Test(arguments: [(97.8, Outcome.deferred), (97.9, .rotated)])
    func `it never waits past the wall`(used: Double, outcome: Outcome) {
        var world = world(isBusy: true, used: used)
        #expect(world.tick().verdict.outcome == outcome)
    }

    @Test func `where quota is thin, the last points of a full account are used meanwhile`() {
        var world = world(isBusy: true, pace: 2)
        #expect(world.tick().verdict.reason == .midTurn)
    }

    @Test func `patience begins anew after it was not needed`() {
        var world = world(isBusy: true)
        _ = world.tick()
        world.presence.isBusy = false
        world.swapResult = .changedMeanwhile
        #expect(world.tick(after: 200).reason == .credentialChanged)
        world.presence.isBusy = true
        world.now = world.now.adding(seconds: 200)
        #expect(world.tick(fresh: true).verdict.reason == .midTurn)
    }

    @Test func `an exhausted account waits for nobody`() {
        var world = world(isBusy: true, used: 100)
        #expect(world.tick().verdict.outcome == .rotated)
    }
}
