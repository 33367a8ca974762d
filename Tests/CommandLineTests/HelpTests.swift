// What the program says of itself: help with examples that work, errors that
// say what to do, completions a shell can read, and the man page of these verbs.

import ArgumentParser
import Foundation
import LoopbackHTTP
import Support
import Testing

@testable import rotator

@Suite struct HelpTests {
    private var shown: [any ParsableCommand.Type] {
        RotatorCommand.configuration.subcommands.filter { $0.configuration.shouldDisplay }
    }

    @Test func `every verb says what it does, with an example that parses`() throws {
        #expect(shown.count > 25)
        for verb in shown {
            let name = verb._commandName
            #expect(!verb.configuration.abstract.isEmpty, "\(name)")
            let examples = verb.configuration.discussion.split(separator: "\n")
                .filter { $0.hasPrefix("  rotator ") }
            #expect(!examples.isEmpty, "\(name) has no example")
            for example in examples {
                let words = example.prefix { $0 != "<" }.split(separator: " ").map(String.init)
                #expect(words[1] == name)
                #expect(throws: Never.self, "\(example)") {
                    _ = try RotatorCommand.parseAsRoot(Array(words.dropFirst()))
                }
            }
        }
    }

    @Test func `every argument has a help of its own`() async throws {
        let run = try await Program.run(
            Program.rotator(), ["--experimental-dump-help"], environment: [:])
        let tree = try JSONDecoder().decode(Tree.self, from: Data(run.output.utf8))
        func look(_ command: Tree.Command) {
            for argument in command.arguments ?? [] where argument.shouldDisplay {
                let isSaid = argument.abstract?.isEmpty == false
                #expect(isSaid, "\(command.commandName) \(argument.valueName ?? "")")
            }
            for inner in command.subcommands ?? [] where inner.shouldDisplay { look(inner) }
        }
        for verb in tree.command.subcommands ?? [] where verb.commandName != "help" {
            if verb.shouldDisplay { look(verb) }
        }
    }

    private struct Tree: Decodable {
        struct Argument: Decodable {
            let abstract: String?
            let valueName: String?
            let shouldDisplay: Bool
        }
        struct Command: Decodable {
            let commandName: String
            let shouldDisplay: Bool
            let arguments: [Argument]?
            let subcommands: [Command]?
        }
        let command: Command
    }

    @Test func `what the service does not answer is told with what to do`() {
        for error in [HTTPClientError.notListening, .timedOut, .connectionLost, .malformed] {
            let halves = ServiceClient.text(of: error).split(separator: "; ")
            #expect(halves.count == 2, "\(error)")
        }
    }

    @Test func `a setting that is wrong is told with what it takes`() {
        for key in SettingKey.allCases where key.complaint(about: "") != nil {
            let text = ConfigurationError(key, .environment(key.variable), key.complaint(about: ""))
                .description
            #expect(text.contains(key.variable) && text.contains("; "), "\(text)")
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `the shell reads its completions, and e-mails come from the service`(shell: String)
        async throws
    {
        let home = TemporaryDirectory()
        let run = try await Program.run(
            Program.rotator(), ["--generate-completion-script", shell], environment: [:])
        #expect(run.code == 0 && run.output.contains("rotator known-emails"))
        home.write("script", run.output)
        let places = ["/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"]
        guard
            let path = places.map({ $0 + shell })
                .first(where: FileManager.default.isExecutableFile)
        else { return }
        let read = try await Program.run(
            URL(filePath: path), ["-n", home.file("script")], environment: ["HOME": home.path])
        #expect(read.code == 0 && read.errors == "", "\(read)")
        home.write("broken", run.output + "\nif (((\n")
        let broken = try await Program.run(
            URL(filePath: path), ["-n", home.file("broken")], environment: ["HOME": home.path])
        #expect(broken.code != 0)
    }

    @Test func `the man page is of these verbs`() async throws {
        let python = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"]
            .first(where: FileManager.default.isExecutableFile)
        guard let python else { return }
        let script = Program.repository.appending(path: "scripts/man").path
        let run = try await Program.run(
            URL(filePath: python), [script, "--check", Program.rotator().path],
            environment: ["PATH": "/usr/bin:/bin"])
        #expect(run.code == 0, "\(run.errors)")
    }

    @Test func `events are asked for with the token, where one is needed`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            #expect(try await world.rotator("token", "on").code == 0)
            #expect(try await world.rotator("events").code == 0)
        }
    }
}
