// POST /setup-tokens: what does not look like such a token is refused before
// anybody sees it. Nothing here repeats what was sent.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine

extension ControlHandler {
    func addSetupToken(_ request: HTTPRequest) async throws -> HTTPResponse {
        let body = try Answers.decode(SetupTokenRequestBody.self, from: request)
        if let complaint = SetupTokenShape.complaint(email: body.email, token: body.token) {
            throw ProblemBody(code: .badRequest, detail: complaint)
        }
        let view = try await engine.addSetupToken(
            Secret(Array(body.token.utf8)), email: body.email)
        return Answers.json(AccountBody(view, bounds: engine.bounds, at: clock.now()))
    }
}

enum SetupTokenShape {
    private static let lengths = 20...4096

    /// What is wrong; nil when it may be one. The prefix of a login's access
    /// token is the same, other secrets of the vendor's have one of their own.
    static func complaint(email: String, token: String) -> String? {
        guard EmailAddress.isPlausible(email) else { return "`email` is not an e-mail address" }
        guard lengths.contains(token.utf8.count),
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return "`token` is not a token: 20 to 4096 visible ASCII characters, no spaces" }
        if token.hasPrefix("sk-ant-api") { return "`token` is an API key, not a setup-token" }
        if token.hasPrefix("sk-ant-ort") { return "`token` is a refresh token, not a setup-token" }
        return nil
    }
}
