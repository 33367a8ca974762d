// Colour, where it is wanted: on a terminal, unless the environment says
// otherwise (https://no-color.org, https://bixense.com/clicolors).

import RotationCore

enum Paint: Int, Sendable {
    case bold = 1
    case faint = 2
    case bad = 31
    case good = 32
    case warning = 33

    /// Green, yellow within so many points of the threshold, red from it on.
    init(used: Double, _ bounds: Bounds) {
        self =
            used >= bounds.threshold
            ? .bad : used >= bounds.threshold - Self.nearPoints ? .warning : .good
    }

    private static let nearPoints = 8.0

    func on(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}

struct Style: Equatable, Sendable {
    var isColoured: Bool

    init(isColoured: Bool) { self.isColoured = isColoured }

    init(_ environment: [String: String], isTerminal: Bool) {
        func says(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        if says("NO_COLOR") {
            isColoured = false
        } else if says("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" {
            isColoured = true
        } else {
            isColoured =
                isTerminal && environment["TERM"] != "dumb" && environment["CLICOLOR"] != "0"
        }
    }

    func paint(_ text: String, _ paint: Paint?) -> String {
        guard isColoured, let paint, !text.isEmpty else { return text }
        return paint.on(text)
    }
}
