// Walks over JSON text (RFC 8259), validating it and taking pieces as they
// are. Linear, and bounded in depth: a file from elsewhere must not cost more
// than its length.

import RotationCore

struct JSONScanner {
    private let text: [UInt8]
    private(set) var position = 0
    private static let depthLimit = 128

    init(_ text: [UInt8]) { self.text = text }

    var isAtEnd: Bool { position == text.count }
    private var current: UInt8? { position < text.count ? text[position] : nil }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    mutating func takeSpace() -> [UInt8] {
        let start = position
        skipSpace()
        return Array(text[start..<position])
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws(JSONTextError) {
        guard take(byte) else { throw unexpected }
    }

    mutating func takeString() throws(JSONTextError) -> [UInt8] {
        let start = position
        try skipString()
        return Array(text[start..<position])
    }

    mutating func takeValue() throws(JSONTextError) -> [UInt8] {
        let start = position
        try skipValue(depth: 0)
        return Array(text[start..<position])
    }

    private var unexpected: JSONTextError {
        JSONTextError(reason: isAtEnd ? "it ends too early" : "it is not JSON at byte \(position)")
    }

    private mutating func skipValue(depth: Int) throws(JSONTextError) {
        guard depth < Self.depthLimit else {
            throw JSONTextError(reason: "it is nested too deeply")
        }
        switch current {
        case 0x7B: try skipContainer(closing: 0x7D, depth: depth, isObject: true)
        case 0x5B: try skipContainer(closing: 0x5D, depth: depth, isObject: false)
        case 0x22: try skipString()
        case 0x74: try skip(word: "true")
        case 0x66: try skip(word: "false")
        case 0x6E: try skip(word: "null")
        default: try skipNumber()
        }
    }

    private mutating func skipContainer(
        closing: UInt8, depth: Int, isObject: Bool
    ) throws(JSONTextError) {
        position += 1
        skipSpace()
        if take(closing) { return }
        while true {
            if isObject {
                try skipString()
                skipSpace()
                try expect(0x3A)
                skipSpace()
            }
            try skipValue(depth: depth + 1)
            skipSpace()
            if take(closing) { return }
            try expect(0x2C)
            skipSpace()
        }
    }

    private mutating func skip(word: StaticString) throws(JSONTextError) {
        for index in 0..<word.utf8CodeUnitCount {
            try expect(word.utf8Start[index])
        }
    }

    private mutating func skipString() throws(JSONTextError) {
        try expect(0x22)
        while let byte = current {
            position += 1
            if byte == 0x22 { return }
            guard byte >= 0x20 else { break }
            guard byte == 0x5C else { continue }
            guard let escape = current, "\"\\/bfnrtu".utf8.contains(escape) else { break }
            position += 1
            guard escape == 0x75 else { continue }
            for _ in 0..<4 {
                guard let digit = current, JSONText.hexValue(digit) != nil else { throw unexpected }
                position += 1
            }
        }
        throw unexpected
    }

    private mutating func skipNumber() throws(JSONTextError) {
        _ = take(0x2D)
        if !take(0x30) { try skipDigits() }
        if take(0x2E) { try skipDigits() }
        if take(0x65) || take(0x45) {
            if !take(0x2B) { _ = take(0x2D) }
            try skipDigits()
        }
    }

    private mutating func skipDigits() throws(JSONTextError) {
        let start = position
        while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw unexpected }
    }
}

/// Single values of JSON, read from and written as their text.
enum JSONText {
    /// The decoded string; nil when the text is not one or not valid Unicode.
    static func string(_ text: [UInt8]?) -> String? {
        guard let text, text.count >= 2, text.first == 0x22 else { return nil }
        var units: [UInt8] = []
        var rest = text[1..<text.count - 1]
        while let byte = rest.popFirst() {
            guard byte == 0x5C else {
                units.append(byte)
                continue
            }
            guard let escape = rest.popFirst() else { return nil }
            guard escape == 0x75 else {
                units.append(plain[escape] ?? escape)
                continue
            }
            guard let scalar = unicodeScalar(&rest) else { return nil }
            units.append(contentsOf: String(Character(scalar)).utf8)
        }
        return String(validating: units, as: UTF8.self)
    }

    static func integer(_ text: [UInt8]?) -> Int64? {
        guard let text else { return nil }
        let word = String(decoding: text, as: UTF8.self)
        if let whole = Int64(word) { return whole }
        guard let number = Double(word), number.isFinite, abs(number) < 9e15 else { return nil }
        return Int64(number)
    }

    /// An instant in epoch milliseconds; one outside the years 1970…9999 counts
    /// as their start or end, so that arithmetic on it cannot overflow.
    static func instant(_ text: [UInt8]?) -> Timestamp? {
        integer(text).map { Timestamp(milliseconds: min(max($0, 0), 253_402_300_799_999)) }
    }

    /// The strings of an array; nil when the text is not an array of strings.
    static func strings(_ text: [UInt8]?) -> [String]? {
        guard let text, text.first == 0x5B else { return nil }
        var scanner = JSONScanner(text)
        var strings: [String] = []
        guard scanner.take(0x5B) else { return nil }
        scanner.skipSpace()
        if scanner.take(0x5D) { return [] }
        while true {
            guard let value = try? scanner.takeString(), let string = string(value) else {
                return nil
            }
            strings.append(string)
            scanner.skipSpace()
            if scanner.take(0x5D) { return strings }
            guard scanner.take(0x2C) else { return nil }
            scanner.skipSpace()
        }
    }

    static func isNull(_ text: [UInt8]?) -> Bool { text == nil || text == Array("null".utf8) }

    static func quoted(_ string: String) -> [UInt8] {
        var text: [UInt8] = [0x22]
        for byte in string.utf8 {
            switch byte {
            case 0x22, 0x5C: text += [0x5C, byte]
            case 0..<0x20: text += Array("\\u00\(byte < 16 ? "0" : "")".utf8) + hex(byte)
            default: text.append(byte)
            }
        }
        return text + [0x22]
    }

    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x41 + 10)
        case 0x61...0x66: UInt32(byte - 0x61 + 10)
        default: nil
        }
    }

    private static func hex(_ byte: UInt8) -> [UInt8] { Array(String(byte, radix: 16).utf8) }

    private static let plain: [UInt8: UInt8] = [
        0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9,
    ]

    private static func unicodeScalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard let first = codeUnit(&rest) else { return nil }
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
        guard rest.popFirst() == 0x5C, rest.popFirst() == 0x75, let second = codeUnit(&rest),
            (0xDC00..<0xE000).contains(second)
        else { return nil }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private static func codeUnit(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = rest.popFirst().flatMap(hexValue) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }
}
