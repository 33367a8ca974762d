// The routes, as a table: what openapi.yaml must cover (a test compares them)
// and what decides between 404 and 405. `{}` stands for one path segment.

/// What a route does; ControlHandler switches over it.
enum Endpoint: Sendable {
    case health, optIn, setOptIn, clearOptIn
    case pause, setPause, clearPause
    case accounts, account, lineage, setPolicy, forget, capture, adoption, swap, tick
    case observe
    case decisions, latestDecision, history, plan, nudges, acknowledge
    case signIn, signInState, cancelSignIn
    case openAPI, page, pageScript, pageStyle
}

struct Route: Sendable {
    let method: String
    /// As openapi.yaml writes it, for example `/accounts/{email}`.
    let template: String
    let endpoint: Endpoint
    private let segments: [Substring]

    init(_ method: String, _ template: String, _ endpoint: Endpoint) {
        self.method = method
        self.template = template
        self.endpoint = endpoint
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
        Route("GET", "/health", .health),
        Route("GET", "/opt-in", .optIn),
        Route("PUT", "/opt-in", .setOptIn),
        Route("DELETE", "/opt-in", .clearOptIn),
        Route("GET", "/pause", .pause),
        Route("PUT", "/pause", .setPause),
        Route("DELETE", "/pause", .clearPause),
        Route("GET", "/accounts", .accounts),
        Route("GET", "/accounts/{email}", .account),
        Route("GET", "/accounts/{email}/lineage", .lineage),
        Route("PUT", "/accounts/{email}/policy", .setPolicy),
        Route("DELETE", "/accounts/{email}", .forget),
        Route("GET", "/accounts/{email}/login", .signInState),
        Route("POST", "/accounts/{email}/login", .signIn),
        Route("DELETE", "/accounts/{email}/login", .cancelSignIn),
        Route("POST", "/captures", .capture),
        Route("POST", "/imports", .adoption),
        Route("PUT", "/live", .swap),
        Route("POST", "/tick", .tick),
        Route("POST", "/observations", .observe),
        Route("GET", "/decisions", .decisions),
        Route("GET", "/decisions/latest", .latestDecision),
        Route("GET", "/history", .history),
        Route("GET", "/plan", .plan),
        Route("GET", "/nudges", .nudges),
        Route("POST", "/nudges/{code}/{email}/acknowledge", .acknowledge),
        Route("GET", "/openapi.yaml", .openAPI),
        Route("GET", "/", .page),
        Route("GET", "/assets/page.js", .pageScript),
        Route("GET", "/assets/page.css", .pageStyle),
    ]
}

/// Where a request leads.
enum Destination {
    case endpoint(Endpoint, parameters: [String])
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
                self = .endpoint(route.endpoint, parameters: parameters)
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
}
