// Slots as items: the laws, the mirror, the index, and stops at every step.

import RotationEngine
import Support
import Testing

@testable import CredentialStores

@Suite struct KeychainSlotStoreTests {
    private let standIn = StandIn("security")
    private let name = "acc-1.org-1.json"
    private var store: KeychainSlotStore { KeychainSlotStore(tool: SecurityTool(standIn)) }
    private let head = "account-rotator-slot|acc-1.org-1"
    private let mirrorHead = "account-rotator-slot-mirror|acc-1.org-1"

    private func text(_ count: Int, _ byte: UInt8 = 0x61) -> [UInt8] {
        [UInt8](repeating: byte, count: count)
    }

    @Test func `it keeps the laws`() async throws {
        #expect(store.name == "keychain:account-rotator-slot")
        try await SlotStoreLaws.check(store) { store }
    }

    @Test func `a slot is kept twice, in items the tool can take`() async throws {
        let real = "01234567-89ab-cdef-0123-456789abcdef"
        let name = "\(real).\(real).json"
        try await store.replace(name, with: text(4000))
        #expect(try await store.read(name) == text(4000))
        let slots = standIn.items.filter { $0.hasPrefix("account-rotator-slot|") }
        #expect(slots.count == 4, "a head and three parts")
        #expect(standIn.items.filter { $0.hasPrefix("account-rotator-slot-mirror|") }.count == 4)
        #expect(slots.allSatisfy { $0.hasPrefix("account-rotator-slot|\(real).\(real)") })
    }

    @Test func `no secret is in an argument or the environment`() async throws {
        let canary = "canary-\(UInt64.random(in: 0...(.max)))"
        let bytes = Array(canary.utf8)
        try await store.replace(name, with: bytes)
        _ = try await store.read(name)
        try await store.remove(name)
        let told = standIn.calls.joined() + standIn.environments
        #expect(standIn.calls.count > 20)
        for form in [bytes, Base64.encoded(bytes)] {
            #expect(!told.contains(String(decoding: form, as: UTF8.self)))
            #expect(!told.contains(String(decoding: Hexadecimal.digits(form), as: UTF8.self)))
        }
    }

    /// Three bytes whose Base64 is `e9e9`, digits of bytes that cannot be printed.
    @Test func `no text is taken for what the tool prints of another`() async throws {
        let bytes = try #require(Base64.decoded(Array("e9e9".utf8)))
        try await store.replace(name, with: bytes)
        #expect(try await store.read(name) == bytes)
    }

    @Test(arguments: [
        "a", "a.json.txt", ".json", "a b.json", "a#a-1.json", "a/b.json", "é.json", "",
        String(repeating: "a", count: 161) + ".json",
    ])
    func `a name that is no slot's is refused`(name: String) async {
        let store = store
        let error = await thrown { () async throws(VaultError) in
            try await store.replace(name, with: [1])
        }
        #expect(error?.kind == "refused" && standIn.calls == [])
    }

    // MARK: The mirror

    @Test func `the mirror stands in for a slot proven absent, and heals it`() async throws {
        try await store.replace(name, with: text(2000))
        standIn.lose(head)
        #expect(try await store.read(name) == text(2000))
        #expect(standIn.items.contains(head))
        standIn.lose(mirrorHead)
        #expect(try await store.read(name) == text(2000))
    }

    @Test func `what cannot be healed is read all the same`() async throws {
        try await store.replace(name, with: text(20))
        standIn.lose(head)
        standIn.behave("exit 36", in: "add")
        #expect(try await store.read(name) == text(20))
    }

    @Test func `the mirror does not stand in for a slot that is refused or damaged`() async throws {
        try await store.replace(name, with: text(20))
        standIn.behave("exit 36", in: "find")
        let refused = await thrown { () async throws(VaultError) in try await store.read(name) }
        #expect(refused?.kind == "refused")
        standIn.behave(nil, in: "find")
        standIn.lose("account-rotator-slot|acc-1.org-1#a-1")
        let damaged = await thrown { () async throws(VaultError) in try await store.read(name) }
        #expect(damaged?.kind == "malformed")
    }

    // MARK: The index

    @Test func `a name without a slot reads as absent`() async throws {
        try await store.replace(name, with: text(20))
        for item in standIn.items where !item.hasPrefix("account-rotator-slots") {
            standIn.lose(item)
        }
        #expect(try await store.names() == [name])
        #expect(try await store.read(name) == nil)
        try await store.remove(name)
        #expect(try await store.names() == [])
    }

    @Test func `an index that is lost comes back from its mirror`() async throws {
        try await store.replace(name, with: text(20))
        standIn.lose("account-rotator-slots|index")
        #expect(try await store.names() == [name])
        #expect(standIn.items.contains("account-rotator-slots|index"))
    }

    @Test func `an index that cannot be understood is not written over`() async throws {
        try await store.replace(name, with: text(20))
        let digits = Hexadecimal.digits(Array("parts-9 from later".utf8))
        standIn.put(
            "account-rotator-slots|index", String(decoding: digits, as: UTF8.self) + "\n")
        let store = store
        for error in [
            await thrown { () async throws(VaultError) in _ = try await store.names() },
            await thrown { () async throws(VaultError) in
                try await store.replace("b.b.json", with: [1])
            },
        ] {
            #expect(error?.kind == "malformed")
        }
        #expect(try await store.read(name) == text(20), "a slot known by name is still read")
    }

    @Test func `more names than fit into one item are kept`() async throws {
        let items = MemoryItems()
        let slots = ItemSlots(items, mirrored: true)
        let names = (10..<60).map { "\($0)" + String(repeating: "0", count: 71) + ".json" }
        for name in names { try await slots.replace(name, with: [1]) }
        #expect(try await slots.names() == names)
    }

    // MARK: Stops

    @Test(arguments: [true, false])
    func `stopped at any change, a slot is old or new and never hidden`(
        mirrored: Bool
    ) async throws {
        for before in [nil, text(3000)] {
            var changes = 0
            var isDone = false
            while !isDone {
                let items = MemoryItems()
                let slots = ItemSlots(items, mirrored: mirrored)
                try await slots.replace("z.z.json", with: [9])
                if let before { try await slots.replace(name, with: before) }
                await items.stop(after: changes)
                let error = await thrown { () async throws(VaultError) in
                    try await slots.replace(name, with: text(2000, 0x62))
                }
                await items.stop(after: nil)
                // Another process finds what this one left.
                let found = ItemSlots(items, mirrored: mirrored)
                let read = try await found.read(name)
                #expect(read == text(2000, 0x62) || (error != nil && read == before))
                #expect(try await found.names().contains(name) || read == nil)
                #expect(try await found.read("z.z.json") == [9])
                isDone = error == nil && changes > 12
                changes += 1
            }
        }
    }

    @Test(arguments: [true, false])
    func `a removal stopped at any change brings nothing back`(mirrored: Bool) async throws {
        for changes in 0..<16 {
            let items = MemoryItems()
            let slots = ItemSlots(items, mirrored: mirrored)
            try await slots.replace(name, with: text(2000))
            await items.stop(after: changes)
            let error = await thrown { () async throws(VaultError) in
                try await slots.remove(name)
            }
            await items.stop(after: nil)
            let found = ItemSlots(items, mirrored: mirrored)
            let read = try await found.read(name)
            #expect(read == nil || (error != nil && read == text(2000)))
            #expect(try await found.names().contains(name) || read == nil, "never hidden")
            try await found.remove(name)
            #expect(try await found.names() == [])
            let left = await items.items.keys.filter { !$0.service.contains("-slots") }
            #expect(left.isEmpty)
        }
    }

    @Test func `stopped at any change of the real thing, too`() async throws {
        let standIn = StandIn("security")
        let store = KeychainSlotStore(tool: SecurityTool(standIn))
        try await store.replace(name, with: text(20))
        for changes in 0..<7 {
            let before = try await store.read(name)
            standIn.allow(changes: changes)
            let new = text(30, UInt8(0x62 + changes))
            let error = await thrown { () async throws(VaultError) in
                try await store.replace(name, with: new)
            }
            standIn.allow(changes: nil)
            let read = try await store.read(name)
            #expect(read == new || (error != nil && read == before))
        }
        try await store.replace(name, with: text(20))
        #expect(standIn.items.count == 8, "two slots and two indices of a head and a part")
    }
}
