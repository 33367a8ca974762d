// Whether a text holds a secret that is known, or a part of one, as it is or
// as it is commonly written into other texts. Pure. Says where, never what.

import CredentialStores
import RotationEngine

struct SecretSearch {
    /// A stretch of a secret this long gives it away; a shorter one is found in
    /// texts that have nothing to do with it.
    static let window = 12
    /// Shorter ones are words, and are not searched for.
    static let shortest = 8

    /// Twelve bytes as one value.
    private struct Window: Hashable {
        let high: UInt64
        let low: UInt32

        init(_ bytes: ArraySlice<UInt8>) {
            high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
            low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt32($1) }
        }
    }

    private var windows: Set<Window> = []
    private var words: [[UInt8]] = []

    init(_ secrets: [Secret]) {
        for secret in secrets { secret.withBytes { add($0) } }
        // What every token of the vendor begins with, known or not.
        for form in Self.forms(of: Array("sk-ant-".utf8)) where form.count >= 7 {
            words.append(form)
        }
    }

    private mutating func add(_ secret: [UInt8]) {
        guard secret.count >= Self.shortest else { return }
        for form in Self.forms(of: secret) {
            guard form.count >= Self.window else {
                if form.count >= Self.shortest { words.append(form) }
                continue
            }
            for start in 0...(form.count - Self.window) {
                windows.insert(Window(form[start..<start + Self.window]))
            }
        }
    }

    func finds(in text: [UInt8]) -> Bool {
        for word in words where Self.contains(text, word) { return true }
        guard text.count >= Self.window, !windows.isEmpty else { return false }
        return (0...(text.count - Self.window)).contains { start in
            windows.contains(Window(text[start..<start + Self.window]))
        }
    }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first, text.count >= word.count else { return false }
        return (0...(text.count - word.count)).contains { start in
            text[start] == first && text[start..<start + word.count].elementsEqual(word)
        }
    }

    // MARK: How a secret is written into other texts

    static func forms(of secret: [UInt8]) -> [[UInt8]] {
        let plain: [[UInt8]] = [
            secret, percentEncoded(secret), jsonEscaped(secret, unicode: false),
            jsonEscaped(secret, unicode: true), hexadecimal(secret, "0123456789abcdef"),
            hexadecimal(secret, "0123456789ABCDEF"),
        ]
        return plain + base64(secret)
    }

    /// Wherever the secret begins within the text that was encoded, without
    /// the characters that depend on its neighbours.
    private static func base64(_ secret: [UInt8]) -> [[UInt8]] {
        (0..<3).flatMap { offset -> [[UInt8]] in
            let padded = [UInt8](repeating: 0, count: offset) + secret
            let dependent = [0, 2, 3][offset]
            let whole = padded.count * 8 / 6
            return [Base64.encoded(padded), Base64.url(padded)].map { text in
                Array(text[..<whole].dropFirst(dependent))
            }
        }
    }

    private static func percentEncoded(_ secret: [UInt8]) -> [UInt8] {
        secret.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: [byte]
            default: [0x25] + hexadecimal([byte], "0123456789ABCDEF")
            }
        }
    }

    /// RFC 8259 §7: what must be escaped and `/`, or everything but letters
    /// and digits.
    private static func jsonEscaped(_ secret: [UInt8], unicode: Bool) -> [UInt8] {
        secret.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: [byte]
            case 0x22, 0x2F, 0x5C: unicode ? escape(byte) : [0x5C, byte]
            case 0x20..., 0x80...: unicode && byte < 0x80 ? escape(byte) : [byte]
            default: escape(byte)
            }
        }
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        Array("\\u00".utf8) + hexadecimal([byte], "0123456789abcdef")
    }

    private static func hexadecimal(_ bytes: [UInt8], _ digits: StaticString) -> [UInt8] {
        digits.withUTF8Buffer { digits in
            bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        }
    }
}
