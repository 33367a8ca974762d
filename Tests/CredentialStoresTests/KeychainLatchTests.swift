// The denied latch: after a no, nobody is asked again until a cool-down has
// passed, and then once.

import RotationEngine
import Support
import Testing

@testable import CredentialStores

/// By reference, because an expectation takes only what does not change.
private final class Latch {
    private var latch = DeniedLatch()
    func admits(at now: Int64) -> Bool { latch.admits(at: now) }
    func note(_ sign: DeniedLatch.Sign, at now: Int64) { latch.note(sign, at: now) }
}

@Suite struct KeychainLatchTests {
    private static let coolDown = DeniedLatch.coolDownMilliseconds

    // MARK: The latch itself

    @Test(arguments: [-1, 0, 1])
    func `a denial lasts for the cool-down`(over: Int64) {
        let latch = Latch()
        #expect(latch.admits(at: 0))
        latch.note(.denied, at: 5)
        #expect(!latch.admits(at: 5))
        #expect(latch.admits(at: 5 + Self.coolDown + over) == (over >= 0))
    }

    @Test func `one call is let through after it, and its answer decides`() {
        for (sign, isClear) in [
            (DeniedLatch.Sign.answered, true), (.denied, false), (.timedOut, false),
            (.failed, false), (.nothing, false),
        ] {
            let latch = Latch()
            latch.note(.denied, at: 0)
            #expect(latch.admits(at: Self.coolDown))
            #expect(!latch.admits(at: Self.coolDown), "one, not two")
            latch.note(sign, at: Self.coolDown)
            #expect(latch.admits(at: Self.coolDown + 1) == isClear, "\(sign)")
            #expect(latch.admits(at: Self.coolDown * 2) == true, "\(sign)")
        }
    }

    @Test(arguments: [1, 2, 3, 4])
    func `time-outs set it when they are three in a row`(count: Int) {
        let latch = Latch()
        for _ in 0..<count where latch.admits(at: 0) { latch.note(.timedOut, at: 0) }
        #expect(latch.admits(at: 0) == (count < 3))
    }

    @Test(arguments: [
        (DeniedLatch.Sign.answered, true), (.failed, true), (.nothing, false),
    ])
    func `whatever ends by itself begins the count anew`(
        between: DeniedLatch.Sign, isClear: Bool
    ) {
        let latch = Latch()
        for sign in [DeniedLatch.Sign.timedOut, .timedOut, between, .timedOut] {
            latch.note(sign, at: 0)
        }
        #expect(latch.admits(at: 0) == isClear)
    }

    @Test func `what is neither sets nothing`() {
        let latch = Latch()
        for sign in [DeniedLatch.Sign.failed, .nothing] {
            for _ in 0..<10 { latch.note(sign, at: 0) }
            #expect(latch.admits(at: 0))
        }
    }

    // MARK: In front of the tool

    private let standIn = StandIn("security")
    private let item = ItemName(service: "s", account: "u")

    private func read(_ tool: SecurityTool) async -> VaultError? {
        await thrown { () async throws(VaultError) in try await tool.read(item) }
    }

    @Test(arguments: ["exit 128", "exit 51"])
    func `after a denial nothing is started until the cool-down has passed`(
        mode: String
    ) async throws {
        let tool = SecurityTool(standIn)
        standIn.behave(mode)
        #expect(await read(tool)?.kind == "refused")
        #expect(standIn.calls.count == 1)
        standIn.behave(nil)
        let errors = [
            await read(tool),
            await thrown { () async throws(VaultError) in
                try await tool.write([1], to: item)
                return nil as [UInt8]?
            },
            await thrown { () async throws(VaultError) in
                try await tool.remove(item)
                return nil as [UInt8]?
            },
        ]
        for error in errors {
            #expect(error?.kind == "refused")
            #expect(error?.text.contains("Always Allow") == true)
        }
        standIn.clock.advance(seconds: Self.coolDown / 1000 - 1)
        #expect(await read(tool)?.kind == "refused")
        #expect(standIn.calls.count == 1)
        standIn.clock.advance(seconds: 1)
        // A proven absence is an answer.
        #expect(try await tool.read(item) == nil)
        try await tool.write([0x61], to: item)
        #expect(try await tool.read(item) == [0x61])
    }

    @Test func `a denial of the probe begins the cool-down anew`() async {
        let tool = SecurityTool(standIn)
        standIn.behave("exit 128")
        for turn in 1...3 {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<5 { group.addTask { _ = await read(tool) } }
            }
            #expect(standIn.calls.count == turn, "one probe a cool-down, however many ask")
            standIn.clock.advance(seconds: Self.coolDown / 1000)
        }
    }

    @Test func `a locked keychain does not latch`() async throws {
        let tool = SecurityTool(standIn)
        standIn.behave("exit 36")
        for _ in 0..<4 { #expect(await read(tool)?.kind == "refused") }
        standIn.behave(nil)
        #expect(try await tool.read(item) == nil)
    }

    @Test func `three dialogs nobody answers latch`() async {
        let tool = SecurityTool(standIn, deadline: 1000)
        standIn.behave("hang", in: "find")
        for _ in 0..<3 {
            let error = await read(tool)
            #expect(error?.kind == "unreachable" && error?.text.contains("dialog") == true)
        }
        let calls = standIn.calls.count
        #expect(await read(tool)?.kind == "refused")
        #expect(standIn.calls.count == calls)
    }

    @Test func `a hang that cannot be a dialog does not latch`() async throws {
        // The deadline must leave time for the answers in between.
        let tool = SecurityTool(standIn, deadline: 5000)
        standIn.behave("hang", in: "list")
        let error = await read(tool)
        #expect(error?.kind == "unreachable" && error?.text.contains("dialog") == false)
        standIn.behave(nil, in: "list")
        #expect(try await tool.read(item) == nil)
    }

    @Test func `the latch is shared by all that use the tool`() async throws {
        let tool = SecurityTool(standIn)
        let names = try KeychainNames(
            environment: ["USER": "u"], loginName: nil, sha256: { _ in [] }, composed: { $0 })
        let live = KeychainLiveStore(names: names, tool: tool, mirrorPath: nil)
        let slots = KeychainSlotStore(tool: tool)
        standIn.behave("exit 128")
        _ = await thrown { () async throws(VaultError) in try await live.read() }
        let error = await thrown { () async throws(VaultError) in try await slots.names() }
        #expect(error?.kind == "refused" && standIn.calls.count == 1)
    }
}
