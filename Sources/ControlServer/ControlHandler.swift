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
    private let cache = AccountsCache()

    package init(engine: RotationEngine, clock: any EngineClock, identity: ServiceIdentity) {
        self.engine = engine
        self.clock = clock
        self.identity = identity
        gate = Gate(ownUID: identity.ownUID)
    }

    package func reply(to request: HTTPRequest) -> HTTPReply {
        if let refusal = gate.refusal(of: request) {
            return .now(Answers.problem(.forbidden, refusal))
        }
        if request.method == "OPTIONS", request.target == "*" {
            let allow = HTTPFields.Line(
                name: "Allow", value: "GET, HEAD, PUT, POST, DELETE, OPTIONS")
            return .now(Answers.noContent(extra: [allow]))
        }
        guard let target = RequestTarget(request.target) else {
            return .now(Answers.problem(.badRequest, "the request target cannot be decoded"))
        }
        switch Destination(method: request.method, path: target.path) {
        case .endpoint(let endpoint, let parameters):
            return reply(to: request, at: endpoint, parameters, target)
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
        case .health: return .now(Answers.json(health))
        case .accounts:
            let bytes = cache.bytes(engine.snapshot, bounds: engine.bounds, at: clock.now())
            return .now(Answers.json(bytes))
        case .account: return .now(account(parameters[0]))
        case .pause: return .now(pauseAnswer(engine.snapshot))
        case .nudges: return .now(Answers.json(NudgesBody(engine.snapshot.nudges)))
        case .latestDecision: return .now(latestDecision)
        case .openAPI: return .now(Answers.text(openAPIDocument, "application/yaml"))
        case .page: return .now(Answers.text(StatusPage.html, "text/html; charset=utf-8"))
        case .pageScript:
            return .now(Answers.text(StatusPage.script, "text/javascript; charset=utf-8"))
        case .pageStyle: return .now(Answers.text(StatusPage.style, "text/css; charset=utf-8"))
        case .optIn, .setOptIn, .clearOptIn, .lineage, .forget, .capture, .adoption, .swap, .tick,
            .observe, .decisions, .history, .plan, .acknowledge, .setPause, .clearPause, .setPolicy,
            .signIn, .signInState, .cancelSignIn:
            return .later { await order(request, endpoint, parameters, target) }
        }
    }

    // MARK: Reads

    private var health: HealthBody {
        let snapshot = engine.snapshot
        return HealthBody(
            status: "ok", version: identity.version, pid: identity.pid,
            startedAt: snapshot.startedAt.rfc3339, optedIn: snapshot.optedIn,
            live: snapshot.liveEmail, lastTickAt: snapshot.lastTickAt?.rfc3339)
    }

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
