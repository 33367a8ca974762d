// Errors of the API: RFC 9457 problem details with a stable `code`, and the
// exit codes the command line makes of them. docs/SCRIPTING.md prints the
// same tables; a test compares them.

/// `application/problem+json`.
package struct ProblemBody: Codable, Equatable, Sendable, Error {
    /// Always `about:blank` (RFC 9457 §4.2.1); `code` tells problems apart.
    package var type: String
    package var title: String
    package var status: Int
    /// What failed, and what to do.
    package var detail: String
    package var code: String
    /// With `pinned-environment`: the variable's name and where it is set.
    package var variable: String?
    package var `where`: String?
    /// With `unattributable`: what a status line can draw from all the same.
    package var statusLine: StatusLineBody?

    package init(
        code: ProblemCode, detail: String, variable: String? = nil, where place: String? = nil,
        statusLine: StatusLineBody? = nil
    ) {
        type = "about:blank"
        title = code.title
        status = code.status
        self.detail = detail
        self.code = code.rawValue
        self.variable = variable
        self.where = place
        self.statusLine = statusLine
    }
}

/// Stable problem codes. Append only.
package enum ProblemCode: String, Sendable, CaseIterable {
    case badRequest = "bad-request"
    case forbidden
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case unsupportedMediaType = "unsupported-media-type"
    case pinnedEnvironment = "pinned-environment"
    case unsupportedPlatform = "unsupported-platform"
    case unknownAccount = "unknown-account"
    case ambiguousAccount = "ambiguous-account"
    case accountIsLive = "account-is-live"
    case alreadyLive = "already-live"
    case targetUnusable = "target-unusable"
    case storeRefused = "store-refused"
    case storeUnreachable = "store-unreachable"
    case storeMalformed = "store-malformed"
    case credentialLocked = "credential-locked"
    case credentialChanged = "credential-changed"
    case credentialSuperseded = "credential-superseded"
    case credentialIncomplete = "credential-incomplete"
    case identityUnknown = "identity-unknown"
    case noLiveCredential = "no-live-credential"
    case noDecisionYet = "no-decision-yet"
    case unknownNudge = "unknown-nudge"
    case historyUnavailable = "history-unavailable"
    case flagNotWritten = "flag-not-written"
    case nothingToImport = "nothing-to-import"
    case otherManagerOn = "other-manager-on"
    case stopping
    case internalError = "internal-error"
    case unattributable
    case tooManyListeners = "too-many-listeners"
    case unauthorized
    case tooManyRequests = "too-many-requests"
    case setupTokenRefused = "setup-token-refused"
    case loginRunning = "login-running"
    case noLogin = "no-login"
    case claudeMissing = "claude-missing"
    case browserMissing = "browser-missing"
    case displayMissing = "display-missing"
    case loginFailed = "login-failed"

    package var status: Int {
        switch self {
        case .badRequest: 400
        case .unauthorized: 401
        case .forbidden: 403
        case .notFound, .unknownAccount, .noDecisionYet, .unknownNudge, .nothingToImport, .noLogin:
            404
        case .methodNotAllowed: 405
        case .unsupportedMediaType: 415
        case .pinnedEnvironment, .unsupportedPlatform, .ambiguousAccount, .accountIsLive,
            .alreadyLive, .targetUnusable, .storeRefused, .storeMalformed, .credentialChanged,
            .credentialSuperseded, .credentialIncomplete, .identityUnknown, .noLiveCredential,
            .otherManagerOn, .unattributable, .setupTokenRefused, .loginRunning:
            409
        case .credentialLocked: 423
        case .claudeMissing, .browserMissing, .displayMissing: 424
        case .tooManyRequests: 429
        case .internalError, .flagNotWritten, .loginFailed: 500
        case .storeUnreachable, .historyUnavailable, .stopping, .tooManyListeners: 503
        }
    }

    package var title: String {
        let words = rawValue.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

/// Exit codes of the command line.
package enum ExitCode: Int32, Sendable, CaseIterable {
    case done = 0
    case failed = 1
    case nothingToDoItWith = 2
    case pinnedEnvironment = 3
    case unsupportedPlatform = 4
    case pluginDataMissing = 5
    case unknownAccount = 6
    case serviceUnreachable = 7
    case credentialUnavailable = 8
    /// EX_USAGE of sysexits(3).
    case badArguments = 64

    package init(_ code: ProblemCode) {
        self =
            switch code {
            case .pinnedEnvironment: .pinnedEnvironment
            case .unsupportedPlatform: .unsupportedPlatform
            case .unknownAccount, .ambiguousAccount: .unknownAccount
            case .targetUnusable, .noLiveCredential, .noDecisionYet, .unknownNudge,
                .nothingToImport, .noLogin, .claudeMissing, .browserMissing, .displayMissing:
                .nothingToDoItWith
            case .credentialLocked, .storeRefused, .storeUnreachable, .storeMalformed,
                .credentialChanged, .credentialSuperseded:
                .credentialUnavailable
            case .stopping: .serviceUnreachable
            case .badRequest: .badArguments
            case .forbidden, .notFound, .methodNotAllowed, .unsupportedMediaType, .accountIsLive,
                .alreadyLive, .credentialIncomplete, .identityUnknown, .historyUnavailable,
                .flagNotWritten, .otherManagerOn, .internalError, .unattributable, .unauthorized,
                .tooManyRequests, .tooManyListeners, .setupTokenRefused, .loginRunning,
                .loginFailed:
                .failed
            }
    }
}
