// The laws of filling up by polling: live's last points are used while readings
// come close enough upon each other to leave in time.

import Testing

@testable import RotationCore

@Suite struct PolledFillingUpTests {
    /// Live `a`, which begins anew in forty minutes and went from 91 to 95 % in
    /// five, so that the work is known and quota is thin; `b`, later.
    private static func world() -> CoreHarness {
        var world = CoreHarness()
        world.add("a", told(91))
        world.add("b", .windows(windows(12, 0, fiveHourResetsIn: 16_200)))
        _ = world.tick()
        world.add("a", told(95))
        world.now = start.adding(seconds: 300)
        _ = world.tick(fresh: true)
        return world
    }

    private static func told(_ used: Double) -> UsageAnswer {
        .windows(windows(used, 0, fiveHourResetsIn: 2400))
    }

    /// Two minutes later a reading says `used`.
    private static func read(_ used: Double, _ world: inout CoreHarness) -> TickConclusion {
        world.add("a", told(used))
        world.now = start.adding(seconds: 420)
        return world.tick(fresh: true)
    }

    @Test(arguments: [(Int64(9), false), (10, true)])
    func `live is used past its threshold and read every ten seconds`(
        after: Int64, isAsked: Bool
    ) {
        var world = Self.world()
        let conclusion = Self.read(97, &world)
        #expect(conclusion.verdict.outcome == .deferred)
        #expect(conclusion.verdict.reason == .fillingUp)
        #expect(conclusion.nextTickAt == world.now.adding(seconds: 10))
        #expect(world.tick(after: after).reason == .fillingUp)
        #expect(world.asked.contains(id("a")) == isAsked)
    }

    /// The next reading comes in ten seconds and the swap takes five; 0.7 points
    /// last seventeen at 2.5 a minute, 0.6 fourteen.
    @Test(arguments: [(98.3, Outcome.deferred), (98.4, .rotated)])
    func `but never to its wall`(used: Double, outcome: Outcome) {
        var world = Self.world()
        #expect(Self.read(used, &world).verdict.outcome == outcome)
    }

    /// Of 26 readings an hour, for its window begins anew within it: after 21 in
    /// seven minutes the next may come in twenty seconds, after 22 in 54.
    @Test(arguments: [(20, Outcome.deferred), (21, .rotated)])
    func `and only while the hour's budget lets readings come close`(
        asked: Int, outcome: Outcome
    ) {
        var world = Self.world()
        world.machine.remembered.usage[id("a")]?.askedAt =
            (0..<asked).map { start.adding(seconds: Int64($0)) }
        #expect(Self.read(97, &world).verdict.outcome == outcome)
    }

    /// The next reading would come 20 s after the last that was answered, or 21.
    @Test(arguments: [(Int64(10), Outcome.deferred), (11, .rotated)])
    func `and only while they are answered`(after: Int64, outcome: Outcome) {
        var world = Self.world()
        #expect(Self.read(97, &world).verdict.reason == .fillingUp)
        world.add("a", .unreachable(.timedOut))
        #expect(world.tick(after: after).outcome == outcome)
        #expect(world.asked.contains(id("a")))
    }

    @Test func `what a reading says is full is left`() {
        var world = Self.world()
        #expect(Self.read(97, &world).verdict.reason == .fillingUp)
        world.add("a", Self.told(98.5))
        let verdict = world.tick(after: 10)
        #expect(verdict.outcome == .rotated && verdict.reason == .atThreshold)
    }
}
