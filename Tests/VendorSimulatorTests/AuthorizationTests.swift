// The stand-in's authorization endpoint: no code without a session and a
// consent, no token without the verifier, nothing twice.

import LoopbackHTTP
import Testing
import VendorSimulator

private let now: Int64 = 1_790_000_000_000

private struct Vendor {
    let simulator: VendorSimulator
    let client: HTTPClient

    /// Of RFC 7636 appendix B.
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    static let back = "http://localhost:4711/callback"
    static let query =
        "response_type=code&client_id=c&code_challenge=\(challenge)&code_challenge_method=S256"
        + "&state=s&redirect_uri=http%3A%2F%2Flocalhost%3A4711%2Fcallback"

    init() throws {
        let account = SimulatedAccount(
            email: "a@example.com", accountUUID: "u", organizationUUID: "o", now: now)
        simulator = VendorSimulator(accounts: [account], clockMilliseconds: { now }, seed: 7)
        client = HTTPClient(.ipv4(port: try simulator.start()))
    }

    func send(
        _ method: String, _ target: String, body: String = "", cookie: String? = nil
    ) throws -> HTTPClientResponse {
        let lines = cookie.map { [HTTPFields.Line(name: "Cookie", value: $0)] } ?? []
        return try client.exchange(
            method: method, target: target, fields: HTTPFields(lines), body: Array(body.utf8),
            timeoutMilliseconds: 600_000)
    }

    func signIn(_ email: String = "a%40example.com") throws -> String? {
        let answer = try send("POST", "/login", body: "email=\(email)&returnTo=%2Fx")
        return answer.fields.single("Set-Cookie").map { String($0.prefix { $0 != ";" }) }
    }

    /// A code, as the address leads back with it.
    func code(cookie: String?) throws -> String? {
        let answer = try send("POST", "/oauth/consent", body: Self.query, cookie: cookie)
        guard let address = answer.fields.single("Location"), address.hasPrefix(Self.back) else {
            return nil
        }
        return address.split(separator: "code=").last.map { String($0.prefix { $0 != "&" }) }
    }

    func redeem(_ code: String, verifier: String = verifier, back: String = back) throws -> Int {
        try send(
            "POST", "/v1/oauth/token",
            body: #"{"grant_type":"authorization_code","code":"\#(code)","redirect_uri":"#
                + #""\#(back)","client_id":"c","code_verifier":"\#(verifier)","state":"s"}"#
        ).status
    }
}

@Suite(.serialized) struct AuthorizationTests {
    @Test func `a code is good once, with its verifier and its address`() async throws {
        let vendor = try Vendor()
        let cookie = try #require(try vendor.signIn())
        let code = try #require(try vendor.code(cookie: cookie))
        #expect(try vendor.redeem(code) == 200)
        #expect(try vendor.redeem(code) == 400)
        for (verifier, back) in [
            (String(Vendor.verifier.reversed()), Vendor.back),
            (String(Vendor.verifier.dropLast()), Vendor.back),
            (Vendor.verifier, "http://localhost:4712/callback"),
        ] {
            let code = try #require(try vendor.code(cookie: cookie))
            #expect(try vendor.redeem(code, verifier: verifier, back: back) == 400)
            // Spent by the attempt.
            #expect(try vendor.redeem(code) == 400)
        }
        await vendor.simulator.stop()
    }

    @Test func `there is no consent without a session`() async throws {
        let vendor = try Vendor()
        #expect(try vendor.code(cookie: nil) == nil)
        #expect(try vendor.code(cookie: "sessionKey=other") == nil)
        #expect(try vendor.signIn("nobody%40example.com") == nil)
        let form = try vendor.send("GET", "/oauth/authorize?" + Vendor.query)
        #expect(form.status == 302)
        #expect(form.fields.single("Location")?.hasPrefix("/login?returnTo=") == true)
        let page = try vendor.send(
            "GET", "/oauth/authorize?" + Vendor.query, cookie: try vendor.signIn())
        let text = String(decoding: page.body, as: UTF8.self)
        #expect(text.contains("a@example.com") && text.contains("Authorize"))
        await vendor.simulator.stop()
    }

    @Test func `a session cookie has a date of expiry and is kept from scripts`() async throws {
        let vendor = try Vendor()
        let answer = try vendor.send(
            "POST", "/login", body: "email=a%40example.com&returnTo=%2Fx")
        let cookie = try #require(answer.fields.single("Set-Cookie"))
        #expect(cookie.contains("Max-Age=2419200") && cookie.contains("HttpOnly"))
        // No way out to another host.
        let away = try vendor.send(
            "POST", "/login", body: "email=a%40example.com&returnTo=%2F%2Fevil")
        #expect(away.status == 403)
        await vendor.simulator.stop()
    }

    @Test(arguments: ["response_type=token", "code_challenge_method=plain", "client_id=", "state="])
    func `a request that lacks something is none`(part: String) async throws {
        let vendor = try Vendor()
        let name = part.prefix { $0 != "=" } + "="
        let query = Vendor.query.split(separator: "&").map {
            $0.hasPrefix(name) ? part : String($0)
        }
        let target = "/oauth/authorize?" + query.joined(separator: "&")
        #expect(try vendor.send("GET", target).status == 400)
        await vendor.simulator.stop()
    }
}
