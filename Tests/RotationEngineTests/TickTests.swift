// The laws of a tick as the engine performs it: what is touched, in which
// order, and what is left behind.

import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct TickTests {
    @Test func `off means off: no secret is read, nobody is asked, the fact is recorded`()
        async throws
    {
        let house = EngineHarness(optedIn: false)
        await house.setExample()
        await house.engine.start()
        let report = try await house.tick()
        #expect(report.decision.verdict.outcome == .off)
        #expect(await house.vault.calls.isEmpty)
        #expect(house.vendor.calls.isEmpty)
        #expect(house.host.looks == 0)
        #expect(report.nudges.isEmpty)
    }

    @Test func `a tick without Claude Code running reads nothing`() async throws {
        let house = EngineHarness()
        await house.setExample()
        house.host.set(ClaudePresence(running: false))
        await house.engine.start()
        let report = try await house.tick()
        #expect(report.decision.verdict.outcome == .claudeNotRunning)
        #expect(await house.vault.calls.isEmpty)
        #expect(house.vendor.calls.isEmpty)
    }

    @Test func `a tick that may run without Claude Code does`() async throws {
        let house = EngineHarness()
        await house.setExample()
        house.host.set(ClaudePresence(running: false))
        await house.engine.start()
        let report = try await house.tick(onlyIfClaudeRunning: false)
        #expect(report.decision.verdict.outcome == .rotated)
    }

    @Test func `98 and 40 live, 12 and 20, 60 and 90: the drained one is swapped in`()
        async throws
    {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        let report = try await house.tick()
        let verdict = report.decision.verdict
        #expect(verdict.outcome == .rotated)
        #expect(verdict.from == alice.id)
        #expect(verdict.to == carol.id)
        #expect(await house.vault.liveToken == token(of: carol))
        #expect(await house.vault.slotToken(of: alice.id) == token(of: alice))
        let why = verdict.considerations.first { $0.account == bob.id }
        #expect(why?.reason == .lessDrained)
        #expect(house.engine.snapshot.live == carol.id)
        #expect(house.engine.snapshot.latestDecision == report.decision)
        let rotations = try await house.engine.rotations(limit: 10, before: nil)
        #expect(rotations.items.map(\.toEmail) == [carol.email])
    }

    @Test func `with the drained one at its threshold the fresh one is taken`() async throws {
        let house = EngineHarness()
        await house.setExample(carolSevenDay: 97)
        await house.engine.start()
        let report = try await house.tick()
        #expect(report.decision.verdict.to == bob.id)
    }

    @Test func `with all at their thresholds nothing moves and the reset is named`() async throws {
        let house = EngineHarness()
        await house.setExample(carolSevenDay: 97, bobFiveHour: 99)
        await house.engine.start()
        let report = try await house.tick()
        #expect(report.decision.verdict.outcome == .stuck)
        #expect(report.decision.verdict.reason == .allExhausted)
        #expect(
            report.decision.verdict.earliestReset == house.clock.now().adding(seconds: 2 * 3600))
        #expect(await house.vault.liveToken == token(of: alice))
        #expect(report.nudges.map(\.nudge.code).contains(.rotationStuck))
    }

    @Test func `a sign-in alone enrols an account at the next tick`() async throws {
        let house = EngineHarness()
        await house.setLive(alice, filed: false)
        house.setUsage(alice, fiveHour: 1, sevenDay: 1)
        await house.engine.start()
        _ = try await house.tick()
        #expect(await house.vault.slotToken(of: alice.id) == token(of: alice))
        #expect(house.engine.snapshot.accounts.map(\.identity.email) == [alice.email])
    }

    @Test func `a credential Claude Code refreshed is filed before anything else`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        await house.setLive(alice, filed: false, generation: 2)
        house.setUsage(alice, fiveHour: 98, sevenDay: 40, generation: 2)
        let report = try await house.tick()
        #expect(report.decision.verdict.to == carol.id)
        #expect(await house.vault.slotToken(of: alice.id) == token(of: alice, generation: 2))
    }

    @Test func `an unidentified credential is neither filed nor swapped away`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.vault.setLive(token: "canary-unknown", details: house.details)
        house.vendor.set(profile: .unauthorized, forToken: Array("canary-unknown".utf8))
        await house.engine.start()
        let report = try await house.tick()
        #expect(report.decision.verdict.reason == .identityUnknown)
        #expect(await house.vault.liveToken == "canary-unknown")
        #expect(house.engine.snapshot.live == nil)
    }

    @Test func `the vendor is not asked each tick about a credential it would not name`()
        async throws
    {
        let house = EngineHarness()
        await house.setExample()
        let unknown = Array("canary-unknown".utf8)
        await house.vault.setLive(token: "canary-unknown", details: house.details)
        house.vendor.set(profile: .unauthorized, forToken: unknown)
        await house.engine.start()
        _ = try await house.tick()
        house.clock.advance(seconds: house.engine.bounds.profileRetrySeconds - 1)
        _ = try await house.tick()
        #expect(house.vendor.profileCalls == 1)
        house.clock.advance(seconds: 1)
        _ = try await house.tick()
        #expect(house.vendor.profileCalls == 2)
    }

    @Test func `a held lock defers the swap and changes nothing`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        let held = LockHeld(name: ".oauth_refresh.lock", since: house.clock.now())
        await house.vault.failNext(.swap, .locked(held))
        let report = try await house.tick()
        #expect(report.decision.verdict.outcome == .deferred)
        #expect(report.decision.verdict.reason == .credentialLocked)
        #expect(await house.vault.liveToken == token(of: alice))
        house.clock.advance(seconds: 60)
        #expect(try await house.tick().decision.verdict.outcome == .rotated)
    }

    @Test(arguments: [
        (VaultError.refused("slots: permission denied"), Reason.storeRefused),
        (.unreachable("input/output error"), .storeUnreachable),
        (.malformed(".credentials.json: not JSON"), .storeMalformed),
        (.unsupported(advice: "choose a store"), .unsupportedPlatform),
    ])
    func `a store that cannot be read fails the tick with its own reason`(
        error: VaultError, reason: Reason
    ) async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        await house.vault.failNext(.readLive, error)
        let report = try await house.tick()
        #expect(report.decision.verdict.outcome == .failed)
        #expect(report.decision.verdict.reason == reason)
        #expect(house.vendor.calls.isEmpty)
    }

    @Test func `a credential that changes while it is filed is looked at again`() async throws {
        let house = EngineHarness()
        await house.setLive(alice, filed: false)
        house.setUsage(alice, fiveHour: 1, sevenDay: 1)
        await house.engine.start()
        await house.vault.failNext(.fileLive, .changedMeanwhile)
        let report = try await house.tick()
        #expect(report.decision.verdict.outcome == .stayed)
    }

    @Test func `an incomplete live credential is never filed and never swapped away`()
        async throws
    {
        let house = EngineHarness()
        await house.setExample()
        await house.vault.setLive(
            token: token(of: alice, generation: 2), details: house.details, missing: ["scopes"])
        house.vendor.set(
            profile: .identity(alice), forToken: Array(token(of: alice, generation: 2).utf8))
        await house.engine.start()
        let report = try await house.tick()
        #expect(report.decision.verdict.outcome == .failed)
        #expect(report.decision.verdict.reason == .credentialIncomplete)
        #expect(await house.vault.slotToken(of: alice.id) == token(of: alice))
    }

    @Test func `standing nudges of the configuration are kept with the tick's own`() async throws {
        let nudge = Nudge(
            code: .otherHost, email: nil, severity: .warning, message: "another host",
            command: "rotator config")
        let house = EngineHarness(standingNudges: [nudge])
        await house.setExample()
        await house.engine.start()
        let report = try await house.tick()
        #expect(report.nudges.map(\.nudge.code).contains(.otherHost))
    }

    @Test func `no token is in a log line, a decision or a nudge`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        let report = try await house.tick()
        let said = house.log.lines.map(\.message) + ["\(report)", "\(house.engine.snapshot)"]
        #expect(!said.contains { $0.contains("canary") })
    }

    @Test func `a swap that could not be written down is written down later, and still dwells`()
        async throws
    {
        let house = EngineHarness()
        await house.setExample(carolSevenDay: 96.5)
        await house.engine.start()
        house.history.failNext(.append, .unavailable("disk full"))
        let error = await #expect(throws: EngineRefusal.self) { try await house.tick() }
        guard case .notRecorded(let sentence, detail: "disk full") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(sentence.contains(carol.email))
        #expect(await house.vault.settledCount == 0)
        #expect(await house.vault.liveToken == token(of: carol))
        house.history.failNext(.append, .unavailable("still full"))
        await #expect(throws: EngineRefusal.historyUnavailable("still full")) {
            try await house.tick()
        }
        house.clock.advance(seconds: 200)
        house.setUsage(carol, fiveHour: 60, sevenDay: 97)
        let report = try await house.tick()
        #expect(report.decision.verdict.reason == .dwell)
        let decisions = try await house.engine.decisions(limit: 9, before: nil).items
        #expect(decisions.map(\.verdict.outcome) == [.deferred, .rotated])
        #expect(decisions.map(\.tick) == [2, 1])
        let rotations = try await house.engine.rotations(limit: 9, before: nil).items
        #expect(rotations.map(\.toEmail) == [carol.email])
        #expect(await house.vault.settledCount == 1)
    }
}
