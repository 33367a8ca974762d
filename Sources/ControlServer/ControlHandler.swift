// From a request to the engine and back. Reads are answered at once from the
// published snapshot, on the reactor's thread; orders wait in a task.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine

/// What the service says of itself.
package struct ServiceIdentity: Sendable {
    package let version: String
    package let pid: Int32
    package let ownUID: UInt32
    package init(version: String, pid: Int32, ownUID: UInt32) {
        self.version = version
        self.pid = pid
        self.ownUID = ownUID
    }
}

package struct ControlHandler: HTTPHandler {
    let engine: RotationEngine
    let clock: any EngineClock
    let identity: ServiceIdentity
    private let gate: Gate
    /// What those who stay wait by; the clock of the demo is too fast for it.
    let timer: any EngineClock
    let limits: ControlLimits
    let listeners: Seats
    let waiters: Seats
    let accounts = Representation()
    let health = Representation()
    private let token: @Sendable () -> TokenRule
    private let buckets: TokenBuckets

    /// `token` is asked on the reactor's thread for every request that needs
    /// one.
    package init(
        engine: RotationEngine, clock: any EngineClock, identity: ServiceIdentity,
        timer: (any EngineClock)? = nil, limits: ControlLimits = .standard,
        token: @escaping @Sendable () -> TokenRule = { .off }, rateLimits: RateLimits = .standard
    ) {
        self.engine = engine
        self.clock = clock
        self.identity = identity
        self.timer = timer ?? clock
        self.limits = limits
        listeners = Seats(limits.listeners)
        waiters = Seats(limits.waiters)
        self.token = token
        buckets = TokenBuckets(rateLimits, at: clock.uptimeMilliseconds())
        gate = Gate(ownUID: identity.ownUID)
    }

    package func reply(to request: HTTPRequest) -> HTTPReply {
        if let refusal = gate.refusal(of: request) {
            return .now(Answers.problem(.forbidden, refusal))
        }
        let target = RequestTarget(request.target)
        let destination = target.map { Destination(method: request.method, path: $0.path) }
        let permission = destination?.permission ?? .read
        if let refusal = gate.refusal(of: request, for: permission) {
            return .now(Answers.problem(.forbidden, refusal))
        }
        if permission.needsToken,
            let refusal = BearerToken.refusal(of: request.fields, under: token())
        {
            return .now(refusal)
        }
        return reply(to: request, target, destination)
    }

    private func reply(
        to request: HTTPRequest, _ target: RequestTarget?, _ destination: Destination?
    ) -> HTTPReply {
        if request.method == "OPTIONS", request.target == "*" {
            let allow = HTTPFields.Line(
                name: "Allow", value: "GET, HEAD, PUT, POST, DELETE, OPTIONS")
            return .now(Answers.noContent(extra: [allow]))
        }
        guard let target, let destination else {
            return .now(Answers.problem(.badRequest, "the request target cannot be decoded"))
        }
        switch destination {
        case .route(let route, let parameters):
            let quotas = route.quota?.drawn(by: target) ?? []
            if let wait = buckets.take(quotas, at: clock.uptimeMilliseconds()) {
                return .now(Self.tooMany(wait))
            }
            return reply(to: request, at: route.endpoint, parameters, target)
        case .wrongMethod(let allow):
            let field = HTTPFields.Line(name: "Allow", value: allow.joined(separator: ", "))
            if request.method == "OPTIONS" { return .now(Answers.noContent(extra: [field])) }
            let detail = "\(request.method) is not a method of this resource"
            return .now(Answers.problem(.methodNotAllowed, detail, extra: [field]))
        case .nowhere:
            return .now(Answers.problem(.notFound, "there is no such resource; see /openapi.yaml"))
        }
    }

    private func reply(
        to request: HTTPRequest, at endpoint: Endpoint, _ parameters: [String],
        _ target: RequestTarget
    ) -> HTTPReply {
        switch endpoint {
        case .health: return conditional(.health, request, target)
        case .accounts: return conditional(.accounts, request, target)
        case .events: return events(request, target)
        case .metrics: return .now(metrics)
        case .account: return .now(account(parameters[0]))
        case .pause: return .now(pauseAnswer(engine.snapshot))
        case .nudges: return .now(Answers.json(NudgesBody(engine.snapshot.nudges)))
        case .latestDecision: return .now(latestDecision)
        case .openAPI: return .now(Answers.text(openAPIDocument, "application/yaml"))
        case .page: return .now(Dashboard.page(request))
        case .asset: return .now(Dashboard.asset(parameters[0], request))
        case .optIn, .setOptIn, .clearOptIn, .lineage, .forget, .capture, .adoption, .swap, .tick,
            .observe, .decisions, .history, .plan, .readings, .acknowledge, .setPause, .clearPause,
            .setPolicy, .addSetupToken, .signIn, .signInState, .cancelSignIn:
            return .later { await order(request, endpoint, parameters, target) }
        }
    }

    /// RFC 6585 §4; `Retry-After` in whole seconds (RFC 9110 §10.2.3).
    private static func tooMany(_ waitMilliseconds: Int64) -> HTTPResponse {
        let seconds = (waitMilliseconds + 999) / 1000
        return Answers.problem(
            .tooManyRequests, "too many of these in a row; try again in \(seconds) s",
            extra: [.init(name: "Retry-After", value: "\(seconds)")])
    }

    // MARK: Reads

    private var latestDecision: HTTPResponse {
        guard let latest = engine.snapshot.latestDecision else {
            return Answers.problem(ProblemBody(EngineRefusal.noDecisionYet))
        }
        return Answers.json(DecisionBody(latest))
    }

    private func account(_ selector: String) -> HTTPResponse {
        do throws(EngineRefusal) {
            let view = try engine.snapshot.account(selector)
            return Answers.json(AccountBody(view, bounds: engine.bounds, at: clock.now()))
        } catch {
            return Answers.problem(ProblemBody(error))
        }
    }
}

extension Quota {
    /// A heartbeat's tick draws from its own bucket, a fresh one from another
    /// besides.
    fileprivate func drawn(by target: RequestTarget) -> [Quota] {
        guard self == .ticks else { return [self] }
        let ticks: Quota = target.text("trigger") == "heartbeat" ? .heartbeats : .ticks
        return target.flag("fresh", default: false) == true ? [ticks, .freshTicks] : [ticks]
    }
}
