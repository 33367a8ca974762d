// `GET /readings`: how full a window was over time. What is asked for is bounded
// here, so that an answer is at most some ten thousand points.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine

extension ControlHandler {
    private static let longestSeconds: Int64 = 31 * 86400
    private static let usualSeconds: Int64 = 86400

    func readings(_ target: RequestTarget) async throws -> HTTPResponse {
        let now = clock.now()
        let until = try instant("until", target.text("until")) ?? now
        let since =
            try instant("since", target.text("since")) ?? until.adding(seconds: -Self.usualSeconds)
        let seconds = until.seconds(since: since)
        guard since < until, seconds <= Self.longestSeconds else {
            throw ProblemBody(
                code: .badRequest, detail: "`since` is before `until`, by 31 days at most")
        }
        guard let points = target.number("points", in: 1...1000, default: 240) else {
            throw ProblemBody(code: .badRequest, detail: "`points` is a number from 1 to 1000")
        }
        let window = WindowKey(name: target.text("window") ?? WindowKey.fiveHour.name)
        guard window.isAccountWide else {
            throw ProblemBody(code: .badRequest, detail: "`window` is `five_hour` or `seven_day`")
        }
        let account = try target.text("account").map { selector in
            try engine.snapshot.account(selector).identity.id
        }
        let query = SeriesQuery(
            window: window, since: since, until: until,
            stepSeconds: max(1, (seconds + points - 1) / points), account: account)
        let series = try await engine.series(query)
        return Answers.json(ReadingsBody(series, query, engine.snapshot, at: now))
    }

    /// A time in a query; nil when it was left out.
    func instant(
        _ name: String, _ text: String?
    ) throws(ProblemBody) -> Timestamp? {
        guard let text else { return nil }
        guard let instant = Timestamp(rfc3339: text) else {
            throw ProblemBody(
                code: .badRequest,
                detail: "`\(name)` is an RFC 3339 time, for example 2026-11-24T08:00:00Z; "
                    + "write the `+` of an offset as %2B")
        }
        return instant
    }
}

extension ReadingsBody {
    /// In the order of `GET /accounts`; what was forgotten is left out.
    fileprivate init(
        _ series: ReadingSeries, _ query: SeriesQuery, _ snapshot: Snapshot, at now: Timestamp
    ) {
        self.init(
            at: now.rfc3339, since: query.since.rfc3339, until: query.until.rfc3339,
            window: query.window.name, stepSeconds: query.stepSeconds,
            accounts: snapshot.accounts.compactMap { view in
                series.points[view.identity.id].map {
                    SeriesBody(view.identity, $0, since: query.since)
                }
            },
            stalls: series.stalls.map { StallBody(from: $0.from.rfc3339, to: $0.to?.rfc3339) })
    }
}

extension SeriesBody {
    fileprivate init(
        _ identity: AccountIdentity, _ points: [SeriesPoint], since: Timestamp
    ) {
        self.init(
            id: identity.id.description, email: identity.email,
            seconds: points.map { $0.at.seconds(since: since) },
            utilization: points.map { $0.utilization.map { ($0 * 100).rounded() / 100 } },
            resetSeconds: points.map { $0.resetsAt?.seconds(since: since) })
    }
}
