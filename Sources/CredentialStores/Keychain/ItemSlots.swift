// Slots as items of a store of secrets, and the index of their names: such a
// store is not listed by us, because its tools print secrets when asked to.
// The index is written first when a slot comes and last when it goes, so that
// no slot is ever hidden; a name without a slot reads as absent.

import RotationEngine

struct ItemSlots: Sendable {
    static let service = "account-rotator-slot"
    static let indexService = "account-rotator-slots"
    private static let suffix = ".json"

    private let items: any ItemStore
    /// Whether everything is kept a second time, under a service with `-mirror`
    /// after its name.
    private let isMirrored: Bool
    /// A replacement is many calls; two of them must not mix.
    private let turns = OneAtATime()

    init(_ items: any ItemStore, mirrored: Bool) {
        self.items = items
        isMirrored = mirrored
    }

    func names() async throws(VaultError) -> [String] {
        try await turns { () async throws(VaultError) in try await indexed() }
    }

    func read(_ name: String) async throws(VaultError) -> [UInt8]? {
        let slot = try slot(name)
        return try await turns { () async throws(VaultError) in try await slot.read() }
    }

    func replace(_ name: String, with text: [UInt8]) async throws(VaultError) {
        let slot = try slot(name)
        try await turns { () async throws(VaultError) in
            let names = try await indexed()
            if !names.contains(name) { try await index.replace(with: Self.json(names + [name])) }
            try await slot.replace(with: text)
        }
    }

    func remove(_ name: String) async throws(VaultError) {
        let slot = try slot(name)
        try await turns { () async throws(VaultError) in
            try await slot.remove()
            let names = try await indexed()
            guard names.contains(name) else { return }
            try await index.replace(with: Self.json(names.filter { $0 != name }))
        }
    }

    // MARK: -

    private func indexed() async throws(VaultError) -> [String] {
        guard let text = try await index.read() else { return [] }
        guard let names = JSONText.strings(text) else {
            throw .malformed("\(Self.indexService)/index: it is not a list of names")
        }
        return Set(names).sorted()
    }

    private static func json(_ names: [String]) -> [UInt8] {
        let quoted = names.sorted().map(JSONText.quoted)
        return [0x5B] + Array(quoted.joined(separator: [0x2C])) + [0x5D]
    }

    private var index: MirroredText { text(Self.indexService, "index") }

    private func slot(_ name: String) throws(VaultError) -> MirroredText {
        let account = name.dropLast(Self.suffix.count)
        let isPlain = account.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E
        }
        guard name.hasSuffix(Self.suffix), isPlain, (1...160).contains(account.utf8.count) else {
            throw .refused("a slot's name is made of letters, digits, hyphens, dots and .json")
        }
        return text(Self.service, String(account))
    }

    private func text(_ service: String, _ account: String) -> MirroredText {
        MirroredText(
            primary: PartedText(items, service: service, account: account),
            mirror: isMirrored
                ? PartedText(items, service: service + "-mirror", account: account) : nil)
    }
}
