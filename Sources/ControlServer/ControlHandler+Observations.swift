// `POST /observations`: usage seen elsewhere. What is no percentage or no
// reset of such a window is refused before the engine sees it.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine

extension ControlHandler {
    func observe(_ request: HTTPRequest) async throws -> HTTPResponse {
        let body = try Answers.decode(ObservationRequestBody.self, from: request)
        let observation = try Observation(body, at: clock.now())
        let report = await engine.observe(observation)
        let line = StatusLineBody(report, at: clock.now())
        guard case .refused(let refusal) = report.answer else {
            return Answers.json(line, status: 202)
        }
        throw ProblemBody(
            code: .unattributable, detail: "\(refusal.rawValue): \(refusal.sentence)",
            statusLine: line)
    }
}

extension Observation {
    /// Characters of a session id or a model's name at most.
    private static let longestName = 128
    /// Percent; it may exceed 100.
    private static let plausible = 0.0...200.0
    /// Seconds ahead a reset can be at most. The vendor has been seen to name
    /// the reset of the window after the running one.
    private static let furthestReset: [WindowKey: Int64] = [
        .fiveHour: 11 * 3600, .sevenDay: 15 * 86400,
    ]

    init(_ body: ObservationRequestBody, at now: Timestamp) throws(ProblemBody) {
        guard (1...Self.longestName).contains(body.session.unicodeScalars.count) else {
            throw Self.wrong("`session` is a name of 1 to \(Self.longestName) characters")
        }
        guard body.model.map({ (1...Self.longestName).contains($0.unicodeScalars.count) }) ?? true
        else {
            throw Self.wrong("`model` is a name of 1 to \(Self.longestName) characters")
        }
        guard (body.apiMilliseconds ?? 0) >= 0 else {
            throw Self.wrong("`apiMilliseconds` is not negative")
        }
        var windows: [UsageWindow] = []
        for window in body.windows {
            let read = try Self.window(window, at: now)
            guard !windows.contains(where: { $0.key == read.key }) else {
                throw Self.wrong("`windows` names \(read.key.name) twice")
            }
            windows.append(read)
        }
        self.init(
            session: body.session, apiMilliseconds: body.apiMilliseconds, model: body.model,
            windows: windows)
    }

    private static func window(
        _ body: ObservedWindowBody, at now: Timestamp
    ) throws(ProblemBody) -> UsageWindow {
        let key = WindowKey(name: body.name)
        guard let furthest = furthestReset[key] else {
            throw wrong("`name` of a window is `five_hour` or `seven_day`")
        }
        guard body.utilization.map({ plausible.contains($0) }) ?? true else {
            throw wrong("`utilization` is a percentage from 0 to 200")
        }
        guard let text = body.resetsAt else {
            return UsageWindow(key: key, utilization: body.utilization, resetsAt: nil)
        }
        guard let reset = Timestamp(rfc3339: text), reset <= now.adding(seconds: furthest) else {
            throw wrong("`resetsAt` is an RFC 3339 time at most \(furthest / 3600) hours ahead")
        }
        return UsageWindow(key: key, utilization: body.utilization, resetsAt: reset)
    }

    private static func wrong(_ detail: String) -> ProblemBody {
        ProblemBody(code: .badRequest, detail: detail)
    }
}

extension StatusLineBody {
    init(_ report: ObservationReport, at now: Timestamp) {
        let windows = report.reading?.windows.filter(\.key.isAccountWide) ?? []
        self.init(
            optedIn: report.optedIn, live: report.live?.email,
            windows: windows.map { WindowBody($0, at: now) },
            nextResetAt: windows.compactMap(\.resetsAt).filter { $0 > now }.min()?.rfc3339,
            knownAlternates: report.knownAlternates, usableAlternates: report.usableAlternates)
    }
}

extension ObservationRefusal {
    fileprivate var sentence: String {
        switch self {
        case .off: "rotation is off; nothing was kept"
        case .noWindows: "no window with a utilization was sent"
        case .liveUnknown: "which account is live is not known yet"
        case .firstOfSession:
            "this is the first line of its session, so when its values were made is not known"
        case .unchanged: "nothing has changed since the line before"
        case .recentSwap: "the values may be of the account that was live before the last swap"
        case .otherAccount: "the windows reset at other times than those of the live account"
        case .outdated: "more is known already, or a window named is over"
        }
    }
}
