// What is special about credentials in files: bytes preserved, modes, links,
// other people's damage, and a failure at every step.

import DurableFiles
import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

@testable import CredentialStores

private let alice = VaultConformance.alice
private let bob = VaultConformance.bob

@Suite struct FileVaultTests {
    @Test(arguments: VaultConformance.laws.map(\.name))
    func `files are a vault`(law: String) async throws {
        let check = try #require(VaultConformance.laws.first { $0.name == law }).check
        try await check(FileVaultHarness())
    }

    @Test func `a swap leaves the machine's members byte for byte and takes the account's along`()
        async throws
    {
        let house = FileVaultHarness()
        _ = try await house.arrange()
        house.home.write(
            ".claude/.credentials.json",
            FileVaultHarness.store("a2", more: #", "trustedDeviceToken" : "alice's" "#))
        let live = try #require(await house.files.readLive())
        _ = try await house.files.swap(
            SwapOrder(
                outgoing: .init(identity: alice, generation: live.generation), incoming: bob.id,
                lockPatienceSeconds: 0, now: house.clock.now()))
        let text = try #require(house.home.read(".claude/.credentials.json"))
        #expect(text.contains(FileVaultHarness.machine))
        #expect(text.contains(#""futureMember":{"kept":[1,2]}"#))
        #expect(!text.contains("trustedDeviceToken"))
        let slot = try #require(
            house.home.read("slots/\(SlotText.fileName(alice.id) ?? "")"))
        #expect(slot.contains(#""alice's""#))
        #expect(!slot.contains("mcpOAuth"))
    }

    @Test func `every file it writes is for its owner only`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        house.home.write(
            ".claude/.credentials.json", FileVaultHarness.store("a1"), mode: 0o644)
        _ = try await house.files.swap(order)
        #expect(house.home.mode(".claude/.credentials.json") == 0o600)
        #expect(house.home.mode("slots") == 0o700)
        for name in house.home.names("slots") { #expect(house.home.mode("slots/\(name)") == 0o600) }
        #expect(house.home.names(".claude") == [".credentials.json"])
        #expect(!house.home.names().contains(".claude.lock"))
    }

    @Test func `the displayed account follows, touching only that member`() async throws {
        let house = FileVaultHarness()
        let own =
            #"{"accountUuid":"\#(alice.id.accountUUID)","organizationUuid":"#
            + #""\#(alice.id.organizationUUID)","seatTier":"x"}"#
        let before = "{\n  \"numStartups\": 1e2,\n  \"oauthAccount\": \(own),\n  \"z\": [ ]\n}\n"
        house.home.write(".claude.json", before, mode: 0o640)
        let order = try await house.arrange()
        let receipt = try await house.files.swap(order)
        #expect(receipt.remarks.isEmpty)
        let after = try #require(house.home.read(".claude.json"))
        #expect(after.contains(bob.id.accountUUID))
        #expect(after.hasPrefix("{\n  \"numStartups\": 1e2,\n  \"oauthAccount\": {"))
        #expect(after.hasSuffix("},\n  \"z\": [ ]\n}\n"))
        #expect(house.home.mode(".claude.json") == 0o640)
        _ = try await house.files.swap(
            SwapOrder(
                outgoing: .init(identity: bob, generation: receipt.incoming.generation),
                incoming: alice.id, lockPatienceSeconds: 0, now: house.clock.now()))
        #expect(house.home.read(".claude.json") == before)
    }

    @Test(arguments: ["not json", "[]", #"{"a":1,"a":2}"#])
    func `a configuration not understood is left alone and remarked on`(text: String) async throws {
        let house = FileVaultHarness()
        house.home.write(".claude.json", text)
        let receipt = try await house.files.swap(try await house.arrange())
        #expect(receipt.remarks.count == 1)
        #expect(house.home.read(".claude.json") == text)
        #expect(await house.liveToken() == "b1")
    }

    @Test func `a configuration that is not there is not made`() async throws {
        let house = FileVaultHarness()
        let receipt = try await house.files.swap(try await house.arrange())
        #expect(receipt.remarks.isEmpty)
        #expect(house.home.read(".claude.json") == nil)
    }

    @Test func `a linked credential file stays a link`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        house.home.write("elsewhere.json", FileVaultHarness.store("a1"))
        try DurableFile.remove(house.home.file(".claude/.credentials.json"))
        house.home.link(".claude/.credentials.json", to: house.home.file("elsewhere.json"))
        _ = try await house.files.swap(order)
        let facts = try FileFacts.of(house.home.file(".claude/.credentials.json"))
        #expect(facts?.kind == .symbolicLink)
        #expect(house.home.read("elsewhere.json")?.contains(#""b1""#) == true)
    }

    @Test(arguments: WriteStep.all)
    func `whatever step fails, a credential is live and the other one is saved`(
        step: WriteStep
    ) async throws {
        let house = FileVaultHarness()
        house.home.write(".claude.json", "{}")
        let order = try await house.arrange()
        house.fault.fail(at: step)
        if step.isOfConfiguration {
            #expect(try await house.files.swap(order).remarks.count == 1)
        } else if step == .ledger {
            // The journal tells the same until the history does.
            _ = try await house.files.swap(order)
        } else {
            await #expect(throws: VaultError.self) { try await house.files.swap(order) }
        }
        let live = await house.liveToken()
        #expect(live == (step.isOfConfiguration || step == .ledger ? "b1" : "a1"))
        let saved = try await house.files.accessToken(of: alice.id)
        #expect(saved.withBytes { $0 } == Array("a1".utf8))
        let kept = try await house.files.accessToken(of: bob.id)
        #expect(kept.withBytes { $0 } == Array("b1".utf8))
        #expect(house.home.names(".claude") == [".credentials.json"])
        #expect(house.home.names("slots").count == 2)
        // The journal of a swap stays until the swap is in the history, or what
        // is live could be read again.
        let journal = live == "b1" || step == .readLiveBack ? ["journal.json"] : []
        let ledger = ["lineage.jsonl", "lineage.key"]
        #expect(
            house.home.names() == [".claude", ".claude.json"] + journal + ledger + ["slots"])
    }

    @Test func `a store that holds something else after the write is put back`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        let home = house.home
        house.fault.run(at: .readLiveBack) { home.write(".claude/.credentials.json", "{}") }
        await #expect(throws: VaultError.self) { try await house.files.swap(order) }
        #expect(await house.liveToken() == "a1")
    }

    @Test(arguments: ["", "nonsense", "[1]", #"{"claudeAiOauth":"x"}"#, "{\"a\":1} x"])
    func `a store not understood is malformed, and nothing is written`(text: String) async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        house.home.write(".claude/.credentials.json", text)
        do {
            _ = try await house.files.readLive()
            Issue.record("it was read")
        } catch {
            guard case .malformed = error else {
                Issue.record("\(error)")
                return
            }
        }
        await #expect(throws: VaultError.self) { try await house.files.swap(order) }
        #expect(house.home.read(".claude/.credentials.json") == text)
    }

    @Test(arguments: [
        "{}", #"{"claudeAiOauth":null}"#, #"{"claudeAiOauth":{}}"#,
        #"{"claudeAiOauth":{"accessToken":"","refreshToken":""}}"#,
    ])
    func `a store without tokens is proven to hold no credential`(text: String) async throws {
        let house = FileVaultHarness()
        house.home.write(".claude/.credentials.json", text)
        #expect(try await house.files.readLive() == nil)
    }

    @Test func `a damaged slot is named, left alone, and hides no other`() async throws {
        let house = FileVaultHarness()
        _ = try await house.arrange()
        let wrong = "slots/\(alice.id.accountUUID).\(bob.id.organizationUUID).json"
        house.home.write("slots/x.y.json", "not json")
        house.home.write(wrong, house.home.read("slots/\(bob.id).json") ?? "")
        let listing = try await house.files.slots()
        #expect(listing.slots.map(\.identity) == [alice, bob])
        #expect(listing.damaged.count == 2)
        #expect(house.home.read("slots/x.y.json") == "not json")
    }

    @Test func `an account whose ids would leave the directory has no slot`() async throws {
        let house = FileVaultHarness()
        await house.signIn("t", missingScopes: false)
        let live = try #require(await house.files.readLive())
        let evil = AccountIdentity(
            id: AccountID(accountUUID: "../../x", organizationUUID: "o"), email: "e@example.com")
        await #expect(throws: VaultError.self) {
            try await house.files.fileLive(live.generation, as: evil, now: house.clock.now())
        }
    }

    @Test func `a setup-token is told from a login by what it lacks`() throws {
        let text = #"{"claudeAiOauth":{"accessToken":"t","scopes":["user:inference"]}}"#
        let oauth = try #require(try CredentialText(Array(text.utf8)).oauth)
        #expect(oauth.details.kind == .setupToken)
        #expect(oauth.missing.isEmpty)
    }

    @Test func `no error holds a token`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        house.home.write(".claude/.credentials.json", #"{"claudeAiOauth":{"accessToken":"canary"#)
        do {
            _ = try await house.files.swap(order)
            Issue.record("it was swapped")
        } catch {
            #expect(!"\(error)".contains("canary"))
        }
    }
}
