// Programs this machine has: Claude Code and a browser of Chrome's family.
// Looked for, not run.

import DurableFiles

/// A Claude Code process whose credential is not the one in question.
package struct ClaudeElsewhere: Hashable, Sendable {
    package let pid: Int32
    package let directory: String
    package init(pid: Int32, directory: String) {
        self.pid = pid
        self.directory = directory
    }
}

package enum Programs {
    /// Where `claude` is; nil when it is nowhere it is usually installed.
    package static func claude(_ environment: [String: String]) -> String? {
        let home = environment["HOME"] ?? ""
        return find(
            ["claude"], environment,
            beside: [home + "/.local/bin", home + "/.claude/local", "/opt/homebrew/bin"])
    }

    /// The first of Chrome's family.
    package static func browser(_ environment: [String: String]) -> String? {
        let applications = [
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
        ]
        return find(
            ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"],
            environment, beside: []) ?? applications.first(where: isThere)
    }

    /// Claude Code's version as its path says; nil when it does not.
    package static func version(ofClaude path: String) -> String? {
        let parts = (canonicalPath(path) ?? path).split(separator: "/")
        guard let last = parts.last, parts.dropLast().last == "versions",
            last.first?.isNumber == true
        else { return nil }
        return String(last)
    }

    private static func find(
        _ names: [String], _ environment: [String: String], beside: [String]
    ) -> String? {
        let path = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let folders = (path + beside).filter { $0.hasPrefix("/") }
        return names.lazy.flatMap { name in folders.lazy.map { $0 + "/" + name } }
            .first(where: isThere)
    }

    private static func isThere(_ path: String) -> Bool {
        guard let facts = (try? FileFacts.of(path, following: true)) ?? nil else { return false }
        return facts.kind == .file && facts.mode & 0o111 != 0
    }
}
