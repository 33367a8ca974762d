// The support bundle: useful, nameless, and never written with a secret in it,
// however the secret is written.

import Foundation
import RotationEngine
import Support
import Testing

@testable import rotator

@Suite struct SecretSearchTests {
    private static let secret = Array(#"sk/live+0123456789"abcdefghij=="#.utf8)
    private let search = SecretSearch([Secret(secret)])

    private static func data(_ text: String) -> Data { Data(text.utf8) }

    @Test(arguments: 0..<4)
    func `it is found within base64, wherever it begins`(lead: Int) {
        let padded = Data(repeating: 0x7A, count: lead) + Data(Self.secret) + Self.data("zz")
        let plain = padded.base64EncodedString()
        let url = plain.replacing("+", with: "-").replacing("/", with: "_")
        for text in [plain, url, "x" + plain] { #expect(search.finds(in: Array(text.utf8))) }
    }

    @Test func `it is found as it is commonly written`() throws {
        let text = String(decoding: Self.secret, as: UTF8.self)
        let json = String(decoding: try JSONEncoder().encode([text]), as: UTF8.self)
        let percent = try #require(
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let hex = Self.secret.map { String($0 / 16, radix: 16) + String($0 % 16, radix: 16) }
            .joined()
        for form in [text, json, percent, hex, hex.uppercased()] {
            #expect(search.finds(in: Array("before \(form) after".utf8)), "\(form)")
        }
    }

    @Test(arguments: [11, 12, 13])
    func `a part of twelve bytes gives it away`(count: Int) {
        for start in 0...(Self.secret.count - count) {
            let part = Self.secret[start..<start + count]
            #expect(search.finds(in: Array("= ".utf8) + part) == (count >= 12))
        }
    }

    @Test func `what every token of the vendor begins with is found, unknown as it is`() {
        let empty = SecretSearch([])
        #expect(empty.finds(in: Array("a sk-ant-b".utf8)))
        #expect(empty.finds(in: Array(Self.data("sk-ant-oat").base64EncodedString().utf8)))
        #expect(!empty.finds(in: Array("sk-an t-".utf8)))
        #expect(!empty.finds(in: []))
    }

    @Test func `words too short to be told apart are not searched for`() {
        #expect(!SecretSearch([Secret(Array("notice1".utf8))]).finds(in: Array("a notice1".utf8)))
        #expect(SecretSearch([Secret(Array("notices1".utf8))]).finds(in: Array("notices1".utf8)))
    }
}

@Suite struct PseudonymTests {
    @Test(arguments: [
        ("bob@example.com, not Alice@Example.com.", "account-2, not account-1."),
        ("<new+x@a.example>", "<account-3>"), ("a@b, @x.y, x@, me@host", "a@b, @x.y, x@, me@host"),
        ("id alice-0001.alice-0002,", "id id-1,"), ("at /home/u/x/.claude", "at ~/.claude"),
        ("6f9619ff-8b86-d011-b42d-00cf4fc964ff", "id-3"),
        ("2026-11-24T10:57:10Z", "2026-11-24T10:57:10Z"),
    ])
    func `names become numbers, the rest stays`(text: String, shown: String) {
        var names = Pseudonyms(
            known: [("alice@example.com", "alice-0001.alice-0002"), ("bob@example.com", "x.y")],
            home: "/home/u/x", keepsEmails: false)
        #expect(names.replaced(text) == shown)
    }
}

@Suite(.serialized) struct SupportBundleTests {
    private func bundle(
        _ world: World, _ arguments: String...
    ) async throws -> (run: Run, text: String?) {
        let run = try await Program.run(
            Program.rotator(), ["support-bundle", "--output", world.home.file("b")] + arguments,
            environment: world.environment)
        defer { try? FileManager.default.removeItem(atPath: world.home.file("b")) }
        if run.code == 0 { #expect(world.home.mode("b") == 0o600) }
        return (run, world.home.read("b"))
    }

    @Test func `it tells what happened and names nobody, with the service up and down`()
        async throws
    {
        let world = try World()
        try await world.serving { _ async throws in
            try await world.enrol()
            for verb in ["on", "tick"] { _ = try await world.rotator(verb) }
            let (run, text) = try await bundle(world)
            let up = try #require(text, "\(run)")
            #expect(up.contains("GET /health 200") && up.contains("\"optedIn\":true"))
            let (_, named) = try await bundle(world, "--with-emails")
            #expect(named?.contains("alice@example.com") == true)
        }
        let (run, text) = try await bundle(world)
        let down = try #require(text, "\(run)")
        for part in [
            "== about ==", "== configuration ==", "server.port", "== machine ==", "== files ==",
            "rotator.sqlite", "no answer: notListening", "schema of this program: ",
            "rotated at-threshold: account-", "== log ==",
        ] {
            #expect(down.contains(part), "\(part)")
        }
        for name in World.names { #expect(!down.contains(World.email(name))) }
        #expect(!down.contains(world.home.path))
        for token in world.tokens { #expect(!down.contains(token)) }
    }

    @Test func `commands and addresses of the configuration are not told`() async throws {
        let told = "qjwzkxvb"
        let world = try World(more: [
            "ROTATOR_WEBHOOK_URL": "https://hooks.example/\(told)",
            "ROTATOR_DESKTOP_COMMAND": "/bin/say \(told)",
            "ROTATOR_STATUSLINE_COMMAND": "/bin/line \(told)",
            "ROTATOR_BROWSER_ARGUMENTS": "--proxy-server=\(told)",
        ])
        world.signIn("alice")
        let (run, text) = try await bundle(world)
        let bundle = try #require(text, "\(run)")
        #expect(bundle.contains("notify.webhook-url") && !bundle.contains(told))
        await world.simulator.stop()
    }

    @Test func `what a webhook is known and signed by keeps it from being written`() async throws {
        let (path, key) = ("/T000/B000-of-a-hook", "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let world = try World(more: ["ROTATOR_WEBHOOK_URL": "https://hooks.example" + path])
        world.signIn("alice")
        let data = "janitor-data/oauth-rotator"
        world.home.makeDirectory(data)
        world.home.write(data + "/webhook.secret", key + "\n")
        #expect(try await bundle(world).run.code == 0)
        for secret in [path, key] {
            world.home.write(data + "/rotator.log", "2026-11-24T10:57:10Z notice a \(secret) b\n")
            let (run, text) = try await bundle(world)
            #expect(run.code == 1 && text == nil, "\(run)")
            #expect(run.errors.contains("`log`") && !run.errors.contains(secret))
        }
        await world.simulator.stop()
    }

    @Test func `every store and every way of writing a secret keeps it from being written`()
        async throws
    {
        let world = try World()
        try await world.serving { _ async throws in
            try await world.enrol()
            _ = try await world.rotator("token", "on")
        }
        let log = "janitor-data/oauth-rotator/rotator.log"
        let header = world.home.read("janitor-data/oauth-rotator/bearer-token.header") ?? ""
        let bearer = header.split(separator: " ").last.map { String($0.dropLast()) } ?? ""
        var planted = world.tokens + [bearer]
        planted += world.tokens.prefix(2).flatMap { token in
            [
                Data("user:\(token)".utf8).base64EncodedString(),
                Data("\(token)".utf8).map { String($0, radix: 16) }.joined(),
                String(token.dropFirst(3).prefix(20)),
            ]
        }
        #expect(planted.count == 13 && planted.allSatisfy { $0.count >= 12 })
        for secret in planted + ["sk-ant-oat01-of-another-machine"] {
            world.home.write(log, "2026-11-24T10:57:10Z error something \(secret)\n")
            let (run, text) = try await bundle(world)
            #expect(run.code == 1 && text == nil, "\(run)")
            #expect(run.errors.contains("`log`") && !run.errors.contains(secret))
        }
        world.home.write(log, "2026-11-24T10:57:10Z error something else\n")
        #expect(try await bundle(world).run.code == 0)
    }

    @Test func `a store that cannot be read stops it unless told otherwise`() async throws {
        let world = try World()
        world.home.makeDirectory(".claude/.credentials.json")
        let (run, text) = try await bundle(world)
        #expect(run.code == 8 && text == nil && run.errors.contains("--even-if-unread"))
        let (forced, told) = try await bundle(world, "--even-if-unread")
        #expect(forced.code == 0 && told?.contains("not searched for the secrets of") == true)
        await world.simulator.stop()
    }

    @Test func `a file that is there is never written over`() async throws {
        let world = try World()
        world.home.write("kept", "mine")
        let run = try await world.rotator("support-bundle", "--output", world.home.file("kept"))
        #expect(run.code == 1 && world.home.read("kept") == "mine")
        await world.simulator.stop()
    }
}
