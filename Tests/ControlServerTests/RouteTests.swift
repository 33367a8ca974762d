// What each route answers, and what it says when it cannot.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine
import Testing

@testable import ControlServer

@Suite struct RouteTests {
    @Test func `health says who it is`() async throws {
        let house = await ServerHarness()
        let health = try await house.send("GET", "/health").decode(HealthBody.self)
        #expect(health.version == "1.2.3" && health.pid == 42 && health.optedIn)
        #expect(health.live == nil)
    }

    @Test func `a tick rotates to the drained one, and everything says so`() async throws {
        let house = await ServerHarness()
        let tick = try await house.send("POST", "/tick").decode(TickBody.self)
        #expect(tick.outcome == "rotated" && tick.tick == 1)
        #expect(tick.decision.to == "carol@example.com")
        let latest = try await house.send("GET", "/decisions/latest").decode(DecisionBody.self)
        #expect(latest == tick.decision)
        let why = latest.considerations.first { $0.email == "bob@example.com" }
        #expect(why?.reason == "less-drained")
        let accounts = try await house.send("GET", "/accounts").decode(AccountsBody.self)
        #expect(accounts.live == "carol@example.com")
        #expect(accounts.accounts.map(\.email) == ServerHarness.names.map(ServerHarness.email))
        let carol = try await house.send("GET", "/accounts/carol@example.com")
            .decode(AccountBody.self)
        #expect(carol.live && carol.usage.tightest?.name == "seven_day")
        let history = try await house.send("GET", "/history").decode(HistoryBody.self)
        #expect(history.rotations.map(\.to) == ["carol@example.com"])
        let decisions = try await house.send("GET", "/decisions?limit=1")
            .decode(DecisionsBody.self)
        #expect(decisions.decisions == [latest])
    }

    @Test func `a window's utilization is null once it has reset`() async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/tick")
        house.clock.advance(seconds: 7199)
        let before = try await house.send("GET", "/accounts").decode(AccountsBody.self)
        #expect(before.accounts[0].usage.windows.map(\.utilization) == [98, 40])
        house.clock.advance(seconds: 1)
        let after = try await house.send("GET", "/accounts").decode(AccountsBody.self)
        #expect(after.accounts[0].usage.windows.map(\.utilization) == [nil, 40])
    }

    @Test(arguments: ["", "{}", #"{"enabled":true}"#, #"{"enabled":true,"more":[1]}"#])
    func `PUT opt-in is on, says the one line and never ticks`(body: String) async throws {
        let house = await ServerHarness()
        try house.flag.set(false)
        let answer = try await house.send("PUT", "/opt-in", body: body).decode(OptInBody.self)
        #expect(answer.enabled && answer.threshold == 97 && answer.strategy == "drain-first")
        for word in ["ON", "60 s", "97 %", "drain-first", "at least two", "rotator off"] {
            #expect(answer.message.contains(word))
        }
        #expect(await house.vault.calls.isEmpty)
        #expect(house.vendor.calls.isEmpty)
    }

    @Test func `opt-in turns off by DELETE and by enabled false`() async throws {
        let house = await ServerHarness()
        #expect(try await !house.send("DELETE", "/opt-in").decode(OptInBody.self).enabled)
        _ = await house.send("PUT", "/opt-in")
        let off = await house.send("PUT", "/opt-in", body: #"{"enabled":false}"#)
        #expect(try !off.decode(OptInBody.self).enabled)
        #expect(try await !house.send("GET", "/opt-in").decode(OptInBody.self).enabled)
    }

    @Test func `a pinning variable is named with its place, before the platform is`() async throws {
        let house = await ServerHarness(unsupportedAdvice: "choose a store")
        let body = #"{"callerPinningVariables":["ANTHROPIC_API_KEY"]}"#
        let pinned = await house.send("PUT", "/opt-in", body: body)
        let problem = try pinned.decode(ProblemBody.self)
        #expect(pinned.status == 409 && problem.code == "pinned-environment")
        #expect(problem.variable == "ANTHROPIC_API_KEY" && problem.where != nil)
        let unsupported = await house.send("PUT", "/opt-in")
        #expect(unsupported.status == 409 && unsupported.code == "unsupported-platform")
    }

    @Test func `the operator swaps, captures, forgets`() async throws {
        let house = await ServerHarness()
        let swap = await house.send("PUT", "/live", body: #"{"email":"bob@example.com"}"#)
        #expect(try swap.decode(DecisionBody.self).tick == nil)
        let again = await house.send("PUT", "/live", body: #"{"email":"bob@example.com"}"#)
        #expect(again.status == 409 && again.code == "already-live")
        #expect(try await house.send("POST", "/captures").decode(AccountBody.self).live)
        #expect(await house.send("DELETE", "/accounts/bob%40example.com").code == "account-is-live")
        #expect(await house.send("DELETE", "/accounts/carol.org").status == 204)
        #expect(await house.send("GET", "/accounts/carol@example.com").code == "unknown-account")
    }

    @Test(arguments: [
        ("PUT", "/live", "", 400), ("PUT", "/live", #"{"email":7}"#, 400),
        ("PUT", "/live", "nonsense", 400), ("PUT", "/live", "[]", 400),
        ("PUT", "/opt-in", #"{"enabled":"yes"}"#, 400), ("POST", "/tick?fresh=maybe", "", 400),
        ("POST", "/tick?trigger=moon", "", 400), ("GET", "/decisions?limit=0", "", 400),
        ("GET", "/decisions?limit=501", "", 400), ("GET", "/history?before=x", "", 400),
        ("GET", "/decisions?limit=1&limit=2", "", 400), ("GET", "/%zz", "", 400),
        ("GET", "/%00", "", 400), ("GET", "/%ff", "", 400), ("GET", "/nowhere", "", 404),
        ("GET", "/accounts/a/b", "", 404), ("GET", "/decisions/latest", "", 404),
        ("POST", "/nudges/no-alternates/-/acknowledge", "", 404),
        ("POST", "/nudges/moon/-/acknowledge", "", 404),
        ("PUT", "/live", #"{"email":"dave@example.com"}"#, 404),
    ])
    func `what cannot be done is said, as a problem`(
        method: String, target: String, body: String, status: Int
    ) async throws {
        let house = await ServerHarness()
        let answer = await house.send(method, target, body: body)
        #expect(answer.status == status)
        #expect(answer.fields.single("Content-Type") == "application/problem+json")
        let problem = try answer.decode(ProblemBody.self)
        #expect(problem.status == status && !problem.detail.isEmpty)
    }

    @Test func `a body that is not JSON by its own word is refused`() async {
        let house = await ServerHarness()
        var request = house.request("PUT", "/opt-in", body: "{}")
        request.fields = HTTPFields([
            .init(name: "Host", value: "localhost:9429"),
            .init(name: "Content-Type", value: "application/x-www-form-urlencoded"),
        ])
        #expect(Answer(await house.send(request)).code == "unsupported-media-type")
    }

    @Test(arguments: [
        ("POST", "/accounts", "GET, HEAD, OPTIONS"),
        ("PATCH", "/opt-in", "GET, PUT, DELETE, HEAD, OPTIONS"), ("GET", "/tick", "POST, OPTIONS"),
        ("TRACE", "/", "GET, HEAD, OPTIONS"),
    ])
    func `a wrong method is told the right ones`(
        method: String, target: String, allow: String
    ) async {
        let house = await ServerHarness()
        let answer = await house.send(method, target)
        #expect(answer.status == 405 && answer.fields.single("Allow") == allow)
        let options = await house.send("OPTIONS", target)
        #expect(options.status == 204 && options.fields.single("Allow") == allow)
    }

    @Test func `HEAD is answered where GET is`() async {
        let house = await ServerHarness()
        #expect(await house.send("HEAD", "/accounts").status == 200)
        #expect(await house.send("HEAD", "/tick").status == 405)
        #expect(await house.send("OPTIONS", "*").status == 204)
    }

    @Test func `without a history orders are refused and reads go on`() async {
        let house = await ServerHarness()
        house.history.failNext(.append, .unavailable("disk full"))
        let tick = await house.send("POST", "/tick")
        #expect(tick.status == 503 && tick.code == "history-unavailable")
        #expect(await house.send("GET", "/health").status == 200)
    }

    @Test func `an acknowledged nudge is silent`() async throws {
        let house = await ServerHarness()
        for name in ["bob", "carol"] { _ = await house.send("DELETE", "/accounts/\(name).org") }
        let nudges = try await house.send("POST", "/tick").decode(TickBody.self).nudges
        #expect(nudges.map(\.code) == ["no-alternates", "rotation-stuck"])
        #expect(await house.send("POST", "/nudges/no-alternates/-/acknowledge").status == 204)
        let left = try await house.send("GET", "/nudges").decode(NudgesBody.self).nudges
        #expect(left.map(\.code) == ["rotation-stuck"])
    }
}
