// The laws of the dwell: what it keeps, what voids it, and how what it alone
// keeps is looked at.

import Testing

@testable import RotationCore

@Suite struct DwellTests {
    // Weak point 12 of the original: dwell equal to the tick.
    @Test(arguments: [(Int64(299), Outcome.deferred), (300, .rotated), (301, .rotated)])
    func `no second swap within the dwell`(after: Int64, outcome: Outcome) {
        var world = CoreHarness.example(c: (96.5, 90))
        _ = world.tick()
        world.add("c", 97, 90)
        world.now = world.now.adding(seconds: after)
        let verdict = world.tick(fresh: true).verdict
        #expect(verdict.outcome == outcome)
        if outcome == .deferred { #expect(verdict.reason == .dwell) }
    }

    @Test func `the dwell is void once live is at 100`() {
        var world = CoreHarness.example()
        _ = world.tick()
        world.add("c", 100, 90)
        world.now = world.now.adding(seconds: 60)
        #expect(world.tick(fresh: true).verdict.to == id("b"))
    }

    @Test func `the dwell is void where the wall would come before it ends`() {
        var world = CoreHarness.example()
        _ = world.tick()
        world.add("c", 98, 90)
        world.now = world.now.adding(seconds: 200)
        #expect(world.tick(fresh: true).verdict.to == id("b"))
    }

    @Test(arguments: [
        (90.0, 2, Outcome.stayed), (90, 22, .rotated), (97, 2, .deferred), (97, 22, .rotated),
    ])
    func `the dwell is void where the wall could come before the budget has another look`(
        used: Double, asked: Int, outcome: Outcome
    ) {
        var world = CoreHarness.example(c: (used - 0.5, 90))
        _ = world.tick()
        world.add("c", used, 90)
        world.now = world.now.adding(seconds: 200)
        let times = (0..<asked).map { start.adding(seconds: Int64($0 * 9)) }
        world.machine.remembered.usage[id("c")]?.askedAt = times
        #expect(world.tick(fresh: true).verdict.outcome == outcome)
    }

    /// Two points to the wall at 4.5 a minute, eight tenths of it.
    @Test(arguments: [(Int64(15), false), (21, true)])
    func `what only the dwell keeps is looked at before a burst could fill it up`(
        after: Int64, isAsked: Bool
    ) {
        var world = CoreHarness.example(c: (96.5, 90))
        _ = world.tick()
        world.add("c", 97, 90)
        world.now = world.now.adding(seconds: 200)
        let kept = world.tick(fresh: true)
        #expect(kept.verdict.reason == .dwell)
        #expect(kept.nextTickAt == world.now.adding(seconds: 21))
        _ = world.tick(after: after)
        #expect(world.asked.contains(id("c")) == isAsked)
    }

    @Test func `but not where nobody could be taken instead`() {
        var world = CoreHarness.example(c: (96.5, 90))
        _ = world.tick()
        world.add("b", 98, 20)
        world.add("c", 97, 90)
        world.now = world.now.adding(seconds: 200)
        let kept = world.tick(fresh: true)
        #expect(kept.verdict.reason == .dwell)
        #expect(kept.nextTickAt > world.now.adding(seconds: 21))
    }

    @Test func `an outage does not void the dwell`() {
        var world = CoreHarness.example(c: (96.5, 90))
        _ = world.tick()
        world.add("c", 97, 90)
        world.now = world.now.adding(seconds: 100)
        _ = world.tick(fresh: true)
        let times = (0..<22).map { start.adding(seconds: Int64($0 * 4)) }
        world.machine.remembered.usage[id("c")]?.askedAt = times
        world.add("c", .unreachable(.timedOut))
        world.now = world.now.adding(seconds: 100)
        let verdict = world.tick(fresh: true).verdict
        #expect(verdict.outcome == .deferred && verdict.reason == .dwell)
    }
}
