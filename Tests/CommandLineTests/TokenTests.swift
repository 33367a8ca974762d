// The bearer token from the outside: turned on, rotated and off without a
// restart, and picked up by everything of ours.

import Foundation
import LoopbackHTTP
import Support
import Testing

@Suite(.serialized) struct TokenTests {
    private static let file = "janitor-data/oauth-rotator/bearer-token.header"

    private func status(_ world: World, _ field: String?) throws -> Int {
        let fields = field.map { [HTTPFields.Line(name: "Authorization", value: $0)] } ?? []
        return try world.client.exchange(
            method: "GET", target: "/accounts", fields: HTTPFields(fields),
            timeoutMilliseconds: 60_000
        ).status
    }

    private func value(_ world: World) throws -> String {
        let line = try #require(world.home.read(Self.file))
        let parts = line.split(separator: ":", maxSplits: 1)
        return parts[1].trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func `on, rotated and off count from the next request`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            #expect(try status(world, nil) == 200)
            let on = try await world.rotator("token", "on")
            #expect(on.code == 0 && on.output.contains("curl -H @"))
            #expect(world.home.mode(Self.file) == 0o600)
            let first = try value(world)
            #expect(first.wholeMatch(of: #/Bearer [\w-]{43}/#) != nil)
            #expect(try status(world, nil) == 401)
            #expect(try status(world, first) == 200)
            #expect(try await world.rotator("token", "on").code == 0)
            #expect(try value(world) == first, "one that is there stays")
            #expect(try await world.rotator("token", "rotate").code == 0)
            let second = try value(world)
            #expect(second != first)
            #expect(try status(world, first) == 401 && status(world, second) == 200)
            for verb in ["status", "heartbeat", "accounts"] {
                #expect(try await world.rotator(verb).code == 0, "\(verb)")
            }
            #expect(try await world.rotator("token", "off").code == 0)
            #expect(try status(world, nil) == 200 && world.home.read(Self.file) == nil)
        }
    }

    @Test func `no verb prints the token`() async throws {
        let world = try World()
        var said = ""
        for verb in ["on", "status", "rotate", "show-path"] {
            let run = try await world.rotator("token", verb)
            #expect(run.code == 0, "\(run)")
            said += run.output + run.errors
        }
        let secret = try value(world).dropFirst("Bearer ".count)
        #expect(!said.contains(secret))
        let path = try await world.rotator("token", "show-path")
        #expect(path.output == world.home.file(Self.file) + "\n")
        #expect(try await world.rotator("token", "--json").output.contains(#""state":"on""#))
        await world.simulator.stop()
    }

    @Test func `rotating what is off is 2, and leaves it off`() async throws {
        let world = try World()
        #expect(try await world.rotator("token", "rotate").code == 2)
        #expect(world.home.read(Self.file) == nil)
        await world.simulator.stop()
    }

    @Test(arguments: [
        ("Authorization: Bearer canary-0123456789abcdefghijklmnopqrs\n", mode_t(0o644)),
        ("Bearer canary-0123456789abcdefghijklmnopqrs\n", 0o600), ("", 0o600),
        ("Authorization: Bearer short\n", 0o600),
        ("Authorization: Bearer canary-0123456789abcdefghijklmnopqrs\nX: y\n", 0o600),
    ])
    func `a file that cannot be trusted shuts the door, and says how to mend it`(
        text: String, mode: mode_t
    ) async throws {
        let world = try World()
        try await world.serving { _ async throws in
            world.home.write(Self.file, text, mode: mode)
            #expect(try status(world, nil) == 401)
            let sent = "Bearer canary-0123456789abcdefghijklmnopqrs"
            #expect(try status(world, sent) == 401)
            let run = try await world.rotator("status")
            #expect(run.code == 1 && run.errors.contains("rotator token rotate"), "\(run)")
            #expect(!run.errors.contains("canary"))
            #expect(try await world.rotator("token", "status").code == 1)
            #expect(try await world.rotator("token", "rotate").code == 0)
            #expect(try await world.rotator("status").code == 0)
        }
    }

    @Test func `required by the configuration, it is made at the start and missed when gone`()
        async throws
    {
        let world = try World(more: ["ROTATOR_REQUIRE_TOKEN": "true"])
        try await world.serving { _ async throws in
            #expect(try status(world, nil) == 401 && status(world, value(world)) == 200)
            #expect(try await world.rotator("token", "off").code == 1)
            let gone = try value(world)
            try FileManager.default.removeItem(atPath: world.home.file(Self.file))
            #expect(try status(world, nil) == 401 && status(world, gone) == 401)
            #expect(try await world.rotator("token", "on").code == 0)
            #expect(try await world.rotator("status").code == 0)
        }
    }

    @Test func `the status line and curl's header file are let in`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            #expect(try await world.rotator("token", "on").code == 0)
            world.home.write("input", #"{"session_id":"s","rate_limits":{}}"#)
            let line = try await Program.run(
                Program.rotator(), ["statusline", "--json", "--answer-milliseconds", "5000"],
                environment: world.environment, input: world.home.file("input"))
            #expect(!line.output.contains("unauthorized"))
            let curl = try await Program.run(
                URL(filePath: "/usr/bin/curl"),
                [
                    "-q", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H",
                    "@" + world.home.file(Self.file), "--unix-socket",
                    world.data + "/rotator.sock", "http://localhost/accounts",
                ], environment: world.environment)
            #expect(curl.output == "200", "\(curl)")
        }
    }
}
