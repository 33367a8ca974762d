// Which processes are Claude Code, which serve this store, what pins them.
// The machine is a tree of files that looks like /proc.

import DurableFiles
import RotationCore
import RotationEngine
import Support
import Testing

@testable import HostFacts

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

private struct Machine {
    let files = TemporaryDirectory()
    let environment: [String: String]

    init(environment: [String: String] = [:]) {
        self.environment = environment
        files.makeDirectory("home")
        files.makeDirectory("home/.claude")
        files.makeDirectory("home/.claude/sessions")
        files.makeDirectory("proc")
        files.write("proc/stat", "cpu 0\nbtime 1000000\n")
    }

    var probe: HostProbe {
        HostProbe(
            credentialDirectory: files.file("home/.claude"), environment: environment,
            managedSettings: files.file("managed.json"),
            table: ProcFileSystem(root: files.file("proc"), ownUID: geteuid()))
    }

    func run(
        _ pid: Int, _ executable: String, _ arguments: [String] = [],
        environment: [String]? = nil, startTicks: Int = 0
    ) {
        files.makeDirectory("proc/\(pid)")
        files.link("proc/\(pid)/exe", to: executable)
        files.write(
            "proc/\(pid)/cmdline", ([executable] + arguments).joined(separator: "\0") + "\0")
        let fields = ["S"] + (4...21).map { "\($0)" } + ["\(startTicks)", "0"]
        files.write("proc/\(pid)/stat", "\(pid) (a) b) \(fields.joined(separator: " "))\n")
        let home = ["HOME=\(files.file("home"))"]
        files.write("proc/\(pid)/environ", (environment ?? home).joined(separator: "\0") + "\0")
    }
}

@Suite struct HostProbeTests {
    @Test(arguments: [
        ("/home/u/.local/share/claude/versions/2.1.290", [String](), true),
        ("/home/u/.local/share/claude/versions/2.1.290 (deleted)", [], true),
        ("/usr/lib/node_modules/@anthropic-ai/claude-code/bin/claude.exe", [], true),
        (
            "/home/u/.vscode/anthropic.claude-code-2.1-linux/resources/native-binary/claude",
            [], true
        ),
        ("/usr/bin/node", ["/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js"], true),
        ("/opt/bin/claude", ["--continue"], true),
        ("/usr/bin/node", ["/usr/local/bin/claude", "-c"], true),
        ("/usr/bin/node", ["--enable-source-maps", "/opt/bin/claude"], true),
        ("/usr/bin/node", ["/srv/run.js", "/usr/local/bin/claude"], false),
        ("/usr/bin/node", ["/srv/claude-log.js"], false), ("/usr/bin/node", [], false),
        ("/usr/bin/node", ["--version"], false),
        ("/usr/bin/python3", ["/opt/bin/claude"], false),
        ("/usr/bin/node", ["/srv/app.js"], false), ("/usr/bin/vim", ["claude"], false),
        ("/usr/bin/grep", ["/@anthropic-ai/claude-code/cli.js"], false),
        ("/usr/lib/node_modules/@anthropic-ai/claude-code/vendor/ripgrep/rg", [], false),
        ("/Applications/Claude.app/Contents/MacOS/Claude", [], false),
        ("/opt/claude-desktop/claude", [], false),
    ])
    func `Claude Code is known by what it executes`(
        executable: String, arguments: [String], isClaude: Bool
    ) async {
        let machine = Machine()
        machine.run(10, executable, arguments)
        #expect(await machine.probe.lookForClaude().running == isClaude)
    }

    @Test func `a script that named its process is known by that name`() async {
        let machine = Machine()
        machine.run(10, "/usr/bin/node")
        machine.files.write("proc/10/cmdline", "claude\0\0\0\0\0\0")
        #expect(await machine.probe.lookForClaude().running)
    }

    @Test func `a process of another user does not count`() async {
        let machine = Machine()
        machine.run(10, "/opt/bin/claude")
        let probe = HostProbe(
            credentialDirectory: machine.files.file("home/.claude"), environment: [:],
            managedSettings: machine.files.file("managed.json"),
            table: ProcFileSystem(root: machine.files.file("proc"), ownUID: geteuid() + 1))
        #expect(await !probe.lookForClaude().running)
    }

    @Test func `a process whose environment is hidden counts`() async {
        let machine = Machine()
        machine.run(10, "/opt/bin/claude")
        unlink(machine.files.file("proc/10/environ"))
        let presence = await machine.probe.lookForClaude()
        #expect(presence == ClaudePresence(running: true))
    }

    @Test func `an empty CLAUDE_CONFIG_DIR is none`() async {
        let machine = Machine()
        let home = "HOME=\(machine.files.file("home"))"
        machine.run(10, "/opt/bin/claude", environment: [home, "CLAUDE_CONFIG_DIR="])
        #expect(await machine.probe.lookForClaude().running)
    }

    @Test func `a store reached through a link is the same store`() async {
        let machine = Machine()
        machine.files.link("other", to: machine.files.file("home"))
        let home = "HOME=\(machine.files.file("other"))"
        machine.run(10, "/opt/bin/claude", environment: [home])
        #expect(await machine.probe.lookForClaude().running)
    }

    @Test func `a process that went away in between is no process`() async {
        let machine = Machine()
        machine.files.makeDirectory("proc/10")
        machine.files.makeDirectory("proc/self")
        #expect(await !machine.probe.lookForClaude().running)
    }

    @Test(arguments: ["77.json.tmp", "x.json", ".json", "77", "99999999999.json", "-1.json"])
    func `other files among the sessions say nothing`(name: String) async {
        let machine = Machine()
        machine.run(77, "/usr/bin/vim")
        machine.files.write("home/.claude/sessions/" + name, "{}")
        #expect(await !machine.probe.lookForClaude().running)
    }

    @Test func `sessions that cannot be looked at count as running`() async {
        let machine = Machine()
        rmdir(machine.files.file("home/.claude/sessions"))
        #expect(await !machine.probe.lookForClaude().running)
        machine.files.write("home/.claude/sessions", "not a directory")
        #expect(await machine.probe.lookForClaude().running)
    }

    @Test func `a session of unknown start counts`() async {
        let machine = Machine()
        machine.run(77, "/usr/bin/vim")
        machine.files.write("home/.claude/sessions/77.json", "")
        machine.files.write("proc/77/stat", "no numbers")
        #expect(await machine.probe.lookForClaude().running)
    }

    @Test func `a session of another store does not count`() async {
        let machine = Machine()
        machine.run(10, "/opt/bin/claude", environment: ["HOME=/elsewhere"])
        machine.run(11, "/opt/bin/claude", environment: ["HOME=/x", "CLAUDE_CONFIG_DIR=/y"])
        #expect(await !machine.probe.lookForClaude().running)
        let own = machine.files.file("home/.claude")
        machine.run(12, "/opt/bin/claude", environment: ["HOME=/x", "CLAUDE_CONFIG_DIR=\(own)/"])
        #expect(await machine.probe.lookForClaude().running)
    }

    @Test func `a session that pins its own authentication is named, its value is not`() async {
        let machine = Machine()
        let home = "HOME=\(machine.files.file("home"))"
        machine.run(
            10, "/opt/bin/claude",
            environment: [home, "ANTHROPIC_API_KEY=canary", "ANTHROPIC_AUTH_TOKEN="])
        machine.run(11, "/opt/bin/claude")
        let presence = await machine.probe.lookForClaude()
        #expect(
            presence.pinnedSessions == [PinnedSession(pid: 10, variables: ["ANTHROPIC_API_KEY"])])
        #expect(!"\(presence)".contains("canary"))
    }

    @Test(arguments: [(2, true), (3, false)])
    func `a session file counts while its own process lives`(late: Int, isRunning: Bool) async {
        let machine = Machine()
        let file = "home/.claude/sessions/77.json"
        machine.files.write(file, "not even JSON")
        _ = setModified(machine.files.file(file), milliseconds: 1_000_500_000)
        #expect(await !machine.probe.lookForClaude().running)
        // Another program, started after the file was written, has its number.
        machine.run(77, "/usr/bin/vim", startTicks: (500 + late) * 100)
        #expect(await machine.probe.lookForClaude().running == isRunning)
    }

    @Test(
        arguments: [
            (["busy", "idle"], true), (["idle", "waiting"], false), (["waiting", nil], nil),
            (["busy", nil], true), ([nil, "moon"], nil), ([], nil),
        ] as [([String?], Bool?)])
    func `a turn is under way when one live session says so, and none when all say not`(
        said: [String?], isBusy: Bool?
    ) async {
        let machine = Machine()
        for (index, status) in said.enumerated() {
            machine.run(70 + index, "/usr/bin/vim")
            let member = status.map { #","status":"\#($0)""# } ?? ""
            machine.files.write(
                "home/.claude/sessions/\(70 + index).json", #"{"pid":\#(70 + index)\#(member)}"#)
        }
        #expect(await machine.probe.lookForClaude().isBusy == isBusy)
    }

    @Test(arguments: [
        "not even JSON", #"{"status":7}"#, #"{"status":null}"#, "[]", "",
        String(repeating: " ", count: 65_537) + #"{"status":"busy"}"#,
    ])
    func `a session file that does not say is no answer, but runs`(text: String) async {
        let machine = Machine()
        machine.run(77, "/usr/bin/vim")
        machine.files.write("home/.claude/sessions/77.json", text)
        let presence = await machine.probe.lookForClaude()
        #expect(presence.running && presence.isBusy == nil)
    }

    @Test(arguments: [(2, true), (3, nil)] as [(Int, Bool?)])
    func `what a dead session last said is not heard`(late: Int, isBusy: Bool?) async {
        let machine = Machine()
        let file = "home/.claude/sessions/77.json"
        machine.files.write(file, #"{"status":"busy"}"#)
        _ = setModified(machine.files.file(file), milliseconds: 1_000_500_000)
        #expect(await machine.probe.lookForClaude().isBusy == nil)
        machine.run(77, "/usr/bin/vim", startTicks: (500 + late) * 100)
        #expect(await machine.probe.lookForClaude().isBusy == isBusy)
    }

    @Test func `sessions that cannot be looked at are neither busy nor idle`() async {
        let machine = Machine()
        rmdir(machine.files.file("home/.claude/sessions"))
        machine.files.write("home/.claude/sessions", "not a directory")
        #expect(await machine.probe.lookForClaude().isBusy == nil)
    }

    @Test func `what pins is found in the service's environment, then in the settings`() async {
        let machine = Machine(environment: ["ANTHROPIC_AUTH_TOKEN": "x", "PATH": "/bin"])
        machine.files.write(
            "home/.claude/settings.json",
            #"{"env":{"ANTHROPIC_API_KEY":"k","X":1},"apiKeyHelper":"/bin/k"}"#)
        machine.files.write("managed.json", #"{"env":{"CLAUDE_CODE_USE_BEDROCK":"1"}}"#)
        let findings = await machine.probe.pinningFindings()
        #expect(
            findings.map(\.variable) == [
                "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_USE_BEDROCK", "ANTHROPIC_API_KEY",
                "apiKeyHelper",
            ])
        #expect(findings.first?.place == .serviceEnvironment)
    }

    @Test(arguments: [
        (#"{"env":7,"apiKeyHelper":"/bin/k"}"#, ["apiKeyHelper"]),
        (#"{"env":{"ANTHROPIC_API_KEY":"k"},"apiKeyHelper":{}}"#, ["ANTHROPIC_API_KEY"]),
        (#"{"env":{"ANTHROPIC_API_KEY":null,"ANTHROPIC_PROFILE":"p"}}"#, ["ANTHROPIC_PROFILE"]),
        (#"{"env":{"ANTHROPIC_API_KEY":[1],"ANTHROPIC_PROFILE":{}}}"#, []),
        (#"{"env":{"CLAUDE_CODE_USE_BEDROCK":1}}"#, ["CLAUDE_CODE_USE_BEDROCK"]),
        (#"{"env":{"CLAUDE_CODE_USE_BEDROCK":0}}"#, []),
        (#"{"env":{"CLAUDE_CODE_USE_BEDROCK":true}}"#, ["CLAUDE_CODE_USE_BEDROCK"]),
        (#"{"env":{"CLAUDE_CODE_USE_BEDROCK":false}}"#, []),
    ])
    func `of settings with mistakes what is understood counts`(
        text: String, names: [String]
    ) async {
        let machine = Machine()
        machine.files.write("home/.claude/settings.json", text)
        let findings = await machine.probe.pinningFindings()
        #expect(findings.map(\.variable) == names)
        let path = machine.files.file("home/.claude/settings.json")
        #expect(findings.allSatisfy { $0.place == .settingsFile(path) })
    }

    @Test(arguments: ["", "[]", "nonsense", #"{"env":7}"#, #"{"apiKeyHelper":""}"#])
    func `settings not understood pin nothing`(text: String) async {
        let machine = Machine()
        machine.files.write("home/.claude/settings.json", text)
        #expect(await machine.probe.pinningFindings().isEmpty)
    }

    @Test(arguments: PinningVariables.names)
    func `each pinning variable pins when it is not empty`(name: String) {
        #expect(PinningVariables.present(in: [name: "x"]) == [name])
        #expect(PinningVariables.present(in: [name: ""]).isEmpty)
    }

    @Test func `a switch that says no is off`() {
        #expect(PinningVariables.present(in: ["CLAUDE_CODE_USE_VERTEX": "0"]).isEmpty)
        #expect(PinningVariables.present(in: ["CLAUDE_CODE_USE_VERTEX": "False"]).isEmpty)
    }

    @Test func `a variable's value may begin with a combining mark`() {
        let block = "HOME=\u{301}/u\0ANTHROPIC_API_KEY=\u{301}\0"
        let environment = WantedEnvironment(block: Array(block.utf8))
        #expect(environment.home == "\u{301}/u")
        #expect(environment.pinning == ["ANTHROPIC_API_KEY"])
    }

    @Test func `the argument block of macOS is taken apart`() {
        let text = "\u{2}\0\0\0/bin/claude\0\0\0\0claude\0-c\0HOME=/h\0ANTHROPIC_API_KEY=k\0"
        let block = ArgumentBlock(Array(text.utf8))
        #expect(block?.arguments == ["claude", "-c"])
        let environment = WantedEnvironment(block: block?.environment ?? [])
        #expect(environment.home == "/h")
        #expect(environment.pinning == ["ANTHROPIC_API_KEY"])
        #expect(ArgumentBlock([1]) == nil)
    }

    #if os(Linux)
        @Test func `the real machine can be looked at`() throws {
            let table = ProcFileSystem(root: "/proc", ownUID: geteuid())
            let own = try #require(table.processes().first { $0.pid == getpid() })
            #expect(own.executable?.hasPrefix("/") == true)
            #expect(!own.arguments.isEmpty)
            #expect(own.environment != nil)
            let started = try #require(table.startSeconds(of: getpid()))
            let now = SystemClock().now().seconds
            #expect((now - 86_400...now + 2).contains(started))
        }
    #endif
}
