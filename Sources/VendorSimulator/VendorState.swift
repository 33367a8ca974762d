// The simulated vendor's memory and its answers, without sockets: accounts,
// tokens, and what has been asked.

import LoopbackHTTP

/// One request, as a test or the demo may look at it. Never a token.
package struct SimulatedRequest: Hashable, Sendable {
    package let method: String
    package let path: String
    package let userAgent: String
    /// Whose token was sent; nil when it was nobody's.
    package let email: String?
}

struct VendorState: Sendable {
    var accounts: [SimulatedAccount]
    private(set) var log: [SimulatedRequest] = []
    var authorization = AuthorizationServer()
    /// Every token, session and code issued, the newest last.
    var secrets: [String] = []
    var issued: UInt64
    let seed: UInt64
    /// Requests the log holds; older ones are dropped.
    static let longestLog = 10_000

    init(accounts: [SimulatedAccount], seed: UInt64) {
        self.accounts = accounts
        self.seed = seed
        issued = 0
        for index in self.accounts.indices { issueTokens(at: index) }
    }

    func account(_ email: String) -> SimulatedAccount? { accounts.first { $0.email == email } }

    mutating func change(_ email: String, _ body: (inout SimulatedAccount) -> Void) {
        guard let index = accounts.firstIndex(where: { $0.email == email }) else { return }
        body(&accounts[index])
    }

    // MARK: Answers

    /// The answer to a request, and milliseconds it takes.
    mutating func answer(_ request: HTTPRequest, now: Int64) -> (HTTPResponse, Int64) {
        for index in accounts.indices { accounts[index].advance(to: now) }
        let path = String(request.rawPath)
        let index = account(bearing: request.fields.single("Authorization"))
        if log.count >= Self.longestLog { log.removeFirst(log.count / 2) }
        log.append(
            SimulatedRequest(
                method: request.method, path: path,
                userAgent: request.fields.single("User-Agent") ?? "",
                email: index.map { accounts[$0].email }))
        switch (request.method, path) {
        case ("GET", "/api/oauth/usage"), ("GET", "/api/oauth/profile"):
            guard let index, accounts[index].accessTokenExpiresAt > now else {
                return (Self.error(401, "authentication_error", "Invalid bearer token"), 0)
            }
            let account = accounts[index]
            let answer =
                Self.refusal(account.behaviour)
                ?? (path == "/api/oauth/usage" ? usage(account) : profile(account))
            return (answer, account.latencyMilliseconds)
        case ("POST", "/v1/oauth/token"): return token(request.body, now: now)
        case (_, "/oauth/authorize"), (_, "/login"), (_, "/oauth/consent"),
            (_, "/oauth/code/success"):
            return (page(request, path), 0)
        default: return (Self.error(404, "not_found_error", "Not found"), 0)
        }
    }

    /// RFC 6750 §2.1; the scheme's case does not count (RFC 9110 §11.1).
    private func account(bearing authorization: String?) -> Int? {
        guard let authorization, authorization.prefix(7).lowercased() == "bearer " else {
            return nil
        }
        let token = authorization.dropFirst(7)
        return accounts.firstIndex { $0.accessToken == token }
    }

    private static func refusal(_ behaviour: SimulatedAccount.Behaviour) -> HTTPResponse? {
        switch behaviour {
        case .normal: nil
        case .unauthorized: error(401, "authentication_error", "OAuth token has expired.")
        case .revoked: error(403, "permission_error", "OAuth token has been revoked.")
        case .restricted:
            error(403, "permission_error", "This organization has been disabled.")
        case .scopeMissing:
            error(
                403, "permission_error",
                "OAuth token does not meet scope requirement user:profile")
        case .rateLimited(let seconds):
            error(
                429, "rate_limit_error", "Rate limited. Please try again later.",
                retryAfterSeconds: seconds)
        case .serverError: error(529, "overloaded_error", "Overloaded")
        case .page:
            HTTPResponse(
                status: 200, fields: HTTPFields([.init(name: "Content-Type", value: "text/html")]),
                body: .bytes(Array("<!doctype html>".utf8)))
        case .empty: json(200, "{}")
        }
    }

    /// The shape recorded in September 2026, with the trap of a code-named
    /// window that is at 100 and limits nothing.
    private func usage(_ account: SimulatedAccount) -> HTTPResponse {
        let fiveHour = Instant.text(account.fiveHourResetsAt)
        let sevenDay = Instant.text(account.sevenDayResetsAt)
        func window(_ percent: Double, _ resetsAt: String) -> String {
            #"{"utilization":\#(percent),"resets_at":"\#(resetsAt)","limit_dollars":null,"#
                + #""used_dollars":null,"remaining_dollars":null,"locked_reason":null}"#
        }
        func limit(_ kind: String, _ percent: Double, _ resetsAt: String) -> String {
            let group = kind == "session" ? "session" : "weekly"
            let severity = percent >= 95 ? "critical" : percent >= 80 ? "warning" : "normal"
            return #"{"kind":"\#(kind)","group":"\#(group)","percent":\#(Int(percent)),"#
                + #""severity":"\#(severity)","resets_at":"\#(resetsAt)","scope":null,"#
                + #""is_active":false}"#
        }
        return Self.json(
            200,
            #"{"five_hour":\#(window(account.fiveHour, fiveHour)),"#
                + #""seven_day":\#(window(account.sevenDay, sevenDay)),"#
                + #""seven_day_opus":null,"seven_day_sonnet":null,"#
                + #""cinder_cove":{"utilization":100.0,"resets_at":null},"#
                + #""extra_usage":{"is_enabled":false,"monthly_limit":null},"limits":["#
                + limit("session", account.fiveHour, fiveHour) + ","
                + limit("weekly_all", account.sevenDay, sevenDay)
                + #"],"member_dashboard_available":false}"#)
    }

    private func profile(_ account: SimulatedAccount) -> HTTPResponse {
        Self.json(
            200,
            #"{"account":{"uuid":"\#(account.accountUUID)","email":"\#(account.email)","#
                + #""display_name":"Simulated"},"organization":{"uuid":"#
                + #""\#(account.organizationUUID)","name":"Simulated","#
                + #""organization_type":"claude_\#(account.plan)","#
                + #""rate_limit_tier":"\#(account.rateLimitTier)"},"#
                + #""application":{"slug":"claude-code"}}"#)
    }

    // MARK: Tokens

    /// RFC 6749 §6 with single-use refresh tokens: using one twice is
    /// `invalid_grant`, and the tokens issued last stay good. The access token
    /// before is good no longer. Milliseconds it takes come second.
    mutating func refresh(_ body: [UInt8], now: Int64) -> (HTTPResponse, Int64) {
        let text = String(decoding: body, as: UTF8.self)
        guard let grant = Self.member("grant_type", of: text),
            let token = Self.member("refresh_token", of: text),
            Self.member("client_id", of: text) != nil
        else { return (Self.oauthError("invalid_request", "A member is missing"), 0) }
        guard grant == "refresh_token" else {
            return (Self.oauthError("unsupported_grant_type", "Not served here"), 0)
        }
        guard let index = accounts.firstIndex(where: { $0.refreshToken == token }) else {
            return (Self.oauthError("invalid_grant", "Refresh token not found or invalid"), 0)
        }
        let latency = accounts[index].latencyMilliseconds
        switch accounts[index].behaviour {
        case .rateLimited, .serverError, .page:
            if let refusal = Self.refusal(accounts[index].behaviour) { return (refusal, latency) }
        default: break
        }
        issueTokens(at: index)
        accounts[index].accessTokenExpiresAt = now + 28_800_000
        let account = accounts[index]
        let answer = Self.json(
            200,
            #"{"access_token":"\#(account.accessToken)","#
                + #""refresh_token":"\#(account.refreshToken)","#
                + #""expires_in":28800,"token_type":"Bearer","#
                + #""scope":"user:profile user:inference","#
                + #""account":{"uuid":"\#(account.accountUUID)"}}"#)
        return (answer, latency)
    }

    /// A string member of a flat JSON object whose strings need no escapes, as
    /// the refresh grant's do not.
    static func member(_ name: String, of text: String) -> String? {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        // Outside and inside of strings take turns: {"name":"value", ...
        for at in stride(from: 1, to: parts.count - 3, by: 2) where parts[at] == name {
            let between = parts[at + 1].filter { !$0.isWhitespace }
            if between == ":" { return String(parts[at + 2]) }
        }
        return nil
    }

    static func oauthError(_ code: String, _ description: String) -> HTTPResponse {
        json(400, #"{"error":"\#(code)","error_description":"\#(description)"}"#)
    }

    mutating func issueTokens(at index: Int) {
        issued += 1
        let number = String(mixed(seed &+ issued), radix: 36)
        accounts[index].accessToken = "sk-ant-oat01-simulated-\(number)"
        accounts[index].refreshToken = "sk-ant-ort01-simulated-\(number)"
        // Shortened as the log is: a night of the demo issues many.
        if secrets.count >= Self.longestLog { secrets.removeFirst(secrets.count / 2) }
        secrets += [accounts[index].accessToken, accounts[index].refreshToken]
    }

    /// SplitMix64's output function.
    func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    // MARK: Responses

    static func json(
        _ status: Int, _ body: String, extra: [HTTPFields.Line] = []
    ) -> HTTPResponse {
        let type = HTTPFields.Line(name: "Content-Type", value: "application/json")
        return HTTPResponse(
            status: status, fields: HTTPFields([type] + extra), body: .bytes(Array(body.utf8)))
    }

    private static func error(
        _ status: Int, _ type: String, _ message: String, retryAfterSeconds: Int? = nil
    ) -> HTTPResponse {
        let extra = retryAfterSeconds.map { [HTTPFields.Line(name: "Retry-After", value: "\($0)")] }
        return json(
            status,
            #"{"type":"error","error":{"type":"\#(type)","message":"\#(message)"},"#
                + #""request_id":"req_simulated"}"#, extra: extra ?? [])
    }
}
