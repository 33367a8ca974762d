// What every credential vault must do, whatever it keeps credentials in. A
// world is one vault with a way to sign in and out behind its back, as Claude
// Code does.

import RotationCore
import RotationEngine
import Testing

package protocol VaultWorld: Sendable {
    var vault: any CredentialVault { get }
    /// Signs in: the live credential becomes one with this token.
    func signIn(_ token: String, missingScopes: Bool) async
    /// The store is proven to hold no credential.
    func signOut() async
    func liveToken() async -> String?
}

package enum VaultConformance {
    package static let laws:
        [(name: String, check: @Sendable (any VaultWorld) async throws -> Void)] = [
            ("an empty store is proven empty", emptyStore),
            ("a filed credential is a slot and is the live one's", filing),
            ("generations are equal exactly when tokens are", generations),
            ("a swap saves the outgoing one and can be undone", swapAndBack),
            ("a swap expects the live credential it was decided on", staleOrder),
            ("an empty store may be swapped into, another may not", swapIntoEmpty),
            ("half a credential is not filed", incomplete),
            ("a slot that is not there is said", noSlot),
            ("forgetting is done once and for all", forgetting),
            ("an account swapped onto itself keeps its newest credential", swapOntoItself),
            ("an order that is refused saves nothing", refusedOrderSavesNothing),
            ("filing again replaces the slot and no other", filingAgain),
            ("slots come sorted by account", sorted),
            ("an older generation is recognised and never filed", olderGeneration),
            ("an older generation is replaced by its own account's newest", restoring),
            ("a refresh changes the slot it was ordered for and no other", refreshing),
            ("a refresh of another generation than ordered sends nothing", staleRefresh),
            ("no answer leaves a grant in doubt", unanswered),
            ("an import never replaces a living grant, and is known again", adopting),
            ("a sign-in replaces whatever the slot holds, and is not live", enrolling),
        ]

    static let now = Timestamp(seconds: 1_790_000_000)
    package static let alice = identity("alice", "11111111-0000-4000-8000-000000000001")
    package static let bob = identity("bob", "22222222-0000-4000-8000-000000000002")

    private static func identity(_ name: String, _ uuid: String) -> AccountIdentity {
        AccountIdentity(
            id: AccountID(accountUUID: uuid, organizationUUID: uuid), email: "\(name)@example.com",
            organizationType: "claude_max")
    }

    private static func live(_ world: any VaultWorld) async throws -> LiveCredential {
        try #require(await world.vault.readLive())
    }

    @discardableResult
    private static func file(
        _ token: String, as identity: AccountIdentity, in world: any VaultWorld
    ) async throws -> Slot {
        await world.signIn(token, missingScopes: false)
        return try await world.vault.fileLive(
            try await live(world).generation, as: identity, now: now)
    }

    private static func order(
        from: (AccountIdentity, Generation)?, to: AccountIdentity
    ) -> SwapOrder {
        SwapOrder(
            outgoing: from.map { .init(identity: $0.0, generation: $0.1) }, incoming: to.id,
            lockPatienceSeconds: 0, now: now)
    }

    // MARK: Laws

    private static func emptyStore(_ world: any VaultWorld) async throws {
        #expect(try await world.vault.readLive() == nil)
        #expect(try await world.vault.slots().slots.isEmpty)
        await world.signIn("t1", missingScopes: false)
        await world.signOut()
        #expect(try await world.vault.readLive() == nil)
    }

    private static func filing(_ world: any VaultWorld) async throws {
        await world.signIn("t1", missingScopes: false)
        #expect(try await live(world).slot == nil)
        let slot = try await file("t1", as: alice, in: world)
        #expect(slot.identity == alice)
        #expect(slot.capturedAt == now)
        #expect(try await world.vault.slots().slots == [slot])
        #expect(try await live(world).slot == alice.id)
        #expect(try await live(world).generation == slot.generation)
        let token = try await world.vault.accessToken(of: alice.id)
        #expect(token.withBytes { $0 } == Array("t1".utf8))
    }

    private static func generations(_ world: any VaultWorld) async throws {
        let first = try await file("t1", as: alice, in: world)
        await world.signIn("t2", missingScopes: false)
        #expect(try await live(world).generation != first.generation)
        #expect(try await live(world).slot == nil)
        await world.signIn("t1", missingScopes: false)
        #expect(try await live(world).generation == first.generation)
    }

    private static func swapAndBack(_ world: any VaultWorld) async throws {
        try await file("a1", as: alice, in: world)
        try await file("b1", as: bob, in: world)
        // Claude Code refreshed bob's credential after it was filed.
        await world.signIn("b2", missingScopes: false)
        let generation = try await live(world).generation
        let receipt = try await world.vault.swap(order(from: (bob, generation), to: alice))
        #expect(await world.liveToken() == "a1")
        #expect(receipt.incoming.identity == alice)
        #expect(receipt.outgoing?.generation == generation)
        #expect(try await live(world).slot == alice.id)
        _ = try await world.vault.swap(
            order(from: (alice, receipt.incoming.generation), to: bob))
        #expect(await world.liveToken() == "b2")
    }

    private static func staleOrder(_ world: any VaultWorld) async throws {
        try await file("a1", as: alice, in: world)
        let old = try await file("b1", as: bob, in: world)
        await world.signIn("b2", missingScopes: false)
        await #expect(throws: VaultError.changedMeanwhile) {
            try await world.vault.swap(order(from: (bob, old.generation), to: alice))
        }
        await #expect(throws: VaultError.changedMeanwhile) {
            try await world.vault.fileLive(old.generation, as: bob, now: now)
        }
        #expect(await world.liveToken() == "b2")
    }

    private static func swapIntoEmpty(_ world: any VaultWorld) async throws {
        try await file("a1", as: alice, in: world)
        await #expect(throws: VaultError.changedMeanwhile) {
            try await world.vault.swap(order(from: nil, to: alice))
        }
        await world.signOut()
        let receipt = try await world.vault.swap(order(from: nil, to: alice))
        #expect(receipt.outgoing == nil)
        #expect(await world.liveToken() == "a1")
    }

    private static func incomplete(_ world: any VaultWorld) async throws {
        try await file("a1", as: alice, in: world)
        await world.signIn("b1", missingScopes: true)
        let live = try await live(world)
        #expect(live.missing == ["scopes"])
        await #expect(throws: VaultError.incomplete(missing: ["scopes"])) {
            try await world.vault.fileLive(live.generation, as: bob, now: now)
        }
        await #expect(throws: VaultError.incomplete(missing: ["scopes"])) {
            try await world.vault.swap(order(from: (bob, live.generation), to: alice))
        }
        #expect(await world.liveToken() == "b1")
    }

    private static func noSlot(_ world: any VaultWorld) async throws {
        let slot = try await file("a1", as: alice, in: world)
        await #expect(throws: VaultError.noSlot(bob.id)) {
            try await world.vault.accessToken(of: bob.id)
        }
        await #expect(throws: VaultError.noSlot(bob.id)) {
            try await world.vault.swap(order(from: (alice, slot.generation), to: bob))
        }
        #expect(await world.liveToken() == "a1")
    }

    private static func forgetting(_ world: any VaultWorld) async throws {
        try await file("a1", as: alice, in: world)
        try await world.vault.forget(alice.id)
        try await world.vault.forget(alice.id)
        #expect(try await world.vault.slots().slots.isEmpty)
        #expect(await world.liveToken() == "a1")
        #expect(try await live(world).slot == nil)
    }

    private static func swapOntoItself(_ world: any VaultWorld) async throws {
        try await file("a1", as: alice, in: world)
        await world.signIn("a2", missingScopes: false)
        let generation = try await live(world).generation
        let receipt = try await world.vault.swap(order(from: (alice, generation), to: alice))
        #expect(await world.liveToken() == "a2")
        #expect(receipt.incoming.generation == generation)
        #expect(try await token(of: alice, in: world) == "a2")
    }

    private static func refusedOrderSavesNothing(_ world: any VaultWorld) async throws {
        let old = try await file("a1", as: alice, in: world)
        await world.signIn("a2", missingScopes: false)
        let generation = try await live(world).generation
        await #expect(throws: VaultError.noSlot(bob.id)) {
            try await world.vault.swap(order(from: (alice, generation), to: bob))
        }
        await #expect(throws: VaultError.changedMeanwhile) {
            try await world.vault.swap(order(from: (bob, old.generation), to: alice))
        }
        #expect(try await world.vault.slots().slots == [old])
        #expect(await world.liveToken() == "a2")
    }

    private static func filingAgain(_ world: any VaultWorld) async throws {
        let other = try await file("b1", as: bob, in: world)
        let old = try await file("a1", as: alice, in: world)
        let new = try await file("a2", as: alice, in: world)
        #expect(new.generation != old.generation)
        #expect(try await world.vault.slots().slots == [new, other])
        #expect(try await token(of: alice, in: world) == "a2")
        #expect(try await token(of: bob, in: world) == "b1")
    }

    private static func sorted(_ world: any VaultWorld) async throws {
        for name in ["c", "a", "b"] {
            let identity = AccountIdentity(
                id: AccountID(accountUUID: name, organizationUUID: "o"), email: name)
            try await file("token-" + name, as: identity, in: world)
        }
        let ids = try await world.vault.slots().slots.map(\.identity.id.accountUUID)
        #expect(ids == ["a", "b", "c"])
    }

    private static func olderGeneration(_ world: any VaultWorld) async throws {
        let old = try await file("a1", as: alice, in: world)
        try await file("a2", as: alice, in: world)
        await world.signIn("a1", missingScopes: false)
        let seen = try await live(world)
        #expect(seen.generation == old.generation)
        #expect(seen.supersededFor == alice.id)
        await #expect(throws: VaultError.superseded(alice.id)) {
            try await world.vault.fileLive(seen.generation, as: alice, now: now)
        }
        #expect(try await token(of: alice, in: world) == "a2")
    }

    private static func restoring(_ world: any VaultWorld) async throws {
        try await file("a1", as: alice, in: world)
        try await file("a2", as: alice, in: world)
        await world.signIn("a1", missingScopes: false)
        let generation = try await live(world).generation
        let receipt = try await world.vault.swap(order(from: (alice, generation), to: alice))
        #expect(receipt.outgoing == nil)
        #expect(await world.liveToken() == "a2")
        #expect(try await live(world).supersededFor == nil)
    }

    private static func tokens(_ name: String) -> RefreshAnswer {
        .tokens(
            RefreshedTokens(
                accessToken: Secret(Array(name.utf8)),
                refreshToken: Secret(Array("refresh-\(name)".utf8)), expiresInSeconds: 28800,
                refreshTokenExpiresInSeconds: nil, scopes: nil, accountUUID: nil))
    }

    private static func refresh(
        _ slot: Slot, in world: any VaultWorld, _ answer: RefreshAnswer
    ) async throws -> RefreshReceipt {
        try await world.vault.refresh(
            RefreshOrder(
                account: slot.identity.id, expecting: slot.generation, lockPatienceSeconds: 0,
                now: now)
        ) { _ in answer }
    }

    private static func refreshing(_ world: any VaultWorld) async throws {
        let parked = try await file("a1", as: alice, in: world)
        try await file("b1", as: bob, in: world)
        guard case .refreshed(let slot) = try await refresh(parked, in: world, tokens("a2"))
        else {
            Issue.record("not refreshed")
            return
        }
        #expect(slot.generation != parked.generation)
        #expect(slot.refreshedAt == now)
        #expect(try await token(of: alice, in: world) == "a2")
        #expect(try await token(of: bob, in: world) == "b1")
        #expect(await world.liveToken() == "b1")
    }

    private static func staleRefresh(_ world: any VaultWorld) async throws {
        let old = try await file("a1", as: alice, in: world)
        try await file("a2", as: alice, in: world)
        try await file("b1", as: bob, in: world)
        guard case .notDue = try await refresh(old, in: world, tokens("a3")) else {
            Issue.record("sent")
            return
        }
        #expect(try await token(of: alice, in: world) == "a2")
    }

    private static func unanswered(_ world: any VaultWorld) async throws {
        let parked = try await file("a1", as: alice, in: world)
        try await file("b1", as: bob, in: world)
        let lost = RefreshAnswer.unreachable(.timedOut, mayHaveRotated: true)
        guard case .unanswered = try await refresh(parked, in: world, lost) else {
            Issue.record("answered")
            return
        }
        let slots = try await world.vault.slots().slots
        #expect(slots.first { $0.identity == alice }?.grant == .maybeSpent)
        #expect(slots.first { $0.identity == bob }?.grant == .unspent)
    }

    private static func token(
        of identity: AccountIdentity, in world: any VaultWorld
    ) async throws -> String {
        let token = try await world.vault.accessToken(of: identity.id)
        return token.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private static func adopting(_ world: any VaultWorld) async throws {
        func credential(_ token: String) -> ImportedCredential {
            let text =
                #"{"claudeAiOauth":{"accessToken":"\#(token)","refreshToken":"r","#
                + #""scopes":["user:inference","user:profile"]}}"#
            return ImportedCredential(text: Secret(Array(text.utf8)), origin: "a file")
        }
        let first = credential("x1")
        let vault = world.vault
        #expect(try await vault.slot(knowing: first) == nil)
        let slot = try await vault.adopt(first, as: alice, now: now)
        #expect(try await vault.slots().slots == [slot])
        #expect(try await vault.slot(knowing: first) == slot)
        #expect(try await vault.adopt(first, as: alice, now: now) == slot)
        await #expect(throws: VaultError.superseded(alice.id)) {
            try await vault.adopt(credential("x2"), as: alice, now: now)
        }
        #expect(try await vault.slots().slots == [slot])
        let newer = try await file("a1", as: alice, in: world)
        #expect(try await vault.slot(knowing: first) == newer)
        #expect(try await vault.slot(knowing: credential("x2")) == nil)
        try await vault.forget(alice.id)
        #expect(try await vault.slot(knowing: first) == nil)
    }
}
