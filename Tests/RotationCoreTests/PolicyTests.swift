// The laws of choosing: when the live account is left, for whom, and why not
// for the others.

import RotationCore
import Testing

@Suite struct PolicyTests {
    @Test func `98 and 40 live, 12 and 20, 60 and 90: the drained one, with the reason why not`() {
        var world = CoreHarness.example()
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .rotated)
        #expect(verdict.reason == .atThreshold)
        #expect(verdict.to == id("c"))
        #expect(verdict.reason(of: "c") == .drainFirst)
        #expect(verdict.reason(of: "b") == .lessDrained)
        #expect(verdict.sentence.contains("c@example.com at 90 % (7 d)"))
    }

    @Test func `the drained one at its threshold is passed for the fresh one`() {
        var world = CoreHarness.example(c: (60, 97))
        let verdict = world.tick().verdict
        #expect(verdict.to == id("b"))
        #expect(verdict.reason(of: "c") == .atThreshold)
    }

    @Test func `with all above nothing moves and the earliest reset is named`() {
        var world = CoreHarness.example(b: (99, 20), c: (60, 97))
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .stuck)
        #expect(verdict.reason == .allExhausted)
        #expect(verdict.earliestReset == start.adding(seconds: 7200))
        #expect(verdict.sentence.contains(start.adding(seconds: 7200).rfc3339))
        #expect(world.live == id("a"))
    }

    @Test(arguments: [("a", "b", "c"), ("b", "c", "a"), ("c", "a", "b")])
    func `the earliest of all resets is named, whoever's it is`(
        first: String, second: String, third: String
    ) {
        var world = CoreHarness()
        for (letter, hours) in [(first, Int64(1)), (second, 2), (third, 3)] {
            let used = windows(99, 0, fiveHourResetsIn: hours * 3600)
            world.add(letter, .windows(used))
        }
        #expect(world.tick().verdict.earliestReset == start.adding(seconds: 3600))
    }

    @Test(arguments: [(96.9, Outcome.stayed), (97.0, .rotated), (97.1, .rotated)])
    func `live is left at its threshold, not before`(used: Double, outcome: Outcome) {
        var world = CoreHarness()
        world.add("a", used, 0)
        world.add("b", 10, 0)
        #expect(world.tick().verdict.outcome == outcome)
    }

    @Test(arguments: [(96.9, Outcome.rotated), (97.0, .stuck), (97.1, .stuck)])
    func `a target is strictly below its threshold`(used: Double, outcome: Outcome) {
        var world = CoreHarness()
        world.add("a", 99, 0)
        world.add("b", 0, used)
        #expect(world.tick().verdict.outcome == outcome)
    }

    @Test func `a threshold of its own decides for its window alone`() {
        var bounds = Bounds()
        bounds.thresholdByWindow = ["seven_day": 80]
        var world = CoreHarness(bounds: bounds)
        world.add("a", 10, 80)
        world.add("b", 90, 10)
        world.add("c", 10, 80)
        let verdict = world.tick().verdict
        #expect(verdict.to == id("b"))
        #expect(verdict.reason(of: "c") == .atThreshold)
    }

    @Test func `equally drained alternates go by account id`() {
        var world = CoreHarness()
        world.add("a", 99, 0)
        world.add("c", 50, 0)
        world.add("b", 0, 50)
        let verdict = world.tick().verdict
        #expect(verdict.to == id("b"))
        #expect(verdict.reason(of: "c") == .tieOrder)
    }

    @Test func `windows of a model nobody works with are shown, never rotated on`() {
        var world = CoreHarness()
        let scoped = UsageWindow(
            key: WindowKey(name: "seven_day_opus", model: "opus"), utilization: 100, resetsAt: nil)
        world.add("a", .windows(windows(50, 50) + [scoped]))
        world.add("b", 0, 0)
        #expect(world.tick().verdict.outcome == .stayed)
    }

    @Test(arguments: [
        (UsageAnswer.noWindows, Reason.noWindows), (.scopeMissing, .readingUnknown),
        (.unreachable(.offline), .readingUnknown), (.rateLimited(retryAfter: nil), .readingUnknown),
        (.unauthorized, .slotRejected), (.revoked, .slotNeedsLogin),
        (.restricted, .accountRestricted), (.windows(windows(nil, nil)), .readingUnknown),
        (.windows(windows(100, 0)), .exhausted),
    ])
    func `an alternate that is not known to be free is not taken`(
        answer: UsageAnswer, reason: Reason
    ) {
        var world = CoreHarness()
        world.add("a", 98, 0)
        world.add("b", answer)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .stuck)
        #expect(verdict.reason(of: "b") == reason)
    }

    // Weak points 9 and 10 of the original: a setup-token won by its long life.
    @Test func `a setup-token is never chosen by itself, nor asked about`() {
        var world = CoreHarness()
        world.add("a", 100, 0)
        world.add("b", nil, kind: .setupToken, canRefresh: false, expiresIn: 31_536_000)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .stuck)
        #expect(verdict.reason(of: "b") == .setupTokenUnmeasured)
        #expect(world.asked == [id("a")])
    }

    @Test(arguments: [(Int64(1), Outcome.rotated), (0, .stuck), (-1, .stuck)])
    func `an alternate whose access token lapsed is not taken`(left: Int64, outcome: Outcome) {
        var world = CoreHarness()
        world.add("a", 98, 0)
        world.add("b", .windows(windows(1, 1)), expiresIn: left)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == outcome)
        if outcome == .stuck { #expect(verdict.reason(of: "b") == .slotExpired) }
    }

    @Test func `a restricted live account is never left, and a person is asked`() {
        var world = CoreHarness()
        world.add("a", .restricted)
        world.add("b", 0, 0)
        let conclusion = world.tick()
        #expect(conclusion.verdict.outcome == .stuck)
        #expect(conclusion.verdict.reason == .liveRestricted)
        #expect(conclusion.nudges.map(\.code) == [.rotationStuck])
        #expect(world.live == id("a"))
    }

    @Test func `without a second account the tick says so`() {
        var world = CoreHarness()
        world.add("a", 98, 0)
        let conclusion = world.tick()
        #expect(conclusion.verdict.reason == .noAlternates)
        #expect(conclusion.nudges.map(\.code) == [.noAlternates, .rotationStuck])
    }

    // MARK: Last resort

    @Test(arguments: [(100.0, Outcome.rotated), (99.9, .stuck)])
    func `an unmeasured alternate is the last resort of an exhausted account only`(
        used: Double, outcome: Outcome
    ) {
        var world = CoreHarness()
        world.add("a", used, 0)
        world.add("b", .unreachable(.serverError))
        let verdict = world.tick().verdict
        #expect(verdict.outcome == outcome)
        if outcome == .rotated { #expect(verdict.reason == .lastResort) }
    }

    @Test func `one alternate known to be full closes the last resort`() {
        var world = CoreHarness()
        world.add("a", 100, 0)
        world.add("b", .unreachable(.offline))
        world.add("c", 99, 0)
        #expect(world.tick().verdict.outcome == .stuck)
    }

    @Test func `the last resort can renew itself and has not lapsed`() {
        var world = CoreHarness()
        world.add("a", 100, 0)
        world.add("b", .unreachable(.offline), canRefresh: false)
        world.add("c", .unreachable(.offline), expiresIn: 0)
        #expect(world.tick().verdict.outcome == .stuck)
    }
}
