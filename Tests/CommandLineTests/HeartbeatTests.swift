// The heartbeat and the skills: what starts the service, and how often.

import Foundation
import Support
import Testing

@Suite(.serialized) struct HeartbeatTests {
    /// Ends the service a heartbeat left behind.
    private func end(_ world: World) async throws {
        if let pid = try world.health()?.pid { kill(pid, SIGTERM) }
        while (try? world.health()) != nil { await Task.yield() }
        await world.simulator.stop()
    }

    @Test func `ten racing starters leave one service, and print only nudges`() async throws {
        let world = try World()
        world.signIn("alice")
        let runs = try await withThrowingTaskGroup(of: Run.self) { group in
            for _ in 0..<10 { group.addTask { try await world.rotator("heartbeat") } }
            var runs: [Run] = []
            for try await run in group { runs.append(run) }
            return runs
        }
        #expect(runs.allSatisfy { $0.code == 0 && $0.output.isEmpty }, "\(runs)")
        let pids = try FileManager.default.contentsOfDirectory(atPath: "/proc")
            .filter { Int($0) != nil }
            .filter { pid in
                let command = FileHandle(forReadingAtPath: "/proc/\(pid)/cmdline")
                let words = (try? command?.readToEnd()) ?? nil
                return String(decoding: words ?? Data(), as: UTF8.self).contains(world.data)
            }
        #expect(pids == ["\(try #require(try world.health()?.pid))"])
        _ = try await world.rotator("on")
        let nudged = try await world.rotator("heartbeat")
        #expect(nudged.output.contains("[no-alternates]"))
        #expect(nudged.output.split(separator: "\n").allSatisfy { $0.hasPrefix("[") })
        let again = try await world.rotator("heartbeat")
        #expect(again.code == 0 && again.output.isEmpty, "told once: \(again)")
        try await end(world)
    }

    private func skill(_ name: String) -> URL {
        Program.repository.appending(path: "skills/\(name)")
    }
    private var turnOn: URL { skill("janitor-auto-manage-oauth-on/turn-on.sh") }
    private var turnOff: URL { skill("janitor-auto-manage-oauth-off/turn-off.sh") }

    /// A port that was free a moment ago: the skills speak TCP and need to
    /// know which.
    private func freePort() async throws -> String {
        let world = try World()
        await world.simulator.stop()
        let port = world.environment["ROTATOR_API_BASE_URL"]?.split(separator: ":").last
        return String(try #require(port))
    }

    @Test func `the skill's checks come in their order`() async throws {
        let world = try World(more: ["ROTATOR_PORT": "1"])
        var environment = world.environment
        environment["ROTATOR_BIN"] = "/bin/false"
        let silent = try await Program.run(turnOn, [], environment: environment)
        #expect(silent.code == 7, "\(silent)")
        environment["CLAUDE_PLUGIN_DATA"] = "/x/other"
        let other = try await Program.run(turnOn, [], environment: environment)
        #expect(other.code == 5 && other.errors.contains("v2.1+"))
        environment["ANTHROPIC_AUTH_TOKEN"] = "canary-value"
        let pinned = try await Program.run(turnOn, [], environment: environment)
        #expect(pinned.code == 3 && pinned.errors.contains("ANTHROPIC_AUTH_TOKEN"))
        #expect(!pinned.errors.contains("canary-value"))
        await world.simulator.stop()
    }

    @Test func `the skill starts the service, turns it on with one line, and off`() async throws {
        let world = try World(more: ["ROTATOR_PORT": try await freePort()])
        world.signIn("alice")
        var environment = world.environment
        environment["ROTATOR_BIN"] = try Program.rotator().path
        let on = try await Program.run(turnOn, [], environment: environment)
        #expect(on.code == 0, "\(on)")
        #expect(on.output.split(separator: "\n").count == 1)
        for word in ["ON", "97 %", "at least two", "heartbeat", "rotator off"] {
            #expect(on.output.contains(word), "\(on.output)")
        }
        #expect(world.home.read("janitor-data/oauth-rotator/opt-in.flag") == "on")
        let off = try await Program.run(turnOff, [], environment: environment)
        #expect(off.code == 0 && off.output.contains("OFF"))
        #expect(world.home.read("janitor-data/oauth-rotator/opt-in.flag") == nil)
        try await end(world)
        world.home.write("janitor-data/oauth-rotator/opt-in.flag", "on")
        let without = try await Program.run(turnOff, [], environment: environment)
        #expect(without.code == 0)
        #expect(world.home.read("janitor-data/oauth-rotator/opt-in.flag") == nil)
    }

    @Test func `the skill says 4 where no store is supported`() async throws {
        let world = try World(store: "auto", more: ["ROTATOR_PORT": try await freePort()])
        try await world.serving { _ async throws in
            let run = try await Program.run(turnOn, [], environment: world.environment)
            #expect(run.code == 4 && run.errors.contains("--store file"), "\(run)")
        }
    }

    @Test func `the skills look, swap and refuse on the real service`() async throws {
        let world = try World(more: ["ROTATOR_PORT": try await freePort()])
        try await world.serving { _ async throws in
            try await world.enrol()
            func run(_ name: String, _ arguments: String...) async throws -> Run {
                try await Program.run(skill(name), arguments, environment: world.environment)
            }
            let status = try await run("janitor-auto-manage-oauth-status/status.sh")
            #expect(status.code == 0 && status.output.contains("OFF"), "\(status)")
            #expect(status.output.contains("Live: alice@example.com."))
            let rotate = "janitor-rotate-account-to/rotate-to.sh"
            let swapped = try await run(rotate, World.email("bob"))
            #expect(swapped.code == 0 && swapped.output.contains("bob@example.com"), "\(swapped)")
            #expect(world.live == "bob")
            #expect(try await run(rotate, World.email("bob")).output.contains("live already"))
            #expect(try await run(rotate, "nobody@example.com").code == 6)
            #expect(world.live == "bob")
            let told = try await run("janitor-auto-manage-oauth-status/status.sh")
            #expect(told.output.contains("Live: bob@example.com."))
            let logins = "janitor-refresh-claude-logins/refresh-logins.sh"
            let none = try await run(logins)
            #expect(none.code == 0 && none.output.contains("No account"), "\(none)")
            // There is no `claude` on this PATH.
            let missing = try await run(logins, World.email("carol"))
            #expect(missing.code == 2 && missing.errors.contains("claude"), "\(missing)")
        }
    }
}
