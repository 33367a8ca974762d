// With which problems a route can answer: what openapi.yaml must say of it, by
// status (a test compares them, and holds every answer of the route tests to
// this list). A new route does not compile until it says.

import ControlWire

extension Endpoint {
    /// Beside these, a route answers with what its permission and its quota
    /// refuse, and what is no request of a route at all gets the document's
    /// `default`.
    fileprivate var own: [ProblemCode] {
        switch self {
        case .optIn, .pause, .nudges, .metrics, .openAPI, .page: []
        case .asset: [.notFound]
        case .readings: [.badRequest, .historyUnavailable] + Self.named
        case .health, .accounts: [.badRequest, .tooManyListeners, .stopping]
        case .events: [.badRequest, .tooManyListeners, .historyUnavailable, .stopping]
        case .setOptIn:
            Self.body + [.pinnedEnvironment, .unsupportedPlatform, .flagNotWritten, .stopping]
        case .clearOptIn: [.flagNotWritten, .stopping]
        case .setPause: Self.body + Self.kept
        case .clearPause: Self.kept
        case .account: Self.named
        case .lineage: [.badRequest] + Self.named + Self.store
        case .setPolicy: Self.body + Self.named + Self.kept
        case .forget: Self.named + [.accountIsLive] + Self.store + Self.kept
        case .capture: [.noLiveCredential, .identityUnknown] + Self.live + Self.kept
        case .adoption:
            Self.body + [.nothingToImport, .otherManagerOn]
                + Self.live.filter {
                    $0 != .credentialIncomplete
                } + Self.kept
        case .swap:
            Self.body + Self.named + [.alreadyLive, .targetUnusable, .identityUnknown]
                + [.credentialSuperseded] + Self.live + Self.kept
        case .tick: [.badRequest] + Self.kept
        case .addSetupToken: Self.body + [.setupTokenRefused] + Self.store + Self.kept
        case .signInState: [.noLogin, .unknownAccount]
        case .signIn:
            Self.body + Self.named + [
                .loginRunning, .claudeMissing, .browserMissing, .displayMissing,
            ]
                + [.loginFailed, .unsupportedPlatform, .stopping]
        case .cancelSignIn: [.noLogin, .unknownAccount]
        case .observe: Self.body + [.unattributable]
        case .decisions, .history, .plan: [.badRequest, .historyUnavailable]
        case .latestDecision: [.noDecisionYet]
        case .acknowledge: [.unknownNudge, .historyUnavailable]
        }
    }

    /// A body that cannot be read.
    private static let body: [ProblemCode] = [.badRequest, .unsupportedMediaType]
    /// A path that names an account.
    private static let named: [ProblemCode] = [.unknownAccount, .ambiguousAccount]
    /// Orders are kept before they count, and refused while the service stops.
    private static let kept: [ProblemCode] = [.historyUnavailable, .stopping]
    private static let store: [ProblemCode] = [
        .unsupportedPlatform, .storeRefused, .storeUnreachable, .storeMalformed,
    ]
    /// What can be wrong with the live credential and the store around it.
    private static let live =
        store + [.credentialLocked, .credentialChanged, .credentialIncomplete]
}

extension Route {
    /// All it can answer with but a result.
    var problems: [ProblemCode] {
        endpoint.own + [.forbidden] + (permission == .page ? [] : [.unauthorized])
            + (quota == nil ? [] : [.tooManyRequests])
    }
}
