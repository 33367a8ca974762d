// The laws of filling up: where quota is thin and live's own lapses first, the
// last of it is used before live is left, for as long as a status line says so.

import Testing

@testable import RotationCore

@Suite struct FillingUpTests {
    /// Live `a`, which begins anew in forty minutes, and `b`, later. Nothing is
    /// known of the pace, so a busy session's is assumed and quota is thin.
    private static func world(
        from used: Double = 96, week: Double = 0, bResetsIn: Int64 = 16_200,
        bounds: Bounds = Bounds()
    ) -> CoreHarness {
        var world = CoreHarness(bounds: bounds)
        world.add("a", .windows(windows(used, week, fiveHourResetsIn: 2400)))
        world.add("b", .windows(windows(12, week, fiveHourResetsIn: bResetsIn)))
        _ = world.tick()
        _ = world.machine.take(Self.line(used, week), at: world.now)
        return world
    }

    private static func line(_ used: Double, _ week: Double) -> Observation {
        Observation(
            session: "s", apiMilliseconds: Int64(used * 10),
            windows: windows(used, week, fiveHourResetsIn: 2400))
    }

    /// A status line says `used`, so many seconds after the start; a tick comes
    /// `age` seconds later.
    private static func said(
        _ used: Double, week: Double = 0, at second: Int64 = 20, age: Int64 = 0,
        _ world: CoreHarness
    ) -> (verdict: Verdict, next: Int64) {
        var world = world
        world.now = start.adding(seconds: second)
        #expect(world.machine.take(line(used, week), at: world.now) == .taken(id("a")))
        world.now = world.now.adding(seconds: age)
        let conclusion = world.tick()
        return (conclusion.verdict, conclusion.nextTickAt.seconds(since: world.now))
    }

    @Test func `what lapses first is used up past the threshold`() {
        let (verdict, next) = Self.said(97, Self.world())
        #expect(verdict.outcome == .deferred && verdict.reason == .fillingUp)
        #expect(verdict.sentence.contains("its quota lapses first"))
        #expect(next == 10)
    }

    @Test(arguments: [(98.0, Reason.fillingUp), (98.2, .atThreshold), (100, .exhausted)])
    func `but never to its wall`(used: Double, reason: Reason) {
        #expect(Self.said(used, Self.world()).verdict.reason == reason)
    }

    /// Two points at 2.5 a minute last 48 s; the next line comes within 15, the
    /// swap takes 5.
    @Test(arguments: [(Int64(27), Outcome.deferred), (28, .rotated)])
    func `and only while the line is new`(age: Int64, outcome: Outcome) {
        #expect(Self.said(97, age: age, Self.world()).verdict.outcome == outcome)
    }

    /// Nearly eight points in two minutes: two more at one and a half times that
    /// last a little longer than 20 s, and at eight just as long.
    @Test(arguments: [(89.1, Outcome.deferred), (89, .rotated)])
    func `and only at a pace that leaves time for the next`(from: Double, outcome: Outcome) {
        #expect(Self.said(97, at: 120, Self.world(from: from)).verdict.outcome == outcome)
    }

    @Test func `while lines come the endpoint is not asked for it`() {
        var world = Self.world()
        world.now = start.adding(seconds: 20)
        _ = world.machine.take(Self.line(97, 0), at: world.now)
        for _ in 0..<3 {
            #expect(world.tick().verdict.reason == .fillingUp)
            #expect(!world.asked.contains(id("a")))
            world.now = world.now.adding(seconds: 9)
        }
    }

    @Test func `before the work is known a poll comes too late for it`() {
        var world = Self.world()
        world.add("a", .windows(windows(97, 0, fiveHourResetsIn: 2400)))
        world.now = start.adding(seconds: 60)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .rotated && verdict.reason == .atThreshold)
    }

    @Test(arguments: [(Int64(2700), Outcome.rotated), (2701, .deferred)])
    func `what of the other lapses as soon is not kept for it`(reset: Int64, outcome: Outcome) {
        #expect(Self.said(97, Self.world(bResetsIn: reset)).verdict.outcome == outcome)
    }

    /// 15 points of a week are a hundred of five hours, and can all be served after.
    @Test(arguments: [(84.0, Outcome.deferred), (85, .rotated)])
    func `what the week binds does not lapse`(week: Double, outcome: Outcome) {
        let verdict = Self.said(97, week: week, Self.world(week: week)).verdict
        #expect(verdict.outcome == outcome)
    }

    @Test func `where quota lasts, live is left at its threshold`() {
        var bounds = Bounds()
        bounds.assumedPace = 0
        #expect(Self.said(97, Self.world(bounds: bounds)).verdict.outcome == .rotated)
    }

    @Test(arguments: StrategyName.allCases)
    func `only strategies that go by what is left do it`(strategy: StrategyName) {
        var bounds = Bounds()
        bounds.strategy = strategy
        let reason = Self.said(97, Self.world(bounds: bounds)).verdict.reason
        #expect((reason == .fillingUp) == [.drainFirst, .soonestReset].contains(strategy))
    }

    @Test(arguments: [
        (80.0, 81.0, Outcome.deferred), (80, 82, .rotated), (98.5, 98.5, .rotated),
    ])
    func `any threshold is passed by less than two points`(
        threshold: Double, used: Double, outcome: Outcome
    ) {
        var bounds = Bounds()
        bounds.threshold = threshold
        let world = Self.world(from: min(96, threshold - 1), bounds: bounds)
        #expect(Self.said(used, world).verdict.outcome == outcome)
    }

    @Test func `what is kept in reserve is not touched`() {
        var world = Self.world(from: 95)
        world.machine.remembered.rules[id("a")].reservePercent = 4
        let verdict = Self.said(96, world).verdict
        #expect(verdict.outcome == .rotated && verdict.reason == .reserved)
    }

    @Test func `what cannot serve is left at once`() {
        var world = Self.world()
        world.slots[id("a")] = SlotFacts(
            email: "a@example.com",
            details: CredentialDetails(
                kind: .login, canRefresh: true,
                accessTokenExpiresAt: start.adding(seconds: -600)),
            generation: Generation(1))
        #expect(Self.said(97, world).verdict.reason == .liveExpired)
    }

    /// Of an account that holds five times as much the same work takes a fifth.
    @Test(arguments: [(nil, Outcome.rotated), ("default_claude_max_5x", .deferred)])
    func `what the account holds counts`(tier: String?, outcome: Outcome) {
        var bounds = Bounds()
        bounds.assumedPace = 10
        var world = Self.world(bounds: bounds)
        for letter in ["a", "b"] {
            world.slots[id(letter)] = SlotFacts(
                email: "\(letter)@example.com",
                details: CredentialDetails(
                    kind: .login, canRefresh: true, accessTokenExpiresAt: nil,
                    rateLimitTier: tier),
                generation: Generation(1))
        }
        #expect(Self.said(98.5, world).verdict.outcome == outcome)
    }

    @Test func `the end of a turn is not waited for meanwhile`() {
        var world = Self.world()
        world.presence.isBusy = true
        #expect(Self.said(97, world).verdict.reason == .fillingUp)
    }
}
