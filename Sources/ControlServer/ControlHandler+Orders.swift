// The routes that wait for the engine. Each decodes, orders, and answers; what
// the engine refuses becomes a problem.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine

extension ControlHandler {
    func order(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ parameters: [String],
        _ target: RequestTarget
    ) async -> HTTPResponse {
        do {
            return try await perform(request, endpoint, parameters, target)
        } catch let problem as ProblemBody {
            return Answers.problem(problem)
        } catch let refusal as EngineRefusal {
            return Answers.problem(ProblemBody(refusal))
        } catch {
            return Answers.problem(.internalError, "an unexpected error: \(type(of: error))")
        }
    }

    private func perform(
        _ request: HTTPRequest, _ endpoint: Endpoint, _ parameters: [String],
        _ target: RequestTarget
    ) async throws -> HTTPResponse {
        switch endpoint {
        case .optIn: return optInAnswer(await engine.refreshOptIn())
        case .setOptIn: return try await setOptIn(request)
        case .clearOptIn:
            return optInAnswer(try await engine.setOptIn(false, callerPinningVariables: []))
        case .capture:
            let view = try await engine.capture()
            return Answers.json(AccountBody(view, bounds: engine.bounds, at: clock.now()))
        case .adoption: return try await adopt(request)
        case .addSetupToken: return try await addSetupToken(request)
        case .swap: return try await swap(request)
        case .lineage:
            let (limit, _) = try page(target)
            let entries = try await engine.lineage(of: parameters[0], limit: limit)
            return Answers.json(LineageBody(entries))
        case .forget:
            try await engine.forget(parameters[0])
            return Answers.noContent()
        case .tick: return try await tick(target)
        case .observe: return try await observe(request)
        case .decisions:
            let (limit, before) = try page(target)
            let page = try await engine.decisions(limit: limit, before: before)
            return Answers.json(
                DecisionsBody(decisions: page.items.map(DecisionBody.init), next: page.next))
        case .history:
            let (limit, before) = try page(target)
            let page = try await engine.rotations(limit: limit, before: before)
            return Answers.json(
                HistoryBody(rotations: page.items.map(RotationBody.init), next: page.next))
        case .plan: return try await plan(target)
        case .readings: return try await readings(target)
        case .acknowledge: return try await acknowledge(parameters)
        case .setPolicy: return try await setPolicy(request, parameters[0])
        case .signIn: return try await signIn(request, parameters[0])
        case .signInState:
            return loginAnswer(try await engine.signInProgress(of: parameters[0]))
        case .cancelSignIn:
            try await engine.cancelSignIn(of: parameters[0])
            return Answers.noContent()
        case .setPause: return try await setPause(request)
        case .clearPause: return pauseAnswer(try await engine.resume())
        case .events, .metrics, .health, .accounts, .account, .nudges, .latestDecision, .pause,
            .openAPI, .page, .asset:
            preconditionFailure("a read is answered at once; see reply(to:at:)")
        }
    }

    private func optInAnswer(_ snapshot: Snapshot) -> HTTPResponse {
        Answers.json(OptInBody(snapshot, bounds: engine.bounds, at: clock.now()))
    }

    private func setOptIn(_ request: HTTPRequest) async throws -> HTTPResponse {
        let body = try Answers.decode(OptInRequest.self, from: request)
        return optInAnswer(
            try await engine.setOptIn(
                body.enabled ?? true, callerPinningVariables: body.callerPinningVariables ?? []))
    }

    private func swap(_ request: HTTPRequest) async throws -> HTTPResponse {
        let body = try Answers.decode(SwapRequestBody.self, from: request)
        let record = try await engine.swap(to: body.email, force: body.force ?? false)
        return Answers.json(DecisionBody(record))
    }

    private func adopt(_ request: HTTPRequest) async throws -> HTTPResponse {
        let body = try Answers.decode(ImportRequestBody.self, from: request)
        guard body.from?.hasPrefix("/") != false else {
            throw ProblemBody(code: .badRequest, detail: "`from` is an absolute path")
        }
        let report = try await engine.importCredentials(
            ImportRequest(
                directory: body.from, deletesPlaintext: body.deletePlaintext ?? false,
                isDryRun: body.dryRun ?? false))
        return Answers.json(ImportBody(report))
    }

    private func tick(_ target: RequestTarget) async throws -> HTTPResponse {
        guard let onlyIfRunning = target.flag("only-if-claude-running", default: true),
            let fresh = target.flag("fresh", default: false),
            let announces = target.flag("announce", default: false)
        else {
            throw ProblemBody(
                code: .badRequest,
                detail: "`only-if-claude-running`, `fresh` and `announce` are `true` or `false`")
        }
        let trigger: Trigger
        switch target.text("trigger") {
        case nil, "request": trigger = .request
        case "heartbeat": trigger = .heartbeat
        default:
            throw ProblemBody(
                code: .badRequest, detail: "`trigger` is `request` or `heartbeat`")
        }
        let report = try await engine.tick(
            TickRequest(trigger: trigger, onlyIfClaudeRunning: onlyIfRunning, fresh: fresh))
        let announced = announces ? await engine.announce(on: .heartbeat) : []
        return Answers.json(TickBody(report, announced: announced))
    }

    private func plan(_ target: RequestTarget) async throws -> HTTPResponse {
        let now = clock.now()
        let until =
            try instant("until", target.text("until")) ?? now.adding(seconds: 10 * 3600)
        guard until > now, until.seconds(since: now) <= engine.bounds.planMostSeconds else {
            throw ProblemBody(
                code: .badRequest, detail: "`until` is later than now, by 7 days at most")
        }
        return Answers.json(PlanBody(try await engine.plan(until: until)))
    }

    private func page(_ target: RequestTarget) throws(ProblemBody) -> (Int, Int64?) {
        guard let limit = target.number("limit", in: 1...500, default: 50) else {
            throw ProblemBody(code: .badRequest, detail: "`limit` is a number from 1 to 500")
        }
        guard let before = target.number("before", in: 1...Int64.max, default: 0) else {
            throw ProblemBody(
                code: .badRequest, detail: "`before` is the `next` of the page before")
        }
        return (Int(limit), before == 0 ? nil : before)
    }

    /// `-` stands for the e-mail of a nudge about the machine.
    private func acknowledge(_ parameters: [String]) async throws -> HTTPResponse {
        guard let code = NudgeCode(rawValue: parameters[0]) else {
            throw EngineRefusal.unknownNudge
        }
        try await engine.acknowledge(code, email: parameters[1] == "-" ? nil : parameters[1])
        return Answers.noContent()
    }
}
