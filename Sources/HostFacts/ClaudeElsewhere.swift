// Claude Code processes that keep their credential elsewhere.

/// A Claude Code process whose credential is not the one in question.
package struct ClaudeElsewhere: Hashable, Sendable {
    package let pid: Int32
    package let directory: String
    package init(pid: Int32, directory: String) {
        self.pid = pid
        self.directory = directory
    }
}
