// The Python rotator's data as it writes it: found where it keeps it, read
// whole or in part, and removed only as it was read.

import DurableFiles
import RotationCore
import RotationEngine
import Support
import Testing

@testable import CredentialStores

@Suite struct PythonRotatorTests {
    private let home = TemporaryDirectory()
    private let clock = ManualClock()
    private static let canonical = ".claude/plugins/data/\(PythonRotatorData.plugin)/oauth-rotator"

    private static func login(_ token: String, lapses: Int64 = 1_790_003_600_000) -> String {
        """
        {"claudeAiOauth":{"accessToken":"\(token)","refreshToken":"refresh-\(token)",\
        "expiresAt":\(lapses),"scopes":["user:inference","user:profile"],\
        "subscriptionType":"max"}}
        """
    }

    private static let setupToken = """
        {"claudeAiOauth":{"accessToken":"canary-s","refreshToken":null,"expiresAt":1821539600000,\
        "scopes":["user:inference","user:sessions:claude_code"],"subscriptionType":"max"}}
        """

    /// Every directory on the way.
    private func make(_ path: String) {
        var way = ""
        for part in path.split(separator: "/") {
            way += way.isEmpty ? "\(part)" : "/\(part)"
            home.makeDirectory(way)
        }
    }

    private func data(
        _ environment: [String: String] = [:], keychain: (any ItemStore)? = nil
    ) -> PythonRotatorData {
        PythonRotatorData(
            home: home.path, ownDirectory: home.file("ours"), environment: environment,
            disk: SystemDisk(), keychain: keychain, clock: clock)
    }

    private func state(_ emails: [String]) -> String {
        let slots = emails.map { #""\#($0)": {"fp": "0123456789abcdef"}"# }
        return #"{"live_email": null, "slots": {\#(slots.joined(separator: ", "))}}"#
    }

    private func sum(_ text: String) -> String {
        String(decoding: Hexadecimal.digits(Digest.sha256(Array(text.utf8))), as: UTF8.self)
    }

    private func isDamaged(_ candidate: ImportCandidate) -> String? {
        guard case .damaged(let reason) = candidate.content else { return nil }
        return reason
    }

    private func lapse(_ candidate: ImportCandidate) -> Timestamp? {
        guard case .login(_, _, let lapsesAt) = candidate.content else { return nil }
        return lapsesAt
    }

    @Test func `it is found where it keeps its data, in its own order`() async throws {
        await #expect(throws: ImportError.self) { try await data().find(in: nil) }
        for place in [".claude/account-rotator", Self.canonical, "other/oauth-rotator", "own"] {
            make(place + "/slots")
            home.write(place + "/slots/a@b.c.json", Self.login("canary-a"))
            home.write(place + "/state.json", state(["a@b.c"]))
            guard place != ".claude/account-rotator" else {
                #expect(try await data().find(in: nil).source == home.file(place))
                continue
            }
        }
        #expect(try await data().find(in: nil).source == home.file(Self.canonical))
        let foreign = ["CLAUDE_PLUGIN_DATA": home.file("other")]
        #expect(try await data(foreign).find(in: nil).source == home.file(Self.canonical))
        let named = ["CLAUDE_ROTATOR_HOME": home.file("own")]
        #expect(try await data(named).find(in: nil).source == home.file("own"))
        let empty = ["CLAUDE_ROTATOR_HOME": home.file("nowhere")]
        #expect(try await data(empty).find(in: nil).source == home.file(Self.canonical))
        #expect(try await data().find(in: home.file("own")).source == home.file("own"))
        await #expect(throws: ImportError.self) {
            try await data(named).find(in: home.file("nowhere"))
        }
    }

    @Test func `every form of a slot is read, and a torn one stops no other`() async throws {
        make("r/slots")
        let forms = [
            "a@x": Self.login("canary-a"), "b@x": Self.setupToken,
            "c@x": String(Self.login("canary-c").prefix(128)),
            "d@x":
                """
            {"claudeAiOauth":{"accessToken":"canary-d","scopes":["user:inference",\
            "user:profile"]}}
            """,
            "e@x": """
            {"access_token":"canary-e","refresh_token":"r","expires_at":1790003600,\
            "scopes":["user:inference","user:profile"]}
            """,
            "f@x": "", "g@x": #"{"claudeAiOauth":null}"#,
        ]
        for (name, text) in forms { home.write("r/slots/\(name).json", text) }
        let finding = try await data().find(in: home.file("r"))
        let found = Dictionary(uniqueKeysWithValues: finding.candidates.map { ($0.label, $0) })
        let lapse = Timestamp(milliseconds: 1_790_003_600_000)
        #expect(
            found["a@x"].flatMap(self.lapse) == lapse && found["e@x"].flatMap(self.lapse) == lapse)
        if case .setupToken = found["b@x"]?.content {} else { Issue.record("b is a setup-token") }
        #expect(found["d@x"].flatMap(isDamaged)?.contains("refreshToken") == true)
        for name in ["c@x", "f@x", "g@x"] {
            #expect(found[name].flatMap(isDamaged) != nil, "\(name)")
        }
        #expect(finding.plaintext.count == 7 && !"\(finding)".contains("canary"))
    }

    @Test func `an adopted one is in the form Claude Code reads`() async throws {
        make("r/slots")
        home.write(
            "r/slots/a@x.json",
            #"{"access_token":"t","refresh_token":"r","scopes":["user:inference","user:profile"]}"#)
        let candidates = try await data().find(in: home.file("r")).candidates
        guard case .login(let credential, _, _) = try #require(candidates.first).content else {
            Issue.record("it is a login")
            return
        }
        let tokens = try credential.text.withBytes { try CredentialText($0) }.oauth?.tokens
        #expect(tokens == OAuthText.Tokens(access: Array("t".utf8), refresh: Array("r".utf8)))
    }

    @Test func `a torn index is replaced by its whole copy, or named`() async throws {
        make("r/slots")
        home.write("r/slots/a_b@c.json", Self.login("canary-a"))
        let whole = state(["a/b@c", "gone@c"])
        home.write("r/state.json", String(whole.dropLast(3)))
        home.write("r/state.json.sha256", sum(whole))
        home.write("r/state.json.bak", whole)
        home.write("r/state.json.bak.sha256", sum(whole) + "\n")
        let found = try await data().find(in: home.file("r")).candidates
        #expect(found.map(\.label) == ["a/b@c", "gone@c"])
        if case .absent = found[1].content {} else { Issue.record("nothing is left of it") }

        home.write("r/state.json.bak.sha256", sum("another"))
        let torn = try await data().find(in: home.file("r")).candidates
        #expect(torn.map(\.label) == ["-", "a_b@c"])
        #expect(isDamaged(torn[0])?.contains("digest") == true)
    }

    @Test func `an index without a digest is believed`() async throws {
        make("r")
        home.write("r/state.json", state(["a@b.c"]))
        let found = try await data().find(in: home.file("r")).candidates
        #expect(found.map(\.label) == ["a@b.c"])
    }

    @Test func `of one account the login that lapses last comes first`() async throws {
        make("r/slots")
        let standIn = StandIn("security")
        standIn.put(
            "Claude Code-rotator-slot|a@b.c", Self.login("canary-new", lapses: 1_790_009_000_000))
        standIn.put("Claude Code-rotator-slot-backup|a@b.c", Self.login("canary-old"))
        home.write("r/slots/a@b.c.json", Self.login("canary-old"))
        home.write("r/state.json", state(["a@b.c"]))
        let keychain = SecurityTool(standIn)
        let found = try await data(keychain: keychain).find(in: home.file("r")).candidates
        #expect(
            found.map(lapse)
                == [1_790_009_000_000, 1_790_003_600_000].map(Timestamp.init(milliseconds:)))
        #expect(found[1].origin.contains("slots/a@b.c.json, keychain item"))
    }

    @Test func `its flag says that it is still on`() async throws {
        make("r/slots")
        home.write("r/slots/a@x.json", Self.login("canary-a"))
        #expect(try await data().find(in: home.file("r")).stillOn == nil)
        home.write("r/opt-in.flag", "on")
        #expect(try await data().find(in: home.file("r")).stillOn?.contains("opt-in.flag") == true)
    }

    @Test func `in a directory that is ours as well our own files are ours`() async throws {
        make("ours/slots")
        home.write("ours/slots/a-1.b-2.json", Self.login("canary-ours"))
        home.write("ours/slots/a@x.json", Self.login("canary-a"))
        home.write("ours/opt-in.flag", "on")
        let finding = try await data().find(in: home.file("ours"))
        #expect(finding.candidates.map(\.label) == ["a@x"] && finding.stillOn == nil)
        #expect(finding.plaintext.map(\.path) == [home.file("ours/slots/a@x.json")])
    }

    @Test(arguments: [(0, true), (899, true), (900, false), (-1, false)])
    func `a tick it just made says that it is at work`(age: Int64, isOn: Bool) async throws {
        make("ours/slots")
        home.write("ours/slots/a@x.json", Self.login("canary-a"))
        home.write("ours/tick-completed.ts", "\(clock.now().milliseconds / 1000 - age)\n")
        let reason = try await data().find(in: home.file("ours")).stillOn
        #expect((reason != nil) == isOn)
    }

    @Test func `a file is removed only as it was read`() async throws {
        make("r/slots")
        for name in ["a@x", "b@x", "c@x"] { home.write("r/slots/\(name).json", Self.login(name)) }
        let files = try await data().find(in: home.file("r")).plaintext
        home.write("r/slots/b@x.json", Self.login("newer"))
        try DurableFile.remove(home.file("r/slots/a@x.json"))
        await #expect(throws: ImportError.self) { try await data().remove(files[1]) }
        #expect(home.read("r/slots/b@x.json") == Self.login("newer"))
        for index in [0, 2] { try await data().remove(files[index]) }
        #expect(home.read("r/slots/c@x.json") == nil)
    }

    @Test func `a link is not followed, and a copy or half a file is not overlooked`() async throws
    {
        make("r/slots")
        home.write("elsewhere", Self.login("canary-a"))
        home.link("r/slots/a@x.json", to: home.file("elsewhere"))
        home.write("r/slots/b@x.json.bak", Self.login("canary-b"))
        home.write("r/slots/c@x.json.tmp", String(Self.login("canary-c").prefix(60)))
        let finding = try await data().find(in: home.file("r"))
        #expect(finding.candidates.map(\.label) == ["a@x", "b@x", "c@x"])
        #expect(isDamaged(finding.candidates[0])?.contains("link") == true)
        #expect(isDamaged(finding.candidates[1]) == nil)
        #expect(isDamaged(finding.candidates[2]) != nil && finding.plaintext.count == 2)
    }
}
