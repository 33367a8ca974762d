// Long texts in short items, stopped at every step; and the encodings they are
// made of.

import RotationEngine
import Testing

@testable import CredentialStores

/// Items in memory. It can be stopped after some changes, like a process that
/// is killed; then it refuses everything.
actor MemoryItems: ItemStore {
    private(set) var items: [ItemName: [UInt8]] = [:]
    private(set) var changes = 0
    private var budget = Int.max
    private nonisolated let room: Int

    init(capacity: Int = 1943) { room = capacity }

    func stop(after changes: Int?) {
        budget = changes.map { self.changes + $0 } ?? .max
    }
    func put(_ text: [UInt8]?, _ item: ItemName) { items[item] = text }

    nonisolated func capacity(_ item: ItemName) -> Int { room }

    func read(_ item: ItemName) async throws(VaultError) -> [UInt8]? {
        guard changes < budget else { throw .refused("stopped") }
        return items[item]
    }

    func write(_ text: [UInt8], to item: ItemName) async throws(VaultError) {
        guard text.count <= room else { throw .refused("too long") }
        try change()
        items[item] = text
    }

    func remove(_ item: ItemName) async throws(VaultError) {
        guard changes < budget else { throw .refused("stopped") }
        guard items[item] != nil else { return }
        try change()
        items[item] = nil
    }

    private func change() throws(VaultError) {
        guard changes < budget else { throw .refused("stopped") }
        changes += 1
    }
}

@Suite struct KeychainPartsTests {
    private static func parted(_ items: MemoryItems) -> PartedText {
        PartedText(items, service: "s", account: "a")
    }

    private static func text(_ count: Int, _ seed: UInt8 = 0) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) &+ seed }
    }

    @Test(arguments: [0, 1, 2, 3, 14, 15, 16, 29, 30, 31, 999 * 15, 999 * 15 + 1])
    func `a text of any length comes back, up to the limit`(count: Int) async throws {
        // A colon and twenty digits of Base64: fifteen bytes a part.
        let items = MemoryItems(capacity: 21)
        let parted = Self.parted(items)
        let error = await thrown { () async throws(VaultError) in
            try await parted.replace(with: Self.text(count))
        }
        guard count <= 999 * 15 else {
            #expect(error?.kind == "refused")
            #expect(await items.items.isEmpty)
            return
        }
        #expect(error == nil)
        #expect(try await parted.read() == Self.text(count))
        #expect(await items.items.count == 1 + (count + 14) / 15)
        try await parted.remove()
        #expect(await items.items.isEmpty)
    }

    @Test func `stopped anywhere, the text is the old or the new, and nothing is left behind`()
        async throws
    {
        for (before, after) in [(40, 30), (5, 60), (60, 5), (0, 30), (30, 0)] {
            var changes = 0
            while true {
                let items = MemoryItems(capacity: 19)
                let parted = Self.parted(items)
                try await parted.replace(with: Self.text(before))
                await items.stop(after: changes)
                let error = await thrown { () async throws(VaultError) in
                    try await parted.replace(with: Self.text(after, 1))
                }
                await items.stop(after: nil)
                let read = try await parted.read()
                #expect(read == Self.text(after, 1) || (error != nil && read == Self.text(before)))
                let used = await items.changes
                // Whatever it left, the next replacement clears away.
                try await parted.replace(with: Self.text(7, 2))
                #expect(try await parted.read() == Self.text(7, 2))
                #expect(await items.items.count == 2, "\(before) \(after) \(changes)")
                if used < changes { break }
                changes += 1
            }
            #expect(changes > 3)
        }
    }

    @Test func `a removal stopped anywhere is finished by the next`() async throws {
        for changes in 0..<8 {
            let items = MemoryItems(capacity: 19)
            let parted = Self.parted(items)
            // Leftovers of the other generation too.
            try await parted.replace(with: Self.text(20))
            await items.stop(after: 2)
            _ = await thrown { () async throws(VaultError) in
                try await parted.replace(with: Self.text(30, 1))
            }
            await items.stop(after: changes)
            let error = await thrown { () async throws(VaultError) in try await parted.remove() }
            await items.stop(after: nil)
            let read = try await parted.read()
            #expect(read == nil || (error != nil && read == Self.text(20)))
            try await parted.remove()
            #expect(await items.items.isEmpty, "\(changes)")
        }
    }

    @Test(arguments: [
        "", "parts-1", "parts-2 a 1 3", "parts-1 c 1 3", "parts-1 a 2 3", "parts-1 a 1 4",
        "parts-1 a -1 3", "parts-1 a 1000 3", "parts-1 a 1 -3", "parts-1 a x 3", "{}",
        "parts-1 a 1 3 4", "parts-1 b 1 3",
    ])
    func `a damaged head is malformed, not absent, and can be replaced`(head: String) async throws {
        let items = MemoryItems()
        let parted = Self.parted(items)
        try await parted.replace(with: [1, 2, 3])
        await items.put(Array(head.utf8), ItemName(service: "s", account: "a"))
        let error = await thrown { () async throws(VaultError) in try await parted.read() }
        #expect(error?.kind == "malformed")
        try await parted.replace(with: [4])
        #expect(try await parted.read() == [4])
    }

    @Test func `a damaged or missing part is malformed, not a shorter text`() async throws {
        let items = MemoryItems(capacity: 19)
        let parted = Self.parted(items)
        let part = ItemName(service: "s", account: "a#a-2")
        try await parted.replace(with: Self.text(30))
        let good = try #require(await items.items[part])
        for bad in [
            nil, [], Array(":====".utf8), Array(good.dropLast()), Array(good.dropFirst()),
            Array(":AAAA".utf8),
        ] {
            await items.put(bad, part)
            let error = await thrown { () async throws(VaultError) in try await parted.read() }
            #expect(error?.kind == "malformed")
        }
        await items.put(good, part)
        #expect(try await parted.read() == Self.text(30))
    }

    // MARK: Encodings

    /// RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func `Base64 is the RFC's`(plain: String, encoded: String) {
        #expect(Base64.encoded(Array(plain.utf8)) == Array(encoded.utf8))
        #expect(Base64.decoded(Array(encoded.utf8)) == Array(plain.utf8))
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", "Zm9\n", "Zm-_",
    ])
    func `what is not exactly Base64 is not decoded`(text: String) {
        #expect(Base64.decoded(Array(text.utf8)) == nil)
    }

    @Test func `every byte survives both encodings`() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(Base64.decoded(Base64.encoded(bytes)) == bytes)
        #expect(Hexadecimal.bytes(Hexadecimal.digits(bytes)) == bytes)
        #expect(Hexadecimal.digits([0, 0x0F, 0xFA]) == Array("000ffa".utf8))
        #expect(Hexadecimal.bytes(Array("0".utf8)) == nil)
        #expect(Hexadecimal.bytes(Array("0g".utf8)) == nil)
    }
}
