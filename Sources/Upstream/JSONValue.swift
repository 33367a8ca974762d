// A JSON value as it comes, for answers whose shape is the vendor's business.
// Asking for what is not there gives nil, never an error.

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

enum JSONValue: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Deeper than any answer; each level takes stack while it is decoded.
    private static let deepest = 64

    /// Nil when the bytes are not JSON, or nested deeper than any answer is.
    init?(_ bytes: [UInt8]) {
        guard Self.depth(bytes) <= Self.deepest,
            let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        else { return nil }
        self = value
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// How many brackets are open at once, at most, outside strings.
    private static func depth(_ bytes: [UInt8]) -> Int {
        var (open, most) = (0, 0)
        var (isInString, isEscaped) = (false, false)
        for byte in bytes {
            if isInString {
                (isInString, isEscaped) = (
                    byte != 0x22 || isEscaped, byte == 0x5C && !isEscaped
                )
                continue
            }
            switch byte {
            case 0x22: isInString = true
            case 0x5B, 0x7B: (open, most) = (open + 1, max(most, open + 1))
            case 0x5D, 0x7D: open -= 1
            default: break
            }
        }
        return most
    }

    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    var string: String? { if case .string(let value) = self { value } else { nil } }
    var number: Double? { if case .number(let value) = self { value } else { nil } }
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
}
