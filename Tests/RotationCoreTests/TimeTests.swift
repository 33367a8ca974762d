// What time does to a decision: hysteresis, grace, debounce, cadence
// and budget, each at its boundary.

import Testing

@testable import RotationCore

@Suite struct TimeTests {
    /// From 50 in ten minutes; half as fast again, it is at 99 in 22.4 seconds, or
    /// in 21.5, of which the next look takes 17 and a swap 5.
    @Test(arguments: [(96.4, Outcome.stayed), (96.5, .rotated)])
    func `a wall that comes before the next look is left early`(used: Double, outcome: Outcome) {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", 10, 0)
        _ = world.tick()
        world.add("a", used, 0)
        let verdict = world.tick(after: 600)
        #expect(verdict.outcome == outcome)
        #expect(verdict.reason == (outcome == .rotated ? .projectedWall : .belowThreshold))
    }

    /// From 50 to 90 in ten minutes: at 99 in 135 seconds.
    @Test(arguments: [(Int64(104), Outcome.stayed), (105, .rotated)])
    func `while nobody answers, the wall the measured pace leads to is left 30 seconds ahead`(
        after: Int64, outcome: Outcome
    ) {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", 10, 0)
        _ = world.tick()
        world.add("a", 90, 0)
        _ = world.tick(after: 600)
        world.add("a", .unreachable(.timedOut))
        #expect(world.tick(after: after).outcome == outcome)
    }

    @Test func `a wall not reached yet is left only for more room`() {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", 96.5, 0)
        _ = world.tick()
        world.add("a", 96.5, 0)
        let verdict = world.tick(after: 600)
        #expect(verdict.outcome == .stayed && verdict.to == nil)
        #expect(verdict.sentence.hasSuffix("but no usable alternate has more room."))
    }

    @Test func `of the drained ones the first that lasts for the dwell is taken`() {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", 96, 0)
        world.add("c", 60, 0)
        world.add("d", 10, 0)
        _ = world.tick()
        world.add("a", 96.5, 0)
        let verdict = world.tick(after: 600)
        #expect(verdict.to == id("c") && verdict.reason(of: "c") == .roomToStay)
        #expect(verdict.reason(of: "b") == .tooLittleRoom)
        #expect(verdict.reason(of: "d") == .lessDrained)
        #expect(!verdict.sentence.contains("closest to its own limit"))
    }

    @Test func `where live cannot serve, the one just left is taken again`() {
        var world = CoreHarness()
        world.add("a", 98, 0)
        world.add("b", 50, 0)
        _ = world.tick()
        world.add("a", 96, 0)
        world.add("b", 100, 0)
        world.now = world.now.adding(seconds: 600)
        #expect(world.tick(fresh: true).verdict.to == id("a"))
    }

    @Test func `a window that was not why it was left keeps nobody away`() {
        var world = CoreHarness()
        world.add("a", 98, 94)
        world.add("b", 96, 0)
        _ = world.tick()
        world.now = start.adding(seconds: 7200)
        world.add("a", .windows(windows(5, 94, at: world.now)))
        world.add("b", 97, 0)
        #expect(world.tick(fresh: true).verdict.to == id("a"))
    }

    @Test(arguments: [(92.1, false), (92.0, true), (91.9, true)])
    func `an account just left is retaken only well below its threshold`(
        used: Double, isTaken: Bool
    ) {
        var world = CoreHarness()
        world.add("a", 98, 0)
        world.add("b", 96, 0)
        #expect(world.tick().verdict.to == id("b"))
        world.add("a", .windows(windows(used, 0, at: start)))
        world.add("b", 97, 0)
        world.now = world.now.adding(seconds: 600)
        let verdict = world.tick(fresh: true).verdict
        #expect((verdict.to == id("a")) == isTaken)
        if !isTaken { #expect(verdict.reason(of: "a") == .recentlyLeft) }
    }

    @Test func `an account just left is retaken once its window has reset`() {
        var world = CoreHarness()
        world.add("a", 98, 0)
        world.add("b", 50, 0)
        _ = world.tick()
        world.now = start.adding(seconds: 7200)
        world.add("a", .windows(windows(95, 0, at: world.now)))
        world.add("b", 98, 0)
        #expect(world.tick(fresh: true).verdict.to == id("a"))
    }

    // Weak point 1: one throttle, seen twice through a cache, rotated.
    @Test func `a throttled live account is left after two distinct answers, not two ticks`() {
        var world = CoreHarness()
        world.add("a", .rateLimited(retryAfter: nil))
        world.add("b", 10, 0)
        #expect(world.tick().verdict.reason == .debouncing)
        #expect(world.tick(after: 60).reason == .debouncing)
        #expect(world.asked.isEmpty)
        #expect(world.tick(after: 540).to == id("b"))
    }

    @Test func `a throttle changes nothing while a good reading is young`() {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", 10, 0)
        _ = world.tick()
        world.vendor[id("a")] = .rateLimited(retryAfter: nil)
        #expect(world.tick(after: 180).reason == .belowThreshold)
    }

    // Weak point 11: a live 401 rotated at once.
    @Test func `a refused live credential is left after two answers and the grace`() {
        var world = CoreHarness()
        world.add("a", .unauthorized)
        world.add("b", 10, 0)
        #expect(world.tick().verdict.reason == .debouncing)
        #expect(world.tick(after: 60).reason == .withinRenewalGrace)
        #expect(world.tick(after: 239).reason == .withinRenewalGrace)
        #expect(world.tick(after: 1).to == id("b"))
    }

    @Test func `refusals are forgotten when the credential was renewed`() {
        var world = CoreHarness()
        world.add("a", .unauthorized)
        world.add("b", 10, 0)
        _ = world.tick()
        world.add("a", .windows(windows(20, 0)), generation: 2)
        #expect(world.tick(after: 300).reason == .belowThreshold)
    }

    // Weak point 19: a live token in its last minutes caused a rotation.
    @Test(arguments: [(Int64(-1), Outcome.stayed), (299, .stayed), (300, .rotated)])
    func `a lapsed live token is given time to renew`(after: Int64, outcome: Outcome) {
        var world = CoreHarness()
        world.add("a", .windows(windows(20, 0)), expiresIn: 0)
        world.add("b", 10, 0)
        #expect(world.tick(after: after).outcome == outcome)
    }

    @Test func `an outage never makes a healthy live account rotate`() {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", 10, 0)
        _ = world.tick()
        world.vendor = world.vendor.mapValues { _ in .unreachable(.offline) }
        for _ in 0..<60 { #expect(world.tick(after: 60).outcome == .stayed) }
    }

    @Test func `a reading at the threshold holds until its window resets`() {
        var world = CoreHarness()
        world.add("a", 98, 0)
        _ = world.tick()
        world.vendor[id("a")] = .unreachable(.offline)
        world.add("b", .windows(windows(10, 0, at: start.adding(seconds: 3600))))
        #expect(world.tick(after: 3600).to == id("b"))
    }

    /// Full ones are read every ten minutes; five seconds are a swap's own.
    @Test(arguments: [(nil, false), (-60, false), (5, false), (6, true)] as [(Int64?, Bool)])
    func `what was used after it was last read is read before it is taken`(
        leftAfter: Int64?, isAsked: Bool
    ) {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", 98, 0)
        _ = world.tick()
        world.machine.remembered.left[id("b")] = leftAfter.map {
            AutomaticSwap(
                at: start.adding(seconds: $0), from: id("b"), to: id("a"), leftWindows: [])
        }
        world.add("a", 97, 0)
        world.now = world.now.adding(seconds: 540)
        _ = world.tick(fresh: false)
        #expect(world.asked.contains(id("b")) == isAsked)
    }

    @Test(arguments: [(Int64(899), true), (900, false)])
    func `a target's reading is young`(age: Int64, isTaken: Bool) {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", 10, 0)
        _ = world.tick()
        world.add("a", 98, 0)
        world.vendor[id("b")] = .unreachable(.offline)
        #expect((world.tick(after: age).to == id("b")) == isTaken)
    }

    // MARK: Readings

    /// Eight tenths of what 4.5 points a minute leave to 99, and 10 min at most;
    /// at its threshold, where no pace is measured, as seldom as any full one.
    @Test(arguments: [
        (0.0, Int64(600)), (50.0, 522), (87.0, 128), (92.0, 74), (95, 42), (96.9, 22), (98.0, 600),
    ])
    func `live is read the oftener the nearer it is`(used: Double, every: Int64) {
        var world = CoreHarness()
        world.add("a", used, 0)
        _ = world.tick()
        _ = world.tick(after: every - 1)
        #expect(world.asked.isEmpty)
        _ = world.tick(after: 1)
        #expect(world.asked == [id("a")])
    }

    @Test func `nothing is asked before Retry-After and its margin have passed, not even fresh`() {
        var world = CoreHarness()
        world.add("a", .rateLimited(retryAfter: start.adding(seconds: 1000)))
        _ = world.tick()
        world.now = start.adding(seconds: 1899)
        _ = world.tick(fresh: true)
        #expect(world.asked.isEmpty)
        world.now = start.adding(seconds: 1900)
        _ = world.tick(fresh: true)
        #expect(world.asked == [id("a")])
    }

    @Test func `the back-off doubles up to its cap`() {
        var facts = UsageFacts()
        var waits: [Int64] = []
        for _ in 0..<5 {
            facts = facts.recording(.rateLimited(retryAfter: nil), at: start, bounds: Bounds())
            waits.append(facts.notBefore?.seconds(since: start) ?? 0)
        }
        #expect(waits == [600, 1200, 2400, 4500, 4500])
    }

    @Test(arguments: [
        (Int64(-60), Int64(900)), (0, 900), (1, 901), (3599, 4499), (3600, 4500), (3601, 4500),
        (4499, 4500), (4500, 4500), (4501, 4501), (86_400, 86_400),
    ])
    func `the margin ends at the cap, Retry-After does not`(said: Int64, wait: Int64) {
        let answer = UsageAnswer.rateLimited(retryAfter: start.adding(seconds: said))
        let facts = UsageFacts().recording(answer, at: start, bounds: Bounds())
        #expect(facts.notBefore == start.adding(seconds: wait))
        #expect(facts.throttledAt == start)
    }

    @Test(arguments: [
        UsageAnswer.windows(windows(50, 0)), .noWindows, .unauthorized, .revoked, .restricted,
        .scopeMissing, .unreachable(.offline),
    ])
    func `for an hour after a 429 an account is asked about every six minutes`(
        answer: UsageAnswer
    ) {
        let throttled = UsageFacts().recording(
            .rateLimited(retryAfter: nil), at: start, bounds: Bounds())
        for (after, next) in [
            (Int64(600), Int64(960)), (3239, 3599), (3240, 3600), (3241, 3600), (3599, 3600),
        ] {
            let asked = throttled.recording(
                answer, at: start.adding(seconds: after), bounds: Bounds())
            #expect(asked.notBefore == start.adding(seconds: next), "\(after)")
            #expect(asked.throttledAt == start)
        }
        var over = throttled
        over.notBefore = nil
        over = over.recording(answer, at: start.adding(seconds: 3600), bounds: Bounds())
        #expect(over.notBefore == nil)
    }

    @Test func `after a 429 a fast session is read no oftener either, not even fresh`() {
        var world = CoreHarness()
        world.add("a", .rateLimited(retryAfter: start))
        _ = world.tick()
        world.add("a", 92, 0)
        world.now = start.adding(seconds: 890)
        var asked: [Int64] = []
        for _ in 0..<300 {
            world.now = world.now.adding(seconds: 10)
            _ = world.tick(fresh: true)
            if !world.asked.isEmpty { asked.append(world.now.seconds(since: start)) }
        }
        #expect(asked.first == 900)
        let within = zip(asked, asked.dropFirst()).filter { $0.1 < 3600 }.map { $0.1 - $0.0 }
        #expect(within == [360, 360, 360, 360, 360, 360, 360])
        #expect(asked.contains(3600))
        #expect(asked.filter { $0 > 3600 }.count > 10)
    }

    @Test func `a window that reset is read again at once`() {
        var world = CoreHarness()
        world.add("a", .windows(windows(50, 0, fiveHourResetsIn: 100)))
        _ = world.tick()
        _ = world.tick(after: 99)
        #expect(world.asked.isEmpty)
        _ = world.tick(after: 1)
        #expect(world.asked == [id("a")])
    }

    @Test func `being stuck looks again when the earliest window resets`() {
        var world = CoreHarness()
        world.add("a", .windows(windows(98, 0, fiveHourResetsIn: 30)))
        #expect(world.tick().nextTickAt == start.adding(seconds: 31))
    }

    @Test(arguments: [(Int64(30), Int64(31)), (9, 10), (8, 10), (60, 60)])
    func `it looks again when an alternate's window resets, too`(reset: Int64, next: Int64) {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", .windows(windows(98, 0, fiveHourResetsIn: reset)))
        #expect(world.tick().nextTickAt == start.adding(seconds: next))
    }

    @Test func `nobody looks for an account whose slot is gone`() {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", .windows(windows(98, 0, fiveHourResetsIn: 90)))
        _ = world.tick()
        world.slots[id("b")] = nil
        world.now = start.adding(seconds: 60)
        #expect(world.tick().nextTickAt == start.adding(seconds: 120))
    }
}
