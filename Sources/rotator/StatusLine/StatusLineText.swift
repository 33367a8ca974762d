// The one line: who is live, both windows as bars, the next reset, what is
// left. From what the service answers, else from what Claude Code itself said.

import ControlWire
import RotationCore

struct StatusLineText {
    private var live: String?
    private var windows: [(label: String, used: Double)]
    private var nextReset: Timestamp?
    /// What the service says of rotation; nil without it.
    private var rotation: String?

    /// Cells of a bar.
    private static let cells = 8
    private static let labels = [
        (name: WindowKey.fiveHour.name, label: "5 h"),
        (name: WindowKey.sevenDay.name, label: "7 d"),
    ]

    /// While it is off, or cannot tell who is live, the service has looked at
    /// nothing lately: what Claude Code says is newer.
    init(_ body: StatusLineBody, _ input: StatusLineInput, at now: Timestamp) {
        self.init(
            input, at: now, live: body.optedIn ? "no live account" : nil,
            rotation: body.optedIn ? nil : "rotation off")
        guard body.optedIn, let live = body.live else { return }
        self.live = Self.plain(live)
        windows = Self.labels.compactMap { name, label in
            body.windows.first { $0.name == name }?.utilization.map { (label, $0) }
        }
        nextReset = body.nextResetAt.flatMap { Timestamp(rfc3339: $0) }
        rotation =
            switch body.usableAlternates {
            case 0: "no alternate left"
            case 1: "1 alternate left"
            case let count: "\(count) alternates left"
            }
    }

    init(
        _ input: StatusLineInput, at now: Timestamp, live: String? = nil, rotation: String? = nil
    ) {
        self.live = live
        self.rotation = rotation
        windows = Self.labels.compactMap { name, label in
            input.windows.first { $0.key.name == name }?.utilization(at: now).map { (label, $0) }
        }
        nextReset = input.windows.compactMap(\.resetsAt).filter { $0 > now }.min()
    }

    /// `palette` colours a bar by its percentage; nil leaves it plain.
    func line(at now: Timestamp, palette: StatusLinePalette?) -> String {
        var parts = [live].compactMap(\.self)
        parts += windows.map { label, used in
            let bar = Self.bar(used)
            return "\(label) \(palette?.coloured(bar, used) ?? bar) \(Int(used)) %"
        }
        if windows.isEmpty { parts.append("usage unknown") }
        if let nextReset, nextReset > now {
            parts.append("reset in \(Self.duration(nextReset.seconds(since: now)))")
        }
        if let rotation { parts.append(rotation) }
        return parts.joined(separator: "  ")
    }

    /// Rounded down, so that a full bar is a full window.
    private static func bar(_ used: Double) -> String {
        let full = Int(min(max(used, 0), 100) / 100 * Double(cells))
        return String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
    }

    /// Two units at most, rounded down.
    private static func duration(_ seconds: Int64) -> String {
        let minutes = seconds / 60
        if minutes < 1 { return "\(seconds) s" }
        if minutes < 60 { return "\(minutes) min" }
        let hours = minutes / 60
        if hours < 24 { return "\(hours) h \(minutes % 60) min" }
        return "\(hours / 24) d \(hours % 24) h"
    }

    /// Without what a terminal would act on.
    private static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isControl {
            scalars.append(scalar)
        }
        return String(scalars)
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isControl: Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(generalCategory)
    }
}

/// Green, yellow within so many points of the threshold, red from it on.
struct StatusLinePalette {
    private static let nearPoints = 8.0
    let bounds: Bounds

    func coloured(_ bar: String, _ used: Double) -> String {
        let colour =
            if used >= bounds.threshold {
                31
            } else if used >= bounds.threshold - Self.nearPoints {
                33
            } else {
                32
            }
        return "\u{1B}[\(colour)m\(bar)\u{1B}[0m"
    }
}
