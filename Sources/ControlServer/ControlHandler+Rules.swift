// The routes of the operator's rules: what is asked for is checked here, so
// that the engine only ever sees a rule that can be kept.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine

extension ControlHandler {
    /// A year: a pause that is longer is one without an end.
    private static let longestPauseSeconds: Int64 = 366 * 86400

    func setPolicy(_ request: HTTPRequest, _ account: String) async throws -> HTTPResponse {
        let body = try Answers.decode(PolicyRequestBody.self, from: request)
        guard body.reservePercent.map({ (0...99).contains($0) }) ?? true else {
            throw ProblemBody(
                code: .badRequest, detail: "`reservePercent` is a number from 0 to 99")
        }
        let view = try await engine.setPolicy(
            of: account, isHeld: body.hold, reservePercent: body.reservePercent)
        return Answers.json(AccountBody(view, bounds: engine.bounds, at: clock.now()))
    }

    func setPause(_ request: HTTPRequest) async throws -> HTTPResponse {
        let body = try Answers.decode(PauseRequestBody.self, from: request)
        let until = try end(of: body, at: clock.now())
        return pauseAnswer(try await engine.pause(until: until))
    }

    func pauseAnswer(_ snapshot: Snapshot) -> HTTPResponse {
        Answers.json(PauseBody(snapshot.pause, at: clock.now()))
    }

    private func end(
        of body: PauseRequestBody, at now: Timestamp
    ) throws(ProblemBody) -> Timestamp? {
        func refuse(_ detail: String) -> ProblemBody {
            ProblemBody(code: .badRequest, detail: detail)
        }
        switch (body.until, body.forSeconds) {
        case (nil, nil): return nil
        case (.some, .some): throw refuse("give `until` or `forSeconds`, not both")
        case (nil, .some(let seconds)):
            guard (1...Self.longestPauseSeconds).contains(seconds) else {
                throw refuse("`forSeconds` is from 1 to \(Self.longestPauseSeconds)")
            }
            return now.adding(seconds: seconds)
        case (.some(let text), nil):
            guard let until = Timestamp(rfc3339: text), until > now else {
                throw refuse("`until` is a time to come, as RFC 3339 writes it")
            }
            return until
        }
    }
}

extension PauseBody {
    /// A pause that is over is none.
    init(_ pause: Pause?, at now: Timestamp) {
        guard let pause, pause.isOn(at: now) else {
            self.init(paused: false)
            return
        }
        self.init(paused: true, since: pause.since.rfc3339, until: pause.until?.rfc3339)
    }
}

extension PolicyBody {
    init(_ policy: AccountPolicy) {
        self.init(hold: policy.isHeld, reservePercent: policy.reservePercent)
    }
}

extension Pause {
    /// What the one line of turning it on adds.
    func remark(at now: Timestamp) -> String {
        guard isOn(at: now) else { return "" }
        let end = until.map { "until \($0.rfc3339)" } ?? "until `rotator resume`"
        return "Swaps are paused \(end). "
    }
}
