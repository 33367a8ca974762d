// Where Claude Code keeps its credential and its configuration, found the way
// Claude Code finds them: `CLAUDE_CONFIG_DIR`, else the home directory.

import DurableFiles

package struct ClaudePaths: Hashable, Sendable {
    /// Holds `.credentials.json`: `CLAUDE_CONFIG_DIR` or `~/.claude`.
    package let credentialDirectory: String
    package let credentialsFile: String
    /// `~/.claude.json`, or inside `CLAUDE_CONFIG_DIR`; the older
    /// `.config.json` in the credential directory wins where it exists.
    package let configFile: String

    /// An empty `claudeConfigDir` counts as unset.
    package init(home: String, claudeConfigDir: String?) {
        let chosen = claudeConfigDir.flatMap { $0.isEmpty ? nil : $0 }
        let directory = chosen ?? home + "/.claude"
        credentialDirectory = directory
        credentialsFile = directory + "/.credentials.json"
        let legacy = directory + "/.config.json"
        let hasLegacy = ((try? FileFacts.of(legacy, following: true)) ?? nil) != nil
        configFile = hasLegacy ? legacy : (chosen ?? home) + "/.claude.json"
    }
}
