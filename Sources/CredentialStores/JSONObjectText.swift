// A JSON object as text, taken apart at its top level only: keys, and values
// as the bytes they are. Putting it together again unchanged gives the same
// bytes, so that members we do not understand are never rewritten.

/// Why a text is not an object we can edit. Holds no content.
struct JSONTextError: Error, Hashable {
    let reason: String
}

struct JSONObjectText: Equatable {
    struct Member: Equatable {
        /// White space before the key.
        var lead: [UInt8]
        /// As written, quotes included.
        var keyText: [UInt8]
        /// Decoded.
        var key: String
        /// From the key's end to the value's start: `:` and white space.
        var colon: [UInt8]
        var value: [UInt8]
        /// White space after the value.
        var trail: [UInt8]
    }

    private(set) var members: [Member]
    private let opening: [UInt8]
    /// White space of an empty object, `}` and what follows it.
    private let closing: [UInt8]

    /// `{}`.
    init() {
        members = []
        opening = [0x7B]
        closing = [0x7D]
    }

    /// The whole text must be one valid object without repeated keys at its
    /// top level (RFC 8259; a repeated key has no one meaning).
    init(_ text: [UInt8]) throws(JSONTextError) {
        var scanner = JSONScanner(text)
        scanner.skipSpace()
        let start = scanner.position
        try scanner.expect(0x7B)
        opening = Array(text[..<scanner.position])
        precondition(scanner.position == start + 1, "an opening brace is one byte")
        var members: [Member] = []
        var tail = try Self.readMembers(&scanner, into: &members)
        let rest = scanner.position
        scanner.skipSpace()
        guard scanner.isAtEnd else { throw JSONTextError(reason: "something follows the object") }
        tail.append(contentsOf: text[rest...])
        closing = tail
        guard Set(members.map(\.key)).count == members.count else {
            throw JSONTextError(reason: "a key comes twice")
        }
        self.members = members
    }

    var text: [UInt8] {
        var text = opening
        for (index, member) in members.enumerated() {
            if index > 0 { text.append(0x2C) }
            text += member.lead + member.keyText + member.colon + member.value + member.trail
        }
        return text + closing
    }

    subscript(key: String) -> [UInt8]? { members.first { $0.key == key }?.value }

    /// Sets a member's value, adding it at the end if it is new.
    mutating func set(_ key: String, _ value: [UInt8]) {
        if let index = members.firstIndex(where: { $0.key == key }) {
            members[index].value = value
            return
        }
        members.append(
            Member(
                lead: members.last?.lead ?? [], keyText: JSONText.quoted(key), key: key,
                colon: members.last?.colon ?? [0x3A], value: value,
                trail: members.last?.trail ?? []))
        // White space before the brace belongs to the last member only.
        if members.count > 1 { members[members.count - 2].trail = [] }
    }

    mutating func remove(_ key: String) {
        guard let index = members.firstIndex(where: { $0.key == key }) else { return }
        let removed = members.remove(at: index)
        if index == members.count, index > 0 { members[index - 1].trail = removed.trail }
    }

    /// Reads up to and with the closing brace; answers it with the white space
    /// of an empty object.
    private static func readMembers(
        _ scanner: inout JSONScanner, into members: inout [Member]
    ) throws(JSONTextError) -> [UInt8] {
        var lead = scanner.takeSpace()
        if scanner.take(0x7D) { return lead + [0x7D] }
        while true {
            let keyText = try scanner.takeString()
            guard let key = JSONText.string(keyText) else {
                throw JSONTextError(reason: "a key is not valid Unicode")
            }
            var colon = scanner.takeSpace() + [0x3A]
            try scanner.expect(0x3A)
            colon += scanner.takeSpace()
            let value = try scanner.takeValue()
            let trail = scanner.takeSpace()
            members.append(
                Member(
                    lead: lead, keyText: keyText, key: key, colon: colon, value: value,
                    trail: trail))
            if scanner.take(0x7D) { return [0x7D] }
            try scanner.expect(0x2C)
            lead = scanner.takeSpace()
        }
    }
}
