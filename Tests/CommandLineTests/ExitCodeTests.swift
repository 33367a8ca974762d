// What a script may rely on: exit codes, one line, nothing half done.

import Foundation
import Support
import Testing

@Suite(.serialized) struct ExitCodeTests {
    @Test(arguments: [
        "status", "on", "off", "accounts", "known-emails", "capture", "tick", "history",
        "decisions", "why", "plan", "nudges", "pause", "resume",
    ])
    func `without a service every verb ends with 7 and says what to do`(verb: String) async throws {
        let world = try World()
        let run = try await world.rotator(verb)
        #expect(run.code == 7 && run.errors.contains("rotator serve"))
        await world.simulator.stop()
    }

    @Test func `a pinning variable of the caller is 3, and nothing is turned on`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            let run = try await world.rotator("on", more: ["ANTHROPIC_API_KEY": "canary-value"])
            #expect(run.code == 3 && run.errors.contains("ANTHROPIC_API_KEY"))
            #expect(!run.errors.contains("canary-value"))
            #expect(!world.home.names("janitor-data/oauth-rotator").contains("opt-in.flag"))
        }
    }

    @Test func `a pinning variable of the service is 3 as well`() async throws {
        let world = try World(more: ["CLAUDE_CODE_OAUTH_TOKEN": "canary-value"])
        try await world.serving { _ async throws in
            let run = try await world.rotator("on", more: ["CLAUDE_CODE_OAUTH_TOKEN": ""])
            #expect(run.code == 3 && run.errors.contains("the environment of the service"))
        }
    }

    @Test func `no chosen store is 4, with the advice`() async throws {
        let world = try World(store: "auto")
        try await world.serving { _ async throws in
            let run = try await world.rotator("on")
            #expect(run.code == 4 && run.errors.contains("--store file"))
            #expect(!world.home.names("janitor-data/oauth-rotator").contains("opt-in.flag"))
        }
    }

    @Test(arguments: ["", "/x/other-plugin"])
    func `another plugin's data directory is 5`(value: String) async throws {
        let world = try World()
        let run = try await world.rotator(
            "on", "--require-plugin-data", more: ["CLAUDE_PLUGIN_DATA": value])
        #expect(run.code == 5 && run.errors.contains("v2.1+"))
        await world.simulator.stop()
    }

    @Test func `on and off are idempotent, and the flag is the truth`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            for _ in 0..<2 {
                #expect(try await world.rotator("on").code == 0)
                #expect(world.home.read("janitor-data/oauth-rotator/opt-in.flag") == "on")
            }
            for _ in 0..<2 {
                #expect(try await world.rotator("off").code == 0)
                #expect(world.home.read("janitor-data/oauth-rotator/opt-in.flag") == nil)
            }
            world.home.write("janitor-data/oauth-rotator/opt-in.flag", "on")
            #expect(try await world.rotator("status").output.contains("ON"))
        }
    }

    @Test func `unknown accounts are 6, the live one stays, nothing signed in is 2`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            #expect(try await world.rotator("capture").code == 2)
            #expect(try await world.rotator("why").code == 2)
            try await world.enrol()
            #expect(try await world.rotator("switch", "dave@example.com").code == 6)
            #expect(try await world.rotator("forget", "dave@example.com").code == 6)
            #expect(try await world.rotator("forget", "alice@example.com").code == 1)
            #expect(try await world.rotator("forget", "bob@example.com").code == 0)
            #expect(try await world.rotator("known-emails").output.contains("bob") == false)
        }
    }

    @Test func `hold, reserve and pause are said, kept and lifted`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            try await world.enrol()
            let bob = "bob@example.com"
            func said(_ arguments: String...) async throws -> String {
                let run = try await Program.run(
                    Program.rotator(), arguments, environment: world.environment)
                #expect(run.code == 0, "\(run)")
                return run.output
            }
            #expect(try await said("hold", bob) == "\(bob): held.\n")
            let both = "held, 12.5 % kept in reserve"
            #expect(try await said("reserve", bob, "12.5") == "\(bob): \(both).\n")
            #expect(try await said("accounts").contains(both))
            #expect(try await said("hold", bob, "--release").contains("12.5 % kept"))
            #expect(try await said("reserve", bob, "0").contains("neither held nor reserved"))
            #expect(try await world.rotator("hold", "dave@example.com").code == 6)
            #expect(try await said("pause").contains("until `rotator resume`"))
            #expect(try await said("pause", "--for", "1h30m", "--json").contains("\"until\":\"2"))
            let far = "2099-01-01T00:00:00Z"
            #expect(try await said("pause", "--until", far).contains(far))
            #expect(try await said("resume") == "Swaps are not paused.\n")
        }
    }

    @Test(arguments: [
        ["moon"], ["switch"], ["pause", "--for", "x"], ["pause", "--for", "1"], ["hold"],
        ["pause", "--for", "1h", "--until", "2099-01-01T00:00:00Z"], ["pause", "--for", "1h1h"],
        ["pause", "--until", "2001-01-01T00:00:00Z"], ["reserve", "a@example.com", "100"],
        ["reserve", "a@example.com"], ["history", "--limit", "x"], ["history", "--limit", "0"],
        ["serve", "--port", "70000"], ["serve", "--store", "cellar"],
        ["config", "--config", "/no"], ["statusline", "--answer-milliseconds", "0"],
    ])
    func `bad arguments are 64`(arguments: [String]) async throws {
        let world = try World()
        try await world.serving { _ async throws in
            let run = try await Program.run(
                Program.rotator(), arguments, environment: world.environment)
            #expect(run.code == 64 && !run.errors.isEmpty, "\(run)")
        }
    }

    @Test(arguments: [
        ("policy: {threshold: 101}", "policy.threshold"), ("policy: {moon: 1}", "policy.moon"),
        ("store: cellar", "auto, keychain, file, secret-service"), ("a: [1]", "`a`"),
        ("- 1", "mapping"),
        ("policy: {strategy: luck}", "drain-first, soonest-reset"),
        ("policy: {priority: x}", "ids"),
        ("policy: {threshold: [97]}", "policy.threshold"), ("policy: {priority: [[a@b]]}", "list"),
        ("policy: {priority: [\"a@b,c@d\"]}", "list"), ("\"", "not YAML"),
        ("policy: {threshold-by-window: {five_hour: x}}", "five_hour"),
    ])
    func `a wrong configuration names the key and what it takes`(
        text: String, named: String
    ) async throws {
        let files = TemporaryDirectory()
        files.write("c.yaml", text)
        let run = try await Program.run(
            Program.rotator(), ["config", "--config", files.file("c.yaml")],
            environment: ["HOME": files.path])
        #expect(run.code == 64 && run.errors.contains(named), "\(run)")
    }

    @Test func `flags win over the environment, that over the file, that over defaults`()
        async throws
    {
        let files = TemporaryDirectory()
        files.write("c.yaml", "server: {port: 1111}\npolicy: {threshold: 80, dwell-seconds: 60}\n")
        let run = try await Program.run(
            Program.rotator(),
            ["config", "--config", files.file("c.yaml"), "--data-dir", "/d"],
            environment: ["HOME": files.path, "ROTATOR_THRESHOLD": "90", "ROTATOR_DATA_DIR": "/e"])
        for line in [
            "server.port                   1111", "policy.threshold              90",
            "policy.dwell-seconds          60", "data-dir                      /d",
            "policy.hysteresis-points      5",
        ] { #expect(run.output.contains(line), "\(run.output)") }
        #expect(run.output.contains("(environment ROTATOR_THRESHOLD)"))
        #expect(run.output.contains("(flag --data-dir)"))
    }

    @Test func `the priority is a list in the file, and separated by commas elsewhere`()
        async throws
    {
        let files = TemporaryDirectory()
        files.write("c.yaml", "policy: {priority: [b@example.com, u.o], strategy: round-robin}")
        let file = try await Program.run(
            Program.rotator(), ["config", "--config", files.file("c.yaml")],
            environment: ["HOME": files.path])
        #expect(file.output.contains("b@example.com,u.o") && file.output.contains("round-robin"))
        let environment = try await Program.run(
            Program.rotator(), ["config", "--config", files.file("c.yaml")],
            environment: ["HOME": files.path, "ROTATOR_PRIORITY": "a@example.com, b@example.com"])
        #expect(environment.output.contains("a@example.com, b@example.com"))
    }

    @Test func `the commented example is the defaults`() async throws {
        let home = TemporaryDirectory()
        let path = Program.repository.appending(path: "config/rotator.yaml").path
        let plain = try await Program.run(
            Program.rotator(), ["config"], environment: ["HOME": home.path])
        let example = try await Program.run(
            Program.rotator(), ["config", "--config", path], environment: ["HOME": home.path])
        #expect(example.code == 0)
        func values(_ run: Run) -> [String] {
            run.output.split(separator: "\n").map { line in
                String(line.prefix { $0 != "(" })
            }
        }
        #expect(values(plain) == values(example))
    }

    @Test func `a start that cannot be is 1, and says why`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            let port = world.environment["ROTATOR_API_BASE_URL"]?.split(separator: ":").last
            let taken = String(try #require(port))
            let other = world.home.file("other")
            let more = ["HOME": other, "ROTATOR_PORT": taken]
            let used = try await world.rotator("serve", "--data-dir", other, more: more)
            #expect(used.code == 1 && used.errors.contains("127.0.0.1:\(taken) is in use"))
            let homeless = try await world.rotator("serve", more: ["HOME": ""])
            #expect(homeless.code == 1 && homeless.errors.contains("HOME"))
            let file = world.home.file(".claude.json")
            let blocked = try await world.rotator("serve", "--data-dir", file)
            #expect(blocked.code == 1 && blocked.errors.contains("not a directory"))
            let insecure = ["ROTATOR_API_BASE_URL": "http://example.com"]
            let told = try await world.rotator("serve", more: insecure)
            #expect(told.code == 1 && told.errors.contains("https"))
        }
    }

    @Test func `with few descriptors a flood of idle connections locks nobody out`() async throws {
        let world = try World()
        let bash = URL(filePath: "/bin/bash")
        let limited = "ulimit -n 40; exec \"$0\" serve"
        let service = try Program.start(
            bash, ["-c", limited, Program.rotator().path], environment: world.environment)
        let isListening = await service.output.untilFirstLine()
        try #require(isListening)
        let port = try #require(service.output.text.firstMatch(of: #/127\.0\.0\.1:(\d+)/#)).1
        let flood = """
            for one in $(seq 60); do exec {fd}<>/dev/tcp/127.0.0.1/\(port) || exit 9; done
            curl -sS --max-time 10 --unix-socket "$1" http://localhost/health
            """
        let run = try await Program.run(
            bash, ["-c", flood, "flood", world.data + "/rotator.sock"],
            environment: world.environment)
        #expect(run.code == 0 && run.output.contains("\"status\":\"ok\""), "\(run)")
        service.terminate()
        #expect(await service.ended() == 0)
        await world.simulator.stop()
    }
}
