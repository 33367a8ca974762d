// What the machine says: whether Claude Code runs against this store, which
// of its sessions a rotation cannot reach, and what pins authentication here.
// `claude` itself is never started.

import DurableFiles
import RotationCore
import RotationEngine

package struct HostProbe: HostInspector {
    private let credentialDirectory: String
    private let environment: [String: String]
    private let managedSettings: String
    private let table: any ProcessTable

    /// `credentialDirectory` is Claude Code's; `environment` the service's own.
    package init(
        credentialDirectory: String, environment: [String: String], ownUID: UInt32
    ) {
        #if os(macOS)
            self.init(
                credentialDirectory: credentialDirectory, environment: environment,
                managedSettings:
                    "/Library/Application Support/ClaudeCode/managed-settings.json",
                table: MacProcessTable(ownUID: ownUID))
        #else
            self.init(
                credentialDirectory: credentialDirectory, environment: environment,
                managedSettings: "/etc/claude-code/managed-settings.json",
                table: ProcFileSystem(root: "/proc", ownUID: ownUID))
        #endif
    }

    init(
        credentialDirectory: String, environment: [String: String], managedSettings: String,
        table: any ProcessTable
    ) {
        self.credentialDirectory = credentialDirectory
        self.environment = environment
        self.managedSettings = managedSettings
        self.table = table
    }

    package func lookForClaude() async -> ClaudePresence {
        let directory = Self.canonical(credentialDirectory)
        let ours = table.processes().filter {
            $0.isClaudeCode && $0.uses(directory, canonical: Self.canonical)
        }
        let pinned = ours.compactMap { process -> PinnedSession? in
            guard let names = process.environment?.pinning, !names.isEmpty else { return nil }
            return PinnedSession(pid: process.pid, variables: names)
        }
        let sessions = liveSessions(in: directory + "/sessions")
        return ClaudePresence(
            running: !ours.isEmpty || sessions.map { !$0.isEmpty } ?? true,
            pinnedSessions: pinned, isBusy: sessions.flatMap(SessionFile.isBusy))
    }

    /// Claude Code processes that keep their credential elsewhere, sorted by
    /// process id.
    package func claudeElsewhere() -> [ClaudeElsewhere] {
        let directory = Self.canonical(credentialDirectory)
        return table.processes().filter(\.isClaudeCode).compactMap { process in
            guard !process.uses(directory, canonical: Self.canonical),
                let environment = process.environment
            else { return nil }
            let chosen = environment.claudeConfigDir.flatMap { $0.isEmpty ? nil : $0 }
            return ClaudeElsewhere(
                pid: process.pid, directory: chosen ?? (environment.home ?? "") + "/.claude")
        }
    }

    package func pinningFindings() async -> [PinningFinding] {
        let own = PinningVariables.present(in: environment).map {
            PinningFinding(variable: $0, place: .serviceEnvironment)
        }
        let files = [managedSettings, credentialDirectory + "/settings.json"]
        return own
            + files.flatMap { path in
                SettingsFile.pinningNames(in: path).map {
                    PinningFinding(variable: $0, place: .settingsFile(path))
                }
            }
    }

    /// The files of running sessions; nil when they cannot be looked at, which
    /// counts as running, as Claude Code's own tools do. One `<pid>.json` each;
    /// a crash leaves it behind, so the process must be there and not be a
    /// later one with the same number.
    private func liveSessions(in directory: String) -> [String]? {
        guard let names = try? DurableFile.names(in: directory) else { return nil }
        return names.compactMap { name in
            let path = directory + "/" + name
            guard name.hasSuffix(".json"), let pid = Int32(name.dropLast(5)), table.exists(pid)
            else { return nil }
            guard let started = table.startSeconds(of: pid),
                let facts = (try? FileFacts.of(path)) ?? nil
            else { return path }
            // The file is written after its process started.
            return started <= facts.modifiedMilliseconds / 1000 + 2 ? path : nil
        }
    }

    private static func canonical(_ path: String) -> String { canonicalPath(path) ?? path }
}
