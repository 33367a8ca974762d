// Sign-ins over HTTP: what is begun, looked at and cancelled, and what the
// codes of refusals are.

import ControlWire
import RotationEngine
import Support
import Testing

@Suite struct LoginRouteTests {
    private let path = "/accounts/new@example.com/login"

    @Test func `a sign-in is begun, looked at and cancelled`() async throws {
        let desk = StubDesk()
        let house = await ServerHarness(signIns: desk)
        #expect(await house.send("GET", path).code == "no-login")
        let begun = await house.send("POST", path)
        #expect(begun.status == 202)
        let login = try begun.decode(LoginAnswerBody.self).login
        #expect(login.email == "new@example.com" && login.state == "starting")
        #expect(try await house.send("GET", path).decode(LoginAnswerBody.self).login == login)
        #expect(await house.send("DELETE", path).status == 204)
        #expect(await house.send("DELETE", path).code == "no-login")
        #expect(desk.orders == [SignInOrder(email: "new@example.com")])
    }

    @Test func `others are refused where that is asked for`() async throws {
        let desk = StubDesk()
        let house = await ServerHarness(signIns: desk)
        _ = await house.send("POST", path, body: #"{"refuseOthers":true}"#)
        #expect(desk.orders.map(\.refusesOthers) == [true])
        #expect(await house.send("POST", path, body: #"{"refuseOthers":1}"#).status == 400)
    }

    @Test(arguments: [
        (SignInRefusal.running("a@b"), 409, "login-running"),
        (.windowIsOpen("x"), 409, "login-running"), (.clientMissing("x"), 424, "claude-missing"),
        (.browserMissing("x"), 424, "browser-missing"),
        (.displayMissing("x"), 424, "display-missing"), (.notAnEmail("x"), 400, "bad-request"),
        (.failed("x"), 500, "login-failed"),
    ])
    func `what the desk refuses has its code`(
        refusal: SignInRefusal, status: Int, code: String
    ) async throws {
        let house = await ServerHarness(signIns: StubDesk(refusal: refusal))
        let answer = await house.send("POST", path)
        #expect(answer.status == status && answer.code == code)
    }
}
