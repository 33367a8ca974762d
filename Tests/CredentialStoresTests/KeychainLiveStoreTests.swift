// Claude Code's own item and the plaintext file beside it, and how the item is
// found.

import DurableFiles
import RotationEngine
import Support
import Testing

@testable import CredentialStores

@Suite struct KeychainLiveStoreTests {
    private let standIn = StandIn("security")
    private let home = TemporaryDirectory()
    private let text = Array(#"{"claudeAiOauth":{"accessToken":"new"}}"#.utf8)
    private static let file = ".credentials.json"

    private func store(mirrored: Bool = true) throws -> KeychainLiveStore {
        let names = try KeychainNames(
            environment: ["USER": "u"], loginName: nil, sha256: { _ in [] }, composed: { $0 })
        return KeychainLiveStore(
            names: names, tool: SecurityTool(standIn),
            mirrorPath: mirrored ? home.file(Self.file) : nil)
    }

    @Test(arguments: [true, false])
    func `it keeps the laws`(mirrored: Bool) async throws {
        let store = try store(mirrored: mirrored)
        #expect(store.name == "keychain:Claude Code-credentials")
        try await LiveStoreLaws.check(store)
        #expect(home.names() == [], "the plaintext file is never created")
    }

    @Test func `it keeps the laws beside a plaintext file`() async throws {
        home.write(Self.file, "{}")
        let store = try store()
        try await store.remove()
        home.write("other", "x")
        try await LiveStoreLaws.check(store)
        #expect(home.names() == ["other"])
    }

    @Test func `an existing file is kept equal, for its owner only`() async throws {
        home.write(Self.file, "old", mode: 0o644)
        try await store().replace(with: text)
        #expect(home.read(Self.file) == String(decoding: text, as: UTF8.self))
        #expect(home.mode(Self.file) == 0o600)
        #expect(standIn.items == ["Claude Code-credentials|u"])
    }

    @Test func `the keychain wins over the file`() async throws {
        let store = try store()
        try await store.replace(with: text)
        home.write(Self.file, "stale")
        #expect(try await store.read() == text)
    }

    @Test func `the file counts only where the keychain is proven to hold nothing`() async throws {
        home.write(Self.file, "{\"from\":\"file\"}")
        let store = try store()
        #expect(try await store.read() == Array("{\"from\":\"file\"}".utf8))
        for (mode, verb) in [("exit 36", "find"), ("exit 1", "find"), ("nologin", "list")] {
            standIn.behave(mode, in: verb)
            let error = await thrown { () async throws(VaultError) in try await store.read() }
            #expect(error != nil, "\(mode)")
            standIn.behave(nil, in: verb)
        }
    }

    @Test func `a file that is not ours to write is found out before anything changes`()
        async throws
    {
        home.link(Self.file, to: "/nonexistent/elsewhere")
        let store = try store()
        let error = await thrown { () async throws(VaultError) in
            try await store.replace(with: text)
        }
        #expect(error?.kind == "refused")
        #expect(standIn.calls == [])
    }

    @Test func `a keychain that refuses leaves the file as it was`() async throws {
        home.write(Self.file, "old")
        let store = try store()
        for mode in ["exit 36", "stale"] {
            standIn.behave(mode, in: "add")
            let error = await thrown { () async throws(VaultError) in
                try await store.replace(with: text)
            }
            #expect(error != nil)
            #expect(home.read(Self.file) == "old", "\(mode)")
        }
    }

    @Test func `what is removed does not come back from the file`() async throws {
        home.write(Self.file, "{}")
        let store = try store()
        try await store.replace(with: text)
        standIn.behave("exit 36", in: "delete")
        #expect(
            await thrown { () async throws(VaultError) in try await store.remove() } != nil)
        // Stopped in between: the credential is still live, nothing older is.
        #expect(try await store.read() == text)
        standIn.behave(nil, in: "delete")
        try await store.remove()
        #expect(try await store.read() == nil && home.names() == [])
    }

    @Test(arguments: [-1, 0, 1])
    func `a credential too long is refused with what to do`(over: Int) async throws {
        let store = try store()
        home.write(Self.file, "old")
        let line = "add-generic-password -U -a \"u\" -s \"Claude Code-credentials\" -X \n"
        let fits = (4032 - line.utf8.count) / 2
        let long = [UInt8](repeating: 0x7B, count: fits + over)
        let error = await thrown { () async throws(VaultError) in
            try await store.replace(with: long)
        }
        #expect(error?.kind == (over <= 0 ? nil : "refused"))
        guard over > 0 else { return }
        #expect(error?.text.contains("MCP") == true && error?.text.contains("\(fits)") == true)
        #expect(standIn.calls == [] && home.read(Self.file) == "old")
    }
}

extension KeychainLiveStoreTests {
    /// The bytes in the item, as Claude Code gets them from `security -w`.
    private func printed() -> String {
        let digits = standIn.directory.read("items/Claude Code-credentials|u") ?? ""
        let bytes = Hexadecimal.bytes(Array(digits.utf8.dropLast())) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (#"{ "a" : 1 }"#, #"{ "a" : 1 }"#), ("{\n\t\"a\":\r\n[1,\n2]}\n", #"{"a":[1,2]}"#),
        (#"{"é":"日\u0041😀\\n\""}"#, #"{"\u00e9":"\u65e5\u0041\ud83d\ude00\\n\""}"#),
        ("{\"a\":\"\u{7F}\u{80}\u{FFFF}\"}", #"{"a":"\u007f\u0080\uffff"}"#),
    ])
    func `what Claude Code reads is printable and means the same`(
        given: String, kept: String
    ) async throws {
        let store = try store()
        home.write(Self.file, "old")
        try await store.replace(with: Array(given.utf8))
        #expect(printed() == kept)
        #expect(home.read(Self.file) == kept)
        #expect(try await store.read() == Array(given.utf8), "given back as it was given")
        #expect(try await self.store().read() == Array(kept.utf8), "after a new start")
        standIn.lose("Claude Code-credentials|u")
        #expect(try await store.read() == Array(given.utf8), "of the file, too")
        // What somebody else wrote is told as it is.
        try await SecurityTool(standIn).write(text, to: item)
        #expect(try await store.read() == text)
    }

    private var item: ItemName { ItemName(service: "Claude Code-credentials", account: "u") }

    @Test(arguments: ["é", "{\n", "{}\n{}", "[\n]"])
    func `a text that is no object and not printable is refused`(text: String) async throws {
        let store = try store()
        let error = await thrown { () async throws(VaultError) in
            try await store.replace(with: Array(text.utf8))
        }
        #expect(error?.kind == "refused" && standIn.calls == [])
        let invalid = await thrown { () async throws(VaultError) in
            try await store.replace(with: [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D])
        }
        #expect(invalid?.kind == "refused" && standIn.calls == [])
    }
}

@Suite struct KeychainNamesTests {
    /// FIPS 180-4's own example: the digest of `abc`.
    private static let digestOfABC: [UInt8] = [
        0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22,
        0x23, 0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17, 0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00,
        0x15, 0xAD,
    ]

    private func names(
        _ environment: [String: String], login: String? = nil,
        composed: (String) -> String = { $0 }
    ) throws(VaultError) -> KeychainNames {
        try KeychainNames(
            environment: environment, loginName: login,
            sha256: { text in
                text == Array("abc".utf8) ? Self.digestOfABC : [UInt8](repeating: 1, count: 32)
            }, composed: composed)
    }

    @Test func `the service depends on CLAUDE_CONFIG_DIR as it stands`() throws {
        let plain = "Claude Code-credentials"
        #expect(try names([:]).service == plain)
        #expect(try names(["CLAUDE_CONFIG_DIR": ""]).service == plain)
        #expect(try names(["CLAUDE_CONFIG_DIR": "abc"]).service == plain + "-ba7816bf")
        #expect(try names(["CLAUDE_CONFIG_DIR": "abc/"]).service == plain + "-01010101")
        #expect(
            try names(["CLAUDE_CONFIG_DIR": "/home/u/.claude"]).service == plain + "-01010101",
            "set at all, even to the default")
    }

    @Test func `a directory beyond ASCII is composed first, others are not touched`() throws {
        let decomposed = "e\u{301}"
        let service = try names(["CLAUDE_CONFIG_DIR": decomposed]) { given in
            #expect(Array(given.unicodeScalars) == Array(decomposed.unicodeScalars))
            return "abc"
        }.service
        #expect(service.hasSuffix("-ba7816bf"))
        _ = try names(["CLAUDE_CONFIG_DIR": "abc"]) { given in
            Issue.record("\(given) was to be composed")
            return given
        }
    }

    @Test func `without a digest there is no guess`() async {
        let error = await thrown { () async throws(VaultError) in
            try KeychainNames(
                environment: ["CLAUDE_CONFIG_DIR": "abc"], loginName: nil, sha256: { _ in [] },
                composed: { $0 })
        }
        #expect(error?.kind == "unsupported")
    }

    @Test(arguments: ["", "/elsewhere"])
    func `CLAUDE_SECURESTORAGE_CONFIG_DIR, once defined, is refused`(value: String) async {
        let error = await thrown { () async throws(VaultError) in
            try names(["USER": "u", "CLAUDE_SECURESTORAGE_CONFIG_DIR": value])
        }
        guard case .unsupported(let advice) = error else {
            Issue.record("it was not refused")
            return
        }
        #expect(advice.contains("CLAUDE_SECURESTORAGE_CONFIG_DIR"))
    }

    @Test(arguments: [
        ("ann", "bob", "ann"), ("", "bob", "bob"), (nil, "bob", "bob"), (nil, nil, nil),
        ("ann smith", "bob", nil), ("", "", nil), ("a.b_c-1", nil, "a.b_c-1"), ("-a", nil, nil),
        ("a\"b", nil, nil), ("é", nil, nil), ("a\nb", nil, nil),
    ])
    func `the account is the user's plain name or the one name for all others`(
        user: String?, login: String?, account: String?
    ) throws {
        let environment = user.map { ["USER": $0] } ?? [:]
        #expect(try names(environment, login: login).account == account ?? "claude-code-user")
    }
}
