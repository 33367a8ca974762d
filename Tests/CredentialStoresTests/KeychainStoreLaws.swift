// What every live store and every slot store must do, whatever it keeps its
// texts in. Each is given a store that is empty.

import RotationEngine
import Testing

@testable import CredentialStores

enum LiveStoreLaws {
    /// Objects with everything a tool could trip over.
    static let texts: [String] = [
        "{}",
        #"{"claudeAiOauth":{"accessToken":"a","scopes":["user:inference"]}}"#,
        "{\n  \"a\" : 1\n}\n\n",
        #"{"q":"\"'\\ $HOME `id` $(id) ; | # %s \u0041"}"#,
        "{\"é\":\"日本 😀\",\"tab\":\t\"\\\\t\"}",
        "{\"long\":\"" + String(repeating: "x", count: 1700) + "\"}",
    ]

    static func check(_ store: any LiveStore) async throws {
        #expect(store.name.contains(":"))
        #expect(try await store.read() == nil)
        try await store.remove()
        for text in texts {
            let bytes = Array(text.utf8)
            try await store.replace(with: bytes)
            #expect(try await store.read() == bytes)
            #expect(try await store.read() == bytes, "reading changes nothing")
        }
        try await store.replace(with: Array("{\"again\":1}".utf8))
        try await store.replace(with: Array("{\"again\":1}".utf8))
        #expect(try await store.read() == Array("{\"again\":1}".utf8))
        try await store.remove()
        #expect(try await store.read() == nil)
        try await store.remove()
        try await store.replace(with: Array("{}".utf8))
        #expect(try await store.read() == Array("{}".utf8))
    }
}

enum SlotStoreLaws {
    static let names = ["a-1.b-2.json", "a-1.b-3.json", "z.z.json"]

    /// `again` opens another view of the same store.
    static func check(_ store: any SlotStore, again: () -> any SlotStore) async throws {
        #expect(store.name.contains(":"))
        #expect(try await store.names() == [])
        #expect(try await store.read(names[0]) == nil)
        try await store.remove(names[0])
        try await texts(store, again: again)
        try await several(store, again: again)
        try await together(store)
    }

    private static func texts(
        _ store: any SlotStore, again: () -> any SlotStore
    ) async throws {
        let texts: [[UInt8]] = [
            Array("{}\n".utf8), Array(0...255), [UInt8](repeating: 0x0A, count: 5000), [0],
            [UInt8](repeating: 0xFF, count: 1500), Array("7b7d".utf8),
        ]
        for text in texts {
            try await store.replace(names[2], with: text)
            #expect(try await store.read(names[2]) == text)
            #expect(try await again().read(names[2]) == text)
        }
    }

    private static func several(
        _ store: any SlotStore, again: () -> any SlotStore
    ) async throws {
        for name in names.reversed() {
            try await store.replace(name, with: Array("text of \(name)".utf8))
        }
        #expect(try await store.names() == names)
        #expect(try await again().names() == names)
        for name in names {
            #expect(try await store.read(name) == Array("text of \(name)".utf8))
        }
        try await store.remove(names[1])
        #expect(try await store.names() == [names[0], names[2]])
        #expect(try await store.read(names[1]) == nil)
        #expect(try await store.read(names[0]) == Array("text of \(names[0])".utf8))
        try await store.remove(names[1])
        try await store.replace(names[1], with: [1])
        #expect(try await again().names() == names)
        for name in names { try await store.remove(name) }
        #expect(try await again().names() == [])
    }

    /// Callers that do not wait for one another lose nothing.
    private static func together(_ store: any SlotStore) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, name) in (names + names).enumerated() {
                group.addTask {
                    try await store.replace(name, with: [UInt8(number % names.count)])
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.names() == names)
        for (number, name) in names.enumerated() {
            #expect(try await store.read(name) == [UInt8(number)])
        }
    }
}

// MARK: Stores the laws are tried on first

actor MemoryLiveStore: LiveStore {
    nonisolated let name = "memory:live"
    private var text: [UInt8]?
    func read() async throws(VaultError) -> [UInt8]? { text }
    func replace(with text: [UInt8]) async throws(VaultError) { self.text = text }
    func remove() async throws(VaultError) { text = nil }
}

actor MemorySlotStore: SlotStore {
    nonisolated let name = "memory:slots"
    private var texts: [String: [UInt8]] = [:]
    func names() async throws(VaultError) -> [String] { texts.keys.sorted() }
    func read(_ name: String) async throws(VaultError) -> [UInt8]? { texts[name] }
    func replace(_ name: String, with text: [UInt8]) async throws(VaultError) {
        texts[name] = text
    }
    func remove(_ name: String) async throws(VaultError) { texts[name] = nil }
}

@Suite struct KeychainStoreLawsTests {
    @Test func `a store in memory keeps the laws`() async throws {
        try await LiveStoreLaws.check(MemoryLiveStore())
        let slots = MemorySlotStore()
        try await SlotStoreLaws.check(slots) { slots }
    }
}
