// The routes, as a table: what openapi.yaml must cover (a test compares them),
// who may have what, how often, and what decides between 404 and 405. `{}`
// stands for one path segment.

/// What a route does; ControlHandler switches over it.
enum Endpoint: Sendable {
    case health, optIn, setOptIn, clearOptIn
    case pause, setPause, clearPause
    case accounts, account, lineage, setPolicy, forget, capture, adoption, swap, tick
    case observe, addSetupToken
    case decisions, latestDecision, history, plan, nudges, acknowledge
    case events, metrics, readings
    case signIn, signInState, cancelSignIn
    case openAPI, page, asset
}

struct Route: Sendable {
    let method: String
    /// As openapi.yaml writes it, for example `/accounts/{email}`.
    let template: String
    let endpoint: Endpoint
    /// What the gate asks of whoever wants it.
    let permission: Permission
    /// What it draws from; nil when it leads to neither network, keychain nor
    /// disk.
    let quota: Quota?
    private let segments: [Substring]

    init(
        _ method: String, _ template: String, _ endpoint: Endpoint, _ permission: Permission,
        _ quota: Quota? = nil
    ) {
        self.method = method
        self.template = template
        self.endpoint = endpoint
        self.permission = permission
        self.quota = quota
        segments = template.split(separator: "/")
    }

    /// The decoded values of the template's parameters; nil when the path is
    /// another's.
    func match(_ path: [String]) -> [String]? {
        guard path.count == segments.count else { return nil }
        var values: [String] = []
        for (segment, part) in zip(segments, path) {
            if segment.first == "{" {
                values.append(part)
            } else if segment != part {
                return nil
            }
        }
        return values
    }

    static let all: [Route] = [
        Route("GET", "/health", .health, .read),
        Route("GET", "/opt-in", .optIn, .read),
        Route("PUT", "/opt-in", .setOptIn, .operate, .changes),
        Route("DELETE", "/opt-in", .clearOptIn, .operate, .changes),
        Route("GET", "/pause", .pause, .read),
        Route("PUT", "/pause", .setPause, .operate, .changes),
        Route("DELETE", "/pause", .clearPause, .operate, .changes),
        Route("GET", "/accounts", .accounts, .read),
        Route("GET", "/accounts/{email}", .account, .read),
        Route("GET", "/accounts/{email}/lineage", .lineage, .read),
        Route("PUT", "/accounts/{email}/policy", .setPolicy, .operate, .changes),
        Route("DELETE", "/accounts/{email}", .forget, .administer, .changes),
        Route("GET", "/accounts/{email}/login", .signInState, .read),
        Route("POST", "/accounts/{email}/login", .signIn, .administer, .captures),
        Route("DELETE", "/accounts/{email}/login", .cancelSignIn, .administer, .changes),
        Route("POST", "/captures", .capture, .administer, .captures),
        Route("POST", "/imports", .adoption, .administer, .imports),
        Route("POST", "/setup-tokens", .addSetupToken, .administer, .captures),
        Route("PUT", "/live", .swap, .operate, .swaps),
        Route("POST", "/tick", .tick, .operate, .ticks),
        Route("POST", "/observations", .observe, .administer, .observations),
        Route("GET", "/decisions", .decisions, .read),
        Route("GET", "/decisions/latest", .latestDecision, .read),
        Route("GET", "/history", .history, .read),
        Route("GET", "/plan", .plan, .read),
        Route("GET", "/readings", .readings, .read),
        Route("GET", "/nudges", .nudges, .read),
        Route("POST", "/nudges/{code}/{email}/acknowledge", .acknowledge, .operate, .changes),
        Route("GET", "/events", .events, .read),
        Route("GET", "/metrics", .metrics, .read),
        Route("GET", "/openapi.yaml", .openAPI, .page),
        Route("GET", "/", .page, .page),
        Route("GET", "/assets/{name}", .asset, .page),
    ]
}

/// Where a request leads.
enum Destination {
    case route(Route, parameters: [String])
    /// The path exists, the method does not; `Allow` says which do.
    case wrongMethod(allow: [String])
    case nowhere

    /// `HEAD` is answered wherever `GET` is (RFC 9110 §9.3.2).
    init(method: String, path: [String]) {
        let wanted = method == "HEAD" ? "GET" : method
        var allow: [String] = []
        for route in Route.all {
            guard let parameters = route.match(path) else { continue }
            if route.method == wanted {
                self = .route(route, parameters: parameters)
                return
            }
            allow.append(route.method)
        }
        guard !allow.isEmpty else {
            self = .nowhere
            return
        }
        if allow.contains("GET") { allow.append("HEAD") }
        self = .wrongMethod(allow: allow + ["OPTIONS"])
    }

    /// What no route guards is guarded as a read.
    var permission: Permission {
        if case .route(let route, _) = self { route.permission } else { .read }
    }
}
