// The machine's own manners: one tick at a time, one effect at a time, and a
// conclusion whatever comes back.

import RotationCore
import Testing

@Suite struct TickMachineTests {
    @Test func `off looks at nothing`() {
        var world = CoreHarness.example()
        world.optedIn = false
        let conclusion = world.tick()
        #expect(conclusion.verdict.outcome == .off)
        #expect(world.effects.count == 1)
        #expect(conclusion.nudges.isEmpty)
    }

    @Test func `without Claude Code running nothing is read, unless asked to`() {
        var world = CoreHarness.example()
        world.presence = ClaudePresence(running: false)
        #expect(world.tick().verdict.outcome == .claudeNotRunning)
        #expect(world.effects.count == 2)
        #expect(world.tick(onlyIfClaudeRunning: false).verdict.outcome == .rotated)
    }

    @Test func `a request during a tick is ignored`() {
        var machine = TickMachine(bounds: Bounds(), remembered: RememberedState())
        let request = TickEvent.tickRequested(
            TickRequest(trigger: .request), optedIn: true, at: start)
        #expect(machine.step(request) == [.lookForClaude])
        #expect(machine.isTicking)
        #expect(machine.step(request).isEmpty)
    }

    @Test func `an answer to nothing asked changes nothing`() {
        var machine = TickMachine(bounds: Bounds(), remembered: RememberedState())
        #expect(machine.step(.usageRead([id("a"): .noWindows], at: start)).isEmpty)
        #expect(machine.step(.swapFinished(.changedMeanwhile, at: start)).isEmpty)
        #expect(machine.remembered == RememberedState())
    }

    @Test(arguments: [
        (LiveObservation.unidentified, Outcome.failed, Reason.identityUnknown),
        (.absent, .stuck, .noLiveCredential),
        (
            .locked(LockHeld(name: ".oauth_refresh.lock", since: start)), .deferred,
            .credentialLocked
        ),
        (.failed(.storeMalformed, detail: "not JSON"), .failed, .storeMalformed),
    ])
    func `a store that does not say whose it is moves nothing`(
        seen: LiveObservation, outcome: Outcome, reason: Reason
    ) {
        var world = CoreHarness.example()
        world.observation = seen
        let verdict = world.tick().verdict
        #expect(verdict.outcome == outcome)
        #expect(verdict.reason == reason)
        #expect(world.asked.isEmpty)
    }

    @Test(arguments: [
        (
            SwapResult.locked(LockHeld(name: "x.lock", since: start)), Outcome.deferred,
            Reason.credentialLocked
        ),
        (.changedMeanwhile, .deferred, .credentialChanged),
        (.failed(.storeRefused, detail: "denied"), .failed, .storeRefused),
    ])
    func `a swap that did not happen starts no dwell and is tried again`(
        result: SwapResult, outcome: Outcome, reason: Reason
    ) {
        var world = CoreHarness.example()
        world.swapResult = result
        let conclusion = world.tick()
        #expect(conclusion.verdict.outcome == outcome)
        #expect(conclusion.verdict.reason == reason)
        #expect(conclusion.verdict.to == nil)
        #expect(conclusion.swapMilliseconds == nil)
        #expect(world.machine.remembered.lastAutomaticSwap == nil)
        world.swapResult = nil
        #expect(world.tick(after: 60).outcome == .rotated)
    }

    @Test func `all due accounts are read in one effect`() {
        var world = CoreHarness.example()
        _ = world.tick()
        let reads = world.effects.filter { if case .readUsage = $0 { true } else { false } }
        #expect(reads == [.readUsage([id("a"), id("b"), id("c")])])
    }

    @Test func `alternates read long ago are read again before one is taken`() {
        var world = CoreHarness()
        world.add("a", 50, 0)
        world.add("b", 10, 0)
        _ = world.tick()
        world.add("a", 98, 0)
        world.add("b", 99, 0)
        #expect(world.tick(after: 600).outcome == .stuck)
        #expect(world.asked == [id("a"), id("b")])
    }

    @Test func `pinned sessions are named, and no longer once gone`() {
        var world = CoreHarness.example()
        world.presence.pinnedSessions = [PinnedSession(pid: 42, variables: ["ANTHROPIC_API_KEY"])]
        let nudge = world.tick().nudges.first
        #expect(nudge?.code == .pinnedSession)
        #expect(nudge?.message.contains("42 (ANTHROPIC_API_KEY)") == true)
        world.presence.pinnedSessions = []
        #expect(world.tick().nudges.isEmpty)
    }

    // Weak point 20: a healthy tick left the stuck marker standing.
    @Test func `being stuck is over with the first healthy tick`() {
        var world = CoreHarness.example(b: (99, 0), c: (99, 0))
        #expect(world.tick().nudges.map(\.code) == [.rotationStuck])
        world.add("a", 10, 10)
        world.now = world.now.adding(seconds: 600)
        #expect(world.tick().nudges.isEmpty)
    }

    @Test func `an operator's swap back lifts the hysteresis, a forgotten slot all memory`() {
        var world = CoreHarness.example()
        _ = world.tick()
        #expect(world.machine.remembered.left[id("a")] != nil)
        _ = world.machine.step(.operatorSwapped(from: id("c"), to: id("a"), at: start))
        #expect(world.machine.remembered.left[id("a")] == nil)
        _ = world.machine.step(.slotForgotten(id("b")))
        #expect(world.machine.remembered.usage[id("b")] == nil)
    }

    @Test func `the same facts give the same verdict, whatever order they came in`() {
        let letters = ["b", "c", "d", "e", "f", "g"]
        var verdicts: Set<Verdict> = []
        for shift in letters.indices {
            var world = CoreHarness()
            world.add("a", 98, 0)
            for letter in letters[shift...] + letters[..<shift] { world.add(letter, 40, 40) }
            verdicts.insert(world.tick().verdict)
        }
        #expect(verdicts.count == 1)
    }
}

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", Int64(0)), ("2026-11-23T21:04:05Z", 1_795_467_845_000),
        ("2026-11-23T21:04:05.678901+00:00", 1_795_467_845_678),
        ("2026-11-23T23:04:05+02:00", 1_795_467_845_000),
        ("2024-02-29T00:00:00z", 1_709_164_800_000),
        ("1969-12-31T23:59:59.5Z", -500), ("2016-12-31T23:59:60Z", 1_483_228_799_000),
    ])
    func `a date-time of RFC 3339 is read`(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T21:04Z", "2026-11-23 21:04:05Z", "2026-11-23T21:04:05",
        "2026-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2026-11-23T24:00:00Z",
        "2026-11-23T21:60:05Z", "2026-11-23T21:04:61Z", "2026-11-23T21:04:05.Z",
        "2026-11-23T21:04:05+2:00", "2026-11-23T21:04:05Zx", "٢٠٢٦-11-23T21:04:05Z",
    ])
    func `anything else is not`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func `what is written is what was read, for every day of 800 years`() {
        for day in stride(from: Int64(-150_000), to: 150_000, by: 1) {
            let instant = Timestamp(seconds: day * 86400 + 86399)
            #expect(Timestamp(rfc3339: instant.rfc3339) == instant)
        }
    }

    @Test func `a percentage is never rounded up to a threshold`() {
        var world = CoreHarness()
        world.add("a", 96.99, 0)
        #expect(world.tick().verdict.sentence.contains("96.9 %"))
    }
}
