// The plan of the night as lines for people, in local time.

import ControlWire
import RotationCore

struct PlanReport {
    private let body: PlanBody
    private let now: Timestamp
    private let width: Int?

    /// No table is wider than `width`.
    init(_ body: PlanBody, width: Int? = nil) {
        self.body = body
        self.width = width
        now = Timestamp(rfc3339: body.at) ?? Timestamp(seconds: 0)
    }

    var lines: [String] {
        [sentence] + paused + section(table) + section(ends + ["Burn: \(rate)."])
            + section(accounts)
            + section(unknown)
    }

    private func section(_ lines: [String]) -> [String] { lines.isEmpty ? [] : [""] + lines }

    // MARK: Will it last

    private var sentence: String {
        let question = "Lasts until \(time(body.until)): "
        guard body.lasts != "unknown" else { return question + "unknown; \(whyUnknown)." }
        return question + "\(answer) (\(band))."
    }

    /// RFC 3339 UTC times of one form sort as text.
    private var answer: String {
        guard body.lasts == "maybe" else { return body.lasts }
        let isLikely = body.dryAt.likely.map { $0 >= body.until } ?? true
        return isLikely ? "likely" : "unlikely"
    }

    private var band: String {
        let horizon = "after \(time(body.horizon))"
        guard let earliest = body.dryAt.earliest else {
            return "not dry before \(time(body.horizon))"
        }
        let likely = body.dryAt.likely.map { "at \(time($0))" } ?? horizon
        let latest = body.dryAt.latest.map(time) ?? horizon
        return "dry \(likely), between \(time(earliest)) and \(latest)"
    }

    private var paused: [String] {
        guard body.pause.paused else { return [] }
        let end = body.pause.until.map { "until \(time($0))" } ?? "until that is lifted"
        return ["Swaps are paused \(end); the plan is as if they were not."]
    }

    private var whyUnknown: String {
        body.burn == nil
            ? "how fast the work burns is not known yet"
            : "no account's usage is known well enough"
    }

    // MARK: Who is live when

    private var table: [String] {
        guard !body.segments.isEmpty else { return [] }
        return Report.table(
            [["from", "to", "live", "because"]]
                + body.segments.map { segment in
                    [
                        time(segment.from), time(segment.to), segment.email ?? "nobody",
                        because(segment.reason),
                    ]
                }, width: width)
    }

    private func because(_ reason: String) -> String {
        switch reason {
        case "below-threshold": "it is live and below its threshold"
        case "drain-first": "the usable one closest to its own limit"
        case "room-to-stay": "the closest to its limit that has room to stay"
        case "all-exhausted": "every account is at its threshold"
        default: reason
        }
    }

    private var ends: [String] {
        guard let dry = body.dryAt.likely else { return [] }
        let reset = body.firstResetAfter.map { "the first reset after it is at \(time($0))" }
        return ["Dry at \(time(dry)); \(reset ?? "no reset after it is known")."]
    }

    // MARK: What it is made from

    private var rate: String {
        guard let burn = body.burn else { return "not known; too little was read" }
        let points = burn.pointsPerHour
        let hours = "\(burn.activeHours) \(burn.activeHours == 1 ? "hour" : "hours") of work"
        return "\(one(points.likely)) points an hour (\(one(points.low)) to \(one(points.high))), "
            + "from \(hours)" + (burn.idle ? "; nothing was burned in the last hour" : "")
    }

    private var accounts: [String] {
        guard !body.accounts.isEmpty else { return [] }
        let rows = body.accounts.map { account in
            [account.live ? "*" : " ", account.email]
                + ["five_hour", "seven_day"].map { window($0, of: account) }
                + ["\(account.ageSeconds / 60) min ago"]
        }
        return Report.table([["", "account", "5 h", "7 d", "read"]] + rows, width: width)
    }

    private func window(_ name: String, of account: ForecastBody) -> String {
        guard let window = account.windows.first(where: { $0.name == name }),
            let used = window.utilization
        else { return "?" }
        let full = window.thresholdAt.likely.map { ", full \(time($0))" } ?? ""
        return "\(Report.plain(used)) %\(full)"
    }

    private var unknown: [String] {
        body.unknown.map { one in
            let read = one.readAt.map { ", read at \(time($0))" } ?? ""
            return "Not planned on: \(one.email) [\(one.reason)\(read)]"
        }
    }

    private func time(_ text: String) -> String {
        Timestamp(rfc3339: text).map { LocalTime.text($0, from: now) } ?? text
    }

    private func one(_ number: Double) -> String {
        Report.plain((number * 10).rounded() / 10)
    }
}
