// What a log line looks like: one line whatever is in it, not endless, and
// without anything of the shape of a token. Messages are made without secrets
// (LogLine); this is the second lock on the same door.

enum LogText {
    /// Characters of a message at most.
    static let longest = 4000

    static func line(_ message: String, level: String, at time: String) -> [UInt8] {
        Array("\(time) \(level) \(clean(message))\n".utf8)
    }

    /// Control characters are spelt out, so that no name from elsewhere can
    /// begin a line of its own or speak to a terminal.
    static func clean(_ message: String) -> String {
        var text = ""
        for scalar in redacted(message).unicodeScalars {
            if text.unicodeScalars.count >= longest { return text + "…" }
            let isControl =
                scalar.properties.generalCategory == .control || scalar == "\u{2028}"
                || scalar == "\u{2029}"
            text += isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
        return text
    }

    /// `sk-ant-…` and what follows `Bearer`, cut off where they begin.
    static func redacted(_ message: String) -> String {
        var text = message
        for (mark, least) in [("sk-ant-", 1), ("Bearer ", 16), ("bearer ", 16)] {
            guard text.contains(mark) else { continue }
            let parts = text.split(separator: mark, omittingEmptySubsequences: false)
            text = String(parts[0])
            for part in parts.dropFirst() {
                let secret = part.utf8.prefix(while: isTokenByte).count
                let rest = secret >= least ? "…" + part.utf8.dropFirst(secret).text : String(part)
                text += mark + rest
            }
        }
        return text
    }

    /// RFC 9110 §11.2.
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x2F, 0x3D, 0x5F, 0x7E: true
        default: false
        }
    }
}

extension Substring.UTF8View.SubSequence {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
