// Windows of one model: when they are a reason to leave, whom they put last,
// and that what is not known of them decides nothing.

import Testing

@testable import RotationCore

private func opus(_ used: Double?, name: String = "weekly_scoped", as model: String = "Opus")
    -> UsageWindow
{
    UsageWindow(
        key: WindowKey(name: name, model: model), utilization: used,
        resetsAt: start.adding(seconds: 259_200))
}

extension CoreHarness {
    fileprivate mutating func add(_ letter: String, _ five: Double, opus used: Double?) {
        add(letter, .windows(windows(five, 20, at: start) + [opus(used)]))
    }

    /// Two lines of one session: the second says which model works now.
    fileprivate mutating func work(with model: String) {
        for spent in [Int64(1), 2] {
            let line = Observation(
                session: model, apiMilliseconds: spent, model: model, windows: windows(1, 1))
            _ = machine.take(line, at: now)
        }
    }
}

@Suite struct ModelFamilyTests {
    @Test(arguments: [
        ("Opus", "opus"), ("Opus 4.1", "opus"), ("claude-opus-4-1-20250805", "opus"),
        ("Claude Opus 4.1", "opus"), ("claude-3-5-sonnet-20241022", "sonnet"),
        ("claude-sonnet", "sonnet"), ("FABLE", "fable"), ("claude", "claude"), ("4.1", "4.1"),
        ("", ""), ("X", "x"), ("anthropic/claude-x", "anthropic"),
    ])
    func `names are of one family by their first word`(model: String, family: String) {
        #expect(ModelFamily.name(of: model) == family)
    }
}

@Suite struct ModelTests {
    @Test(arguments: [(96.9, Outcome.stayed), (97, .rotated), (100, .rotated)])
    func `a model at work that is spent is a reason to leave, for one that has it`(
        used: Double, outcome: Outcome
    ) {
        var world = CoreHarness()
        world.add("a", 50, opus: used)
        world.add("b", 90, opus: 97)
        world.add("c", 10, opus: 96.9)
        world.work(with: "Opus 4.1")
        let verdict = world.tick().verdict
        #expect(verdict.outcome == outcome)
        guard outcome == .rotated else { return }
        #expect(verdict.reason == .modelAtThreshold && verdict.to == id("c"))
        #expect(verdict.reason(of: "a") == .modelAtThreshold)
        #expect(verdict.reason(of: "b") == .modelAtThreshold)
        #expect(verdict.sentence.contains("but its Opus is at \(Sentences.percent(used))"))
    }

    @Test(arguments: [Double?(97), 100])
    func `where no alternate has any left live stays, and says so`(used: Double?) {
        var world = CoreHarness()
        world.add("a", 50, opus: 100)
        world.add("b", 10, opus: used)
        world.add("c", 98, opus: 0)
        world.work(with: "opus")
        let verdict = world.tick().verdict
        #expect(verdict.outcome == .stayed && verdict.reason == .modelAtThreshold)
        #expect(verdict.to == nil && world.live == id("a"))
        #expect(verdict.reason(of: "a") == .modelAtThreshold)
        #expect(verdict.reason(of: "b") == .modelAtThreshold)
        #expect(verdict.reason(of: "c") == .atThreshold)
        #expect(verdict.sentence.hasSuffix("and no usable alternate has any left."))
    }

    @Test func `unknown is no veto: an account that says nothing of the model may have it`() {
        var world = CoreHarness()
        world.add("a", 50, opus: 100)
        world.add("b", 10, opus: nil)
        world.work(with: "opus")
        #expect(world.tick().verdict.to == id("b"))
        var other = CoreHarness()
        other.add("a", 50, opus: nil)
        other.add("b", 10, opus: 0)
        other.work(with: "opus")
        #expect(other.tick().verdict.reason == .belowThreshold)
    }

    @Test func `a target whose model is spent comes after every other, and is not dropped`() {
        var world = CoreHarness()
        world.add("a", 98, opus: 20)
        world.add("b", 90, opus: 99)
        world.add("c", 10, opus: 50)
        world.work(with: "Opus")
        let verdict = world.tick().verdict
        #expect(verdict.reason == .atThreshold && verdict.to == id("c"))
        #expect(verdict.reason(of: "b") == .modelAtThreshold)
        #expect(
            verdict.considerations.last { $0.account == id("b") }?.sentence
                == "b@example.com could be swapped in (90 % (5 h)), but its Opus is at 99 %.")
        var alone = CoreHarness()
        alone.add("a", 98, opus: 20)
        alone.add("b", 90, opus: 99)
        alone.work(with: "Opus")
        let last = alone.tick().verdict
        #expect(last.to == id("b") && last.reason(of: "b") == .drainFirst)
    }

    @Test func `a spent model nobody works with counts nowhere`() {
        var world = CoreHarness()
        world.add("a", 50, opus: 100)
        world.add("b", 10, opus: 0)
        world.work(with: "Sonnet 4.5")
        #expect(world.tick().verdict.reason == .belowThreshold)
    }

    @Test func `a window that rose between two readings is of a model at work`() {
        var world = CoreHarness()
        world.add("a", 50, opus: 96)
        world.add("b", 10, opus: 0)
        #expect(world.tick().verdict.outcome == .stayed)
        world.add("a", 50, opus: 97)
        world.now = world.now.adding(seconds: 600)
        #expect(world.tick(fresh: true).verdict.reason == .modelAtThreshold)
        #expect(world.live == id("b"))
    }

    @Test func `a spent window that does not move is of a model nobody works with`() {
        var world = CoreHarness()
        world.add("a", 50, opus: 100)
        world.add("b", 10, opus: 0)
        for _ in 0..<3 {
            #expect(world.tick(fresh: true).verdict.reason == .belowThreshold)
            world.now = world.now.adding(seconds: 60)
        }
    }

    @Test(arguments: [(Int64(3599), Outcome.rotated), (3600, .stayed)])
    func `what was seen at work an hour ago is no longer in use`(after: Int64, outcome: Outcome) {
        var world = CoreHarness()
        world.work(with: "Opus")
        world.now = world.now.adding(seconds: after)
        world.add("a", 50, opus: 100)
        world.add("b", 10, opus: 0)
        #expect(world.tick().verdict.outcome == outcome)
    }

    @Test func `two accounts whose model is spent are not swapped back and forth`() {
        var world = CoreHarness()
        world.add("a", 50, opus: 100)
        world.add("b", 10, opus: 20)
        world.work(with: "Opus")
        #expect(world.tick().verdict.to == id("b"))
        world.add("b", 10, opus: 100)
        for _ in 0..<20 {
            world.now = world.now.adding(seconds: 300)
            world.work(with: "Opus")
            #expect(world.tick(fresh: true).verdict.outcome == .stayed)
        }
        #expect(world.live == id("b"))
    }

    @Test func `a model spent everywhere costs no more readings than none`() {
        var world = CoreHarness()
        world.add("a", 50, opus: 100)
        world.add("b", 10, opus: 100)
        var reads = 0
        for _ in 0..<27 {
            world.work(with: "Opus")
            _ = world.tick()
            reads += world.asked.count { $0 == id("b") }
            world.now = world.now.adding(seconds: 60)
        }
        #expect(reads == 1)
    }

    @Test func `neither the dwell nor a hold nor a pause is void for a model`() {
        var world = CoreHarness()
        world.add("a", 98, opus: 0)
        world.add("b", 60, opus: 100)
        world.add("c", 50, opus: 100)
        world.work(with: "Opus")
        _ = world.tick()
        #expect(world.live == id("b"))
        world.add("a", 50, opus: 0)
        world.now = world.now.adding(seconds: 299)
        #expect(world.tick(fresh: true).verdict.reason == .dwell)
        world.now = world.now.adding(seconds: 1)
        world.machine.follow(OperatorRules(accounts: [id("b"): AccountPolicy(isHeld: true)]))
        #expect(world.tick(fresh: true).verdict.reason == .held)
        world.machine.follow(OperatorRules(pause: Pause(since: start, until: nil)))
        #expect(world.tick(fresh: true).verdict.reason == .paused)
        world.machine.follow(OperatorRules())
        #expect(world.tick(fresh: true).verdict.to == id("a"))
    }

    @Test func `a window whose reset has passed is unknown, not spent`() {
        var world = CoreHarness()
        let window = UsageWindow(
            key: WindowKey(name: "seven_day_opus", model: "Opus"), utilization: 100,
            resetsAt: start.adding(seconds: 60))
        world.add("a", .windows(windows(50, 20) + [window]))
        world.add("b", 10, opus: 0)
        world.work(with: "Opus")
        world.machine.follow(OperatorRules(pause: Pause(since: start, until: nil)))
        #expect(world.tick(after: 59).reason == .paused)
        #expect(world.tick(after: 1).reason == .belowThreshold)
    }
}

@Suite struct SeatTests {
    @Test func `a seat without windows is neither left nor taken, and it is said plainly`() {
        var world = CoreHarness()
        world.add("a", .noWindows)
        world.add("b", 10, 0)
        let kept = world.tick().verdict
        #expect(kept.outcome == .stayed && kept.reason == .noWindows)
        #expect(kept.sentence.contains("no usage windows"))
        var other = CoreHarness()
        other.add("a", 100, 0)
        other.add("b", .noWindows)
        let stuck = other.tick().verdict
        #expect(stuck.outcome == .stuck && stuck.reason(of: "b") == .noWindows)
        #expect(!stuck.considerations.contains { $0.sentence.contains("unknown") })
    }

    @Test(arguments: [(Int64(899), Reason.belowThreshold), (900, .noWindows)])
    func `one answer without windows is not believed beside a young reading`(
        age: Int64, reason: Reason
    ) {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", 10, 0)
        _ = world.tick()
        world.vendor[id("a")] = .noWindows
        world.now = world.now.adding(seconds: age)
        #expect(world.tick(fresh: true).verdict.reason == reason)
    }

    @Test func `a seat without windows is asked every ten minutes, not every one`() {
        var world = CoreHarness()
        world.add("a", .noWindows)
        world.add("b", 10, 0)
        var reads = 0
        for _ in 0..<60 {
            _ = world.tick()
            reads += world.asked.count { $0 == id("a") }
            world.now = world.now.adding(seconds: 60)
        }
        #expect(reads == 6)
    }
}

@Suite struct PlanWeightTests {
    private func world(weighed: Bool, _ tiers: [String: String?]) -> CoreHarness {
        var bounds = Bounds()
        bounds.weighsPlans = weighed
        var world = CoreHarness(bounds: bounds)
        world.add("a", 98, 0)
        world.add("b", 90, 0)
        world.add("c", 50, 0)
        for (letter, tier) in tiers { world.slots[id(letter)]?.details.rateLimitTier = tier }
        return world
    }

    @Test(arguments: [
        ("default_claude_pro", Double?(1)), ("default_claude_max_5x", 5),
        ("default_claude_max_20x", 20), ("default_claude_ai", 1), ("default_raven", 1), (nil, nil),
    ])
    func `a plan weighs what its tier says`(tier: String?, weight: Double?) {
        #expect(PlanWeight.weight(ofTier: tier) == weight)
    }

    private static let tiers: [String: String?] = [
        "a": "default_claude_pro", "b": "default_claude_max_20x", "c": "default_claude_pro",
    ]

    @Test(arguments: [(false, "b"), (true, "c")])
    func `7 percent of Max 20x are more than 47 of Pro, where plans are weighed`(
        weighed: Bool, to: String
    ) {
        var world = world(weighed: weighed, Self.tiers)
        let verdict = world.tick().verdict
        #expect(verdict.to == id(to) && verdict.reason(of: to) == .drainFirst)
        let other = verdict.considerations.first { $0.outcome == .passedOver }
        #expect(other?.reason == .lessDrained)
        #expect(other?.sentence.contains("by the weight of its plan") == weighed)
    }

    @Test func `one plan that is not known, and percents are compared`() {
        var tiers = Self.tiers
        tiers["a"] = .some(nil)
        var world = world(weighed: true, tiers)
        #expect(world.tick().verdict.to == id("b"))
    }

    @Test func `the pace is weighed as the room is`() {
        // 4 points a minute of Max 20x are 80 of Pro: 47 do not last for the
        // dwell there, and 7 of another Max 20x neither, but they are more.
        var world = world(weighed: true, Self.tiers)
        world.slots[id("a")]?.details.rateLimitTier = "default_claude_max_20x"
        world.add("d", 10, 0)
        world.slots[id("d")]?.details.rateLimitTier = "default_claude_max_20x"
        world.add("a", .windows(windows(58, 0)))
        world.slots[id("a")]?.details.rateLimitTier = "default_claude_max_20x"
        _ = world.tick()
        world.vendor[id("a")] = .windows(windows(98, 0))
        world.now = world.now.adding(seconds: 600)
        let verdict = world.tick(fresh: true).verdict
        #expect(verdict.to == id("d") && verdict.reason(of: "d") == .roomToStay)
        #expect(verdict.reason(of: "b") == .tooLittleRoom)
        #expect(verdict.reason(of: "c") == .tooLittleRoom)
    }
}
