// The body of GET /api/oauth/usage, read tolerantly (reference D): windows by
// an allow-list of names, per-model caps from `limits[]`. Code-named windows
// are grants, not limits: one at 100 % exhausts nothing. What is null, missing
// or absurd is unknown, never 0 %.

import RotationCore
import RotationEngine

enum UsageDecoder {
    /// Windows of the plan, and the model a scoped one is of.
    private static let known: [(name: String, model: String?)] = [
        ("five_hour", nil), ("seven_day", nil), ("seven_day_opus", "Opus"),
        ("seven_day_sonnet", "Sonnet"), ("seven_day_haiku", "Haiku"),
        ("seven_day_oauth_apps", nil), ("seven_day_cowork", nil), ("seven_day_omelette", nil),
        ("seven_day_overage_included", nil),
    ]

    /// Percent beyond this is no percentage; it may slightly exceed 100.
    private static let plausible = 0.0...200.0

    /// Entries of `limits[]` that are looked at; 4 have been seen.
    private static let mostLimits = 64
    /// Bytes of a model's name; a longer one is none.
    private static let longestName = 64

    /// Nil when the body is not a JSON object.
    static func report(_ body: [UInt8]) -> UsageReport? {
        guard let value = JSONValue(body), case .object(let members) = value else { return nil }
        return UsageReport(answer(members), extra: ExtraUsageDecoder.extra(value))
    }

    static func answer(_ body: [UInt8]) -> UsageAnswer? { report(body)?.answer }

    private static func answer(_ members: [String: JSONValue]) -> UsageAnswer {
        var windows: [WindowKey: UsageWindow] = [:]
        for (name, model) in known {
            guard let window = members[name], case .object = window else { continue }
            let key = WindowKey(name: name, model: model)
            windows[key] = UsageWindow(
                key: key, utilization: percent(window["utilization"]),
                resetsAt: instant(window["resets_at"]))
        }
        for limit in members["limits"]?.array?.prefix(mostLimits) ?? [] {
            guard let key = key(of: limit) else { continue }
            // The same fact said twice; the named window says it more exactly.
            let named = windows[key]
            windows[key] = UsageWindow(
                key: key, utilization: named?.utilization ?? percent(limit["percent"]),
                resetsAt: named?.resetsAt ?? instant(limit["resets_at"]))
        }
        let isKnown = windows.values.contains { $0.key.isAccountWide && $0.utilization != nil }
        return isKnown ? .windows(windows.values.sorted { $0.key < $1.key }) : .noWindows
    }

    private static func key(of limit: JSONValue) -> WindowKey? {
        switch limit["kind"]?.string {
        case "session": return .fiveHour
        case "weekly_all": return .sevenDay
        case "weekly_scoped":
            let model = limit["scope"]?["model"]
            guard let model = model?["display_name"]?.string ?? model?["id"]?.string,
                (1...longestName).contains(model.utf8.count)
            else { return nil }
            return WindowKey(name: "weekly_scoped", model: model)
        default: return nil
        }
    }

    private static func percent(_ value: JSONValue?) -> Double? {
        guard let number = value?.number, plausible.contains(number) else { return nil }
        return number
    }

    /// RFC 3339, or epoch seconds as some versions sent.
    private static func instant(_ value: JSONValue?) -> Timestamp? {
        if let text = value?.string { return Timestamp(rfc3339: text) }
        guard let seconds = value?.number, (0..<1e11).contains(seconds) else { return nil }
        return Timestamp(milliseconds: Int64(seconds * 1000))
    }
}
