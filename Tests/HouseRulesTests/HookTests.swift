// The plugin's heartbeat hook, with a stand-in for the program it starts: when it
// beats, what it shows and when it is silent. And that the plugin's own files are
// what Claude Code reads.

import Foundation
import Testing

@Suite struct HookTests {
    private static let hook = "hooks/heartbeat.sh"
    private static let data = "janitor-data/oauth-rotator/"
    private static let now = 1_790_000_000

    /// A stage on which rotation is on.
    private func stage(on: Bool = true) throws -> Stage {
        let stage = try Stage()
        try stage.tell(time: Self.now)
        if on { try stage.write(Self.data + "opt-in.flag") }
        return stage
    }

    private func run(
        _ stage: Stage, _ more: [String: String] = [:], event: [String] = []
    ) throws -> (code: Int32, output: String, errors: String) {
        let program = ["ROTATOR_BIN": stage.path("rotator")]
        return try stage.run(Self.hook, arguments: event, program.merging(more) { $1 })
    }

    private func beats(_ stage: Stage) -> Int {
        let text = (try? String(contentsOfFile: stage.path("beats"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0 == "heartbeat" }.count
    }

    /// The beat runs behind the hook: until it has left nothing half done.
    private func settled(_ stage: Stage, beats count: Int) async throws {
        while true {
            let names = try FileManager.default.contentsOfDirectory(atPath: stage.path(Self.data))
            let isBusy = names.contains {
                $0.hasPrefix("heartbeat.told.new") || $0.hasPrefix("heartbeat.error.")
            }
            if beats(stage) >= count, !isBusy { return }
            await Task.yield()
        }
    }

    private func message(_ output: String) throws -> String? {
        let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
        return (object as? [String: Any])?["systemMessage"] as? String
    }

    @Test func `off means off: nothing is started and nothing is said`() throws {
        let stage = try stage(on: false)
        defer { stage.remove() }
        let run = try run(stage, event: ["session-start"])
        #expect(run.code == 0 && run.output.isEmpty && run.errors.isEmpty)
        #expect(!stage.exists("beats") && !stage.exists(Self.data + "heartbeat.stamp"))
    }

    @Test func `when all is well it is silent, and beats once a minute however often it runs`()
        async throws
    {
        let stage = try stage()
        defer { stage.remove() }
        for _ in 0..<3 {
            let run = try run(stage)
            #expect(run.code == 0 && run.output.isEmpty && run.errors.isEmpty)
        }
        try await settled(stage, beats: 1)
        #expect(beats(stage) == 1)
        #expect(!stage.exists(Self.data + "heartbeat.told"))
    }

    @Test(
        arguments: [
            (-56, 2), (-55, 2), (-54, 1), (0, 1), (1, 2), (3600, 2), (nil, 2),
        ] as [(Int?, Int)])
    func `it beats again after 55 seconds, and where the stamp cannot be`(
        age: Int?, expected: Int
    ) async throws {
        let stage = try stage()
        defer { stage.remove() }
        _ = try run(stage)
        try await settled(stage, beats: 1)
        let stamp = age.map { "\(Self.now + $0)" } ?? "no number"
        try stamp.write(
            toFile: stage.path(Self.data + "heartbeat.stamp"), atomically: true, encoding: .utf8)
        _ = try run(stage)
        try await settled(stage, beats: expected)
        #expect(beats(stage) == expected)
    }

    @Test func `what a beat says is shown by the next hook, once, whatever is in it`()
        async throws
    {
        let stage = try stage()
        defer { stage.remove() }
        let said = "[warning] \"bob\" \\ needs you\n[info] a tab\there"
        #expect(try run(stage, ["BEAT": said]).output.isEmpty)
        try await settled(stage, beats: 1)
        let shown = try run(stage)
        #expect(try message(shown.output) == said.replacing("\t", with: " "))
        #expect(try run(stage).output.isEmpty)
    }

    @Test func `a failure is told once, and again after it was over`() async throws {
        let stage = try stage()
        defer { stage.remove() }
        let stamp = stage.path(Self.data + "heartbeat.stamp")
        var shown: [String] = []
        for (index, failing) in [true, true, false, true, false].enumerated() {
            try? FileManager.default.removeItem(atPath: stamp)
            let more = failing ? ["BEAT_ERROR": "rotator: no", "BEAT_CODE": "7"] : [:]
            shown.append(try run(stage, more).output)
            try await settled(stage, beats: index + 1)
        }
        #expect(shown.map(\.isEmpty) == [true, false, true, true, false])
        #expect(try message(shown[1]) == "rotator: no")
    }

    @Test func `a program that is not there is said when a session starts, and only then`()
        throws
    {
        let stage = try stage()
        defer { stage.remove() }
        let none = ["ROTATOR_BIN": stage.path("nothing")]
        let start = try run(stage, none, event: ["session-start"])
        let told = try #require(try message(start.output))
        #expect(start.code == 0 && told.contains("scripts/install"))
        let other = try run(stage, none)
        #expect(other.code == 0 && other.output.isEmpty && other.errors.isEmpty)
    }

    @Test func `the data directory of the configuration comes before the plugin's`() throws {
        let stage = try stage()
        defer { stage.remove() }
        try "data-dir: \(stage.path("elsewhere"))\n".write(
            toFile: stage.path("rotator.yaml"), atomically: true, encoding: .utf8)
        _ = try run(stage, ["ROTATOR_CONFIG": stage.path("rotator.yaml")])
        #expect(!stage.exists(Self.data + "heartbeat.stamp") && !stage.exists("beats"))
    }

    // MARK: The plugin

    private func object(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: SourceTree.root.appending(path: path))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func `each hook is a script that is there, on an event there is`() throws {
        let events = try #require(try object("hooks/hooks.json")["hooks"] as? [String: Any])
        #expect(
            Set(events.keys) == ["SessionStart", "UserPromptSubmit", "PostToolUse", "Stop"])
        for case let groups as [[String: Any]] in events.values {
            let hooks = groups.flatMap { $0["hooks"] as? [[String: Any]] ?? [] }
            #expect(!hooks.isEmpty)
            for hook in hooks {
                let command = try #require(hook["command"] as? String)
                let path = command.replacing("\"", with: "").prefix { $0 != " " }
                    .replacing("${CLAUDE_PLUGIN_ROOT}", with: SourceTree.root.path)
                #expect(FileManager.default.isExecutableFile(atPath: String(path)), "\(path)")
                #expect(hook["type"] as? String == "command" && hook["timeout"] is Int)
            }
        }
    }

    @Test func `the plugin has our version and a name its data directory is known by`() throws {
        let plugin = try object(".claude-plugin/plugin.json")
        let source = try #require(SourceTree.file("Sources/rotator/Version.swift")).lines
        #expect(source.contains("    static let current = \"\(plugin["version"] ?? "")\""))
        let name = try #require(plugin["name"] as? String)
        #expect(name.contains("janitor"))
        let market = try object(".claude-plugin/marketplace.json")
        let offered = try #require(market["plugins"] as? [[String: Any]])
        #expect(offered.map { $0["name"] as? String } == [name])
        #expect(offered.map { $0["source"] as? String } == ["./"])
    }

    @Test func `each skill is named as its folder, and says when it is meant`() throws {
        let root = SourceTree.root.appending(path: "skills").path
        let folders = try FileManager.default.contentsOfDirectory(atPath: root)
            .filter { $0 != "lib" }.sorted()
        #expect(folders.count == 5)
        for folder in folders {
            let lines = try #require(SourceTree.file("skills/\(folder)/SKILL.md")).lines
            #expect(lines[0] == "---" && lines[1] == "name: \(folder)" && lines[3] == "---")
            #expect(lines[2].hasPrefix("description: ") && lines[2].count <= 1024 + 13)
            #expect(lines[2].contains("Trigger with /\(folder)"))
        }
    }
}
