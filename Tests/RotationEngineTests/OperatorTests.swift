// The operator's own acts: they work while rotation is off, and refuse with a
// reason rather than write what cannot be undone.

import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct OperatorTests {
    private func house() async -> EngineHarness {
        let house = EngineHarness(optedIn: false)
        await house.setExample()
        await house.engine.start()
        return house
    }

    @Test func `a swap works while off and is recorded`() async throws {
        let house = await house()
        let decision = try await house.engine.swap(to: bob.email, force: false)
        #expect(decision.tick == nil)
        #expect(decision.trigger == .operatorSwap)
        #expect(decision.verdict.reason == .operatorRequest)
        #expect(await house.vault.liveToken == token(of: bob))
        #expect(house.engine.snapshot.live == bob.id)
        let rotations = try await house.engine.rotations(limit: 9, before: nil)
        #expect(rotations.items.map(\.fromEmail) == [alice.email])
        #expect(house.vendor.usageCalls == 0)
    }

    @Test func `a swap takes an id, and an e-mail in any case`() async throws {
        let house = await house()
        _ = try await house.engine.swap(to: carol.id.description, force: false)
        _ = try await house.engine.swap(to: "BOB@Example.com", force: false)
        #expect(await house.vault.liveToken == token(of: bob))
    }

    @Test func `two seats under one e-mail are ambiguous, their ids are not`() async throws {
        let house = await house()
        let seat = AccountIdentity(
            id: AccountID(accountUUID: bob.id.accountUUID, organizationUUID: "team"),
            email: bob.email)
        await house.putSlot(seat)
        await #expect(
            throws: EngineRefusal.ambiguousAccount(
                bob.email, ids: [bob.id.description, seat.id.description])
        ) { try await house.engine.swap(to: bob.email, force: false) }
        _ = try await house.engine.swap(to: seat.id.description, force: false)
    }

    @Test func `an account nobody knows is refused`() async {
        let house = await house()
        await #expect(throws: EngineRefusal.unknownAccount("dave@example.com")) {
            try await house.engine.swap(to: "dave@example.com", force: true)
        }
    }

    @Test func `the live account is refused, with force nothing is written`() async throws {
        let house = await house()
        await #expect(throws: EngineRefusal.alreadyLive(alice.email)) {
            try await house.engine.swap(to: alice.email, force: false)
        }
        let decision = try await house.engine.swap(to: alice.email, force: true)
        #expect(decision.verdict.reason == .alreadyLive)
        let swaps = await house.vault.calls.filter { if case .swap = $0 { true } else { false } }
        #expect(swaps.isEmpty)
    }

    @Test(arguments: [96.9, 97.0, 97.1])
    func `a target at or above its threshold needs force`(utilization: Double) async throws {
        let house = EngineHarness()
        await house.setExample(bobFiveHour: utilization)
        house.setUsage(alice, fiveHour: 1, sevenDay: 1)
        await house.engine.start()
        _ = try await house.tick()
        do {
            _ = try await house.engine.swap(to: bob.email, force: false)
            #expect(utilization < 97)
        } catch .targetUnusable(let email, let reason, _) {
            #expect(utilization >= 97)
            #expect(email == bob.email)
            #expect(reason == .atThreshold)
            _ = try await house.engine.swap(to: bob.email, force: true)
        }
        #expect(await house.vault.liveToken == token(of: bob))
    }

    @Test(arguments: [-1, 0, 1])
    func `a target whose access token lapsed needs force`(seconds: Int64) async throws {
        let house = await house()
        var details = house.details
        details.accessTokenExpiresAt = house.clock.now().adding(seconds: seconds)
        await house.putSlot(bob, details: details)
        if seconds <= 0 {
            await #expect(throws: EngineRefusal.self) {
                try await house.engine.swap(to: bob.email, force: false)
            }
        }
        _ = try await house.engine.swap(to: bob.email, force: seconds <= 0)
        #expect(await house.vault.liveToken == token(of: bob))
    }

    @Test func `an empty live store may be swapped into without force`() async throws {
        let house = await house()
        await house.vault.clearLive()
        let decision = try await house.engine.swap(to: bob.email, force: false)
        #expect(decision.fromEmail == nil)
        #expect(await house.vault.liveToken == token(of: bob))
    }

    @Test func `an unidentified live credential is never swapped away, not even by force`()
        async throws
    {
        let house = await house()
        await house.vault.setLive(token: "canary-unknown", details: house.details)
        house.vendor.set(
            profile: .unreachable(.offline), forToken: Array("canary-unknown".utf8))
        await #expect(throws: EngineRefusal.self) {
            try await house.engine.swap(to: bob.email, force: true)
        }
        #expect(await house.vault.liveToken == "canary-unknown")
    }

    @Test func `a held lock is said and nothing stays queued`() async throws {
        let house = await house()
        let held = LockHeld(name: ".oauth_refresh.lock", since: house.clock.now())
        await house.vault.failNext(.swap, .locked(held))
        await #expect(throws: EngineRefusal.credentialLocked(held)) {
            try await house.engine.swap(to: bob.email, force: false)
        }
        #expect(await house.vault.liveToken == token(of: alice))
        #expect(try await house.engine.decisions(limit: 9, before: nil).items.isEmpty)
    }

    @Test func `a capture files the live credential and reads no usage`() async throws {
        let house = EngineHarness(optedIn: false)
        await house.setLive(alice, filed: false)
        await house.engine.start()
        let account = try await house.engine.capture()
        #expect(account.identity == alice)
        #expect(account.isLive)
        #expect(account.usageStatus == .neverRead)
        #expect(house.vendor.usageCalls == 0)
        #expect(house.engine.snapshot.accounts.count == 1)
    }

    @Test func `a capture of nothing, of nobody and of half a credential is refused`() async {
        let house = await house()
        await house.vault.clearLive()
        await #expect(throws: EngineRefusal.noLiveCredential) { try await house.engine.capture() }
        await house.vault.setLive(token: "canary-x", details: house.details)
        house.vendor.set(profile: .scopeMissing, forToken: Array("canary-x".utf8))
        await #expect(throws: EngineRefusal.self) { try await house.engine.capture() }
        await house.vault.setLive(
            token: "canary-y", details: house.details, missing: ["refreshToken"])
        house.vendor.set(profile: .identity(bob), forToken: Array("canary-y".utf8))
        await #expect(throws: EngineRefusal.credentialIncomplete(missing: ["refreshToken"])) {
            try await house.engine.capture()
        }
    }

    @Test func `forget removes a slot, never the live one`() async throws {
        let house = await house()
        _ = try await house.engine.capture()
        await #expect(throws: EngineRefusal.accountIsLive(alice.email)) {
            try await house.engine.forget(alice.email)
        }
        try await house.engine.forget(bob.email)
        #expect(await house.vault.slotToken(of: bob.id) == nil)
        #expect(!house.engine.snapshot.accounts.map(\.identity.email).contains(bob.email))
        await #expect(throws: EngineRefusal.unknownAccount(bob.email)) {
            try await house.engine.forget(bob.email)
        }
    }

    @Test func `without a history nothing is moved, and it is tried again`() async throws {
        let house = EngineHarness()
        await house.setExample()
        house.history.failNext(.load, .corrupt("rotator.sqlite is not a database"))
        house.history.failNext(.load, .corrupt("rotator.sqlite is not a database"))
        await house.engine.start()
        await #expect(
            throws: EngineRefusal.historyUnavailable("rotator.sqlite is not a database")
        ) { try await house.engine.swap(to: bob.email, force: true) }
        #expect(await house.vault.calls.isEmpty)
        #expect(try await house.tick().decision.verdict.outcome == .rotated)
    }
}
