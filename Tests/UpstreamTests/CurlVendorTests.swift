// The vendor over real HTTP: against the simulator, and against servers that
// misbehave.

import LoopbackHTTP
import PortConformance
import RotationCore
import RotationEngine
import Synchronization
import Testing
import Upstream
import VendorSimulator

private let start: Int64 = 1_790_000_000_000

private func simulated(_ name: String, latency: Int64 = 0) -> SimulatedAccount {
    var account = SimulatedAccount(
        email: "\(name)@example.com", accountUUID: "\(name)-account",
        organizationUUID: "\(name)-organization", fiveHour: 12.5, sevenDay: 97, now: start,
        fiveHourResetsInSeconds: 3600, sevenDayResetsInSeconds: 90_000)
    account.latencyMilliseconds = latency
    return account
}

/// A simulated vendor and a `CurlVendor` that asks it.
private struct SimulatedWorld: VendorWorld {
    let simulator: VendorSimulator
    let curl: CurlVendor
    var vendor: any VendorAPI { curl }

    init(
        _ accounts: [SimulatedAccount] = [simulated("a")],
        limits: TransferLimits = TransferLimits()
    ) throws {
        simulator = VendorSimulator(accounts: accounts, clockMilliseconds: { start }, seed: 1)
        let base = "http://127.0.0.1:\(try simulator.start())"
        curl = CurlVendor(
            endpoints: try VendorEndpoints(apiBaseURL: base, tokenURL: base + "/v1/oauth/token"),
            userAgent: "account-rotator/test", limits: limits,
            now: { Timestamp(milliseconds: start) })
    }

    func token(of email: String) -> Secret {
        Secret(Array((simulator.account(email)?.accessToken ?? "").utf8))
    }
    var token: Secret { token(of: "a@example.com") }
    var identity: AccountIdentity {
        AccountIdentity(
            id: AccountID(accountUUID: "a-account", organizationUUID: "a-organization"),
            email: "a@example.com", displayName: "Simulated", organizationName: "Simulated",
            organizationType: "claude_max", rateLimitTier: "default_claude_max_5x")
    }

    func arrange(_ answer: UsageAnswer) async {
        let behaviour: SimulatedAccount.Behaviour =
            switch answer {
            case .windows: .normal
            case .noWindows: .empty
            case .rateLimited: .rateLimited(retryAfterSeconds: nil)
            case .unauthorized: .unauthorized
            case .revoked: .revoked
            case .restricted: .restricted
            case .scopeMissing: .scopeMissing
            case .unreachable(.malformed): .page
            case .unreachable: .serverError
            }
        simulator.change("a@example.com") { $0.behaviour = behaviour }
    }

    func end() async {
        curl.shutdown()
        await simulator.stop()
    }
}

/// Answers everything with one response.
private struct Fixed: HTTPHandler {
    let response: HTTPResponse
    func reply(to request: HTTPRequest) -> HTTPReply { .now(response) }
}

/// Answers `{}` to everybody once that many have asked.
private final class Gate: HTTPHandler {
    private let count: Int
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

    init(_ count: Int) { self.count = count }

    func reply(to request: HTTPRequest) -> HTTPReply {
        .later {
            await withCheckedContinuation { continuation in
                let all = self.waiting.withLock { waiting in
                    waiting.append(continuation)
                    return waiting.count == self.count ? waiting : []
                }
                for one in all { one.resume() }
            }
            return HTTPResponse(status: 200, body: .bytes(Array("{}".utf8)))
        }
    }
}

/// Asks for usage of a server that always answers so.
private func usage(from response: HTTPResponse) async throws -> UsageAnswer {
    let server = HTTPServer(handler: Fixed(response: response))
    let port = try server.start([.ipv4(port: 0)])[0].port
    let base = "http://127.0.0.1:\(port)"
    let vendor = CurlVendor(
        endpoints: try VendorEndpoints(apiBaseURL: base, tokenURL: base), userAgent: "t",
        now: { Timestamp(milliseconds: start) })
    let answer = await vendor.readUsage(Secret([0x74]))
    vendor.shutdown()
    await server.stop()
    return answer
}

@Suite struct CurlVendorTests {
    @Test func `over the simulator it is a vendor`() async throws {
        let world = try SimulatedWorld()
        await VendorConformance.windows(world)
        await VendorConformance.strangers(world)
        for answer in VendorConformance.refusals { await VendorConformance.refusal(answer, world) }
        await world.end()
    }

    @Test func `Retry-After is kept`() async throws {
        let world = try SimulatedWorld()
        world.simulator.change("a@example.com") {
            $0.behaviour = .rateLimited(retryAfterSeconds: 3600)
        }
        let answer = await world.curl.readUsage(world.token)
        #expect(
            answer == .rateLimited(retryAfter: Timestamp(milliseconds: start + 3_600_000)))
        await world.end()
    }

    @Test func `it names itself and asks nothing else`() async throws {
        let world = try SimulatedWorld()
        _ = await world.curl.readUsage(world.token)
        let asked = try #require(world.simulator.requestLog.first)
        #expect(world.simulator.requestLog.count == 1)
        #expect(asked.method == "GET")
        #expect(asked.path == "/api/oauth/usage")
        #expect(asked.userAgent == "account-rotator/test")
        #expect(asked.email == "a@example.com")
        await world.end()
    }

    @Test func `sixteen readings are under way at the same time`() async throws {
        // Answers nobody before all sixteen have asked.
        let gate = Gate(16)
        let server = HTTPServer(handler: gate)
        let base = "http://127.0.0.1:\(try server.start([.ipv4(port: 0)])[0].port)"
        let vendor = CurlVendor(
            endpoints: try VendorEndpoints(apiBaseURL: base, tokenURL: base), userAgent: "t",
            now: { Timestamp(milliseconds: start) })
        await withTaskGroup(of: UsageAnswer.self) { group in
            for _ in 0..<16 { group.addTask { await vendor.readUsage(Secret([0x74])) } }
            for await answer in group { #expect(answer == .noWindows) }
        }
        vendor.shutdown()
        await server.stop()
    }

    @Test func `a refresh token is good once`() async throws {
        let world = try SimulatedWorld()
        let first = Secret(
            Array((world.simulator.account("a@example.com")?.refreshToken ?? "").utf8))
        guard case .tokens(let tokens) = await world.curl.refresh(first) else {
            Issue.record("it was not refreshed")
            return
        }
        #expect(tokens.accountUUID == "a-account")
        #expect(tokens.expiresInSeconds == 28800)
        #expect(tokens.refreshToken != nil)
        guard case .invalidGrant = await world.curl.refresh(first) else {
            Issue.record("it was refreshed twice")
            return
        }
        guard case .windows = await world.curl.readUsage(tokens.accessToken) else {
            Issue.record("the new token is not good")
            return
        }
        await world.end()
    }

    @Test func `an empty token is never sent`() async throws {
        let world = try SimulatedWorld()
        #expect(await world.curl.readUsage(Secret([])) == .unauthorized)
        #expect(world.simulator.requestLog.isEmpty)
        await world.end()
    }

    @Test func `a slow answer ends at the deadline`() async throws {
        var limits = TransferLimits()
        limits.totalMilliseconds = 50
        let world = try SimulatedWorld([simulated("a", latency: 5000)], limits: limits)
        #expect(await world.curl.readUsage(world.token) == .unreachable(.timedOut))
        await world.end()
    }

    @Test func `a cancelled reading ends at once`() async throws {
        let world = try SimulatedWorld([simulated("a", latency: 60_000)])
        let reading = Task { await world.curl.readUsage(world.token) }
        while world.simulator.peakConcurrency == 0 { await Task.yield() }
        reading.cancel()
        #expect(await reading.value == .unreachable(.cancelled))
        await world.end()
    }

    @Test func `a shutdown ends what is under way, and what comes after`() async throws {
        let world = try SimulatedWorld([simulated("a", latency: 60_000)])
        let reading = Task { await world.curl.readUsage(world.token) }
        while world.simulator.peakConcurrency == 0 { await Task.yield() }
        world.curl.shutdown()
        #expect(await reading.value == .unreachable(.cancelled))
        #expect(await world.curl.readUsage(world.token) == .unreachable(.cancelled))
        await world.simulator.stop()
    }

    @Test func `nobody there is offline`() async throws {
        let world = try SimulatedWorld()
        await world.simulator.stop()
        #expect(await world.curl.readUsage(world.token) == .unreachable(.offline))
        guard
            case .unreachable(.offline, mayHaveRotated: false) = await world.curl.refresh(
                world.token)
        else {
            Issue.record("nothing was sent, so nothing can have rotated")
            return
        }
        await world.end()
    }

    @Test func `a redirect is not followed`() async throws {
        let fields = HTTPFields([.init(name: "Location", value: "http://127.0.0.1:1/")])
        let answer = try await usage(from: HTTPResponse(status: 302, fields: fields))
        #expect(answer == .unreachable(.malformed))
    }

    @Test(arguments: [(1 << 20, UsageAnswer.noWindows), ((1 << 20) + 1, .unreachable(.malformed))])
    func `an answer is read up to a limit`(size: Int, expected: UsageAnswer) async throws {
        let body = Array("{}".utf8) + [UInt8](repeating: 0x20, count: size - 2)
        #expect(try await usage(from: HTTPResponse(status: 200, body: .bytes(body))) == expected)
    }
}
