// Undoes `scripts/install`: off, the service stopped, the files it put there
// removed. Slots, history and configuration stay unless `--purge`; Claude Code's
// own credential stays always. Works without the service.

import ArgumentParser
import ControlWire
import DurableFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct Uninstall: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn rotation off, stop the service and remove what scripts/install put here.",
        discussion: "Slots, history and configuration are kept unless --purge is given. Claude "
            + "Code's own credential is never touched: you stay signed in.\n\n"
            + Examples.text("rotator uninstall", "rotator uninstall --purge"))
    @OptionGroup var common: CommonOptions
    @Flag(name: .long, help: "Remove slots, history and configuration too. Asks first.")
    var purge = false
    @Flag(name: .long, help: "Do not ask.") var yes = false

    private static let stopSeconds: Int64 = 60

    func run() throws {
        let configuration = try common.configuration()
        let manifest = try installed()
        if purge { try confirm(configuration.dataDirectory) }
        try turnOffAndStop(configuration)
        var removal = Removal()
        if purge { DataFiles.purge(configuration.dataDirectory, &removal) }
        if let manifest { remove(manifest, &removal) }
        try say(removal, leftovers(configuration, manifest), isInstalled: manifest != nil)
        guard removal.failures.isEmpty else {
            for failure in removal.failures {
                Output.error("not removed: \(failure); remove it by hand")
            }
            throw ExitStatus.code(.failed)
        }
    }

    /// Nil when this program was not installed by `scripts/install`.
    private func installed() throws -> (path: String, content: InstallManifest)? {
        guard let program = OwnProgram.path, let path = InstallManifest.path(program: program)
        else { return nil }
        do {
            guard let bytes = try DurableFile.read(path, limitBytes: 1 << 16) else { return nil }
            return (path, try InstallManifest(text: String(decoding: bytes, as: UTF8.self)))
        } catch let error as InstallManifest.Malformed {
            Output.error(
                "line \(error.line) of \(path) is not scripts/install's; nothing was removed, run "
                    + "scripts/install again and then this")
        } catch let error as DurableFileError {
            Output.error(error.message)
        }
        throw ExitStatus.code(.failed)
    }

    private func confirm(_ directory: String) throws {
        guard !yes else { return }
        let words =
            "This removes the stored credentials of your other accounts, the history and the "
            + "configuration in\n\(directory). Each account but the live one then needs a new "
            + "sign-in.\nType purge to go on: "
        guard isatty(0) == 1 else {
            Output.error("--purge asks on a terminal; give --yes where there is none")
            throw ExitStatus.badArguments
        }
        Output.line(words)
        guard readLine() == "purge" else {
            Output.error("nothing was removed; type purge to remove it")
            throw ExitStatus.code(.failed)
        }
    }

    /// Off first: else a heartbeat in between would start it again.
    private func turnOffAndStop(_ configuration: Configuration) throws {
        let client = ServiceClient(configuration)
        var flag = Removal()
        flag.file(configuration.dataDirectory + "/opt-in.flag")
        if case .stillThere(let pid) = try RunningService.end(
            client, withinSeconds: Self.stopSeconds)
        {
            Output.error("the service (process \(pid)) has not ended; nothing else was removed")
            throw ExitStatus.code(.failed)
        }
        if let failure = flag.failures.first {
            Output.error("rotation could not be turned off: \(failure); `rotator off` says more")
            throw ExitStatus.code(.failed)
        }
        if !common.json { Output.line("Rotation is off and the service does not run.") }
    }

    private struct Body: Encodable {
        let removed: [String]
        let left: [String]
    }

    private func say(_ removal: Removal, _ left: [String], isInstalled: Bool) throws {
        if common.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let body = Body(removed: removal.removed, left: left)
            return Output.bytes(Array(try encoder.encode(body)) + [0x0A])
        }
        Output.line("\(removal.removed.count) files and directories removed.")
        if !isInstalled {
            Output.line("scripts/install did not put this program here; it was left where it is.")
        }
        for line in left { Output.line("left: " + line) }
    }

    /// The list goes last but its own directory: what is cut short can be done again.
    private func remove(
        _ manifest: (path: String, content: InstallManifest), _ removal: inout Removal
    ) {
        for path in manifest.content.paths(.file) { removal.file(path) }
        if purge { for path in manifest.content.paths(.configuration) { removal.file(path) } }
        if removal.failures.isEmpty { removal.file(manifest.path) }
        for path in manifest.content.paths(.directory) { removal.emptyDirectory(path) }
    }

    private func leftovers(
        _ configuration: Configuration, _ manifest: (path: String, content: InstallManifest)?
    ) -> [String] {
        var lines: [String] = []
        func isThere(_ path: String) -> Bool { ((try? FileFacts.of(path)) ?? nil) != nil }
        if isThere(configuration.dataDirectory) {
            lines.append(
                purge
                    ? "what is not ours in \(configuration.dataDirectory)"
                    : "\(configuration.dataDirectory), with the slots (credentials of your "
                        + "other accounts) and the history; --purge removes it")
        }
        for path in manifest?.content.paths(.configuration) ?? [] where isThere(path) {
            lines.append(path)
        }
        if ["keychain", "secret-service"].contains(configuration.text(.store))
            || Self.isMac && configuration.text(.store) == "auto"
        {
            lines.append("items named account-rotator-slot in the keychain")
        }
        lines.append("Claude Code's own credential; you stay signed in")
        lines.append("in Claude Code, if you put them there: the status line and the plugin")
        return lines
    }

    #if os(macOS)
        private static let isMac = true
    #else
        private static let isMac = false
    #endif
}
