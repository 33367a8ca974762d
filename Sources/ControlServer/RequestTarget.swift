// The request target taken apart: path segments and query, percent-decoded
// once and strictly (RFC 3986 §2.1). Anything that cannot be decoded in one
// way is a bad request.

struct RequestTarget {
    let path: [String]
    private let query: [String: String]

    /// Nil when an escape is malformed, the result is not UTF-8, holds a
    /// control character, or a query name comes twice.
    init?(_ target: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var path: [String] = []
        for segment in parts[0].split(separator: "/") {
            guard let decoded = Self.decode(segment) else { return nil }
            path.append(decoded)
        }
        var query: [String: String] = [:]
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(sides[0]),
                let value = Self.decode(sides.count > 1 ? sides[1] : ""),
                query.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        self.path = path
        self.query = query
    }

    /// Nil when the value is there and not `true` or `false`.
    func flag(_ name: String, default absent: Bool) -> Bool? {
        switch query[name] {
        case nil: absent
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// Nil when the value is there and not a whole number in `range`.
    func number(_ name: String, in range: ClosedRange<Int64>, default absent: Int64) -> Int64? {
        guard let text = query[name] else { return absent }
        guard let number = Int64(text), range.contains(number) else { return nil }
        return number
    }

    func text(_ name: String) -> String? { query[name] }

    private static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit),
                let low = rest.popFirst().flatMap(hexDigit)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
