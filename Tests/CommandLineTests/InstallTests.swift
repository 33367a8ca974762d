// scripts/install and `rotator uninstall`, in a home of their own: what is put
// there, what is left, and that an upgrade takes over from a service that runs.

import ControlWire
import Foundation
import Support
import Testing

@testable import rotator

@Suite(.serialized) struct InstallTests {
    private func install(_ world: World, _ arguments: String...) async throws -> Run {
        let script = Program.repository.appending(path: "scripts/install")
        let binary = ["--binary", try Program.rotator().path]
        return try await Program.run(
            script, binary + arguments, environment: world.environment)
    }

    private func installed(
        _ world: World, _ arguments: String..., more: [String: String] = [:]
    ) async throws -> Run {
        let program = URL(filePath: world.home.file(".local/bin/rotator"))
        return try await Program.run(
            program, arguments, environment: world.environment.merging(more) { $1 })
    }

    /// Every file below the home, with what is in it.
    private func files(_ world: World, below folder: String) -> [String: Data] {
        let root = URL(filePath: world.home.file(folder))
        let names = FileManager.default.enumerator(atPath: root.path)
        var files: [String: Data] = [:]
        for case let name as String in names ?? .init() {
            if let data = try? Data(contentsOf: root.appending(path: name)) { files[name] = data }
        }
        return files
    }

    private func gone(_ pid: Int32) async {
        while kill(pid, 0) == 0 { await Task.yield() }
    }

    @Test func `installing twice is installing once, and uninstalling leaves none of it`()
        async throws
    {
        let world = try World(more: ["CLAUDE_PLUGIN_DATA": ""])
        let first = try await install(world, "--store", "file")
        #expect(first.code == 0, "\(first)")
        let once = files(world, below: ".local")
        for name in [
            "bin/rotator", "share/bash-completion/completions/rotator",
            "share/zsh/site-functions/_rotator", "share/fish/vendor_completions.d/rotator.fish",
            "share/oauth-rotator/plugin/hooks/hooks.json",
        ] { #expect(once[name]?.isEmpty == false, "\(name)") }
        let config = try #require(world.home.read(".config/oauth-rotator/rotator.yaml"))
        #expect(config.contains("\nstore: file\n"))
        #expect(world.home.mode(".config/oauth-rotator/rotator.yaml") == 0o600)
        #expect(config.contains("\ndata-dir: \(world.home.path)/.local/state/oauth-rotator\n"))
        world.home.write(".config/oauth-rotator/rotator.yaml", config + "\n# mine\n")
        let second = try await install(world)
        #expect(second.code == 0, "\(second)")
        #expect(files(world, below: ".local") == once)
        #expect(
            world.home.read(".config/oauth-rotator/rotator.yaml")?.hasSuffix("# mine\n") == true)

        let removed = try await installed(world, "uninstall")
        #expect(removed.code == 0, "\(removed)")
        #expect(files(world, below: ".local").isEmpty)
        #expect(removed.output.contains("left: ") && removed.output.contains("rotator.yaml"))
        #expect(world.home.read(".config/oauth-rotator/rotator.yaml") != nil)
        await world.simulator.stop()
    }

    @Test func `what an earlier version put there and this one does not is removed`()
        async throws
    {
        let world = try World()
        #expect(try await install(world).code == 0)
        let manifest = ".local/share/oauth-rotator/install-manifest"
        let old = world.home.file(".local/share/oauth-rotator/old.txt")
        world.home.write(".local/share/oauth-rotator/old.txt", "old")
        world.home.write(".local/share/oauth-rotator/mine.txt", "mine")
        world.home.write(manifest, (world.home.read(manifest) ?? "") + "file \(old)\n")
        #expect(try await install(world).code == 0)
        #expect(world.home.read(".local/share/oauth-rotator/old.txt") == nil)
        #expect(try await installed(world, "uninstall").code == 0)
        #expect(world.home.read(".local/share/oauth-rotator/mine.txt") == "mine")
        await world.simulator.stop()
    }

    @Test func `an upgrade takes over: the service is another, what it knows is the same`()
        async throws
    {
        let world = try World()
        #expect(try await install(world).code == 0)
        world.signIn("alice")
        #expect(try await installed(world, "heartbeat").code == 0)
        #expect(try await installed(world, "capture").code == 0)
        #expect(try await installed(world, "on").code == 0)
        #expect(try await installed(world, "tick").code != 7)
        let before = try #require(try world.health())
        let upgrade = try await install(world)
        #expect(upgrade.code == 0 && upgrade.output.contains("goes on"), "\(upgrade)")
        let after = try #require(try world.health())
        #expect(after.pid != before.pid && kill(before.pid, 0) != 0)
        // It ticked at once, with the store and vendor the old one was told.
        #expect(after.optedIn && after.live == "alice@example.com")
        #expect(try #require(after.lastTickAt) >= before.lastTickAt ?? "")
        let stop = try await installed(world, "stop")
        #expect(stop.code == 0 && stop.output.contains("\(after.pid)"))
        await gone(after.pid)
        #expect(try await installed(world, "stop").output == "The service is not running.\n")
        await world.simulator.stop()
    }

    @Test func `a service in somebody's terminal is not taken from it`() async throws {
        let world = try World()
        try await world.serving { service async throws in
            let run = try await install(world)
            #expect(run.code == 0 && run.output.contains("Restart it yourself"), "\(run)")
            #expect(try world.health()?.pid == service.pid)
        }
    }

    @Test func `uninstalling turns off and stops, and never touches Claude Code's credential`()
        async throws
    {
        let world = try World()
        #expect(try await install(world).code == 0)
        world.signIn("alice")
        #expect(try await installed(world, "heartbeat").code == 0)
        #expect(try await installed(world, "capture").code == 0)
        #expect(try await installed(world, "on").code == 0)
        let pid = try #require(try world.health()).pid
        let credentials = world.credentials
        let kept = try await installed(world, "uninstall")
        #expect(kept.code == 0, "\(kept)")
        await gone(pid)
        #expect(world.credentials == credentials && !credentials.isEmpty)
        #expect(world.home.read("janitor-data/oauth-rotator/opt-in.flag") == nil)
        #expect(world.home.names("janitor-data/oauth-rotator/slots").count == 1)

        #expect(try await install(world).code == 0)
        world.home.write("janitor-data/oauth-rotator/mine", "mine")
        let asked = try await installed(world, "uninstall", "--purge")
        #expect(asked.code == 64 && asked.errors.contains("--yes"))
        #expect(world.home.names("janitor-data/oauth-rotator/slots").count == 1)
        let purged = try await installed(world, "uninstall", "--purge", "--yes")
        #expect(purged.code == 0, "\(purged)")
        #expect(world.home.names("janitor-data/oauth-rotator") == ["mine"])
        #expect(world.home.read(".config/oauth-rotator/rotator.yaml") == nil)
        #expect(world.credentials == credentials)
        await world.simulator.stop()
    }

    @Test func `a list that is not the installer's removes nothing`() async throws {
        let world = try World()
        #expect(try await install(world).code == 0)
        let manifest = ".local/share/oauth-rotator/install-manifest"
        for line in ["file relative", "tree /x/y", "file /x/../y", "file /", "file"] {
            world.home.write(manifest, (world.home.read(manifest) ?? "") + line + "\n")
            let run = try await installed(world, "uninstall")
            #expect(run.code == 1 && run.errors.contains("nothing was removed"), "\(line)")
            #expect(world.home.mode(".local/bin/rotator") == 0o755)
            let lines = (world.home.read(manifest) ?? "").split(separator: "\n").dropLast()
            world.home.write(manifest, lines.joined(separator: "\n") + "\n")
        }
        await world.simulator.stop()
    }

    @Test(arguments: [
        ["--prefix", "relative"], ["--prefix"], ["--store", "cloud"], ["--what"],
        ["--prefix", "/a b"],
    ])
    func `wrong arguments are 64, and nothing is put anywhere`(arguments: [String])
        async throws
    {
        let home = TemporaryDirectory()
        let script = Program.repository.appending(path: "scripts/install")
        let run = try await Program.run(
            script, ["--binary", try Program.rotator().path] + arguments,
            environment: ["HOME": home.path, "PATH": "/usr/bin:/bin"])
        #expect(run.code == 64 && home.names() == [])
    }

    @Test func `the configuration of the home is read when no other is named`() async throws {
        let home = TemporaryDirectory()
        home.makeDirectory(".config")
        home.makeDirectory(".config/oauth-rotator")
        home.write(".config/oauth-rotator/rotator.yaml", "policy: {threshold: 81}")
        home.write("other.yaml", "policy: {threshold: 82}")
        func threshold(_ more: [String: String]) async throws -> String {
            let run = try await Program.run(
                Program.rotator(), ["config"],
                environment: ["HOME": home.path].merging(more) { $1 })
            let line = run.output.split(separator: "\n").first { $0.hasPrefix("policy.threshold ") }
            return line.map { String($0.split(separator: " ")[1]) } ?? run.errors
        }
        #expect(try await threshold([:]) == "81")
        #expect(try await threshold(["ROTATOR_CONFIG": home.file("other.yaml")]) == "82")
        #expect(try await threshold(["ROTATOR_CONFIG": ""]) == "97")
        #expect(try await threshold(["XDG_CONFIG_HOME": home.file("none")]) == "97")
        #expect(try await threshold(["XDG_CONFIG_HOME": "relative"]) == "81")
        #expect(CommonOptions.standardFile([:]) == nil)
    }

    @Test func `the commented example has every key there is`() throws {
        let example = Program.repository.appending(path: "config/rotator.yaml")
        let lines = try String(contentsOf: example, encoding: .utf8).split(separator: "\n")
        for key in SettingKey.allCases {
            let last = key.rawValue.split(separator: ".").last ?? ""
            #expect(
                lines.contains { $0.drop { $0 == " " || $0 == "#" }.hasPrefix("\(last):") },
                "\(key.rawValue)")
            #expect(lines.contains { $0.contains(key.variable) }, "\(key.variable)")
        }
    }
}
