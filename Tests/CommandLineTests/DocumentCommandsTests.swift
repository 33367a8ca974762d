// The commands of README and TUTORIAL, run as they stand there, in a throw-away
// home with a simulated vendor. Only the person is played: `claude` signs in.

import Foundation
import Support
import Testing

@Suite(.serialized) struct DocumentCommandsTests {
    /// What a document tells to type: lines set off by four blanks that begin with
    /// a command, without the remark behind it.
    private func commands(_ path: String) throws -> [String] {
        let file = Program.repository.appending(path: path)
        let words = ["rotator", "scripts/", "claude", "export", "curl", "make"]
        return try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n").compactMap { line in
                guard line.hasPrefix("    "), !line.hasPrefix("     ") else { return nil }
                let text = line.dropFirst(4).split(separator: " #")[0]
                let command = String(text.reversed().drop { $0 == " " }.reversed())
                return words.contains { command.hasPrefix($0) } ? command : nil
            }
    }

    /// A home in which `claude` is there, signed in as alice, who is at 98 %, and
    /// signs in to bob next.
    private func world() throws -> World {
        let world = try World(more: ["CLAUDE_PLUGIN_DATA": ""])
        world.signIn("bob")
        world.home.write("next.json", world.credentials)
        world.signIn("alice")
        world.home.makeDirectory("bin")
        world.home.write(
            "bin/claude",
            """
            #!/bin/sh
            case "${1:-}" in
                --version) echo "2.1.300 (Claude Code)" ;;
                plugin) [ -f "${4:-$3}/.claude-plugin/marketplace.json" ] || [ "$2" = install ] ;;
                *) cp "$HOME/next.json" "$HOME/.claude/.credentials.json" ;;
            esac

            """, mode: 0o755)
        return world
    }

    /// Runs them as one session would, and stops at the first that fails.
    private func run(
        _ commands: [String], _ world: World, _ more: [String: String] = [:]
    ) async throws -> Run {
        let binary = try Program.rotator().path
        var script = "set -u\ncd '\(Program.repository.path)'\n"
        for command in commands {
            // The program is built already; all else is as it stands.
            let line = command.replacing(
                "scripts/install", with: "scripts/install --binary '\(binary)'")
            script += "echo '+ \(command.replacing("'", with: "'\\''"))'\n"
            script += "\(line) || { echo \"ended with $?\"; exit 1; }\n"
        }
        world.home.write("session.sh", script)
        let path = world.home.file("bin") + ":/usr/bin:/bin"
        return try await Program.run(
            URL(filePath: "/bin/bash"), [world.home.file("session.sh")],
            environment: world.environment.merging(["PATH": path]) { $1 }.merging(more) { $1 })
    }

    private func end(_ world: World) async throws {
        let socket = world.home.file(".local/state/oauth-rotator/rotator.sock")
        let program = try Program.rotator()
        if FileManager.default.fileExists(atPath: socket) {
            _ = try await Program.run(program, ["stop"], environment: world.environment)
        }
        await world.simulator.stop()
    }

    @Test func `every command of the tutorial works, one after the other`() async throws {
        let commands = try commands("docs/TUTORIAL.md")
        #expect(commands.count > 20 && commands.last == "rotator uninstall")
        let world = try world()
        let run = try await run(commands, world)
        #expect(run.code == 0, "\(run.output)\n\(run.errors)")
        #expect(run.output.contains("alice@example.com") && run.output.contains("bob@example.com"))
        #expect(run.output.components(separatedBy: "\n+ ").count == commands.count)
        #expect(world.home.read(".local/state/oauth-rotator/opt-in.flag") == nil)
        #expect(!world.credentials.isEmpty)
        try await end(world)
    }

    @Test func `a command that fails is seen`() async throws {
        let world = try world()
        let run = try await run(["rotator --version", "rotator status"], world)
        #expect(run.code == 1 && run.output.contains("ended with"))
        try await end(world)
    }

    /// A compiler with nothing left to do, and tests that pass: this is one of them.
    private func swift(_ world: World) throws {
        let directory = try Program.rotator().deletingLastPathComponent().path
        world.home.write(
            "bin/swift",
            """
            #!/bin/sh
            case "$*" in
                "build --show-bin-path") echo '\(directory)' ;;
                "build --product rotator" | "build --build-tests") ;;
                test\\ --skip-build\\ *) echo "Test run with 3 tests in 1 suite passed" ;;
                *) exit 1 ;;
            esac

            """, mode: 0o755)
    }

    /// A browser and a client in which a person signs in to bob at once; `make
    /// login-test` does the same with real pages in a real browser.
    private func person(_ world: World) -> [String: String] {
        let standIns = Program.repository.appending(path: "Tests/LoginDeskTests/StandIns").path
        let oauth = world.simulator.claudeAiOauth(of: World.email("bob")) ?? "{}"
        world.home.write("credential", #"{"claudeAiOauth":\#(oauth)}"#)
        return [
            "ROTATOR_CLAUDE": standIns + "/claude", "ROTATOR_BROWSER": standIns + "/browser",
            "DISPLAY": ":0", "STAND_IN": "stores", "STAND_IN_BROWSER": "stays",
            "STAND_IN_DIRECTORY": world.home.path,
            "STAND_IN_ADDRESS": "https://claude.ai/oauth/authorize?code=true&response_type=code"
                + "&code_challenge=abc&code_challenge_method=S256"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A4711%2Fcallback",
        ]
    }

    /// What the Python rotator left of carol.
    private func pythonRotator(_ world: World) {
        let root = ".claude/account-rotator"
        for name in [root, root + "/slots"] { world.home.makeDirectory(name) }
        world.home.write(root + "/state.json", #"{"slots":{"carol@example.com":{}}}"#)
        let oauth = world.simulator.claudeAiOauth(of: World.email("carol")) ?? "{}"
        world.home.write(
            root + "/slots/carol@example.com.json", #"{"claudeAiOauth":\#(oauth)}"#)
    }

    @Test func `every command of the README works, one after the other`() async throws {
        let commands = try commands("README.md")
        #expect(commands.count > 10 && commands.starts(with: ["scripts/demo", "scripts/test"]))
        let world = try world()
        try swift(world)
        pythonRotator(world)
        let run = try await run(commands + ["rotator events"], world, person(world))
        #expect(run.code == 0, "\(run.output)\n\(run.errors)")
        #expect(run.output.contains("now holds carol@example.com's credential"))
        #expect(run.output.contains("\n6 tests passed\n"))
        #expect(run.output.contains("1 of 1 found"))
        let told = run.output.split(separator: "\n").filter { $0.contains("  login  ") }
        for state in ["starting", "window-open", "authorised", "verified", "stored"] {
            #expect(told.contains { $0.contains("bob@example.com  \(state): ") }, "\(told)")
        }
        #expect(world.home.names(".claude/account-rotator/slots") == [])
        try await end(world)
    }

    @Test func `what uninstalling keeps and what it removes is what the service writes`()
        async throws
    {
        let world = try world()
        let run = try await run(
            ["scripts/install", "$HOME/.local/bin/rotator heartbeat"], world)
        #expect(run.code == 0, "\(run)")
        let purge = try await Program.run(
            URL(filePath: world.home.file(".local/bin/rotator")),
            ["uninstall", "--purge", "--yes"],
            environment: world.environment)
        #expect(purge.code == 0, "\(purge)")
        #expect(!world.home.names(".local/state").contains("oauth-rotator"))
        await world.simulator.stop()
    }
}
