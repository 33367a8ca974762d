// Keeps `rotator top` informed: one thread follows the service's events and
// reads everything anew when there is one, another is started for a tick. Both
// leave what they learned in the snapshot and wake whoever draws.

import CSystem
import ControlWire
import LoopbackHTTP
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

final class TopFeed: Sendable {
    private let client: ServiceClient
    private let wake: @Sendable () -> Void
    private let state = Mutex(TopSnapshot())

    private static let decisions = 50
    /// Seconds without a sign of life; the service gives one every 15.
    private static let quietSeconds: Int64 = 45
    private static let answerSeconds: Int64 = 10
    private static let pauseMilliseconds: Int32 = 1000

    init(_ client: ServiceClient, wake: @escaping @Sendable () -> Void) {
        self.client = client
        self.wake = wake
    }

    var snapshot: TopSnapshot { state.withLock { $0 } }

    /// For good, on the thread it is called on.
    func follow() {
        while true {
            // Read once the stream stands, so that nothing falls between.
            var reader = EventStreamReader()
            _ = client.stream(
                "/events?follow=true", lastID: "", quietSeconds: Self.quietSeconds
            ) { piece in
                let isFirst = reader.lastID.isEmpty
                let events = reader.take(piece)
                return isFirst || !events.isEmpty ? refresh() : true
            }
            // Without a stream too: there may be no room among the listeners.
            _ = refresh()
            csystem_pause(Self.pauseMilliseconds)
        }
    }

    /// One tick, unless one is under way.
    func tick() {
        let isFree = change { snapshot in
            defer { snapshot.isTicking = true }
            return !snapshot.isTicking
        }
        guard isFree else { return }
        let isStarted = BlockingThread.start { [self] in
            let said = tickAnswer()
            _ = change { snapshot in
                snapshot.isTicking = false
                snapshot.notice = said
            }
        }
        if !isStarted { _ = change { $0.isTicking = false } }
    }

    private func tickAnswer() -> String {
        do throws(HTTPClientError) {
            let answer = try client.exchange("POST", "/tick?only-if-claude-running=true")
            if let body = decoded(TickBody.self, answer) {
                return "\(body.outcome): \(body.decision.sentence)"
            }
            return decoded(ProblemBody.self, answer)?.detail ?? "the tick: \(answer.status)"
        } catch {
            return ServiceClient.text(of: error)
        }
    }

    /// Whether the service answered.
    private func refresh() -> Bool {
        do throws(HTTPClientError) {
            let optIn = try client.exchange("GET", "/opt-in", timeoutSeconds: Self.answerSeconds)
            if let problem = decoded(ProblemBody.self, optIn), optIn.status >= 400 {
                return change { $0.trouble = problem.detail }
            }
            let accounts = try get(AccountsBody.self, "/accounts")
            let decisions = try get(DecisionsBody.self, "/decisions?limit=\(Self.decisions)")
            let nudges = try get(NudgesBody.self, "/nudges")
            let pause = try get(PauseBody.self, "/pause")
            return change { snapshot in
                snapshot.optIn = decoded(OptInBody.self, optIn)
                snapshot.accounts = accounts?.accounts ?? []
                snapshot.decisions = decisions?.decisions ?? []
                snapshot.nudges = nudges?.nudges ?? []
                snapshot.pause = pause
                snapshot.trouble = nil
                return true
            }
        } catch {
            return change { snapshot in
                snapshot.trouble = ServiceClient.text(of: error)
                return false
            }
        }
    }

    private func get<Body: Decodable>(
        _ type: Body.Type, _ target: String
    ) throws(HTTPClientError) -> Body? {
        decoded(
            type, try client.exchange("GET", target, timeoutSeconds: Self.answerSeconds))
    }

    private func decoded<Body: Decodable>(
        _ type: Body.Type, _ answer: HTTPClientResponse
    ) -> Body? {
        try? JSONDecoder().decode(type, from: Data(answer.body))
    }

    private func change<Result: Sendable>(
        _ body: (inout TopSnapshot) -> Result
    ) -> Result {
        let result = state.withLock { body(&$0) }
        wake()
        return result
    }

    private func change(_ body: (inout TopSnapshot) -> Void) -> Bool {
        state.withLock { body(&$0) }
        wake()
        return true
    }
}
