// The stand-in's tokens: who may ask, and what the token endpoint issues.

import LoopbackHTTP
import Testing
import VendorSimulator

private let now: Int64 = 1_790_000_000_000
private let email = "a@example.com"

private struct Vendor {
    let simulator: VendorSimulator
    let client: HTTPClient

    init() throws {
        let account = SimulatedAccount(
            email: email, accountUUID: "u", organizationUUID: "o", fiveHour: 40, sevenDay: 96,
            now: now)
        simulator = VendorSimulator(accounts: [account], clockMilliseconds: { now }, seed: 7)
        client = HTTPClient(.ipv4(port: try simulator.start()))
    }

    var account: SimulatedAccount { get throws { try #require(simulator.account(email)) } }

    func usage(authorization: String?) throws -> HTTPClientResponse {
        let lines = authorization.map { [HTTPFields.Line(name: "Authorization", value: $0)] }
        return try client.exchange(
            method: "GET", target: "/api/oauth/usage", fields: HTTPFields(lines ?? []),
            timeoutMilliseconds: 600_000)
    }

    func token(_ body: String) throws -> (status: Int, body: String) {
        let answer = try client.exchange(
            method: "POST", target: "/v1/oauth/token",
            fields: HTTPFields([.init(name: "Content-Type", value: "application/json")]),
            body: Array(body.utf8), timeoutMilliseconds: 600_000)
        return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }

    func grant(_ token: String, type: String = "refresh_token") -> String {
        #"{"grant_type":"\#(type)", "client_id":"c", "refresh_token" : "\#(token)"}"#
    }
}

@Suite struct SimulatedTokenTests {
    @Test func `only a bearer token opens an account`() async throws {
        let vendor = try Vendor()
        let token = try vendor.account.accessToken
        for authorization in ["Bearer " + token, "bearer " + token] {
            #expect(try vendor.usage(authorization: authorization).status == 200)
        }
        for other in [nil, token, "Bearer", "Bearer x", "Digest \(token)", "1234567" + token] {
            #expect(try vendor.usage(authorization: other).status == 401)
        }
        #expect(vendor.simulator.requestLog.map(\.email).filter { $0 != nil }.count == 2)
        await vendor.simulator.stop()
    }

    @Test func `a refresh spends its token and the access token before`() async throws {
        let vendor = try Vendor()
        let old = try vendor.account
        #expect(try vendor.token(vendor.grant(old.refreshToken)).status == 200)
        let new = try vendor.account
        #expect(new.accessToken != old.accessToken && new.refreshToken != old.refreshToken)
        #expect(try vendor.usage(authorization: "Bearer " + old.accessToken).status == 401)
        #expect(try vendor.usage(authorization: "Bearer " + new.accessToken).status == 200)
        let again = try vendor.token(vendor.grant(old.refreshToken))
        #expect(again.status == 400 && again.body.contains(#""error":"invalid_grant""#))
        #expect(try vendor.account.refreshToken == new.refreshToken)
        await vendor.simulator.stop()
    }

    @Test func `a grant that is none is told so, and spends nothing`() async throws {
        let vendor = try Vendor()
        let token = try vendor.account.refreshToken
        let wrong = try vendor.token(vendor.grant(token, type: "password"))
        #expect(wrong.body.contains("unsupported_grant_type"))
        for body in [
            "", "{}", token, #"{"refresh_token":"\#(token)"}"#, #"{"grant_type":"\#(token)"#,
        ] {
            #expect(try vendor.token(body).body.contains("invalid_request"))
        }
        #expect(try vendor.account.refreshToken == token)
        await vendor.simulator.stop()
    }

    @Test(arguments: [
        SimulatedAccount.Behaviour.serverError, .rateLimited(retryAfterSeconds: 9), .page,
    ])
    func `an outage answers the token endpoint too`(
        behaviour: SimulatedAccount.Behaviour
    ) async throws {
        let vendor = try Vendor()
        let token = try vendor.account.refreshToken
        vendor.simulator.change(email) { $0.behaviour = behaviour }
        #expect(try !vendor.token(vendor.grant(token)).body.contains("access_token"))
        #expect(try vendor.account.refreshToken == token)
        await vendor.simulator.stop()
    }

    @Test func `usage has the vendor's shape`() async throws {
        let vendor = try Vendor()
        let answer = try vendor.usage(authorization: "Bearer " + vendor.account.accessToken)
        let body = String(decoding: answer.body, as: UTF8.self)
        #expect(body.contains(#""five_hour":{"utilization":40.0,"resets_at":"2026-09-21T"#))
        #expect(
            body.contains(#""kind":"session","group":"session","percent":40,"severity":"normal""#))
        #expect(
            body.contains(#""kind":"weekly_all","group":"weekly","percent":96,"severity":"crit"#))
        #expect(body.contains(#""cinder_cove":{"utilization":100.0"#))
        await vendor.simulator.stop()
    }
}
