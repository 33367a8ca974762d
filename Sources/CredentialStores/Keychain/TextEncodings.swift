// Bytes as printable text: hexadecimal digits, which `security` takes and
// prints, and Base64 for the parts of our own items, so that no tool ever sees
// a byte it would treat in its own way.

enum Hexadecimal {
    private static let alphabet = Array("0123456789abcdef".utf8)

    static func digits(_ bytes: [UInt8]) -> [UInt8] {
        var digits: [UInt8] = []
        digits.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            digits.append(alphabet[Int(byte >> 4)])
            digits.append(alphabet[Int(byte & 15)])
        }
        return digits
    }

    /// Nil unless all are digits, an even number of them.
    static func bytes(_ digits: [UInt8]) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = JSONText.hexValue(digits[index]),
                let low = JSONText.hexValue(digits[index + 1])
            else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}

/// RFC 4648 section 4, with padding.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt32($0)) })
    private static let padding: UInt8 = 0x3D

    package static func encoded(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let value = Int(bits >> UInt32(18 - 6 * place) & 63)
                text.append(place <= group.count ? alphabet[value] : padding)
            }
        }
        return text
    }

    /// Nil unless it is exactly what `encoded` makes of some bytes.
    static func decoded(_ text: [UInt8]) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: 4) {
            let group = text[start..<start + 4]
            let digits = group.prefix { $0 != padding }
            guard digits.count >= 2 else { return nil }
            var bits: UInt32 = 0
            for digit in digits {
                guard let value = values[digit] else { return nil }
                bits = bits << 6 | value
            }
            bits <<= UInt32(6 * (4 - digits.count))
            for place in 0..<(digits.count - 1) {
                bytes.append(UInt8(bits >> UInt32(16 - 8 * place) & 0xFF))
            }
        }
        // Padding in the middle, stray bits, anything after padding.
        return encoded(bytes) == text ? bytes : nil
    }
}
