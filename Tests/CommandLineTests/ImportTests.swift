// `rotator import` of the built program, against the simulated vendor.

import Foundation
import Support
import Testing
import VendorSimulator

@Suite(.serialized) struct ImportTests {
    private static let root = ".claude/account-rotator"

    private func write(_ world: World, _ names: [String]) {
        world.home.makeDirectory(Self.root)
        world.home.makeDirectory(Self.root + "/slots")
        let slots = names.map { #""\#(World.email($0))":{}"# }.joined(separator: ",")
        world.home.write(Self.root + "/state.json", #"{"slots":{\#(slots)}}"#)
        for name in names {
            let oauth = world.simulator.claudeAiOauth(of: World.email(name)) ?? "{}"
            world.home.write(
                "\(Self.root)/slots/\(World.email(name)).json", #"{"claudeAiOauth":\#(oauth)}"#)
        }
    }

    @Test func `all accounts are taken over, then their plaintext goes`() async throws {
        let world = try World()
        write(world, ["alice", "bob"])
        try await world.serving { service async throws in
            let dry = try await world.rotator("import", "--dry-run")
            #expect(dry.code == 0 && dry.output.contains("nothing was written"))
            #expect(try await world.rotator("known-emails").output == "")
            let first = try await world.rotator("import")
            #expect(first.code == 0 && first.output.contains("2 of 2 found"), "\(first.errors)")
            let second = try await world.rotator("import", "--delete-plaintext", "--json")
            #expect(second.code == 0 && second.output.contains("already-there"))
            #expect(world.home.names(Self.root + "/slots") == [])
            let known = try await world.rotator("known-emails").output
            #expect(known == "alice@example.com\nbob@example.com\n")
            let said = first.output + second.output + service.errors.text
            #expect(world.tokens.allSatisfy { !said.contains($0) })
        }
    }

    @Test func `one that cannot be proven is 1, and keeps its plaintext`() async throws {
        let world = try World()
        write(world, ["alice"])
        world.home.write(Self.root + "/slots/torn@example.com.json", "{")
        try await world.serving { _ async throws in
            let run = try await world.rotator("import", "--delete-plaintext")
            #expect(run.code == 1 && run.output.contains("1 of 2 found"))
            #expect(world.home.names(Self.root + "/slots").count == 2)
        }
    }

    @Test func `nothing to import is 2, and a rotator still on is 1`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            let none = try await world.rotator("import")
            #expect(none.code == 2 && none.errors.contains("account-rotator"))
            write(world, ["alice"])
            world.home.write(Self.root + "/opt-in.flag", "on")
            let on = try await world.rotator("import")
            #expect(on.code == 1 && on.errors.contains("opt-in.flag"))
            let relative = try await world.rotator("import", "--from", "nowhere")
            #expect(relative.code == 2 && relative.errors.contains("/nowhere"))
        }
    }
}
