// What the skills make of an answer, with a stand-in for curl: exit codes,
// the one line, and that nothing is claimed which was not seen. Against the
// real service they are run by CommandLineTests.

import Foundation
import Testing

@Suite struct SkillTests {
    private static let on = "on/turn-on.sh"
    private static let off = "off/turn-off.sh"
    private static let flag = "janitor-data/oauth-rotator/opt-in.flag"

    @Test(arguments: [
        "ANTHROPIC_API_KEY", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_SECURESTORAGE_CONFIG_DIR",
    ])
    func `a pinning variable is 3 before anybody is asked, its value unsaid`(name: String) throws {
        let stage = try Stage()
        defer { stage.remove() }
        let run = try stage.run(Self.on, [name: "canary-value", "CLAUDE_PLUGIN_DATA": ""])
        #expect(run.code == 3 && run.errors.contains("$\(name) is set") && run.output.isEmpty)
        #expect(!run.errors.contains("canary-value"))
        #expect(stage.calls.isEmpty)
    }

    @Test(arguments: ["", "0", "false", "False"])
    func `a switch that says no pins nothing`(value: String) throws {
        let stage = try Stage(code: 7)
        defer { stage.remove() }
        let run = try stage.run(Self.on, ["CLAUDE_CODE_USE_VERTEX": value])
        #expect(run.code == 7 && !stage.calls.isEmpty)
    }

    @Test(arguments: [
        ("pinned-environment", 409, Int32(3)), ("unsupported-platform", 409, 4),
        ("flag-not-written", 500, 1),
    ])
    func `a refusal is told and becomes its exit code`(
        problem: String, status: Int, code: Int32
    ) throws {
        let body = #"{"code":"\#(problem)","detail":"the \"why\"","status":\#(status)}"#
        let stage = try Stage(answer: body + "\n\(status)")
        defer { stage.remove() }
        let run = try stage.run(Self.on)
        #expect(run.code == code && run.output.isEmpty)
        #expect(run.errors == "Account rotator: the \"why\"\n")
    }

    @Test func `off is not claimed when the service refuses, and the flag is left`() throws {
        let stage = try Stage(answer: #"{"code":"forbidden","detail":"why"}"# + "\n403")
        defer { stage.remove() }
        try stage.write(Self.flag)
        let run = try stage.run(Self.off)
        #expect(run.code == 1 && run.output.isEmpty && run.errors.contains("NOT turned off: why"))
        #expect(stage.exists(Self.flag))
    }

    @Test func `without a service off removes the flag the service would read`() throws {
        let stage = try Stage(code: 7)
        defer { stage.remove() }
        try stage.write(Self.flag)
        try stage.write("opt-in.flag")
        let chosen = try stage.run(Self.off, ["ROTATOR_DATA_DIR": stage.directory.path])
        #expect(chosen.code == 0 && chosen.output.contains(stage.directory.path))
        #expect(!stage.exists("opt-in.flag") && stage.exists(Self.flag))
        let run = try stage.run(Self.off)
        #expect(run.code == 0 && run.output.contains("no service answers"))
        #expect(!stage.exists(Self.flag))
        #expect(try stage.run(Self.off, ["CLAUDE_PLUGIN_DATA": "/x/other"]).code == 5)
    }

    @Test func `a flag that cannot be removed is 1, and says where it is`() throws {
        let stage = try Stage(code: 7)
        defer { stage.remove() }
        let flag = stage.path(Self.flag)
        try FileManager.default.createDirectory(
            atPath: flag, withIntermediateDirectories: false)
        let run = try stage.run(Self.off)
        #expect(run.code == 1 && run.output.isEmpty && run.errors.contains(flag))
    }

    @Test func `where there is a token it is sent, over the socket beside it`() throws {
        let stage = try Stage(answer: "{}\n200")
        defer { stage.remove() }
        try stage.write("janitor-data/oauth-rotator/bearer-token.header")
        for script in [Self.on, Self.off] { _ = try stage.run(script) }
        let data = stage.path("janitor-data/oauth-rotator")
        let sent = "-H @\(data)/bearer-token.header --unix-socket \(data)/rotator.sock "
        #expect(stage.calls.count == 3)
        #expect(stage.calls.filter { !$0.contains(sent) || $0.contains(":9429") } == [])
    }

    @Test func `no proxy and no settings file stands between a skill and the service`() throws {
        let stage = try Stage(code: 7)
        defer { stage.remove() }
        _ = try stage.run(Self.on)
        _ = try stage.run(Self.off)
        #expect(stage.calls.count == 3)
        #expect(stage.calls.filter { !$0.hasPrefix("-q --noproxy * ") } == [])
    }
}
