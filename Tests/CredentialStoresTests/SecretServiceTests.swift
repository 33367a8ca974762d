// The Secret Service through `secret-tool`, against a stand-in that keeps quiet
// about a locked keyring and cuts what is too long, as the real one does.

import RotationEngine
import Support
import Testing

@testable import CredentialStores

@Suite struct SecretServiceTests {
    private let standIn = StandIn("secret-tool")
    private let item = ItemName(service: "s", account: "u")
    private let name = "acc-1.org-1.json"
    private var tool: SecretTool { SecretTool(standIn) }
    private var store: SecretServiceSlotStore { SecretServiceSlotStore(tool: tool) }

    private func text(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x61, count: count) }

    @Test func `it keeps the laws`() async throws {
        #expect(store.name == "secret-service:account-rotator-slot")
        try await SlotStoreLaws.check(store) { store }
    }

    @Test func `absent is an answer`() async throws {
        #expect(try await tool.read(item) == nil)
        try await tool.remove(item)
    }

    @Test func `a keyring that was not unlocked is no absence, and is not asked again`()
        async throws
    {
        try await tool.write(text(3), to: item)
        standIn.behave("locked", in: "lookup")
        let tool = tool
        let error = await thrown { () async throws(VaultError) in try await tool.read(item) }
        #expect(error?.kind == "refused" && error?.text.contains("locked") == true)
        let calls = standIn.calls.count
        standIn.behave(nil, in: "lookup")
        let latched = await thrown { () async throws(VaultError) in try await tool.read(item) }
        #expect(latched?.kind == "refused" && standIn.calls.count == calls)
        standIn.clock.advance(seconds: DeniedLatch.coolDownMilliseconds / 1000)
        #expect(try await tool.read(item) == text(3))
    }

    @Test(arguments: ["exit 1", "exit 2", "exit 5"])
    func `anything else is a refusal, never absence or success`(mode: String) async throws {
        let tool = tool
        try await tool.write(text(3), to: item)
        for verb in ["lookup", "store", "clear", "search"] {
            standIn.behave(mode, in: verb)
            let error = await thrown { () async throws(VaultError) in
                switch verb {
                case "lookup": _ = try await tool.read(item)
                case "store": try await tool.write(text(4), to: item)
                case "clear": try await tool.remove(item)
                // A search is what proves that another item is absent.
                default: _ = try await tool.read(ItemName(service: "s", account: "v"))
                }
            }
            #expect(error?.kind == "refused", "\(verb)")
            #expect(error?.text.contains("locked object") == false, "its words are not repeated")
            standIn.behave(nil, in: verb)
        }
        #expect(try await tool.read(item) == text(3))
    }

    @Test func `a slot that is refused is not looked for elsewhere`() async throws {
        let store = store
        try await store.replace(name, with: text(20))
        standIn.behave("exit 1")
        for error in [
            await thrown { () async throws(VaultError) in _ = try await store.read(name) },
            await thrown { () async throws(VaultError) in _ = try await store.names() },
            await thrown { () async throws(VaultError) in
                try await store.replace(name, with: text(21))
            },
            await thrown { () async throws(VaultError) in try await store.remove(name) },
        ] {
            #expect(error?.kind == "refused")
        }
        standIn.behave(nil)
        #expect(try await store.read(name) == text(20))
    }

    @Test(arguments: [-1, 0, 1])
    func `a text is written whole or not at all`(over: Int) async throws {
        let tool = tool
        let count = tool.capacity(item) + over
        let error = await thrown { () async throws(VaultError) in
            try await tool.write(text(count), to: item)
        }
        #expect(error?.kind == (over <= 0 ? nil : "refused"))
        #expect(try await tool.read(item) == (over <= 0 ? text(count) : nil))
        #expect(standIn.calls.contains { $0.hasPrefix("store") } == (over <= 0))
    }

    @Test func `successes that changed nothing are found out`() async throws {
        let tool = tool
        standIn.behave("stale", in: "store")
        let stale = await thrown { () async throws(VaultError) in
            try await tool.write(text(3), to: item)
        }
        #expect(stale?.kind == "readBackMismatch")
        standIn.behave(nil, in: "store")
        try await tool.write(text(3), to: item)
        standIn.behave("keep", in: "clear")
        let kept = await thrown { () async throws(VaultError) in try await tool.remove(item) }
        #expect(kept?.kind == "readBackMismatch")
    }

    @Test func `a dialog nobody answers ends at the deadline, and three latch`() async {
        let tool = SecretTool(standIn, deadline: 1000)
        standIn.behave("hang", in: "lookup")
        for _ in 0..<3 {
            let error = await thrown { () async throws(VaultError) in try await tool.read(item) }
            #expect(error?.kind == "unreachable")
        }
        let calls = standIn.calls.count
        let error = await thrown { () async throws(VaultError) in try await tool.read(item) }
        #expect(error?.kind == "refused" && standIn.calls.count == calls)
    }

    @Test func `without secret-tool it is out of reach`() async {
        let tool = SecretTool(
            environment: [:], clock: standIn.clock, executable: "/nonexistent/secret-tool")
        let error = await thrown { () async throws(VaultError) in try await tool.read(item) }
        #expect(error?.kind == "unreachable")
    }

    @Test func `no secret is in an argument or the environment, and the bus is`() async throws {
        let canary = "canary-\(UInt64.random(in: 0...(.max)))"
        try await store.replace(name, with: Array(canary.utf8))
        let told = standIn.calls.joined() + standIn.environments
        #expect(!told.contains(canary) && !told.contains("environment-canary"))
        let encoded = String(decoding: Base64.encoded(Array(canary.utf8)), as: UTF8.self)
        #expect(!told.contains(encoded))
        for name in ["DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere/bus", "XDG_RUNTIME_DIR="] {
            #expect(standIn.environments.contains(name))
        }
        #expect(!standIn.environments.contains("PATH=/usr/bin:/bin"))
    }

    @Test func `stopped at any change, a slot is old or new`() async throws {
        let store = store
        try await store.replace(name, with: text(20))
        for changes in 0..<5 {
            let before = try await store.read(name)
            standIn.allow(changes: changes)
            let new = text(30 + changes)
            let error = await thrown { () async throws(VaultError) in
                try await store.replace(name, with: new)
            }
            standIn.allow(changes: nil)
            let read = try await store.read(name)
            #expect(read == new || (error != nil && read == before))
        }
        try await store.replace(name, with: text(20))
        #expect(standIn.items.count == 4)
    }
}
