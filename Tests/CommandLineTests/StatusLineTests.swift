// The status line command as Claude Code runs it: one line, always, quickly,
// and nothing that disturbs; with the service it says who is live.

import ControlWire
import Foundation
import RotationCore
import Support
import Testing

@Suite(.serialized) struct StatusLineTests {
    private static func input(_ fiveHour: Double) -> String {
        let now = Int(Date().timeIntervalSince1970)
        return #"{"session_id":"s","model":{"id":"m","display_name":"Opus"},"#
            + #""cost":{"total_api_duration_ms":1},"rate_limits":{"#
            + #""five_hour":{"used_percentage":\#(fiveHour),"resets_at":\#(now + 4350)},"#
            + #""seven_day":{"used_percentage":24,"resets_at":\#(now + 200_000)}}}"#
    }

    private func run(
        _ world: World, _ input: String, _ arguments: String..., more: [String: String] = [:]
    ) async throws -> Run {
        world.home.write("input.json", input)
        return try await Program.run(
            Program.rotator(), ["statusline", "--answer-milliseconds", "10000"] + arguments,
            environment: world.environment.merging(more) { $1 },
            input: world.home.file("input.json"))
    }

    @Test func `without a service it is what Claude Code says, without an account`() async throws {
        let world = try World()
        let run = try await run(world, Self.input(76.9))
        #expect(run.code == 0 && run.errors.isEmpty)
        #expect(
            run.output == "5 h ██████░░ 76 %  7 d █░░░░░░░ 24 %  reset in 1 h 12 min\n",
            "\(run.output)")
        #expect(!world.home.names("janitor-data").contains("oauth-rotator"))
        await world.simulator.stop()
    }

    @Test(arguments: [
        "", "nonsense", "[]", "{}", #"{"rate_limits":7,"session_id":[],"model":{},"cost":null}"#,
        #"{"rate_limits":{"five_hour":{"used_percentage":"9"}}}"#,
        #"{"rate_limits":{"five_hour":{"used_percentage":201}}}"#,
    ])
    func `whatever is said it ends with 0 and one line`(text: String) async throws {
        let world = try World()
        let run = try await run(world, text, more: ["ROTATOR_THRESHOLD": "moon"])
        #expect(run.code == 0 && run.errors.isEmpty && run.output == "usage unknown\n", "\(run)")
        await world.simulator.stop()
    }

    @Test func `no input at all is a line too`() async throws {
        let world = try World()
        let run = try await world.rotator("statusline", "--config", "/no/such.yaml")
        #expect(run.code == 0 && run.errors.isEmpty && run.output == "usage unknown\n", "\(run)")
        await world.simulator.stop()
    }

    @Test func `with the service it feeds it, and says who is live and what is left`()
        async throws
    {
        let world = try World([(50, 20), (12, 20), (60, 90)])
        try await world.serving { _ async throws in
            try await world.enrol()
            let off = try await run(world, Self.input(51))
            #expect(off.output.hasPrefix("5 h ████░░░░ 51 %  7 d "), "\(off.output)")
            #expect(off.output.hasSuffix("  rotation off\n"), "\(off.output)")
            _ = try await world.rotator("on")
            #expect(try await world.rotator("tick").code == 0)
            let account = try #require(world.simulator.account(World.email("alice")))
            let five = Int(account.fiveHourResetsAt / 1000)
            let seven = Int(account.sevenDayResetsAt / 1000)
            let text = { (used: Int) in
                #"{"session_id":"s","rate_limits":{"five_hour":{"used_percentage":\#(used),"#
                    + #""resets_at":\#(five)},"seven_day":{"used_percentage":20,"#
                    + #""resets_at":\#(seven)}}}"#
            }
            let first = try await run(world, text(50))
            #expect(first.output.contains("5 h ████░░░░ 50 %"), "\(first.output)")
            let second = try await run(world, text(63), "--json")
            let body = try JSONDecoder().decode(
                StatusLineBody.self, from: Data(second.output.utf8))
            #expect(body.live == "alice@example.com" && body.windows[0].utilization == 63)
            let again = try await run(world, text(63))
            #expect(again.code == 0 && again.errors.isEmpty)
            #expect(
                again.output.hasPrefix("alice@example.com  5 h █████░░░ 63 %  7 d █░░░░░░░ 20 %"))
            #expect(again.output.hasSuffix("2 alternates left\n"), "\(again.output)")
            _ = try await world.rotator("tick")
            let accounts = try await world.rotator("accounts", "--json")
            #expect(accounts.output.contains(#""source":"status-line""#), "\(accounts.output)")
        }
    }

    @Test func `what Claude Code keeps of usage is a reading, and stays as it is`() async throws {
        let world = try World([(50, 20), (12, 20), (60, 90)])
        try await world.serving { _ async throws in
            try await world.enrol()
            _ = try await world.rotator("on")
            #expect(try await world.rotator("tick").code == 0)
            let account = try #require(world.simulator.account(World.email("alice")))
            let window = { (used: Int, reset: Int64) in
                let at = Timestamp(milliseconds: reset).rfc3339
                return #"{"utilization":\#(used),"resets_at":"\#(at)","limit_dollars":null}"#
            }
            let config =
                #"{"cachedUsageUtilization":{"accountUuid":"\#(account.accountUUID)","#
                + #""fetchedAtMs":\#(Int64(Date().timeIntervalSince1970 * 1000)),"utilization":{"#
                + #""five_hour":\#(window(58, account.fiveHourResetsAt)),"#
                + #""seven_day":\#(window(21, account.sevenDayResetsAt)),"cinder_cove":null}}}"#
            world.home.write(".claude.json", config)
            #expect(try await world.rotator("tick").code == 0)
            let accounts = try JSONDecoder().decode(
                AccountsBody.self,
                from: Data(try await world.rotator("accounts", "--json").output.utf8))
            let alice = try #require(accounts.accounts.first { $0.live })
            #expect(alice.usage.source == "claude-cache")
            #expect(alice.usage.windows.map(\.utilization) == [58, 21])
            #expect(world.home.read(".claude.json") == config)
        }
    }

    @Test func `another command comes first, with the same input`() async throws {
        let world = try World()
        let text = Self.input(76)
        let command = "cat; echo; echo noise >&2; exit 3"
        let expected = text + "\n5 h ██████░░ 76 %"
        for (arguments, more) in [
            (["--command", command], [:]), ([], ["ROTATOR_STATUSLINE_COMMAND": command]),
        ] as [([String], [String: String])] {
            world.home.write("input.json", text)
            let run = try await Program.run(
                Program.rotator(), ["statusline"] + arguments,
                environment: world.environment.merging(more) { $1 },
                input: world.home.file("input.json"))
            #expect(run.code == 0 && run.errors.isEmpty && run.output.hasPrefix(expected), "\(run)")
        }
        await world.simulator.stop()
    }

    @Test(arguments: ["", "exit 1", "/no/such", "exec 1>&-", "printf '\\n\\n'"])
    func `another command that says nothing takes no line`(command: String) async throws {
        let world = try World()
        let run = try await run(world, Self.input(76), "--command", command)
        #expect(run.code == 0 && run.errors.isEmpty)
        #expect(run.output.split(separator: "\n").count == 1, "\(run)")
        await world.simulator.stop()
    }

    @Test func `another command that does not end is ended, what it said is kept`() async throws {
        let world = try World()
        let run = try await run(world, Self.input(76), "--command", "echo first; sleep 60")
        #expect(run.code == 0 && run.output.hasPrefix("first\n5 h "), "\(run)")
        await world.simulator.stop()
    }

    @Test func `it does not run itself without end`() async throws {
        let world = try World()
        let own = "'\(try Program.rotator().path)' statusline"
        let run = try await run(
            world, Self.input(76), more: ["ROTATOR_STATUSLINE_COMMAND": own])
        #expect(run.output.split(separator: "\n").count == 2, "\(run)")
        await world.simulator.stop()
    }

    @Test(
        arguments: [
            ("76", "", "32"), ("89", "", "33"), ("97", "", "31"), ("97", "1", nil),
        ] as [(String, String, String?)])
    func `colour only where it is wanted and not forbidden`(
        used: String, noColor: String, code: String?
    ) async throws {
        let world = try World()
        let text = Self.input(try #require(Double(used)))
        let plain = try await run(world, text)
        #expect(!plain.output.contains("\u{1B}"))
        let run = try await run(world, text, "--color", more: ["NO_COLOR": noColor])
        #expect(run.output.contains("\u{1B}") == (code != nil))
        if let code { #expect(run.output.hasPrefix("5 h \u{1B}[\(code)m"), "\(run)") }
        await world.simulator.stop()
    }
}
