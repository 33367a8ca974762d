// `rotator add-token` of the built program: what is filed, what is refused, and
// that nothing is ever swapped to it by itself.

import ControlWire
import Foundation
import LoopbackHTTP
import Support
import Testing
import VendorSimulator

@Suite(.serialized) struct AddTokenTests {
    /// Bob's access token with the scope of a setup-token.
    private func setupToken(_ world: World) throws -> String {
        world.simulator.change(World.email("bob")) { $0.behaviour = .scopeMissing }
        return try #require(world.simulator.account(World.email("bob"))).accessToken
    }

    private func add(_ world: World, _ email: String, _ token: String) async throws -> Run {
        world.home.write("token.txt", token)
        return try await Program.run(
            Program.rotator(), ["add-token", email], environment: world.environment,
            input: world.home.file("token.txt"))
    }

    @Test func `it is filed from standard input, shown as an estimate, and never taken`()
        async throws
    {
        let world = try World()
        world.signIn("alice")
        try await world.serving { service async throws in
            #expect(try await world.rotator("capture").code == 0)
            let token = try setupToken(world)
            let added = try await add(world, "bob@example.com", "\n  \(token)  \n")
            #expect(added.code == 0 && added.output.contains("estimate"), "\(added)")
            let again = try await add(world, "bob@example.com", token)
            #expect(again.code == 0, "\(again)")
            let known = try await world.rotator("known-emails").output
            #expect(known == "alice@example.com\nbob@example.com\n")
            let shown = try await world.rotator("accounts").output
            #expect(shown.contains("setup-token, until about"), "\(shown)")
            let before = world.simulator.requestLog.filter { $0.path == "/api/oauth/usage" }
            #expect(before.isEmpty)
            _ = try await world.rotator("on")
            let tick = try await world.rotator("tick", "--even-if-not-running", "--fresh")
            #expect(tick.code == 2 && world.live == "alice", "\(tick)")
            let why = try await world.rotator("why", "bob@example.com").output
            #expect(why.contains("[setup-token-unmeasured]"), "\(why)")
            let asked = world.simulator.requestLog.filter { $0.path == "/api/oauth/usage" }
            #expect(!asked.contains { $0.email == "bob@example.com" }, "it cannot be read")
            let refused = try await world.rotator("switch", "bob@example.com")
            #expect(refused.code == 2 && refused.errors.contains("setup-token"), "\(refused)")
            let forced = try await world.rotator("switch", "bob@example.com", "--force")
            #expect(forced.code == 0 && world.live == "bob", "\(forced)")
            #expect(world.credentials.contains(#""refreshToken":null"#))
            let display = world.home.read(".claude.json") ?? ""
            #expect(!display.contains("setup-token"), "\(display)")
            _ = try await world.rotator("tick", "--even-if-not-running")
            #expect(world.live == "bob")
            let back = try await world.rotator("switch", "alice@example.com", "--force")
            #expect(back.code == 0 && world.live == "alice", "\(back)")
            let said = [added, again, tick, refused, forced].map { $0.output + $0.errors }.joined()
            #expect(!(said + service.errors.text).contains(token))
        }
    }

    @Test func `what is not a setup-token is refused, and nothing is filed`() async throws {
        let world = try World()
        world.signIn("alice")
        try await world.serving { _ in
            let alices = try #require(world.simulator.account(World.email("alice")))
            let login = try await add(world, "alice@example.com", alices.accessToken)
            #expect(login.code == 1 && login.errors.contains("can read its profile"), "\(login)")
            let unknown = try await add(world, "x@example.com", "sk-ant-oat01-nobody-knows-this")
            #expect(unknown.code == 1 && unknown.errors.contains("does not accept"), "\(unknown)")
            for bad in ["", "short", "sk-ant-api03-0123456789abcdef", "sk-ant-ort01-0123456789abc"]
            {
                let run = try await add(world, "x@example.com", bad)
                #expect(run.code == 64, "\(run)")
            }
            #expect(try await add(world, "nobody", "sk-ant-oat01-0123456789abc").code == 64)
            #expect(try await world.rotator("known-emails").output == "")
        }
    }

    @Test func `a newer one takes the place of the older`() async throws {
        let world = try World()
        world.signIn("alice")
        try await world.serving { _ in
            let first = try setupToken(world)
            #expect(try await add(world, "bob@example.com", first).code == 0)
            world.simulator.change(World.email("carol")) { $0.behaviour = .scopeMissing }
            let carols = try #require(world.simulator.account(World.email("carol"))).accessToken
            #expect(try await add(world, "Bob@example.com", carols).code == 0)
            let files = world.home.names("janitor-data/oauth-rotator/slots")
            #expect(files.count == 1 && files[0].hasPrefix("setup-token."), "\(files)")
            let text = world.home.read("janitor-data/oauth-rotator/slots/\(files[0])") ?? ""
            #expect(text.contains(carols) && !text.contains(first))
        }
    }
}
