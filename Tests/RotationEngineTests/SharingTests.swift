// One writer: what callers that come at the same time see, and what happens
// when one of them goes away or the service stops.

import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct SharingTests {
    @Test func `concurrent ticks with the same wishes are one tick`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        await house.vault.hold(.readLive)
        async let first = house.tick()
        await house.vault.untilHeld(.readLive)
        async let second = house.tick()
        async let third = house.tick()
        await house.vault.release(.readLive)
        let ticks = try await [first.tick, second.tick, third.tick]
        #expect(Set(ticks).count <= 2)
        #expect(try await first.tick == 1)
    }

    @Test func `a tick with other wishes is one of its own`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        await house.vault.hold(.readLive)
        async let plain = house.tick()
        await house.vault.untilHeld(.readLive)
        async let fresh = house.tick(fresh: true)
        await house.vault.release(.readLive)
        #expect(try await plain.tick != fresh.tick)
    }

    @Test func `accounts are read all at once`() async throws {
        let house = EngineHarness()
        await house.setLive(alice)
        house.setUsage(alice, fiveHour: 1, sevenDay: 1)
        var others: [AccountIdentity] = []
        for number in 0..<15 {
            let identity = AccountIdentity(
                id: AccountID(accountUUID: "n\(number)", organizationUUID: "o"),
                email: "n\(number)@example.com")
            others.append(identity)
            await house.putSlot(identity)
            house.setUsage(identity, fiveHour: 1, sevenDay: 1)
        }
        await house.engine.start()
        house.vendor.holdUsage()
        async let report = house.tick()
        await house.vendor.untilHeld(usageReads: 16)
        house.vendor.releaseUsage()
        #expect(try await report.decision.verdict.considerations.count == 16)
    }

    @Test func `readers are answered while a tick waits for the vendor`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        house.vendor.holdUsage()
        async let report = house.tick()
        await house.vendor.untilHeld(usageReads: 3)
        #expect(house.engine.snapshot.optedIn)
        #expect(try await house.engine.decisions(limit: 1, before: nil).items.isEmpty)
        house.vendor.releaseUsage()
        _ = try await report
    }

    @Test func `a swap is finished although its caller went away`() async throws {
        let house = EngineHarness(optedIn: false)
        await house.setExample()
        await house.engine.start()
        await house.vault.hold(.swap)
        let engine = house.engine
        let caller = Task { try await engine.swap(to: bob.email, force: false) }
        await house.vault.untilHeld(.swap)
        caller.cancel()
        await house.vault.release(.swap)
        _ = await caller.result
        await house.engine.stop()
        #expect(await house.vault.liveToken == token(of: bob))
    }

    @Test func `after stop every order is refused`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        await house.engine.stop()
        await #expect(throws: EngineRefusal.stopping) { try await house.tick() }
        await #expect(throws: EngineRefusal.stopping) { try await house.engine.capture() }
        await #expect(throws: EngineRefusal.stopping) {
            try await house.engine.setOptIn(true, callerPinningVariables: [])
        }
    }

    @Test func `the loop ticks once an interval and ends when cancelled`() async throws {
        let house = EngineHarness()
        await house.setExample()
        await house.engine.start()
        let engine = house.engine
        let loop = Task { await engine.run() }
        await house.clock.untilSleeping()
        #expect(try await engine.decisions(limit: 9, before: nil).items.count == 1)
        house.clock.advance(seconds: house.engine.bounds.tickIntervalSeconds)
        await house.clock.untilSleeping()
        #expect(try await engine.decisions(limit: 9, before: nil).items.count == 2)
        loop.cancel()
        await loop.value
    }
}
