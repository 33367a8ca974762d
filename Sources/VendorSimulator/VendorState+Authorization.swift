// The authorization pages and the code grant, on the simulated vendor's own
// accounts.

import LoopbackHTTP

extension VendorState {
    mutating func page(_ request: HTTPRequest, _ path: String) -> HTTPResponse {
        let cookie = request.fields.single("Cookie")
        switch (request.method, path) {
        case ("GET", "/oauth/authorize"):
            return authorization.authorize(request.target, cookie: cookie)
        case ("GET", "/login"): return authorization.form(request.target)
        case ("POST", "/login"):
            return authorization.signIn(
                request.body, accounts: accounts.map(\.email), token: secret("session"))
        case ("POST", "/oauth/consent"):
            return authorization.consent(request.body, cookie: cookie, code: secret("code"))
        case ("GET", "/oauth/code/success"):
            return AuthorizationServer.html(200, "<title>Done</title><h1>You may close this</h1>")
        default: return AuthorizationServer.html(405, "<h1>Not so</h1>")
        }
    }

    /// The token endpoint: a code for a first pair, or the refresh grant.
    mutating func token(_ body: [UInt8], now: Int64) -> (HTTPResponse, Int64) {
        let text = String(decoding: body, as: UTF8.self)
        guard Self.member("grant_type", of: text) == "authorization_code" else {
            return refresh(body, now: now)
        }
        guard let code = Self.member("code", of: text),
            let verifier = Self.member("code_verifier", of: text),
            let back = Self.member("redirect_uri", of: text),
            let client = Self.member("client_id", of: text)
        else { return (Self.oauthError("invalid_request", "A member is missing"), 0) }
        guard
            let email = authorization.redeem(
                code: code, verifier: verifier, redirectURI: back, clientID: client),
            let index = accounts.firstIndex(where: { $0.email == email })
        else { return (Self.oauthError("invalid_grant", "The code is not good"), 0) }
        issueTokens(at: index)
        accounts[index].accessTokenExpiresAt = now + 28_800_000
        let account = accounts[index]
        let answer = Self.json(
            200,
            #"{"access_token":"\#(account.accessToken)","#
                + #""refresh_token":"\#(account.refreshToken)","#
                + #""expires_in":28800,"refresh_token_expires_in":2419200,"#
                + #""token_type":"Bearer","scope":"user:profile user:inference","#
                + #""account":{"uuid":"\#(account.accountUUID)","#
                + #""email_address":"\#(account.email)"},"#
                + #""organization":{"uuid":"\#(account.organizationUUID)","name":"Simulated"}}"#)
        return (answer, account.latencyMilliseconds)
    }

    mutating func spendGrant(of email: String) {
        guard let index = accounts.firstIndex(where: { $0.email == email }) else { return }
        issueTokens(at: index)
    }

    private mutating func secret(_ kind: String) -> String {
        issued += 1
        let secret = "sk-ant-\(kind)01-simulated-" + String(mixed(seed &+ issued), radix: 36)
        secrets.append(secret)
        return secret
    }
}
