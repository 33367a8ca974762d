// Which processes are Claude Code: by what they execute, never by their name
// alone, because the native binary's name can be a version number and Claude
// Desktop is another program (reference H).

extension ProcessFacts {
    var isClaudeCode: Bool {
        guard let executable else { return false }
        if Self.isClaudeBinary(executable) { return true }
        let interpreter = executable.split(separator: "/").last ?? ""
        guard ["node", "nodejs", "bun"].contains(interpreter) else { return false }
        // npm starts the script by a link named `claude`, and the script then
        // names its own process so (process.title overwrites the arguments).
        if Self.isNamedClaude(arguments.first ?? "") { return true }
        guard let script = arguments.dropFirst().first(where: { !$0.hasPrefix("-") }) else {
            return false
        }
        return Self.isNamedClaude(script)
            || script.hasSuffix("/@anthropic-ai/claude-code/cli.js")
    }

    private static func isNamedClaude(_ path: String) -> Bool {
        path.split(separator: "/").last == "claude"
    }

    private static func isClaudeBinary(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        let name = parts.last ?? ""
        // Claude Desktop has its own sign-in; `rg` is a tool that comes along.
        if path.contains("/Claude.app/") || path.contains("claude-desktop") || name == "rg" {
            return false
        }
        if path.contains("/claude/versions/") { return true }
        if path.contains("/@anthropic-ai/claude-code/") { return name.hasPrefix("claude") }
        if path.contains("/anthropic.claude-code-") {
            return path.hasSuffix("/native-binary/claude")
        }
        return name == "claude"
    }

    /// Whether its credential store is the one in `directory` (canonical). One
    /// whose environment cannot be read counts: looking away would be worse.
    func uses(_ directory: String, canonical: (String) -> String) -> Bool {
        guard let environment else { return true }
        if let chosen = environment.claudeConfigDir, !chosen.isEmpty {
            return canonical(chosen) == directory
        }
        guard let home = environment.home, !home.isEmpty else { return true }
        return canonical(home + "/.claude") == directory
    }
}
