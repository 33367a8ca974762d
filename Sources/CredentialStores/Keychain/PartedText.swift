// A text of any length in items of a bounded one, replaced in one step: the
// parts of the next generation are written beside those of the present one,
// then the head that says which generation counts. Whoever is stopped in
// between leaves the old text whole.

import RotationEngine

struct PartedText: Sendable {
    private let items: any ItemStore
    /// The head's name; parts have a `#`, a generation and a number after it.
    private let name: ItemName

    init(_ items: any ItemStore, service: String, account: String) {
        self.items = items
        name = ItemName(service: service, account: account)
    }

    /// Nil only when there is proven to be no head.
    func read() async throws(VaultError) -> [UInt8]? {
        guard let written = try await items.read(name) else { return nil }
        guard let head = Head(written) else {
            throw .malformed("\(name): this version does not understand it")
        }
        var text: [UInt8] = []
        for number in 1..<(head.parts + 1) {
            guard let part = try await items.read(self.part(head.generation, number)) else {
                throw .malformed("\(name): part \(number) of \(head.parts) is missing")
            }
            guard let bytes = Self.decoded(part) else {
                throw .malformed("\(name): part \(number) is damaged")
            }
            text += bytes
        }
        guard text.count == head.length else {
            throw .malformed("\(name): its parts are not \(head.length) bytes together")
        }
        return text
    }

    /// What cannot be understood is replaced like what is not there.
    func replace(with text: [UInt8]) async throws(VaultError) {
        let size = partSize
        let parts = stride(from: 0, to: text.count, by: size).map {
            Array(text[$0..<min($0 + size, text.count)])
        }
        guard parts.count <= Head.partLimit else {
            throw .refused("\(name): \(text.count) bytes are too many for a slot")
        }
        let before = try await items.read(name).flatMap { Head($0) }
        let generation = before?.generation.other ?? .a
        for (index, bytes) in parts.enumerated() {
            try await items.write(Self.encoded(bytes), to: part(generation, index + 1))
        }
        let head = Head(generation: generation, parts: parts.count, length: text.count)
        try await items.write(head.text, to: name)
        // The new text is in place. What cannot be cleared away now is found
        // again by the next replacement, so it does not undo this one.
        do {
            try await clear(generation, after: parts.count, known: parts.count)
            try await clear(generation.other, after: 0, known: before?.parts ?? 0)
        } catch {}
    }

    /// The head first: no head, no text.
    func remove() async throws(VaultError) {
        let before = try await items.read(name).flatMap { Head($0) }
        try await items.remove(name)
        for generation in [Generation.a, .b] {
            let known = before?.generation == generation ? before?.parts ?? 0 : 0
            try await clear(generation, after: 0, known: known)
        }
    }

    // MARK: -

    /// Removes a generation's parts with a number above `after`, the highest
    /// first, so that those left by a failure still follow on one another.
    /// `known` are there; others may be, from a replacement that was stopped.
    private func clear(
        _ generation: Generation, after: Int, known: Int
    ) async throws(VaultError) {
        var last = known
        while last < Head.partLimit, try await items.read(part(generation, last + 1)) != nil {
            last += 1
        }
        while last > after {
            try await items.remove(part(generation, last))
            last -= 1
        }
    }

    private func part(_ generation: Generation, _ number: Int) -> ItemName {
        ItemName(service: name.service, account: "\(name.account)#\(generation.rawValue)-\(number)")
    }

    /// Bytes of a part, before they are encoded.
    private var partSize: Int {
        let room = min(items.capacity(part(.a, Head.partLimit)), 1900) - 1
        return max(3, room / 4 * 3)
    }

    /// Base64 after a colon, without which it could be a run of hexadecimal
    /// digits, and be read as what `security` prints for other bytes.
    private static let mark: UInt8 = 0x3A

    private static func encoded(_ bytes: [UInt8]) -> [UInt8] { [mark] + Base64.encoded(bytes) }

    private static func decoded(_ part: [UInt8]) -> [UInt8]? {
        guard part.first == mark else { return nil }
        return Base64.decoded(Array(part.dropFirst()))
    }

    private enum Generation: String {
        case a, b
        var other: Generation { self == .a ? .b : .a }
    }

    /// `parts-1 <generation> <number of parts> <bytes of the text>`: printable,
    /// and no run of hexadecimal digits.
    private struct Head {
        let generation: Generation
        let parts: Int
        let length: Int

        static let partLimit = 999
        private static let format = "parts-1"

        init(generation: Generation, parts: Int, length: Int) {
            self.generation = generation
            self.parts = parts
            self.length = length
        }

        /// Nil when it is not one of this format.
        init?(_ text: [UInt8]) {
            let words = String(decoding: text, as: UTF8.self).split(separator: " ")
            guard words.count == 4, words[0] == Self.format,
                let generation = Generation(rawValue: String(words[1])),
                let parts = Int(words[2]), let length = Int(words[3]),
                (0...Self.partLimit).contains(parts), length >= 0
            else { return nil }
            self.init(generation: generation, parts: parts, length: length)
        }

        var text: [UInt8] {
            Array("\(Self.format) \(generation.rawValue) \(parts) \(length)".utf8)
        }
    }
}

/// A text kept twice where a mirror is wanted. The mirror only ever stands in
/// for a text proven absent; it never decides over one that is there.
struct MirroredText: Sendable {
    let primary: PartedText
    let mirror: PartedText?

    func read() async throws(VaultError) -> [UInt8]? {
        if let text = try await primary.read() { return text }
        guard let mirror, let text = try await mirror.read() else { return nil }
        // Healed if that can be done; what was read is good either way.
        do { try await primary.replace(with: text) } catch {}
        return text
    }

    func replace(with text: [UInt8]) async throws(VaultError) {
        try await primary.replace(with: text)
        try await mirror?.replace(with: text)
    }

    /// The mirror first: the other way round it would bring back, after a stop
    /// in between, what was removed.
    func remove() async throws(VaultError) {
        try await mirror?.remove()
        try await primary.remove()
    }
}
