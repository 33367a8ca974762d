// A handler over a whole engine with in-memory ports; requests are values, no
// socket is opened. Every answer is held against openapi.yaml.

import ControlWire
import Foundation
import LoopbackHTTP
import OpenAPI
import RotationCore
import RotationEngine
import Support
import Testing

@testable import ControlServer

let ownUID: UInt32 = 501

struct ServerHarness {
    let clock = ManualClock()
    /// What those who stay wait by.
    let timer = ManualClock()
    let vault: InMemoryVault
    let vendor = ScriptedVendor()
    let history = InMemoryHistory()
    let host = StubHost()
    let flag = MemoryFlag(true)
    let engine: RotationEngine
    let handler: ControlHandler

    static let names = ["alice", "bob", "carol"]
    static func email(_ name: String) -> String { "\(name)@example.com" }

    static func identity(_ name: String) -> AccountIdentity {
        AccountIdentity(
            id: AccountID(accountUUID: name, organizationUUID: "org"), email: email(name),
            organizationType: "claude_max")
    }

    /// Alice is live at 98/40, bob at 12/20, carol at 60/90.
    init(
        unsupportedAdvice: String? = nil, limits: ControlLimits = .standard,
        token: TokenRule = .off, rateLimits: RateLimits = .standard,
        imports: any ImportSource = NoImportSource(),
        signIns: any SignInDesk = NoSignInDesk()
    ) async {
        vault = InMemoryVault(unsupportedAdvice: unsupportedAdvice)
        engine = RotationEngine(
            ports: EnginePorts(
                clock: clock, vault: vault, vendor: vendor, history: history, host: host,
                flag: flag, log: RecordingLog(), imports: imports, signIns: signIns),
            bounds: Bounds())
        handler = ControlHandler(
            engine: engine, clock: clock,
            identity: ServiceIdentity(version: "1.2.3", pid: 42, ownUID: ownUID), timer: timer,
            limits: limits, token: { token }, rateLimits: rateLimits)
        let details = CredentialDetails(
            kind: .login, canRefresh: true,
            accessTokenExpiresAt: clock.now().adding(seconds: 28800), plan: "max")
        for (name, used) in zip(Self.names, [(98.0, 40.0), (12, 20), (60, 90)]) {
            let token = "canary-\(name)"
            await vault.putSlot(token: token, details: details, identity: Self.identity(name))
            let now = clock.now()
            vendor.set(
                usage: .windows([
                    UsageWindow(
                        key: .fiveHour, utilization: used.0, resetsAt: now.adding(seconds: 7200)),
                    UsageWindow(
                        key: .sevenDay, utilization: used.1, resetsAt: now.adding(seconds: 90_000)),
                ]), forToken: Array(token.utf8))
        }
        await vault.setLive(token: "canary-alice", details: details)
        await engine.start()
    }

    func request(
        _ method: String, _ target: String, fields: [(String, String)] = [], body: String = "",
        transport: HTTPConnectionInfo.Transport = .tcp(port: 9429),
        peer: HTTPConnectionInfo.Peer = .uid(ownUID), host: String? = "localhost:9429"
    ) -> HTTPRequest {
        var lines = HTTPFields()
        if let host { lines.append("Host", host) }
        if !body.isEmpty { lines.append("Content-Type", "application/json") }
        for (name, value) in fields { lines.append(name, value) }
        return HTTPRequest(
            method: method, target: target, fields: lines, body: Array(body.utf8),
            connection: HTTPConnectionInfo(transport: transport, peer: peer))
    }

    func send(_ request: HTTPRequest) async -> HTTPResponse {
        let response =
            switch handler.reply(to: request) {
            case .now(let response): response
            case .later(let body), .whenever(let body): await body()
            }
        do {
            let check = AnswerCheck(contract: try Contract.read.get())
            #expect(check.faults(request, response) == [])
        } catch {
            Issue.record("openapi.yaml cannot be read: \(error)")
        }
        return response
    }

    func send(_ method: String, _ target: String, body: String = "") async -> Answer {
        Answer(await send(request(method, target, body: body)))
    }
}

/// A response taken apart.
struct Answer {
    let status: Int
    let fields: HTTPFields
    let text: String

    init(_ response: HTTPResponse) {
        status = response.status
        fields = response.fields
        guard case .bytes(let bytes) = response.body else {
            text = "a stream"
            return
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    func decode<Body: Decodable>(_ type: Body.Type) throws -> Body {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    var code: String? { try? decode(ProblemBody.self).code }
}
