// What the engine makes of a crash and of refreshes: said in the history,
// asked about at once, and never told twice.

import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct RecoveryTests {
    @Test func `a swap that was made and not recorded is appended, and its journal ends`()
        async throws
    {
        let house = EngineHarness()
        await house.setExample()
        _ = try await house.tick()
        await house.vault.leave([
            .finishedSwap(
                FinishedSwap(
                    from: alice.id, to: bob.id, at: house.clock.now().adding(seconds: 1),
                    isAutomatic: true, afterRotation: 1))
        ])
        let next = RotationEngine(ports: house.ports, bounds: Bounds())
        await next.start()
        let rotations = try await next.rotations(limit: 9, before: nil).items
        #expect(rotations.first?.to == bob.id)
        #expect(rotations.first?.reason == .recovered)
        #expect(rotations.first?.trigger == .recovery)
        #expect(await house.vault.settledCount == 2)
        let again = RotationEngine(ports: house.ports, bounds: Bounds())
        await again.start()
        #expect(try await again.rotations(limit: 9, before: nil).items.count == 2)
    }

    @Test func `a swap that is in the history already is not told twice`() async throws {
        let house = EngineHarness()
        await house.setExample()
        let at = house.clock.now()
        _ = try await house.tick()
        await house.vault.leave([
            .finishedSwap(
                FinishedSwap(
                    from: alice.id, to: carol.id, at: at,
                    isAutomatic: true, afterRotation: 0))
        ])
        let next = RotationEngine(ports: house.ports, bounds: Bounds())
        await next.start()
        #expect(try await next.rotations(limit: 9, before: nil).items.count == 1)
        #expect(await house.vault.settledCount == 2)
    }

    @Test(arguments: [true, false])
    func `a swap in doubt is decided by whose credential is live`(isMade: Bool) async throws {
        let house = EngineHarness()
        await house.setExample()
        let to = isMade ? alice : bob
        await house.vault.leave([
            .undecidedSwap(
                FinishedSwap(
                    from: carol.id, to: to.id, at: house.clock.now(), isAutomatic: false,
                    afterRotation: 0))
        ])
        await house.engine.start()
        #expect(try await house.engine.decisions(limit: 9, before: nil).items.isEmpty)
        _ = try await house.engine.capture()
        let decision = try await house.engine.decisions(limit: 1, before: nil).items.first
        #expect(decision?.verdict.reason == (isMade ? .recovered : .abandoned))
        let rotations = try await house.engine.rotations(limit: 9, before: nil).items
        #expect(rotations.map(\.to) == (isMade ? [alice.id] : []))
    }

    @Test func `an abandoned swap is said and is no rotation`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.vault.leave([
            .abandonedSwap(from: alice.id, to: bob.id, at: house.clock.now())
        ])
        await house.engine.start()
        let decision = try await house.engine.decisions(limit: 1, before: nil).items.first
        #expect(decision?.verdict.reason == .abandoned)
        #expect(decision?.verdict.outcome == .stayed)
        #expect(try await house.engine.rotations(limit: 1, before: nil).items.isEmpty)
    }

    @Test func `a grant a crash left in doubt is asked about before anything else`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.vault.setGrant(.maybeSpent, ofToken: token(of: bob))
        await house.vault.leave([.maybeSpentGrant(bob.id)])
        await house.engine.start()
        #expect(house.vendor.refreshCalls == 0)
        await house.engine.askAboutSpentGrants()
        #expect(house.vendor.refreshCalls == 1)
        let view = house.engine.snapshot.accounts.first { $0.identity == bob }
        #expect(view?.slotState == .needsLogin)
    }

    @Test func `a refreshed slot is kept, and its facts outlive a restart`() async throws {
        let house = EngineHarness()
        await house.setExample()
        var details = house.details
        details.accessTokenExpiresAt = house.clock.now().adding(seconds: -1)
        await house.putSlot(bob, details: details)
        house.vendor.queue(
            refresh: [.rateLimited(retryAfter: house.clock.now().adding(seconds: 900))],
            forToken: Array("refresh-\(token(of: bob))".utf8))
        await house.engine.start()
        _ = try await house.tick()
        #expect(house.vendor.refreshCalls == 1)
        #expect(house.engine.snapshot.counters.refreshes == [.rateLimited: 1])
        house.clock.advance(seconds: 120)
        let next = RotationEngine(ports: house.ports, bounds: Bounds())
        await next.start()
        _ = try await next.tick(TickRequest(trigger: .request))
        #expect(house.vendor.refreshCalls == 1)
    }

    /// Found by the crash harness, on a disk that refused everything.
    @Test func `while what is live is in doubt nobody says that nothing was moved`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        await house.vault.failNext(.swap, .readBackMismatch("it could not be put back"))
        house.history.failNext(.append, .unavailable("disk full"))
        let error = await #expect(throws: EngineRefusal.self) { try await house.tick() }
        guard case .notRecorded(let sentence, detail: "disk full") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(sentence.contains("could not be put back"))
    }

    @Test func `a store that could not be put back is looked at again`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        await house.vault.failNext(.swap, .readBackMismatch("neither"))
        _ = try await house.tick()
        await house.vault.leave([
            .finishedSwap(
                FinishedSwap(
                    from: alice.id, to: carol.id, at: house.clock.now(),
                    isAutomatic: true, afterRotation: 0))
        ])
        house.clock.advance(seconds: 60)
        _ = try await house.tick()
        let rotations = try await house.engine.rotations(limit: 9, before: nil).items
        #expect(rotations.contains { $0.reason == .recovered })
    }
}
