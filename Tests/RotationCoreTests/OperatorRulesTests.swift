// What the operator forbids, at each boundary: who is held is neither taken nor
// left, what is reserved stays unused, and while paused nothing moves.

import Testing

@testable import RotationCore

extension CoreHarness {
    fileprivate mutating func hold(_ letter: String) {
        var rules = machine.remembered.rules
        rules[id(letter)].isHeld = true
        machine.follow(rules)
    }

    fileprivate mutating func reserve(_ letter: String, _ percent: Double) {
        var rules = machine.remembered.rules
        rules[id(letter)].reservePercent = percent
        machine.follow(rules)
    }

    fileprivate mutating func pause(until: Timestamp?) {
        var rules = machine.remembered.rules
        rules.pause = Pause(since: now, until: until)
        machine.follow(rules)
    }
}

@Suite struct HoldTests {
    @Test func `who is held is passed over, whatever comes first`() {
        var world = CoreHarness.example()
        world.hold("c")
        let verdict = world.tick().verdict
        #expect(verdict.to == id("b") && verdict.reason(of: "c") == .held)
        #expect(
            verdict.considerations.first { $0.account == id("c") }?.sentence
                == "c@example.com is held by the operator and never taken by itself.")
    }

    @Test(arguments: [98.0, 100])
    func `a held account is no last resort and no last points`(used: Double) {
        var world = CoreHarness()
        world.add("a", 100, 0)
        world.add("b", .unreachable(.offline))
        world.add("c", used - 0.5, 0)
        for letter in ["b", "c"] { world.hold(letter) }
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .stuck && verdict.reason == .noUsableAlternate)
        #expect(verdict.reason(of: "b") == .held && verdict.reason(of: "c") == .held)
    }

    @Test(arguments: [97.0, 100])
    func `a held live account stays, and the verdict says why`(used: Double) {
        var world = CoreHarness.example()
        world.add("a", used, 0)
        world.hold("a")
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .deferred && verdict.reason == .held && verdict.to == nil)
        #expect(verdict.sentence.hasSuffix("stays live until the hold is released."))
        #expect(verdict.reason(of: "a") == (used == 100 ? .exhausted : .atThreshold))
        #expect(world.live == id("a"))
    }

    @Test func `a hold costs no readings before a swap that will not be`() {
        var world = CoreHarness.example()
        _ = world.tick()
        world = CoreHarness.example()
        world.hold("a")
        _ = world.tick()
        world.now = world.now.adding(seconds: 180)
        _ = world.tick()
        #expect(world.asked.isEmpty)
    }

    @Test func `nor does a held alternate cost one before another is taken`() {
        var world = CoreHarness.example()
        world.add("a", 50, 0)
        world.hold("c")
        _ = world.tick()
        world.add("a", 97, 0)
        world.now = world.now.adding(seconds: 600)
        #expect(world.tick().verdict.to == id("b"))
        #expect(world.asked == ["a", "b"].map(id))
    }

    @Test func `below its threshold a held live account is as any other`() {
        var world = CoreHarness.example()
        world.add("a", 96.9, 0)
        world.hold("a")
        #expect(world.tick().verdict.reason == .belowThreshold)
    }

    @Test func `what is forgotten is no longer held`() {
        var world = CoreHarness.example()
        world.hold("c")
        _ = world.machine.step(.slotForgotten(id("c")))
        #expect(world.machine.remembered.rules == OperatorRules())
    }
}

@Suite struct ReserveTests {
    @Test(arguments: [(79.9, Outcome.stayed), (80, .rotated), (80.1, .rotated)])
    func `live is left where its reserve begins`(used: Double, outcome: Outcome) {
        var bounds = Bounds()
        bounds.assumedPace = 0
        var world = CoreHarness(bounds: bounds)
        world.add("a", used, 0)
        world.add("b", 10, 0)
        world.reserve("a", 20)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == outcome)
        if outcome == .rotated {
            #expect(verdict.reason == .reserved)
            #expect(verdict.sentence.contains("20 % of it is kept in reserve"))
        }
    }

    @Test(arguments: [(79.9, Outcome.rotated), (80, .stuck), (80.1, .stuck)])
    func `a target is strictly below its reserve`(used: Double, outcome: Outcome) {
        var world = CoreHarness()
        world.add("a", 98, 0)
        world.add("b", 0, used)
        world.reserve("b", 20)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == outcome)
        if outcome == .stuck {
            #expect(verdict.reason(of: "b") == .reserved && verdict.reason == .allExhausted)
            #expect(verdict.earliestReset == start.adding(seconds: 7200))
        }
    }

    /// The threshold is 97: a reserve of 2 begins above it.
    @Test(arguments: [(2.0, 97.0, Reason.atThreshold), (2, 98, .reserved), (3, 97, .reserved)])
    func `a reserve above the threshold changes nothing below itself`(
        percent: Double, used: Double, reason: Reason
    ) {
        var world = CoreHarness()
        world.add("a", 98, 0)
        world.add("b", used, 0)
        world.reserve("b", percent)
        #expect(world.tick().verdict.reason(of: "b") == reason)
    }

    @Test func `what is reserved is not taken even as the last points anywhere`() {
        var world = CoreHarness()
        world.add("a", 100, 0)
        world.add("b", 60, 0)
        world.add("c", 98, 0)
        world.reserve("b", 50)
        #expect(world.tick().verdict.to == id("c"))
        var alone = CoreHarness()
        alone.add("a", 100, 0)
        alone.add("b", 60, 0)
        alone.reserve("b", 50)
        #expect(alone.tick().verdict.outcome == .stuck)
    }

    @Test func `drain-first compares the room to each one's own reserve`() {
        var world = CoreHarness()
        world.add("a", 98, 0)
        world.add("b", 70, 0)
        world.add("c", 50, 0)
        world.reserve("c", 40)
        let verdict = world.tick().verdict
        #expect(verdict.to == id("c") && verdict.reason(of: "b") == .lessDrained)
    }

    @Test func `a threshold of one window is lowered as well`() {
        var bounds = Bounds()
        bounds.thresholdByWindow = ["seven_day": 90, "five_hour": 50]
        let lowered = bounds.reserving(30)
        #expect(lowered.threshold == 70)
        #expect(lowered.thresholdByWindow == ["seven_day": 70, "five_hour": 50])
        #expect(bounds.reserving(0) == bounds)
    }

    @Test func `each window in the reserve is why an account was left`() {
        var world = CoreHarness()
        world.add("a", 80, 81)
        world.add("b", 96, 0)
        world.reserve("a", 20)
        _ = world.tick()
        #expect(world.live == id("b"))
        world.add("a", 78, 10)
        world.add("b", 97, 0)
        world.now = world.now.adding(seconds: 700)
        #expect(world.tick(fresh: true).verdict.reason(of: "a") == .recentlyLeft)
    }

    @Test func `one left at its reserve is no last resort before its window resets`() {
        var world = CoreHarness()
        world.add("a", 80, 0)
        world.add("b", 10, 0)
        world.reserve("a", 20)
        _ = world.tick()
        world.add("a", 70, 0)
        world.now = world.now.adding(seconds: 60)
        _ = world.tick(fresh: true)
        world.vendor[id("a")] = .unreachable(.offline)
        world.vendor[id("b")] = .windows(windows(100, 0))
        world.now = world.now.adding(seconds: 1000)
        let verdict = world.tick(fresh: true).verdict
        #expect(verdict.outcome == .stuck && verdict.reason(of: "a") == .readingStale)
    }

    @Test func `near its reserve live is read as often as near any threshold`() {
        var world = CoreHarness()
        world.add("a", 49, 0)
        world.add("b", 10, 0)
        _ = world.tick()
        _ = world.tick(after: 60)
        #expect(world.asked.isEmpty)
        world.reserve("a", 50)
        _ = world.tick(after: 60)
        #expect(world.asked == [id("a")])
    }

    @Test func `an account left at its reserve is taken again only well below it`() {
        for (used, outcome) in [(75.0, Outcome.rotated), (75.1, .stuck)] {
            var world = CoreHarness()
            world.add("a", 80, 0)
            world.add("b", 96, 0)
            world.reserve("a", 20)
            _ = world.tick()
            #expect(world.live == id("b"))
            world.add("a", used, 0)
            world.add("b", 97, 0)
            world.now = world.now.adding(seconds: 700)
            #expect(world.tick(fresh: true).verdict.outcome == outcome, "\(used)")
        }
    }
}

@Suite struct PauseTests {
    @Test(arguments: [(Int64(59), Outcome.deferred), (60, .rotated), (61, .rotated)])
    func `nothing is swapped until then`(after: Int64, outcome: Outcome) {
        var world = CoreHarness.example()
        world.pause(until: world.now.adding(seconds: 60))
        let verdict = world.tick(after: after)
        #expect(verdict.outcome == outcome)
        guard outcome == .deferred else { return }
        #expect(verdict.reason == .paused && verdict.to == nil && world.live == id("a"))
        #expect(verdict.sentence.hasSuffix("until \(start.adding(seconds: 60).rfc3339)."))
        #expect(verdict.reason(of: "c") == .rotationNotNeeded)
    }

    @Test(arguments: [UsageAnswer.windows(windows(100, 0)), .windows(windows(97, 0))])
    func `a pause holds whatever happens to the live account`(answer: UsageAnswer) {
        var world = CoreHarness.example()
        world.vendor[id("a")] = answer
        world.pause(until: nil)
        let verdict = world.tick(after: 180)
        #expect(verdict.outcome == .deferred && verdict.reason == .paused)
        world.machine.follow(OperatorRules())
        #expect(world.tick(after: 60).outcome == .rotated)
    }

    @Test func `while paused ticks look, read, and say what is`() {
        var world = CoreHarness.example()
        world.add("a", 50, 0)
        world.pause(until: nil)
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .stayed && verdict.reason == .belowThreshold)
        #expect(world.asked == ["a", "b", "c"].map(id))
    }

    @Test func `an older credential found live is left alone until the pause ends`() {
        var world = CoreHarness.example()
        world.observation = .superseded(id("a"), Generation(7))
        world.pause(until: world.now.adding(seconds: 60))
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .deferred && verdict.reason == .paused)
        #expect(!world.effects.contains { if case .swap = $0 { true } else { false } })
        #expect(world.tick(after: 60).reason == .credentialSuperseded)
    }
}
