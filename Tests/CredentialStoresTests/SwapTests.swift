// Swaps that meet somebody else's hand: another writer, a half-filled slot, a
// link that leads nowhere.

import DurableFiles
import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

@testable import CredentialStores

private let alice = VaultConformance.alice
private let bob = VaultConformance.bob
private let store = ".claude/.credentials.json"

@Suite struct SwapTests {
    @Test(arguments: [WriteStep.readSlotBack, .readLiveBack])
    func `a credential that lands during the swap is never overwritten`(
        step: WriteStep
    ) async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        let home = house.home
        house.fault.run(at: step) { home.write(store, FileVaultHarness.store("fresh")) }
        await #expect(throws: VaultError.changedMeanwhile) { try await house.files.swap(order) }
        #expect(await house.liveToken() == "fresh")
        let saved = try await house.files.accessToken(of: alice.id)
        #expect(saved.withBytes { $0 } == Array("a1".utf8))
    }

    @Test func `a machine member written during the swap is not lost`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        let home = house.home
        let text = FileVaultHarness.store("a1", more: #","mcpXaaIdp":{"new":1}"#)
        house.fault.run(at: .readSlotBack) { home.write(store, text) }
        await #expect(throws: VaultError.changedMeanwhile) { try await house.files.swap(order) }
        #expect(home.read(store) == text)
    }

    @Test(arguments: ["{}", "half", "gone"])
    func `where no store was, none is left when it does not hold what was written`(
        found: String
    ) async throws {
        let house = FileVaultHarness()
        _ = try await house.arrange()
        try DurableFile.remove(house.home.file(store))
        let home = house.home
        house.fault.run(at: .readLiveBack) {
            if found == "gone" {
                try? DurableFile.remove(home.file(store))
            } else {
                home.write(store, found)
            }
        }
        let error = await #expect(throws: VaultError.self) {
            try await house.files.swap(
                SwapOrder(
                    outgoing: nil, incoming: bob.id, lockPatienceSeconds: 0,
                    now: house.clock.now()))
        }
        guard case .readBackMismatch = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(home.names(".claude").isEmpty)
    }

    @Test func `a slot that holds half a credential is not installed`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        let name = "slots/\(bob.id).json"
        let text = try #require(house.home.read(name))
        let half = text.replacing("user:inference", with: "user:nothing")
        house.home.write(name, half)
        let error = await #expect(throws: VaultError.self) { try await house.files.swap(order) }
        #expect(error == .malformed("\(bob.id).json: its credential lacks scopes"))
        #expect(await house.liveToken() == "a1")
        #expect(house.home.read(name) == half)
        #expect(try await house.files.slots().damaged.count == 1)
    }

    @Test func `a slot filed under another's name is not installed`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        house.home.write("slots/\(bob.id).json", house.home.read("slots/\(alice.id).json") ?? "")
        await #expect(throws: VaultError.self) { try await house.files.swap(order) }
        #expect(await house.liveToken() == "a1")
    }

    @Test func `a store that is a link to nowhere is refused, not taken for empty`()
        async throws
    {
        let house = FileVaultHarness()
        _ = try await house.arrange()
        try DurableFile.remove(house.home.file(store))
        house.home.link(store, to: house.home.file("unmounted/file"))
        let error = await #expect(throws: VaultError.self) { try await house.files.readLive() }
        guard case .refused = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a store that is there but no file is refused`() async throws {
        let house = FileVaultHarness()
        house.home.makeDirectory(store)
        let error = await #expect(throws: VaultError.self) { try await house.files.readLive() }
        guard case .refused = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [-1, 0, 1])
    func `a store is read up to 4 MiB`(over: Int) async throws {
        let house = FileVaultHarness()
        let text = FileVaultHarness.store("a1")
        let padding = (4 << 20) + over - text.utf8.count
        house.home.write(store, text + String(repeating: " ", count: padding))
        if over > 0 {
            await #expect(throws: VaultError.self) { try await house.files.readLive() }
        } else {
            #expect(try await house.files.readLive() != nil)
        }
    }

    @Test func `what was displayed for an account outlives a sign-in of another`() async throws {
        let house = FileVaultHarness()
        let own =
            #"{"accountUuid":"\#(alice.id.accountUUID)","organizationUuid":"#
            + #""\#(alice.id.organizationUUID)","seatTier":"kept"}"#
        house.home.write(".claude.json", "{\"oauthAccount\":\(own)}")
        let order = try await house.arrange()
        // Claude Code shows bob by now, though alice is live.
        house.home.write(".claude.json", #"{"oauthAccount":{"accountUuid":"x"}}"#)
        let receipt = try await house.files.swap(order)
        _ = try await house.files.swap(
            SwapOrder(
                outgoing: .init(identity: bob, generation: receipt.incoming.generation),
                incoming: alice.id, lockPatienceSeconds: 0, now: house.clock.now()))
        #expect(house.home.read(".claude.json") == "{\"oauthAccount\":\(own)}")
    }

    @Test func `a damaged slot of the outgoing account is replaced by a whole one`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        house.home.write("slots/\(alice.id).json", "half a sl")
        _ = try await house.files.swap(order)
        let saved = try await house.files.accessToken(of: alice.id)
        #expect(saved.withBytes { $0 } == Array("a1".utf8))
    }
}
