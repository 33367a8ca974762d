// The flags every verb takes, and the configuration they lead to.

import ArgumentParser
import ControlWire
import DurableFiles

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: "Where the service keeps its files.", completion: .directory)
    var dataDir: String?

    @Option(
        name: .long, help: "A YAML file in place of ~/.config/oauth-rotator/rotator.yaml.",
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Flag(name: .long, help: "Print the API's JSON body.")
    var json = false

    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The configuration in force, with `flags` on top. A wrong one ends the
    /// program as bad arguments do.
    func configuration(_ flags: [SettingKey: String] = [:]) throws -> Configuration {
        do {
            return try read(flags)
        } catch {
            Output.error(error.description)
            throw ExitStatus.badArguments
        }
    }

    /// The same for a caller that has its own answer to a wrong one.
    func read(_ flags: [SettingKey: String]) throws(ConfigurationError) -> Configuration {
        let environment = Self.environment
        var flags = flags
        if let dataDir { flags[.dataDirectory] = dataDir }
        var file: (path: String, content: [String: String])?
        if let path = config ?? environment["ROTATOR_CONFIG"] {
            if !path.isEmpty || config != nil { file = (path, try ConfigurationFile.read(path)) }
        } else if let path = Self.standardFile(environment), Self.isThere(path) {
            file = (path, try ConfigurationFile.read(path))
        }
        return try Configuration(file: file, environment: environment, flags: flags)
    }

    /// Where `scripts/install` puts it; read when it is there and no other is named.
    static func standardFile(_ environment: [String: String]) -> String? {
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
            return base + "/oauth-rotator/rotator.yaml"
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.config/oauth-rotator/rotator.yaml"
    }

    /// One that cannot be looked at is tried, and says why.
    private static func isThere(_ path: String) -> Bool {
        do {
            return try FileFacts.of(path, following: true) != nil
        } catch {
            return true
        }
    }
}

/// Exit codes of docs/SCRIPTING.md as ArgumentParser throws them.
enum ExitStatus {
    static let badArguments = ArgumentParser.ExitCode(ControlWire.ExitCode.badArguments.rawValue)

    static func code(_ code: ControlWire.ExitCode) -> ArgumentParser.ExitCode {
        ArgumentParser.ExitCode(code.rawValue)
    }
}
