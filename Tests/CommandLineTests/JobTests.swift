// The main job from the outside: enrol, turn on, tick, and look at everything
// that is left behind.

import ControlWire
import Foundation
import Support
import Testing

@Suite(.serialized) struct JobTests {
    @Test func `one tick swaps the drained one in, keeps what is not its own, and says why`()
        async throws
    {
        let world = try World()
        try await world.serving { _ async throws in
            try await world.enrol()
            #expect(world.live == "alice")
            let on = try await world.rotator("on")
            #expect(on.code == 0 && on.output.contains("ON (tick every 60 s, threshold 97 %"))
            let tick = try await world.rotator("tick")
            #expect(tick.code == 0 && tick.output.hasPrefix("rotated: "), "\(tick)")
            #expect(world.live == "carol")
            #expect(world.credentials.contains(World.machine))
            #expect(world.home.mode(".claude/.credentials.json") == 0o600)
            let config = try #require(world.home.read(".claude.json"))
            #expect(config.hasPrefix(#"{"numStartups":3,"oauthAccount":{"#))
            #expect(config.hasSuffix(#","z":[ 1 ]}"#) && config.contains("carol@example.com"))
            let why = try await world.rotator("why", "bob@example.com")
            #expect(why.output.contains("[less-drained]"))
            #expect(try await world.rotator("history").output.contains("-> carol@example.com"))
            let back = try await world.rotator("switch", "alice@example.com", "--force")
            #expect(back.code == 0, "\(back)")
            #expect(world.live == "alice")
            #expect(world.credentials.contains(World.machine))
            #expect(
                try await world.rotator("known-emails").output
                    == World.names.map { World.email($0) + "\n" }.joined())
        }
    }

    @Test func `no token is anywhere but in the credential store`() async throws {
        let world = try World()
        try await world.serving { service in
            try await world.enrol()
            var said = ""
            let runs = [["on"], ["tick"], ["status"], ["accounts", "--json"], ["decisions"]]
            for arguments in runs {
                let run = try await Program.run(
                    Program.rotator(), arguments, environment: world.environment)
                said += run.output + run.errors
            }
            said += service.output.text + service.errors.text
            for name in ["environ", "cmdline"] {
                let path = "/proc/\(service.pid)/\(name)"
                let bytes = (try? Data(contentsOf: URL(filePath: path))) ?? Data()
                said += String(decoding: bytes, as: UTF8.self)
            }
            let names = world.home.names("janitor-data/oauth-rotator")
            #expect(names.contains("rotator.sqlite"))
            for name in names where name != "slots" {
                said += world.home.read("janitor-data/oauth-rotator/" + name) ?? ""
            }
            #expect(said.contains("carol@example.com"))
            #expect(!world.tokens.contains(where: said.contains))
            #expect(world.tokens.contains(where: world.credentials.contains))
        }
    }

    @Test func `with the drained one at its threshold the fresh one, with all of them nobody`()
        async throws
    {
        let fresh = try World([(98, 40), (12, 20), (60, 97)])
        try await fresh.serving { _ async throws in
            try await fresh.enrol()
            _ = try await fresh.rotator("on")
            #expect(try await fresh.rotator("tick").code == 0)
            #expect(fresh.live == "bob")
        }
        let stuck = try World([(98, 40), (99, 20), (60, 97)])
        try await stuck.serving { _ async throws in
            try await stuck.enrol()
            _ = try await stuck.rotator("on")
            let before = stuck.credentials
            let tick = try await stuck.rotator("tick")
            #expect(tick.code == 2)
            #expect(
                tick.output.contains("earliest reset is at")
                    && tick.output.contains("[rotation-stuck]"))
            #expect(stuck.credentials == before)
        }
    }

    @Test func `a sign-in alone enrols an account at the next tick`() async throws {
        let world = try World([(10, 10), (12, 20), (60, 90)])
        try await world.serving { _ async throws in
            world.signIn("bob")
            _ = try await world.rotator("on")
            #expect(try await world.rotator("tick").code == 0)
            #expect(try await world.rotator("known-emails").output == "bob@example.com\n")
        }
    }

    @Test func `a held lock defers, and nothing is changed`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            try await world.enrol()
            _ = try await world.rotator("on")
            world.home.makeDirectory(".claude/.oauth_refresh.lock")
            let before = world.credentials
            let tick = try await world.rotator("tick")
            #expect(tick.code == 8 && tick.output.contains(".oauth_refresh.lock"))
            #expect(world.credentials == before)
        }
    }

    @Test func `what was decided survives a kill, and the service starts again`() async throws {
        let world = try World()
        try await world.serving { first in
            try await world.enrol()
            _ = try await world.rotator("on")
            _ = try await world.rotator("tick")
            kill(first.pid, SIGKILL)
            _ = await first.ended()
            let second = try await world.serve()
            #expect(try world.health()?.pid == second.pid)
            #expect(try await world.rotator("status").output.contains("ON"))
            #expect(try await world.rotator("history").output.contains("-> carol@example.com"))
            second.terminate()
            #expect(await second.ended() == 0)
        }
    }

    @Test func `one rotator serves a credential store`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            let second = try await world.rotator("serve", "--data-dir", world.home.file("other"))
            #expect(second.code == 1 && second.errors.contains("another rotator serves"))
        }
    }

    @Test func `the demo rotates to the drained account`() async throws {
        let run = try await Program.run(
            Program.rotator(), ["demo", "--speed", "600", "--json"],
            environment: ["PATH": "/usr/bin:/bin"])
        #expect(run.code == 0, "\(run)")
        let decision = try JSONDecoder().decode(DecisionBody.self, from: Data(run.output.utf8))
        #expect(decision.outcome == "rotated" && decision.to == "carol@example.com")
    }
}
