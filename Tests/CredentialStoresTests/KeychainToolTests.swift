// The keychain through `security`, against a stand-in that lies as the real one
// does: about length, about absence, about success.

import RotationEngine
import Support
import Testing

@testable import CredentialStores

@Suite struct KeychainToolTests {
    private let standIn = StandIn("security")
    private let item = ItemName(service: "Claude Code-credentials", account: "u")
    private var tool: SecurityTool { SecurityTool(standIn) }

    /// Not of hexadecimal digits only.
    private func text(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x7B, count: count) }

    // MARK: Length

    /// Two names, because two digits a byte hide a limit that is one off.
    @Test(arguments: [-1, 0, 1], ["u", "uu"])
    func `a text is written whole or not at all`(over: Int, account: String) async throws {
        let tool = tool
        let item = ItemName(service: item.service, account: account)
        try await tool.write(text(10), to: item)
        let count = tool.capacity(item) + over
        let line = SecurityTool.line(text(count), item)
        #expect((line.count <= 4032) == (over <= 0))
        let calls = standIn.calls.count
        let error = await thrown { () async throws(VaultError) in
            try await tool.write(text(count), to: item)
        }
        #expect(error?.kind == (over <= 0 ? nil : "refused"))
        #expect(try await tool.read(item) == text(over <= 0 ? count : 10))
        #expect(standIn.calls[calls...].contains("-i") == (over <= 0))
    }

    /// Not a law of ours: what makes the stand-in worth testing against.
    @Test func `the stand-in runs half a line that is too long`() async throws {
        let line = SecurityTool.line(text(3000), item)
        let run = CommandRun(
            executable: standIn.path, arguments: ["-i"], environment: [:], input: Secret(line),
            deadlineMilliseconds: 60_000)
        guard case .exited(let code, _, let errors) = await run.outcome() else {
            Issue.record("it did not run")
            return
        }
        #expect(code == 1)
        let echoed = errors.withBytes { String(decoding: $0, as: UTF8.self) }
        #expect(echoed.contains("7b7b7b7b7b"), "the secret's digits are echoed")
        let half = try await tool.read(item)
        #expect((1000..<3000).contains(half?.count ?? 0))
    }

    @Test func `an empty text is refused`() async {
        let error = await thrown { () async throws(VaultError) in
            try await tool.write([], to: item)
        }
        #expect(error?.kind == "refused" && standIn.calls.isEmpty)
    }

    // MARK: Names

    @Test(arguments: ["a\"b", "a'b", "a\\b", "a\nb", "a\u{0}b", "", "-a", "é", "a\u{7F}"])
    func `a name the tool could trip over never reaches it`(name: String) async {
        let tool = tool
        for item in [
            ItemName(service: name, account: "u"), ItemName(service: "s", account: name),
        ] {
            let errors = [
                await thrown { () async throws(VaultError) in try await tool.read(item) },
                await thrown { () async throws(VaultError) in
                    _ = try await tool.write([1], to: item)
                    return nil as [UInt8]?
                },
                await thrown { () async throws(VaultError) in
                    try await tool.remove(item)
                    return nil as [UInt8]?
                },
            ]
            #expect(errors.map { $0?.kind } == ["refused", "refused", "refused"])
        }
        #expect(standIn.calls == [])
    }

    // MARK: Answers

    @Test(arguments: [
        ("exit 36", "refused", "locked"), ("exit 29", "refused", "locked"),
        ("exit 51", "refused", "denied"), ("exit 128", "refused", "denied"),
        ("exit 1", "refused", "exited 1"), ("exit 45", "refused", "exited 45"),
        ("exit 37", "unreachable", "no keychain"), ("exit 50", "unreachable", "no keychain"),
        ("exit 53", "unreachable", "no keychain"),
    ])
    func `a refusal is never absence, nor success`(
        mode: String, kind: String, word: String
    ) async throws {
        let tool = tool
        try await tool.write(text(3), to: item)
        for verb in ["find", "add", "delete"] {
            // The tool anew each time: a denial latches it.
            let tool = SecurityTool(standIn)
            standIn.behave(mode, in: verb)
            let error = await thrown { () async throws(VaultError) in
                switch verb {
                case "find": _ = try await tool.read(item)
                case "add": try await tool.write(text(4), to: item)
                default: try await tool.remove(item)
                }
            }
            #expect(error?.kind == kind, "\(verb)")
            #expect(error?.text.contains(word) == true, "\(verb): \(error?.text ?? "")")
            standIn.behave(nil, in: verb)
        }
        #expect(try await tool.read(item) == text(3))
    }

    @Test func `absent is what was searched and not found`() async throws {
        #expect(try await tool.read(item) == nil)
        standIn.behave("nologin", in: "list")
        for mode in ["nologin", "exit 1", "exit 36"] {
            standIn.behave(mode, in: "list")
            let error = await thrown { () async throws(VaultError) in try await tool.read(item) }
            #expect(error?.kind == "unreachable", "\(mode)")
        }
        let removal = await thrown { () async throws(VaultError) in try await tool.remove(item) }
        #expect(removal?.kind == "unreachable")
    }

    @Test func `an output cut short is no text`() async throws {
        try await tool.write(text(3), to: item)
        standIn.behave("cut", in: "find")
        let error = await thrown { () async throws(VaultError) in try await tool.read(item) }
        #expect(error?.kind == "unreachable")
    }

    @Test func `a success that wrote nothing is found out`() async throws {
        let tool = tool
        standIn.behave("stale", in: "add")
        let fresh = await thrown { () async throws(VaultError) in
            try await tool.write(text(3), to: item)
        }
        #expect(fresh?.kind == "readBackMismatch")
        standIn.behave(nil, in: "add")
        try await tool.write(text(3), to: item)
        standIn.behave("stale", in: "add")
        let stale = await thrown { () async throws(VaultError) in
            try await tool.write(text(4), to: item)
        }
        #expect(stale?.kind == "readBackMismatch")
        #expect(try await tool.read(item) == text(3))
    }

    @Test func `a success that removed nothing is found out`() async throws {
        try await tool.write(text(3), to: item)
        standIn.behave("keep", in: "delete")
        let error = await thrown { () async throws(VaultError) in try await tool.remove(item) }
        #expect(error?.kind == "readBackMismatch")
    }

    @Test func `a tool that is not there is out of reach`() async {
        let tool = SecurityTool(
            environment: [:], clock: standIn.clock, executable: "/nonexistent/security")
        let error = await thrown { () async throws(VaultError) in try await tool.read(item) }
        #expect(error?.kind == "unreachable")
    }

    @Test func `a text that could not be told from digits is not left as if it were well`()
        async
    {
        let error = await thrown { () async throws(VaultError) in
            try await tool.write(Array("e9".utf8), to: item)
        }
        #expect(error?.kind == "readBackMismatch")
    }

    // MARK: Printing

    @Test(arguments: [
        ("{\"a\":1}\n", "{\"a\":1}"), ("7b0a7d\n", "{\n}"), ("7bc3a97d\n", "{é}"),
        ("7B0A7D\n", "{\n}"), ("0a\n", "\n"), ("\n", ""),
        // Digits of an object, printed or kept.
        ("7b7d\n", "{}"),
        // Digits of other printable bytes are never printed: they are the text.
        ("5b5d\n", "5b5d"), ("7b0\n", "7b0"), ("7b0g\n", "7b0g"),
    ])
    func `what is printed is read`(printed: String, text: String) {
        #expect(SecurityTool.value(Array(printed.utf8)) == Array(text.utf8))
    }

    @Test(arguments: ["", "{}", "7b0a7d"])
    func `without its newline it is no answer`(printed: String) {
        #expect(SecurityTool.value(Array(printed.utf8)) == nil)
    }

    // MARK: Secrecy

    @Test func `no secret is in an argument, the environment or an error`() async throws {
        let canary = Array("canary-\(UInt64.random(in: 0...(.max)))".utf8)
        let hexadecimal = String(decoding: Hexadecimal.digits(canary), as: UTF8.self)
        let tool = tool
        try await tool.write(canary, to: item)
        #expect(standIn.items.count == 1)
        _ = try await tool.read(item)
        var errors: [VaultError] = []
        for mode in ["exit 1", "exit 36", "exit 51", "stale"] {
            standIn.behave(mode, in: "add")
            let tool = SecurityTool(standIn)
            if let error = await thrown({ () async throws(VaultError) in
                try await tool.write(canary + [0x21], to: item)
            }) {
                errors.append(error)
            }
        }
        #expect(errors.count == 4)
        let told = standIn.calls.joined() + standIn.environments + "\(errors)"
        #expect(!told.contains(String(decoding: canary, as: UTF8.self)))
        #expect(!told.contains(hexadecimal))
        #expect(!told.contains("environment-canary"))
        #expect(standIn.calls.contains("-i"))
        #expect(standIn.environments.contains("HOME=/nowhere"))
        for name in ["PATH=/usr/bin:/bin", "DBUS_", "XDG_", "ANTHROPIC"] {
            #expect(!standIn.environments.contains(name), "\(name)")
        }
    }
}
