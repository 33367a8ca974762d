// `GET /accounts` and `GET /health`: with an entity-tag, and with `wait` as a
// long poll that is answered as soon as the representation is another.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine

extension ControlHandler {
    /// Which of the two; each keeps its own bytes.
    enum Conditional: Sendable {
        case accounts, health
    }

    func conditional(
        _ resource: Conditional, _ request: HTTPRequest, _ target: RequestTarget
    ) -> HTTPReply {
        let longest = limits.longestWaitSeconds
        guard let wait = target.number("wait", in: 0...longest, default: 0) else {
            let detail = "`wait` is a number of seconds from 0 to \(longest)"
            return .now(Answers.problem(.badRequest, detail))
        }
        let known = EntityTags(request.fields.all("If-None-Match"))
        let found = current(resource, engine.snapshot)
        guard known.contains(found.tag) else { return .now(Self.answer(found)) }
        guard wait > 0 else { return .now(Self.notModified(found)) }
        guard !engine.hasStopped else { return .now(stopping) }
        guard let seat = waiters.take() else { return .now(noRoom("requests wait")) }
        let deadline = timer.now().adding(seconds: wait)
        return .whenever {
            defer { withExtendedLifetime(seat) {} }
            return await change(of: resource, from: known, until: deadline)
        }
    }

    private func change(
        of resource: Conditional, from known: EntityTags, until deadline: Timestamp
    ) async -> HTTPResponse {
        while true {
            let snapshot = engine.snapshot
            let found = current(resource, snapshot)
            guard known.contains(found.tag) else { return Self.answer(found) }
            guard !engine.hasStopped, !Task.isCancelled, timer.now() < deadline else {
                return Self.notModified(found)
            }
            await firstOf(
                { await engine.published(past: snapshot.version) },
                { try? await timer.sleep(until: deadline) },
                {
                    if let expiresAt = found.expiresAt {
                        try? await clock.sleep(until: expiresAt)
                    } else {
                        try? await timer.sleep(until: deadline)
                    }
                })
        }
    }

    private func current(
        _ resource: Conditional, _ snapshot: Snapshot
    ) -> Representation.Tagged {
        let now = clock.now()
        switch resource {
        case .accounts:
            return accounts.current(snapshot, at: now) { snapshot in
                let body = AccountsBody(snapshot, bounds: engine.bounds, at: now)
                // A reset window's utilization is unknown.
                let resets = snapshot.accounts.flatMap {
                    $0.reading?.windows.compactMap(\.resetsAt) ?? []
                }
                return (Answers.encode(body) ?? [], resets.filter { $0 > now }.min())
            }
        case .health:
            return health.current(snapshot, at: now) { snapshot in
                (
                    Answers.encode(HealthBody(identity, snapshot, engine.clockAheadSeconds)) ?? [],
                    nil
                )
            }
        }
    }

    private static func answer(_ found: Representation.Tagged) -> HTTPResponse {
        HTTPResponse(
            status: 200, fields: Answers.fields("application/json", extra: [tag(found)]),
            body: .bytes(found.bytes))
    }

    private static func notModified(_ found: Representation.Tagged) -> HTTPResponse {
        HTTPResponse(status: 304, fields: Answers.fields(nil, extra: [tag(found)]))
    }

    private static func tag(_ found: Representation.Tagged) -> HTTPFields.Line {
        HTTPFields.Line(name: "ETag", value: found.tag)
    }

    /// All places of those who stay are taken.
    func noRoom(_ what: String) -> HTTPResponse {
        let again = HTTPFields.Line(name: "Retry-After", value: "\(limits.retryAfterSeconds)")
        return Answers.problem(
            .tooManyListeners,
            "as many \(what) as may be; close one, or try again in \(limits.retryAfterSeconds) "
                + "seconds", extra: [again])
    }

    var stopping: HTTPResponse { Answers.problem(ProblemBody(EngineRefusal.stopping)) }
}

extension HealthBody {
    init(_ identity: ServiceIdentity, _ snapshot: Snapshot, _ clockAheadSeconds: Int64?) {
        self.init(
            status: "ok", version: identity.version, pid: identity.pid,
            startedAt: snapshot.startedAt.rfc3339, optedIn: snapshot.optedIn,
            live: snapshot.liveEmail, lastTickAt: snapshot.lastTickAt?.rfc3339,
            clockAheadSeconds: clockAheadSeconds)
    }
}

/// Returns when one of them has, and cancels the others.
func firstOf(_ waits: (@Sendable () async -> Void)...) async {
    await withTaskGroup(of: Void.self) { group in
        for wait in waits { group.addTask { await wait() } }
        await group.next()
        group.cancelAll()
    }
}
