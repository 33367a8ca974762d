// What Claude Code gives its status line command (documented, reference E4),
// reduced to what is asked of it. Every member may be absent, and one that is
// not as expected hides no other.

import ControlWire
import RotationCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct StatusLineInput: Equatable {
    private(set) var session: String?
    /// Milliseconds.
    private(set) var apiMilliseconds: Int64?
    private(set) var model: String?
    /// `five_hour` and `seven_day`, those that were there.
    private(set) var windows: [UsageWindow] = []

    /// Characters of a name at most; a longer one is none.
    private static let longestName = 128
    /// Percent beyond this is no percentage.
    private static let plausible = 0.0...200.0
    /// Seconds since the epoch that are a time: until the year 5138.
    private static let instants = 0.0..<1e11

    init(_ bytes: [UInt8]) {
        guard let text = try? JSONDecoder().decode(Text.self, from: Data(bytes)) else { return }
        session = text.session.flatMap(Self.name)
        apiMilliseconds = text.apiMilliseconds
        model = text.model.flatMap(Self.name)
        windows = [(WindowKey.fiveHour, text.fiveHour), (.sevenDay, text.sevenDay)].compactMap {
            key, window in
            guard let used = window?.used, Self.plausible.contains(used) else { return nil }
            let reset = window?.resetsAt.flatMap { seconds in
                Self.instants.contains(seconds)
                    ? Timestamp(milliseconds: Int64(seconds * 1000)) : nil
            }
            return UsageWindow(key: key, utilization: used, resetsAt: reset)
        }
    }

    /// Nil when the session is not named: nothing could be attributed then.
    var observation: ObservationRequestBody? {
        session.map { session in
            ObservationRequestBody(
                session: session, apiMilliseconds: apiMilliseconds, model: model,
                windows: windows.map { window in
                    ObservedWindowBody(
                        name: window.key.name, utilization: window.utilization,
                        resetsAt: window.resetsAt?.rfc3339)
                })
        }
    }

    private static func name(_ text: String) -> String? {
        (1...longestName).contains(text.unicodeScalars.count) ? text : nil
    }
}

/// The JSON itself, each member by itself.
private struct Text: Decodable {
    var session: String?
    var model: String?
    var apiMilliseconds: Int64?
    var fiveHour: Window?
    var sevenDay: Window?

    struct Window {
        var used: Double?
        var resetsAt: Double?
    }

    private enum Key: String, CodingKey {
        case session = "session_id"
        case model
        case displayName = "display_name"
        case id, cost
        case apiMilliseconds = "total_api_duration_ms"
        case limits = "rate_limits"
        case fiveHour = "five_hour"
        case sevenDay = "seven_day"
        case used = "used_percentage"
        case resetsAt = "resets_at"
    }

    private typealias Members = KeyedDecodingContainer<Key>

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        session = try? members.decode(String.self, forKey: .session)
        let model = Self.object(.model, of: members)
        self.model =
            (try? model?.decode(String.self, forKey: .displayName))
            ?? (try? model?.decode(String.self, forKey: .id))
        let cost = Self.object(.cost, of: members)
        let spent = try? cost?.decode(Double.self, forKey: .apiMilliseconds)
        apiMilliseconds = spent.flatMap { (0..<9e15).contains($0) ? Int64($0) : nil }
        let limits = Self.object(.limits, of: members)
        fiveHour = Self.window(.fiveHour, of: limits)
        sevenDay = Self.window(.sevenDay, of: limits)
    }

    private static func object(_ key: Key, of members: Members?) -> Members? {
        try? members?.nestedContainer(keyedBy: Key.self, forKey: key)
    }

    private static func window(_ key: Key, of limits: Members?) -> Window? {
        guard let window = object(key, of: limits) else { return nil }
        return Window(
            used: try? window.decode(Double.self, forKey: .used),
            resetsAt: try? window.decode(Double.self, forKey: .resetsAt))
    }
}
