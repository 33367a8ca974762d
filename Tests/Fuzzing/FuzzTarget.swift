// Everything of ours that reads bytes written by others, each with the laws
// that hold for any bytes. One function a target, for libFuzzer
// (`scripts/fuzz`) and for the tests alike.

package enum FuzzTarget: String, CaseIterable, Sendable {
    /// Requests, in whatever pieces they come, and beside a second parser.
    case http
    /// A request target: path and query.
    case target
    /// The usage endpoint's body.
    case usage
    /// Claude Code's credential file, and what a swap makes of two of them.
    case credential
    /// One of our slot files.
    case slot
    /// A session file of Claude Code.
    case session
    /// A settings file of Claude Code.
    case settings
    /// `.claude.json`, for its cached usage.
    case configuration
    /// The environment block of a process.
    case environment

    /// The law that these bytes break, in words; nil when none is broken.
    package func violation(_ bytes: [UInt8]) -> String? {
        switch self {
        case .http: HTTPLaws.violation(bytes)
        case .target: HTTPLaws.targetViolation(bytes)
        case .usage: ForeignFileLaws.usageViolation(bytes)
        case .credential: CredentialLaws.violation(bytes)
        case .slot: CredentialLaws.slotViolation(bytes)
        case .session: ForeignFileLaws.sessionViolation(bytes)
        case .settings: ForeignFileLaws.settingsViolation(bytes)
        case .configuration: ForeignFileLaws.configurationViolation(bytes)
        case .environment: ForeignFileLaws.environmentViolation(bytes)
        }
    }
}
