// What a wire type is, found by letting it decode itself: its members, which
// may be missing, which may be null. Nothing is listed by hand, so a member
// that is added is seen.

import ControlWire

package indirect enum WireShape: Equatable {
    case string, boolean, number
    /// The format a schema gives an integer of this width.
    case integer(format: String?)
    case array(WireShape)
    /// What stands in a list, or null in its place.
    case orNull(WireShape)
    case object(ObjectIdentifier, name: String)

    package struct Member: Equatable {
        package enum Presence {
            case always
            /// Always there, and maybe null.
            case nullable
            /// May be left out.
            case optional
        }
        package let name: String
        package let presence: Presence
        package let shape: WireShape
    }

    /// The members of a body, in the order of the code.
    package static func members(of type: any Decodable.Type) throws -> [Member] {
        let log = Log()
        _ = try type.init(from: Probe(log: log))
        return log.members
    }

    fileprivate final class Log {
        var members: [Member] = []
    }

    fileprivate struct Unforeseen: Error { let what: String }

    /// The shape of a type and a value of it.
    fileprivate static func probe<T: Decodable>(_ type: T.Type) throws -> (WireShape, T) {
        let (shape, value): (WireShape, Any) =
            switch type {
            case is Bool.Type: (.boolean, false)
            case is String.Type: (.string, "")
            case is Double.Type: (.number, 0.0)
            case is Int.Type: (.integer(format: nil), 0)
            case is Int32.Type: (.integer(format: "int32"), Int32(0))
            case is Int64.Type: (.integer(format: "int64"), Int64(0))
            case let value as any OptionalWire.Type:
                (.orNull(try value.wrappedShape()), value.missing)
            case let list as any ListOfWire.Type: (.array(try list.elementShape()), list.empty)
            default:
                (
                    .object(ObjectIdentifier(type), name: "\(type)"),
                    try type.init(from: Probe(log: Log()))
                )
            }
        guard let value = value as? T else { throw Unforeseen(what: "\(type)") }
        return (shape, value)
    }
}

private protocol ListOfWire {
    static var empty: Any { get }
    static func elementShape() throws -> WireShape
}

extension Array: ListOfWire where Element: Decodable {
    static var empty: Any { Self() }
    static func elementShape() throws -> WireShape { try WireShape.probe(Element.self).0 }
}

private protocol OptionalWire {
    static var missing: Any { get }
    static func wrappedShape() throws -> WireShape
}

extension Optional: OptionalWire where Wrapped: Decodable {
    static var missing: Any { Wrapped?.none as Any }
    static func wrappedShape() throws -> WireShape { try WireShape.probe(Wrapped.self).0 }
}

private protocol NullableWire {
    static var null: Any { get }
    static func wrappedShape() throws -> WireShape
}

extension Nullable: NullableWire {
    static var null: Any { Nullable(wrappedValue: nil) }
    static func wrappedShape() throws -> WireShape { try WireShape.probe(Value.self).0 }
}

private struct Probe: Decoder {
    let log: WireShape.Log
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func container<Key>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Members<Key>(log: log))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw WireShape.Unforeseen(what: "an array without a member")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw WireShape.Unforeseen(what: "a value without a member")
    }
}

private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let log: WireShape.Log
    let codingPath: [any CodingKey] = []
    let allKeys: [Key] = []

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let (shape, value) = try WireShape.probe(type)
        note(key, .always, shape)
        return value
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        if let nullable = type as? any NullableWire.Type {
            note(key, .nullable, try nullable.wrappedShape())
            return nullable.null as? T
        }
        note(key, .optional, try WireShape.probe(type).0)
        return nil
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { none(key, .boolean) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { none(key, .string) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) -> Double? { none(key, .number) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? {
        none(key, .integer(format: nil))
    }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) -> Int32? {
        none(key, .integer(format: "int32"))
    }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) -> Int64? {
        none(key, .integer(format: "int64"))
    }

    private func none<T>(_ key: Key, _ shape: WireShape) -> T? {
        note(key, .optional, shape)
        return nil
    }

    private func note(_ key: Key, _ presence: WireShape.Member.Presence, _ shape: WireShape) {
        log.members.append(
            WireShape.Member(name: key.stringValue, presence: presence, shape: shape))
    }

    func nestedContainer<Nested>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw WireShape.Unforeseen(what: "a container of its own: \(key.stringValue)")
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw WireShape.Unforeseen(what: "a container of its own: \(key.stringValue)")
    }

    func superDecoder() throws -> any Decoder { throw WireShape.Unforeseen(what: "a class") }
    func superDecoder(forKey key: Key) throws -> any Decoder {
        throw WireShape.Unforeseen(what: "a class")
    }
}
