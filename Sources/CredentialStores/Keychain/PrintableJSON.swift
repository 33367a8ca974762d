// A JSON text in printable ASCII only, meaning the same. `security -w` prints
// hexadecimal digits for anything else, and Claude Code, which reads its item
// that way, takes those for no credential (reference A2.6).

enum PrintableJSON {
    /// Itself when it is printable already. Else without line breaks and tabs
    /// between its values, and with escapes inside its strings (RFC 8259
    /// section 7). Nil when it is not one valid JSON object in UTF-8.
    static func text(_ text: [UInt8]) -> [UInt8]? {
        guard !text.allSatisfy({ (0x20...0x7E).contains($0) }) else { return text }
        guard (try? JSONObjectText(text)) != nil,
            let scalars = String(validating: text, as: UTF8.self)?.unicodeScalars
        else { return nil }
        var printable: [UInt8] = []
        printable.reserveCapacity(text.count)
        for scalar in scalars {
            switch scalar.value {
            case 0x20...0x7E: printable.append(UInt8(scalar.value))
            // In a valid text these are only found between values.
            case 0..<0x20: break
            default:
                for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() {
                    let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                    printable += [0x5C, 0x75] + Hexadecimal.digits(bytes)
                }
            }
        }
        return printable
    }
}
