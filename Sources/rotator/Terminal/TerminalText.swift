// Text that is safe to print and no wider than told. A character counts as one
// column; the wide ones of East Asia are not told apart.

enum TerminalText {
    /// Without what a terminal would act on.
    static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isControl {
            scalars.append(scalar)
        }
        return String(scalars)
    }

    /// Shortened in the middle: both ends tell e-mails apart.
    static func middle(_ text: String, _ width: Int) -> String {
        guard text.count > width else { return text }
        guard width > 1 else { return String("…".prefix(max(width, 0))) }
        let tail = (width - 1) / 2
        return text.prefix(width - 1 - tail) + "…" + text.suffix(tail)
    }

    /// Shortened at the end.
    static func end(_ text: String, _ width: Int) -> String {
        guard text.count > width else { return text }
        return width > 0 ? text.prefix(width - 1) + "…" : ""
    }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isControl: Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(generalCategory)
    }
}

enum Meter {
    static let cells = 8

    /// Rounded down, so that a full bar is a full window.
    static func bar(_ used: Double) -> String {
        let full = Int(min(max(used, 0), 100) / 100 * Double(cells))
        return String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
    }

    /// The bar and whole percent, flush right; both rounded down.
    static func text(_ used: Double) -> String {
        let number = String(Int(max(used, 0)))
        return "\(bar(used)) \(String(repeating: " ", count: max(3 - number.count, 0)))\(number) %"
    }
}
