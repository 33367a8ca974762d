// The skills that look, swap and sign in, with a stand-in for curl: what is said,
// which exit code, what is asked. Against the real service: CommandLineTests.

import Foundation
import Testing

@Suite struct MoreSkillTests {
    private static let status = "skills/janitor-auto-manage-oauth-status/status.sh"
    private static let rotate = "skills/janitor-rotate-account-to/rotate-to.sh"
    private static let logins = "skills/janitor-refresh-claude-logins/refresh-logins.sh"

    private static let decision =
        #"{"considerations":[{"email":"b@e","sentence":"not this"}],"#
        + #""lastAt":"2026-11-26T04:00:00Z","#
        + #""outcome":"rotated","sentence":"a \"quoted\" why","tick":1}"#

    @Test func `status says on or off, who is live, the last decision and each nudge`() throws {
        let stage = try Stage()
        defer { stage.remove() }
        try stage.answers([
            (#"{"enabled":true,"message":"Account rotator: ON."}"#, 200),
            (#"{"live":"a@e","pid":7}"#, 200), (Self.decision, 200),
            (#"{"nudges":[{"message":"sign in to b@e"},{"message":"look at c@e"}]}"#, 200),
        ])
        let run = try stage.run(Self.status, arguments: [])
        #expect(run.code == 0 && run.errors.isEmpty)
        #expect(
            run.output == """
                Account rotator: ON.
                Live: a@e.
                Last decision, at 2026-11-26T04:00:00Z: a "quoted" why
                For you: sign in to b@e
                For you: look at c@e

                """)
        #expect(stage.calls.count == 4 && stage.calls.allSatisfy { !$0.contains("-X") })
    }

    @Test func `status invents nothing where nothing is known`() throws {
        let stage = try Stage()
        defer { stage.remove() }
        try stage.answers([
            (#"{"message":"Account rotator: OFF."}"#, 200), (#"{"live":null}"#, 200),
            (#"{"code":"no-decision-yet","detail":"none"}"#, 404), (#"{"nudges":[]}"#, 200),
        ])
        let run = try stage.run(Self.status, arguments: [])
        #expect(run.code == 0)
        #expect(
            run.output
                == "Account rotator: OFF.\nLive: not known.\nNothing was decided yet.\n")
    }

    @Test func `one account is made live, by the name that was given and no other`() throws {
        let stage = try Stage()
        defer { stage.remove() }
        try stage.answers([(Self.decision, 200), (Self.decision, 200)])
        let run = try stage.run(Self.rotate, arguments: ["b+x@e.org"])
        #expect(run.code == 0 && run.output == "a \"quoted\" why\n")
        _ = try stage.run(Self.rotate, arguments: ["--force", "b@e.org"])
        #expect(stage.calls.count == 2)
        #expect(stage.calls[0].contains(#"-X PUT"#) && stage.calls[0].hasSuffix("/live"))
        #expect(stage.calls[0].contains(#"{"email":"b+x@e.org","force":false}"#))
        #expect(stage.calls[1].contains(#"{"email":"b@e.org","force":true}"#))
    }

    @Test(arguments: [[], ["a@e", "b@e"], [#"a","force":true,"x":"@e"#], ["a e"], ["a@e\n"]])
    func `what is no e-mail is 64, and nobody is asked`(arguments: [String]) throws {
        let stage = try Stage()
        defer { stage.remove() }
        #expect(try stage.run(Self.rotate, arguments: arguments).code == 64)
        if !arguments.isEmpty {
            #expect(try stage.run(Self.logins, arguments: arguments).code == 64)
        }
        #expect(stage.calls.isEmpty)
    }

    @Test func `one that is live already is no failure`() throws {
        let stage = try Stage(answer: #"{"code":"already-live","detail":"it is"}"# + "\n409")
        defer { stage.remove() }
        let run = try stage.run(Self.rotate, arguments: ["a@e"])
        #expect(run.code == 0 && run.output == "a@e is live already.\n")
    }

    @Test func `every problem ends a skill with the code SCRIPTING gives to it`() throws {
        let rows = try #require(SourceTree.file("docs/SCRIPTING.md")).lines.compactMap { line in
            line.wholeMatch(of: #/\| `([a-z-]+)` \| (\d{3}) \| (\d+) \|/#)
        }
        #expect(rows.count > 20)
        for row in rows where row.1 != "already-live" {
            let stage = try Stage(answer: #"{"code":"\#(row.1)","detail":"why"}"# + "\n\(row.2)")
            defer { stage.remove() }
            let run = try stage.run(Self.rotate, arguments: ["a@e"])
            #expect(run.code == Int32(row.3) && run.output.isEmpty, "\(row.1)")
            #expect(run.errors == "Account rotator: why\n")
        }
    }

    @Test func `only accounts that need a person are named`() throws {
        let stage = try Stage()
        defer { stage.remove() }
        try stage.answers([
            (
                #"{"nudges":[{"code":"no-alternates","message":"two"},"#
                    + #"{"code":"oauth-login-needed","email":"b@e","#
                    + #""message":"sign in to b@e"}]}"#, 200
            ), (#"{"nudges":[{"code":"lock-held","message":"held"}]}"#, 200),
        ])
        let due = try stage.run(Self.logins, arguments: [])
        #expect(due.code == 2 && due.output == "sign in to b@e\n")
        let none = try stage.run(Self.logins, arguments: [])
        #expect(none.code == 0 && none.output == "No account needs a sign-in.\n")
    }

    private func login(_ state: String) -> String {
        #"{"login":{"detail":"d-\#(state)","email":"b@e","state":"\#(state)"}}"#
    }

    @Test(arguments: [("stored", Int32(0)), ("failed", 1)])
    func `a sign-in is begun once and followed to its end`(end: String, code: Int32) throws {
        let stage = try Stage()
        defer { stage.remove() }
        try stage.answers([
            (login("starting"), 202), (login("window-open"), 200), (login("window-open"), 200),
            (login(end), 200),
        ])
        let run = try stage.run(Self.logins, arguments: ["b+1@e"], ["ROTATOR_LOGIN_PAUSE": "0"])
        #expect(run.code == code)
        #expect(
            run.output
                == "starting: d-starting\nwindow-open: d-window-open\n\(end): d-\(end)\n")
        #expect(stage.calls.filter { $0.contains("-X POST") }.count == 1)
        #expect(stage.calls.allSatisfy { $0.hasSuffix("/accounts/b%2B1@e/login") })
    }

    @Test(arguments: [
        (#"{"code":"not-found","detail":"no route"}"#, 404, Int32(1), "/login"),
        (#"{"code":"browser-missing","detail":"no Chrome"}"#, 424, 2, "no Chrome"),
        (#"{"code":"unknown-account","detail":"not known"}"#, 404, 6, "not known"),
    ])
    func `a sign-in that cannot begin says what to do`(
        body: String, status: Int, code: Int32, word: String
    ) throws {
        let stage = try Stage(answer: "\(body)\n\(status)")
        defer { stage.remove() }
        let run = try stage.run(Self.logins, arguments: ["b@e"])
        #expect(run.code == code && run.output.isEmpty && run.errors.contains(word))
    }

    @Test func `without a service each says 7 and how to start it`() throws {
        let stage = try Stage(code: 7)
        defer { stage.remove() }
        for (script, arguments) in [
            (Self.status, []), (Self.rotate, ["a@e"]), (Self.logins, []), (Self.logins, ["a@e"]),
        ] {
            let run = try stage.run(script, arguments: arguments)
            #expect(run.code == 7 && run.output.isEmpty, "\(script)")
            #expect(run.errors.contains("rotator heartbeat"))
        }
    }

    @Test func `the token is taken where the configuration says the data is`() throws {
        let stage = try Stage(answer: #"{"code":"x","detail":"y"}"# + "\n403")
        defer { stage.remove() }
        let data = stage.path("elsewhere")
        for folder in [data, stage.path(".config/oauth-rotator")] {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        }
        try stage.write("elsewhere/bearer-token.header")
        try "store: file\ndata-dir: \(data)\n".write(
            toFile: stage.path(".config/oauth-rotator/rotator.yaml"), atomically: true,
            encoding: .utf8)
        for script in [Self.status, "skills/janitor-auto-manage-oauth-off/turn-off.sh"] {
            _ = try stage.run(script, arguments: [])
        }
        let sent =
            "-q --noproxy * -H @\(data)/bearer-token.header --unix-socket \(data)/rotator.sock "
        #expect(stage.calls.count == 2)
        #expect(stage.calls.filter { !$0.hasPrefix(sent) } == [])
    }
}
