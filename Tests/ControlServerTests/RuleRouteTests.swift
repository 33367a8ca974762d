// The routes of hold, reserve and pause: what they take, refuse and answer.

import ControlWire
import RotationCore
import RotationEngine
import Testing

@Suite struct RuleRouteTests {
    private func policy(_ house: ServerHarness, _ body: String) async throws -> PolicyBody {
        try await house.send("PUT", "/accounts/bob@example.com/policy", body: body)
            .decode(AccountBody.self).policy
    }

    @Test func `a policy is set, kept and shown`() async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/tick")
        #expect(try await policy(house, #"{"hold":true}"#) == PolicyBody(hold: true))
        let both = PolicyBody(hold: true, reservePercent: 12.5)
        #expect(try await policy(house, #"{"reservePercent":12.5,"hold":null}"#) == both)
        #expect(try await policy(house, "{}") == both)
        let account = try await house.send("GET", "/accounts/bob.org").decode(AccountBody.self)
        #expect(account.policy == both)
        let all = try await house.send("GET", "/accounts").decode(AccountsBody.self)
        #expect(all.accounts.map(\.policy) == [PolicyBody(), both, PolicyBody()])
        let none = try await policy(house, #"{"hold":false,"reservePercent":0}"#)
        #expect(none == PolicyBody())
    }

    @Test func `a pause has an end, a duration or neither, and is lifted`() async throws {
        let house = await ServerHarness()
        func pause(_ method: String, _ body: String = "") async throws -> PauseBody {
            try await house.send(method, "/pause", body: body).decode(PauseBody.self)
        }
        let now = house.clock.now()
        let since = now.rfc3339
        let (soon, later) = (now.adding(seconds: 1).rfc3339, now.adding(seconds: 90).rfc3339)
        #expect(try await pause("GET") == PauseBody(paused: false))
        #expect(try await pause("PUT") == PauseBody(paused: true, since: since))
        let ending = PauseBody(paused: true, since: since, until: later)
        #expect(try await pause("PUT", #"{"forSeconds":90}"#) == ending)
        #expect(try await pause("GET") == ending)
        let message = try await house.send("GET", "/opt-in").decode(OptInBody.self).message
        #expect(message.contains("Swaps are paused until \(later)."))
        let tick = try await house.send("POST", "/tick").decode(TickBody.self)
        #expect(tick.outcome == "deferred" && tick.decision.reason == "paused")
        let short = PauseBody(paused: true, since: since, until: soon)
        #expect(try await pause("PUT", #"{"until":"\#(soon)"}"#) == short)
        house.clock.advance(seconds: 1)
        #expect(try await pause("GET") == PauseBody(paused: false))
        #expect(try await pause("PUT").since == soon)
        for _ in 0..<2 { #expect(try await pause("DELETE") == PauseBody(paused: false)) }
        let again = try await house.send("GET", "/opt-in").decode(OptInBody.self).message
        #expect(!again.contains("paused"))
    }

    @Test(arguments: [
        ("/pause", #"{"forSeconds":0}"#, 400), ("/pause", #"{"forSeconds":31622401}"#, 400),
        ("/pause", #"{"forSeconds":1,"until":"2099-01-01T00:00:00Z"}"#, 400),
        ("/pause", #"{"until":"tomorrow"}"#, 400), ("/pause", #"{"forSeconds":1.5}"#, 400),
        ("/pause", #"{"until":"2001-01-01T00:00:00Z"}"#, 400),
        ("/accounts/bob.org/policy", #"{"reservePercent":-0.1}"#, 400),
        ("/accounts/bob.org/policy", #"{"reservePercent":99.1}"#, 400),
        ("/accounts/bob.org/policy", #"{"hold":"yes"}"#, 400),
        ("/accounts/dave@example.com/policy", #"{"hold":true}"#, 404),
    ])
    func `what cannot be kept is refused and changes nothing`(
        target: String, body: String, status: Int
    ) async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/captures")
        let answer = await house.send("PUT", target, body: body)
        #expect(answer.status == status)
        let accounts = try await house.send("GET", "/accounts").decode(AccountsBody.self)
        #expect(accounts.accounts.allSatisfy { $0.policy == PolicyBody() })
        #expect(try await house.send("GET", "/pause").decode(PauseBody.self).paused == false)
    }

    @Test func `what was spent beside the plan is shown as the vendor said it`() async throws {
        let house = await ServerHarness()
        let extra = ExtraUsage(
            isEnabled: true, usedMinor: 211_926, limitMinor: 500_000, utilization: 42.3852,
            currency: "USD", decimalPlaces: 2)
        house.vendor.set(extra: extra, forToken: Array("canary-bob".utf8))
        _ = await house.send("POST", "/tick")
        let bob = try await house.send("GET", "/accounts/bob.org").decode(AccountBody.self)
        let shown = ExtraUsageBody(
            enabled: true, usedMinor: 211_926, limitMinor: 500_000, utilization: 42.3852,
            currency: "USD", decimalPlaces: 2)
        #expect(bob.usage.extra == shown)
        let carol = await house.send("GET", "/accounts/carol.org")
        #expect(carol.text.contains(#""extra":null"#))
    }

    @Test(arguments: [("0", 200), ("99", 200), ("99.0", 200)])
    func `a reserve is from 0 to 99`(percent: String, status: Int) async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/captures")
        let body = #"{"reservePercent":\#(percent)}"#
        let answer = await house.send("PUT", "/accounts/bob.org/policy", body: body)
        #expect(answer.status == status)
    }
}
