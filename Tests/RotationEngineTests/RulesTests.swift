// The operator's rules as the engine keeps them: before they count, over a
// restart, and never in the way of the operator's own acts.

import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct RulesTests {
    @Test func `a hold counts from the next tick on, and over a restart`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        _ = try await house.engine.capture()
        let view = try await house.engine.setPolicy(
            of: "Carol@example.com", isHeld: true, reservePercent: nil)
        #expect(view.policy == AccountPolicy(isHeld: true, reservePercent: 0))
        let again = RotationEngine(ports: house.ports, bounds: Bounds())
        await again.start()
        let kept = again.snapshot.accounts.first { $0.identity.id == carol.id }
        #expect(kept?.policy.isHeld == true)
        let report = try await again.tick(TickRequest(trigger: .request))
        #expect(report.decision.verdict.to == bob.id)
    }

    @Test func `what is not named stays`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        _ = try await house.tick(fresh: true)
        func set(_ hold: Bool?, _ percent: Double?) async throws -> AccountPolicy {
            try await house.engine.setPolicy(
                of: "bob@example.com", isHeld: hold, reservePercent: percent
            ).policy
        }
        #expect(try await set(nil, 20) == AccountPolicy(isHeld: false, reservePercent: 20))
        #expect(try await set(true, nil) == AccountPolicy(isHeld: true, reservePercent: 20))
        #expect(try await set(nil, nil) == AccountPolicy(isHeld: true, reservePercent: 20))
        #expect(try await set(false, 0) == AccountPolicy())
    }

    @Test func `the operator's own swap is stopped by none of them`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        _ = try await house.engine.capture()
        for one in [alice, bob] {
            _ = try await house.engine.setPolicy(
                of: one.email, isHeld: true, reservePercent: 90)
        }
        _ = try await house.engine.pause(until: nil)
        let decision = try await house.engine.swap(to: bob.email, force: false)
        #expect(decision.verdict.outcome == .rotated)
        #expect(await house.vault.liveToken == token(of: bob))
    }

    @Test func `while paused a tick backs up and swaps nothing, and then it does`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.vault.setLive(
            token: token(of: alice, generation: 2), details: house.details)
        house.vendor.set(
            profile: .identity(alice), forToken: Array(token(of: alice, generation: 2).utf8))
        house.setUsage(alice, fiveHour: 98, sevenDay: 40, generation: 2)
        await house.engine.start()
        let until = house.clock.now().adding(seconds: 600)
        let paused = try await house.engine.pause(until: until)
        #expect(paused.pause == Pause(since: house.clock.now(), until: until))
        let report = try await house.tick()
        #expect(report.decision.verdict.reason == .paused)
        #expect(await house.vault.slotToken(of: alice.id) == token(of: alice, generation: 2))
        #expect(await house.vault.liveToken == token(of: alice, generation: 2))
        house.clock.advance(seconds: 600)
        #expect(try await house.tick().decision.verdict.outcome == .rotated)
    }

    @Test func `a pause that is on keeps its beginning, one that is over does not`() async throws {
        let house = EngineHarness(optedIn: false)
        await house.engine.start()
        let began = house.clock.now()
        _ = try await house.engine.pause(until: began.adding(seconds: 100))
        house.clock.advance(seconds: 50)
        #expect(try await house.engine.pause(until: nil).pause?.since == began)
        #expect(try await house.engine.resume().pause == nil)
        #expect(try await house.engine.resume().pause == nil)
        _ = try await house.engine.pause(until: house.clock.now().adding(seconds: 1))
        house.clock.advance(seconds: 1)
        #expect(try await house.engine.pause(until: nil).pause?.since == house.clock.now())
        #expect(await house.vault.calls.isEmpty && house.vendor.calls.isEmpty)
    }

    @Test func `a rule that cannot be kept does not count`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        house.history.failNext(.saveRules, .unavailable("disk full"))
        await #expect(throws: EngineRefusal.historyUnavailable("disk full")) {
            try await house.engine.pause(until: nil)
        }
        #expect(house.engine.snapshot.pause == nil)
        #expect(try await house.tick().decision.verdict.outcome == .rotated)
    }

    @Test func `an account nobody knows has no rules`() async throws {
        let house = EngineHarness()
        await house.engine.start()
        await #expect(throws: EngineRefusal.unknownAccount("dave@example.com")) {
            try await house.engine.setPolicy(
                of: "dave@example.com", isHeld: true, reservePercent: nil)
        }
    }
}
