// The token endpoint's answers, one by one: which proves a grant dead, which
// may have cost a pair, and what is kept of the tokens.

import RotationCore
import RotationEngine
import Testing

@testable import Upstream

private let now = Timestamp(seconds: 1_790_000_000)

private func meaning(_ status: Int, _ body: String, retryAfter: String? = nil) -> RefreshAnswer {
    RefreshAnswer(
        TransferResponse(status: status, retryAfter: retryAfter, body: Array(body.utf8)), now: now)
}

private func line(_ answer: RefreshAnswer) -> String {
    switch answer {
    case .tokens: "tokens"
    case .invalidGrant: "invalid grant"
    case .oauthError(let code): "error \(code)"
    case .rateLimited(let at): "limited \(at.map { $0.seconds - now.seconds } ?? -1)"
    case .unreachable(let kind, let mayHaveRotated): "\(kind.rawValue) \(mayHaveRotated)"
    }
}

@Suite struct RefreshMeaningTests {
    @Test(arguments: [
        (400, #"{"error":"invalid_grant","error_description":"gone"}"#, "invalid grant"),
        (401, #"{"error":"invalid_grant"}"#, "invalid grant"),
        (403, #"{"error":"invalid_grant"}"#, "error invalid_grant"),
        (500, #"{"error":"invalid_grant"}"#, "server-error true"),
        (200, #"{"error":"invalid_grant"}"#, "malformed true"),
        (400, #"{"error":"invalid_client"}"#, "error invalid_client"),
        (400, #"{"message":"invalid_grant"}"#, "malformed false"),
        (400, #"{"error":{"type":"invalid_grant"}}"#, "malformed false"),
        (400, "invalid_grant", "malformed false"), (404, "{}", "malformed false"),
        (403, "<html>", "refused-by-edge false"), (429, "<html>", "limited 60"),
        (429, #"{"error":"invalid_grant"}"#, "limited 60"),
        (529, "", "server-error true"), (302, "", "malformed false"), (201, "", "malformed false"),
        (200, "", "malformed true"), (200, #"{"access_token":""}"#, "malformed true"),
        (200, #"{"access_token":"a b"}"#, "malformed true"),
        (200, #"{"access_token":"a"}"#, "tokens"),
    ])
    func `only invalid_grant proves a grant dead`(status: Int, body: String, expected: String) {
        #expect(line(meaning(status, body, retryAfter: "60")) == expected)
    }

    @Test(arguments: ["sk-ant-ort01-x", "A", "", String(repeating: "a", count: 65), "a\\nb"])
    func `what is no error code is not shown`(code: String) {
        #expect(line(meaning(400, #"{"error":"\#(code)"}"#)) == "error unrecognized")
    }

    @Test func `what is not said is kept as it was`() throws {
        guard case .tokens(let tokens) = meaning(200, #"{"access_token":"a"}"#) else {
            Issue.record("no tokens")
            return
        }
        #expect(tokens.refreshToken == nil && tokens.expiresInSeconds == nil)
        #expect(tokens.scopes == nil && tokens.accountUUID == nil)
        #expect(tokens.refreshTokenExpiresInSeconds == nil)
    }

    @Test func `what is said is taken over`() throws {
        let body =
            #"{"access_token":"a","refresh_token":"r","expires_in":28800,"scope":"x  y","#
            + #""refresh_token_expires_in":2592000.5,"account":{"uuid":"u"}}"#
        guard case .tokens(let tokens) = meaning(200, body) else {
            Issue.record("no tokens")
            return
        }
        #expect(tokens.accessToken.withBytes { $0 } == Array("a".utf8))
        #expect(tokens.refreshToken?.withBytes { $0 } == Array("r".utf8))
        #expect(tokens.expiresInSeconds == 28800)
        #expect(tokens.refreshTokenExpiresInSeconds == 2_592_000)
        #expect(tokens.scopes == ["x", "y"])
        #expect(tokens.accountUUID == "u")
    }

    @Test(arguments: [("1", Int64(1)), ("315360000", 315_360_000)])
    func `a lifetime has bounds`(text: String, seconds: Int64) {
        func lifetime(_ text: String) -> Int64? {
            let answer = meaning(200, #"{"access_token":"a","expires_in":\#(text)}"#)
            guard case .tokens(let tokens) = answer else { return -1 }
            return tokens.expiresInSeconds
        }
        #expect(lifetime(text) == seconds)
        for other in ["0", "-1", "315360001", "1e99", "null", #""60""#, "true"] {
            #expect(lifetime(other) == nil)
        }
    }
}
