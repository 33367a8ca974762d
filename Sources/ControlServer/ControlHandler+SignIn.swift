// Sign-ins over HTTP: begun, looked at, cancelled.

import ControlWire
import LoopbackHTTP
import RotationEngine

extension ControlHandler {
    func signIn(_ request: HTTPRequest, _ selector: String) async throws -> HTTPResponse {
        let body = try Answers.decode(LoginRequestBody.self, from: request)
        let begun = try await engine.signIn(
            selector, refusesOthers: body.refuseOthers ?? false)
        return loginAnswer(begun, status: 202)
    }

    func loginAnswer(_ signIn: SignIn, status: Int = 200) -> HTTPResponse {
        Answers.json(LoginAnswerBody(login: LoginBody(signIn)), status: status)
    }
}

extension LoginBody {
    init(_ signIn: SignIn) {
        self.init(
            email: signIn.email, state: signIn.state.rawValue,
            failure: signIn.failure?.rawValue, detail: signIn.detail,
            unattended: signIn.isUnattended, startedAt: signIn.startedAt.rfc3339,
            changedAt: signIn.changedAt.rfc3339, endsAt: signIn.endsAt.rfc3339,
            filedAs: signIn.filedAs)
    }
}
