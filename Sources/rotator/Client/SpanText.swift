// A duration as people type it: `90m`, `2h`, `1h30m`, `3d`; and as they read
// it: `2 h 5 min`.

enum SpanText {
    private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400]

    /// Seconds; nil unless it is numbers with units, each unit once.
    static func seconds(_ text: String) -> Int64? {
        var total: Int64 = 0
        var digits = ""
        var seen: Set<Character> = []
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            guard let unit = units[character], let count = Int64(digits), count < 100_000,
                seen.insert(character).inserted
            else { return nil }
            total += count * unit
            digits = ""
        }
        return digits.isEmpty && total > 0 ? total : nil
    }

    /// Two units at most, rounded down.
    static func text(_ seconds: Int64) -> String {
        let minutes = seconds / 60
        if minutes < 1 { return "\(seconds) s" }
        if minutes < 60 { return "\(minutes) min" }
        let hours = minutes / 60
        if hours < 24 { return "\(hours) h \(minutes % 60) min" }
        return "\(hours / 24) d \(hours % 24) h"
    }
}
