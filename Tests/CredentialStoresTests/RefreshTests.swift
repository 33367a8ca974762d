// The refresh grant of a slot, over real files: what is sent, what is kept,
// and what is never asked for.

import DurableFiles
import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

@testable import CredentialStores

private let alice = VaultConformance.alice
private let bob = VaultConformance.bob

/// Answers in order and remembers what was sent.
private final class Endpoint: Sendable {
    private let state: MutexBox<[RefreshAnswer]>
    private let tokens = MutexBox<[String]>([])
    init(_ answers: [RefreshAnswer]) { state = MutexBox(answers) }
    var sent: [String] { tokens.value }

    func answer(_ token: Secret) -> RefreshAnswer {
        tokens.set(tokens.value + [token.withBytes { String(decoding: $0, as: UTF8.self) }])
        guard let first = state.value.first else { return .invalidGrant }
        state.set(Array(state.value.dropFirst()))
        return first
    }
}

private func pair(_ name: String, account: String? = nil) -> RefreshAnswer {
    .tokens(
        RefreshedTokens(
            accessToken: Secret(Array(name.utf8)), refreshToken: Secret(Array("r-\(name)".utf8)),
            expiresInSeconds: 28800, refreshTokenExpiresInSeconds: nil, scopes: nil,
            accountUUID: account))
}

@Suite struct RefreshTests {
    /// Alice is live as `a1`, bob parked as `b1`.
    private func house() async throws -> FileVaultHarness {
        let house = FileVaultHarness()
        _ = try await house.arrange()
        return house
    }

    private func refresh(
        _ house: FileVaultHarness, _ who: AccountIdentity, _ endpoint: Endpoint
    ) async throws -> RefreshReceipt {
        let slots = try await house.files.slots().slots
        let slot = try #require(slots.first { $0.identity == who })
        return try await house.files.refresh(
            RefreshOrder(
                account: who.id, expecting: slot.generation, lockPatienceSeconds: 0,
                now: house.clock.now())
        ) { endpoint.answer($0) }
    }

    private func slot(_ house: FileVaultHarness, _ who: AccountIdentity) async throws -> Slot {
        try #require(await house.files.slots().slots.first { $0.identity == who })
    }

    private func token(_ house: FileVaultHarness, _ who: AccountIdentity) async throws -> String {
        try await house.files.accessToken(of: who.id)
            .withBytes { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `a parked slot's new pair is stored, and every other member stays`() async throws {
        let house = try await house()
        let endpoint = Endpoint([pair("b2")])
        guard case .refreshed(let slot) = try await refresh(house, bob, endpoint) else {
            Issue.record("not refreshed")
            return
        }
        #expect(endpoint.sent == ["refresh-b1"])
        #expect(slot.refreshedAt == house.clock.now())
        #expect(slot.details.accessTokenExpiresAt == house.clock.now().adding(seconds: 28800))
        let text = try #require(house.home.read("slots/\(bob.id).json"))
        #expect(text.contains(#""futureMember":{"kept":[1,2]}"#))
        #expect(text.contains(#""refreshToken":"r-b2""#))
        #expect(await house.liveToken() == "a1")
        #expect(!house.home.names(".claude").contains(".oauth_refresh.lock"))
    }

    @Test func `an answer without a refresh token keeps the old one`() async throws {
        let house = try await house()
        let answer = RefreshAnswer.tokens(
            RefreshedTokens(
                accessToken: Secret(Array("b2".utf8)), refreshToken: nil, expiresInSeconds: nil,
                refreshTokenExpiresInSeconds: nil, scopes: nil, accountUUID: nil))
        _ = try await refresh(house, bob, Endpoint([answer]))
        let text = try #require(house.home.read("slots/\(bob.id).json"))
        #expect(text.contains(#""refreshToken":"refresh-b1""#))
        #expect(text.contains(#""accessToken":"b2""#))
    }

    @Test func `only invalid_grant is death`() async throws {
        let house = try await house()
        let transient: [RefreshAnswer] = [
            .rateLimited(retryAfter: nil), .oauthError(code: "invalid_client"),
            .unreachable(.offline, mayHaveRotated: false),
        ]
        for answer in transient {
            guard case .refused = try await refresh(house, bob, Endpoint([answer])) else {
                Issue.record("\(answer)")
                return
            }
            #expect(try await slot(house, bob).grant == .unspent)
        }
        guard case .grantRejected = try await refresh(house, bob, Endpoint([.invalidGrant]))
        else {
            Issue.record("not rejected")
            return
        }
        #expect(try await slot(house, bob).grant == .rejected)
        #expect(try await token(house, bob) == "b1")
    }

    @Test func `no answer is asked once more with the same token, then in doubt`() async throws {
        let house = try await house()
        let lost = RefreshAnswer.unreachable(.timedOut, mayHaveRotated: true)
        let endpoint = Endpoint([lost, lost, pair("b2")])
        guard case .unanswered(.timedOut) = try await refresh(house, bob, endpoint) else {
            Issue.record("answered")
            return
        }
        #expect(endpoint.sent == ["refresh-b1", "refresh-b1"])
        #expect(try await slot(house, bob).grant == .maybeSpent)
        // Also for whoever starts after a crash.
        let next = Vault(house.home, house.clock)
        #expect(
            try await next.recover(now: house.clock.now()) == [.maybeSpentGrant(bob.id)])
    }

    @Test func `a refusal takes back its own sending, not an earlier doubt`() async throws {
        let house = try await house()
        let lost = RefreshAnswer.unreachable(.timedOut, mayHaveRotated: true)
        let limited = RefreshAnswer.rateLimited(retryAfter: nil)
        _ = try await refresh(house, bob, Endpoint([lost, limited]))
        #expect(try await slot(house, bob).grant == .maybeSpent)
        _ = try await refresh(house, bob, Endpoint([limited]))
        #expect(try await slot(house, bob).grant == .maybeSpent)
    }

    @Test func `a pair of another account is not stored`() async throws {
        let house = try await house()
        let foreign = pair("x", account: alice.id.accountUUID)
        guard case .otherAccount = try await refresh(house, bob, Endpoint([foreign])) else {
            Issue.record("stored")
            return
        }
        #expect(try await token(house, bob) == "b1")
        #expect(try await slot(house, bob).grant == .rejected)
    }

    @Test(arguments: [-1, 0, 1] as [Int64])
    func `the live grant is refreshed only once it lapsed, and becomes live`(
        late: Int64
    ) async throws {
        let house = try await house()
        // As FileVaultHarness.store says: it lapses 3600 s from the start.
        house.clock.advance(seconds: 3600 + late)
        let endpoint = Endpoint([pair("a2")])
        let receipt = try await refresh(house, alice, endpoint)
        if late < 0 {
            guard case .notDue = receipt else {
                Issue.record("refreshed")
                return
            }
            #expect(endpoint.sent.isEmpty)
            #expect(await house.liveToken() == "a1")
        } else {
            #expect(await house.liveToken() == "a2")
            #expect(try await token(house, alice) == "a2")
            let text = try #require(house.home.read(".claude/.credentials.json"))
            #expect(text.contains(FileVaultHarness.machine))
        }
    }

    /// Found by the simulator: the live credential may be what came after
    /// this very slot.
    @Test func `a slot is not refreshed while a live credential is not known`() async throws {
        let house = try await house()
        await house.signIn("b2", missingScopes: false)
        let endpoint = Endpoint([pair("b3")])
        guard case .notDue = try await refresh(house, bob, endpoint) else {
            Issue.record("refreshed")
            return
        }
        #expect(endpoint.sent.isEmpty)
    }

    @Test func `a slot whose account is live as another generation is not refreshed`()
        async throws
    {
        let house = try await house()
        // Bob's older generation is put back by somebody.
        await house.signIn("b2", missingScopes: false)
        let live = try #require(await house.files.readLive())
        _ = try await house.files.fileLive(live.generation, as: bob, now: house.clock.now())
        await house.signIn("b1", missingScopes: false)
        let endpoint = Endpoint([pair("b3")])
        guard case .notDue = try await refresh(house, bob, endpoint) else {
            Issue.record("refreshed")
            return
        }
        #expect(endpoint.sent.isEmpty)
    }

    @Test func `what cannot be stored is not asked for`() async throws {
        let house = try await house()
        house.fault.fail(at: .saveSlot(.write))
        let endpoint = Endpoint([pair("b2")])
        await #expect(throws: VaultError.self) { try await refresh(house, bob, endpoint) }
        #expect(endpoint.sent.isEmpty)
    }

    /// Found by the simulator.
    @Test func `a pair that could not be stored is kept and stored before anything else`()
        async throws
    {
        let house = try await house()
        let fault = house.fault
        let slots = try await house.files.slots().slots
        let before = try #require(slots.first { $0.identity == bob })
        let order = RefreshOrder(
            account: bob.id, expecting: before.generation, lockPatienceSeconds: 0,
            now: house.clock.now())
        await #expect(throws: VaultError.self) {
            try await house.files.refresh(order) { _ in
                fault.fail(at: .saveSlot(.write))
                return pair("b2")
            }
        }
        let endpoint = Endpoint([pair("b3")])
        await #expect(throws: VaultError.self) {
            try await house.files.refresh(order) { endpoint.answer($0) }
        }
        #expect(endpoint.sent.isEmpty)
        fault.fail(at: .journal(.create))
        _ = try await house.files.slots()
        #expect(try await token(house, bob) == "b2")
    }

    @Test func `nothing is sent while Claude Code holds its lock`() async throws {
        let house = try await house()
        house.home.makeDirectory(".claude/.oauth_refresh.lock")
        _ = setModified(
            house.home.file(".claude/.oauth_refresh.lock"),
            milliseconds: house.clock.now().milliseconds)
        let endpoint = Endpoint([pair("b2")])
        await #expect(throws: VaultError.self) { try await refresh(house, bob, endpoint) }
        #expect(endpoint.sent.isEmpty)
    }
}
