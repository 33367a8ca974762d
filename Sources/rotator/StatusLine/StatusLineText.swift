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
        self.live = TerminalText.plain(live)
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
            let bar = Meter.bar(used)
            return "\(label) \(palette?.coloured(bar, used) ?? bar) \(Int(used)) %"
        }
        if windows.isEmpty { parts.append("usage unknown") }
        if let nextReset, nextReset > now {
            parts.append("reset in \(SpanText.text(nextReset.seconds(since: now)))")
        }
        if let rotation { parts.append(rotation) }
        return parts.joined(separator: "  ")
    }
}

/// The colours of `Paint`, where the status line was told to use any.
struct StatusLinePalette {
    let bounds: Bounds

    func coloured(_ bar: String, _ used: Double) -> String { Paint(used: used, bounds).on(bar) }
}
