// A short digest that is the same on every machine and in every run (Fowler,
// Noll, Vo; 64 bits). For names and for spreading, never for a secret: whoever
// wants two texts with the same one can make them.

package enum FNV1a {
    private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325

    package static func digest(_ text: String) -> UInt64 { adding(text, to: offset) }

    /// Of parts that are told apart: no UTF-8 text holds the byte between them.
    package static func digest(of parts: [String]) -> UInt64 {
        parts.reduce(offset) { adding(0xFF, to: adding($1, to: $0)) }
    }

    private static func adding(_ text: String, to digest: UInt64) -> UInt64 {
        var digest = digest
        for byte in text.utf8 { digest = adding(byte, to: digest) }
        return digest
    }

    private static func adding(_ byte: UInt8, to digest: UInt64) -> UInt64 {
        (digest ^ UInt64(byte)) &* 0x100_0000_01B3
    }
}
