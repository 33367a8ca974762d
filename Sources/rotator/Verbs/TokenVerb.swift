// The service's bearer token: on, off, rotated, and where it is. The file is
// the truth, so none of these needs the service, and none prints the token.

import ArgumentParser
import CredentialStores
import DurableFiles

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct TokenVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Whether requests need a bearer token (RFC 6750), and the file that holds it.",
        discussion: Examples.text("rotator token on", "rotator token show-path"),
        subcommands: [On.self, Off.self, Rotate.self, ShowPath.self, Status.self],
        defaultSubcommand: Status.self)

    struct On: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask for a token from the next request on. Keeps one that is there.")
        @OptionGroup var common: CommonOptions

        func run() throws {
            let file = try common.tokenFile()
            if case .absent = file.state() { try file.renew() }
            try file.say(json: common.json)
        }
    }

    struct Off: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ask for no token any more.")
        @OptionGroup var common: CommonOptions

        func run() throws {
            let configuration = try common.configuration()
            guard configuration.text(.requireToken) != "true" else {
                Output.error(
                    "\(SettingKey.requireToken.rawValue) says that a token is needed; change that "
                        + "first and restart the service")
                throw ExitStatus.code(.failed)
            }
            let file = try common.tokenFile()
            do {
                try file.remove()
            } catch {
                Output.error(error.message)
                throw ExitStatus.code(.failed)
            }
            try file.say(json: common.json)
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A new token in the place of the old one, which counts no longer.")
        @OptionGroup var common: CommonOptions

        func run() throws {
            let file = try common.tokenFile()
            if case .absent = file.state() {
                Output.error("no token is asked for; turn it on with `rotator token on`")
                throw ExitStatus.code(.nothingToDoItWith)
            }
            try file.renew()
            try file.say(json: common.json)
        }
    }

    struct ShowPath: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show-path", abstract: "The file, there or not; for curl -H @FILE.")
        @OptionGroup var common: CommonOptions

        func run() throws {
            let path = try common.tokenFile().path
            if common.json { return try Output.json(["path": path]) }
            Output.line(path)
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whether requests need the token. Exit 1 when the file cannot be used.")
        @OptionGroup var common: CommonOptions

        func run() throws { try common.tokenFile().say(json: common.json) }
    }
}

extension CommonOptions {
    fileprivate func tokenFile() throws -> BearerTokenFile {
        BearerTokenFile(dataDirectory: try configuration().dataDirectory)
    }
}

extension BearerTokenFile {
    fileprivate func renew() throws {
        do {
            try replace(random: SystemRandomNumberGenerator.bytes(32))
        } catch {
            Output.error(error.message)
            throw ExitStatus.code(.failed)
        }
    }

    private struct Body: Encodable {
        let state: String
        let path: String
    }

    fileprivate func say(json: Bool) throws {
        let (state, line) =
            switch state() {
            case .absent: ("off", "Requests need no token.")
            case .token: ("on", "Requests need the token: curl -H @\(path) …")
            case .unusable(let reason): ("unusable", "every request is refused: \(reason)")
            }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Output.bytes(Array(try encoder.encode(Body(state: state, path: path))) + [0x0A])
        } else if state != "unusable" {
            Output.line(line)
        }
        guard state != "unusable" else {
            Output.error(line)
            throw ExitStatus.code(.failed)
        }
    }
}

extension SystemRandomNumberGenerator {
    /// From the system's generator for secrets.
    static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
