// What pins Claude Code's authentication, so that a swapped credential is
// never read (reference G). Names only: no value is ever kept or shown.

package enum PinningVariables {
    /// Sorted.
    package static let names: [String] = [
        "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL",
        "ANTHROPIC_FEDERATION_RULE_ID", "ANTHROPIC_PROFILE", "ANTHROPIC_UNIX_SOCKET",
        "CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR", "CLAUDE_CODE_OAUTH_TOKEN",
        "CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR", "CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST",
        "CLAUDE_CODE_USE_ANTHROPIC_AWS", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_FOUNDRY",
        "CLAUDE_CODE_USE_MANTLE", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_SECURESTORAGE_CONFIG_DIR",
    ]

    /// The names that are set, sorted. Empty is unset; a switch that says `0`
    /// or `false` is off.
    package static func present(in environment: [String: String]) -> [String] {
        names.filter { name in
            guard let value = environment[name], !value.isEmpty else { return false }
            return !name.hasPrefix("CLAUDE_CODE_USE_")
                || !["0", "false"].contains(value.lowercased())
        }
    }
}
