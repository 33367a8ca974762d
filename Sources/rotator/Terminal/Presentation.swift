// How to print for whoever reads: how wide, in colour or not, and what time it
// is. What decides it is an argument, so that tests can be every reader.

import CSystem
import HostFacts
import RotationCore

struct Presentation: Sendable {
    /// Columns; nil where nothing is cut.
    var width: Int?
    var style: Style
    /// Whether a person looks on: times are then told as people do.
    var isTerminal: Bool
    var now: Timestamp
    /// Where a meter turns yellow and red.
    var bounds: Bounds

    init(
        width: Int? = nil, style: Style = Style(isColoured: false), isTerminal: Bool = false,
        now: Timestamp, bounds: Bounds = Bounds()
    ) {
        self.width = width
        self.style = style
        self.isTerminal = isTerminal
        self.now = now
        self.bounds = bounds
    }

    /// Of standard output, now.
    static func current(_ configuration: Configuration?, now: Timestamp? = nil) -> Presentation {
        let environment = CommonOptions.environment
        let size = TerminalSize.current(fd: 1)
        return Presentation(
            width: TerminalSize.columns(environment, size),
            style: Style(environment, isTerminal: size != nil), isTerminal: size != nil,
            now: now ?? SystemClock().now(), bounds: configuration?.bounds ?? Bounds())
    }

    /// `22:05, 3 min ago` for a person, the text itself for a program.
    func time(_ text: String) -> String {
        guard isTerminal, let time = Timestamp(rfc3339: text) else { return text }
        return "\(LocalTime.text(time, from: now)), \(RelativeTime.text(time, from: now))"
    }
}

struct TerminalSize: Equatable {
    var rows: Int
    var columns: Int

    /// Nil where `fd` is no terminal.
    static func current(fd: Int32) -> TerminalSize? {
        var (rows, columns): (Int32, Int32) = (0, 0)
        guard csystem_terminal_size(fd, &rows, &columns) == 0 else { return nil }
        return TerminalSize(rows: Int(rows), columns: Int(columns))
    }

    /// `COLUMNS` wins (POSIX, Base Definitions 8.3); nil: nothing is cut.
    static func columns(_ environment: [String: String], _ size: TerminalSize?) -> Int? {
        environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? size?.columns
    }
}

enum RelativeTime {
    /// `in 2 h 5 min`, `3 min ago`, or `now` within a second.
    static func text(_ time: Timestamp, from now: Timestamp) -> String {
        let seconds = time.seconds(since: now)
        if seconds == 0 { return "now" }
        return seconds > 0 ? "in \(SpanText.text(seconds))" : "\(SpanText.text(-seconds)) ago"
    }

    /// Nil for what is no time.
    static func text(_ text: String?, from now: Timestamp) -> String? {
        text.flatMap { Timestamp(rfc3339: $0) }.map { self.text($0, from: now) }
    }
}
