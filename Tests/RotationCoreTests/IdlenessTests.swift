// The laws of idleness: while every session waits for a person the live account
// is asked about seldom, and stands where it was told.

import Testing

@testable import RotationCore

@Suite struct IdlenessTests {
    /// Live at `used`, read in a tick that found every session waiting.
    private func world(isBusy: Bool? = false, used: Double = 92) -> CoreHarness {
        var world = CoreHarness()
        world.add("a", used, 0)
        world.add("b", 10, 0)
        world.presence = ClaudePresence(running: true, isBusy: isBusy)
        _ = world.tick()
        return world
    }

    private func asksAboutLive(_ world: inout CoreHarness, after seconds: Int64) -> Bool {
        _ = world.tick(after: seconds)
        return world.asked.contains(id("a"))
    }

    /// At 92 it is read every 74 seconds while somebody works.
    @Test(arguments: [(false, 599), (true, 73), (nil, 73)] as [(Bool?, Int64)])
    func `while every session waits, live is read every ten minutes`(
        isBusy: Bool?, seconds: Int64
    ) {
        var world = world(isBusy: isBusy)
        if isBusy == false {
            for _ in 0..<9 { #expect(!asksAboutLive(&world, after: 60)) }
        }
        let passed = world.now.seconds(since: start)
        #expect(!asksAboutLive(&world, after: seconds - passed))
        #expect(asksAboutLive(&world, after: 1))
    }

    @Test func `a reading from before it was idle does not count`() {
        var world = world(isBusy: true)
        world.presence.isBusy = false
        #expect(!asksAboutLive(&world, after: 60))
        #expect(asksAboutLive(&world, after: 14))
        #expect(!asksAboutLive(&world, after: 74))
    }

    @Test(arguments: [true, nil] as [Bool?])
    func `as soon as somebody may work it is read as ever`(isBusy: Bool?) {
        var world = world()
        for _ in 0..<5 { #expect(!asksAboutLive(&world, after: 60)) }
        world.presence.isBusy = isBusy
        // 74 seconds after it was last seen idle.
        #expect(!asksAboutLive(&world, after: 73))
        #expect(asksAboutLive(&world, after: 1))
    }

    @Test(arguments: [(Int64(119), false), (120, false), (121, true)])
    func `two looks far apart say nothing of the time between`(after: Int64, isAsked: Bool) {
        var world = world()
        #expect(asksAboutLive(&world, after: after) == isAsked)
    }

    @Test func `what nobody uses comes no nearer its wall`() {
        for isBusy in [false, nil] as [Bool?] {
            var world = world(isBusy: isBusy)
            // Nobody answers any more, and there is nobody to swap to.
            world.vendor = [:]
            world.slots[id("b")] = nil
            _ = world.tick(after: 60)
            _ = world.tick(after: 60)
            let left = Situation(
                bounds: Bounds(), now: world.now, live: world.live, slots: world.slots,
                remembered: world.machine.remembered)
            #expect((left.secondsLeft(left.live) > 90) == (isBusy == false))
        }
    }

    @Test func `a week or five hours that begin anew are looked for all the same`() {
        var world = world()
        let reset = world.machine.remembered.usage[id("a")]?.reading?.windows[0].resetsAt
        world.now = reset ?? start
        world.now = world.now.adding(seconds: -1)
        _ = world.tick()
        #expect(asksAboutLive(&world, after: 1))
    }

    @Test func `use that is seen all the same is believed until a turn begins`() {
        var world = world()
        for _ in 0..<9 { #expect(!asksAboutLive(&world, after: 60)) }
        world.add("a", 93, 0)
        #expect(asksAboutLive(&world, after: 60))
        // 64 seconds at 93.
        #expect(!asksAboutLive(&world, after: 63))
        #expect(asksAboutLive(&world, after: 1))
        world.presence.isBusy = true
        _ = world.tick(after: 10)
        world.presence.isBusy = false
        #expect(asksAboutLive(&world, after: 64))
        #expect(!asksAboutLive(&world, after: 64))
    }

    @Test func `a pause counts as one, as if it had been read`() {
        var idle = world(used: 50)
        var read = world(isBusy: nil, used: 50)
        for _ in 0..<12 {
            _ = idle.tick(after: 60)
            read.now = read.now.adding(seconds: 60)
            _ = read.tick(fresh: true)
        }
        let paces = [idle, read].map { $0.machine.remembered.work.usual(Bounds()) }
        #expect(paces == [0, 0])
        #expect(idle.machine.remembered.work.isUsualKnown(Bounds()))
    }
}
