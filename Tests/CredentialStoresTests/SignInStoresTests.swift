// What the official client left in a private directory: whole or not there.

import CredentialStores
import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct SignInStoresTests {
    private static let whole =
        #"{"claudeAiOauth":{"accessToken":"canary-a","refreshToken":"canary-r","#
        + #""scopes":["user:inference","user:profile"]}}"#

    @Test func `a whole credential is read, with the token that proves whose it is`() async throws {
        let directory = TemporaryDirectory()
        directory.write(".credentials.json", Self.whole)
        let made = try #require(try await FileSignInStore().read(in: directory.path))
        #expect(made.accessToken.withBytes { String(decoding: $0, as: UTF8.self) } == "canary-a")
        #expect(made.configFile == directory.file(".claude.json"))
        #expect(!"\(made)".contains("canary"))
    }

    @Test(arguments: [
        nil, "", "{", "{}", #"{"claudeAiOauth":null}"#,
        #"{"claudeAiOauth":{"accessToken":"a","scopes":["user:inference","user:profile"]}}"#,
        #"{"claudeAiOauth":{"accessToken":"a","refreshToken":"r"}}"#,
        #"{"claudeAiOauth":{"accessToken":"","refreshToken":"","scopes":["user:inference"]}}"#,
    ])
    func `less than a whole one is none yet`(text: String?) async throws {
        let directory = TemporaryDirectory()
        if let text { directory.write(".credentials.json", text) }
        #expect(try await FileSignInStore().read(in: directory.path) == nil)
    }

    @Test func `it is wiped, also twice`() async throws {
        let directory = TemporaryDirectory()
        directory.write(".credentials.json", Self.whole)
        try await FileSignInStore().wipe(directory.path)
        #expect(directory.names() == [])
        try await FileSignInStore().wipe(directory.path)
    }

    @Test func `the displayed account is kept only where it is the one that was proven`()
        async throws
    {
        for (uuid, isKept) in [("11111111-0000-4000-8000-000000000001", true), ("other", false)] {
            let harness = FileVaultHarness()
            let directory = TemporaryDirectory()
            directory.write(".credentials.json", Self.whole)
            directory.write(
                ".claude.json",
                #"{"oauthAccount":{"accountUuid":"\#(uuid)","organizationUuid":"\#(uuid)","#
                    + #""seatTier":"shown-here"}}"#)
            let made = try #require(try await FileSignInStore().read(in: directory.path))
            let id = "11111111-0000-4000-8000-000000000001"
            let identity = AccountIdentity(
                id: AccountID(accountUUID: id, organizationUUID: id), email: "alice@example.com")
            _ = try await harness.files.enrol(
                made, as: identity, now: Timestamp(seconds: 1_790_000_000))
            let slot = try #require(harness.home.read("slots/\(id).\(id).json"))
            #expect(slot.contains("shown-here") == isKept)
        }
    }
}
