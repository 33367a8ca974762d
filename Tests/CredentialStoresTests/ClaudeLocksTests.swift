// Claude Code's locks: their order, whose they are, and when one is stale.

import DurableFiles
import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

@testable import CredentialStores

private let lockNames = [
    ".claude/.oauth_refresh.lock", ".claude.lock", ".claude/.storage-write.lock",
]

@Suite struct ClaudeLocksTests {
    private func plant(_ name: String, age: Int64, in house: FileVaultHarness) {
        house.home.makeDirectory(name)
        _ = setModified(
            house.home.file(name), milliseconds: house.clock.now().milliseconds - age * 1000)
    }

    @Test(arguments: lockNames)
    func `a young lock defers: who and since when, nothing changed, none left`(
        name: String
    ) async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        plant(name, age: 3, in: house)
        let since = house.clock.now().adding(seconds: -3)
        let short = String(name.split(separator: "/").last ?? "")
        await #expect(throws: VaultError.locked(LockHeld(name: short, since: since))) {
            try await house.files.swap(order)
        }
        #expect(await house.liveToken() == "a1")
        for other in lockNames where other != name {
            #expect(house.home.mode(other) == nil)
        }
        #expect(house.home.mode(name) != nil)
    }

    @Test(arguments: [(60, true), (61, false)] as [(Int64, Bool)])
    func `a refresh lock is stale after 60 s without a heartbeat, not before`(
        age: Int64, isHeld: Bool
    ) async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        plant(lockNames[0], age: age, in: house)
        if isHeld {
            await #expect(throws: VaultError.self) { try await house.files.swap(order) }
        } else {
            _ = try await house.files.swap(order)
            #expect(await house.liveToken() == "b1")
        }
    }

    @Test func `a lock from the future is never stolen`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        plant(lockNames[0], age: -86400, in: house)
        await #expect(throws: VaultError.self) { try await house.files.swap(order) }
        #expect(house.home.mode(lockNames[0]) != nil)
    }

    @Test func `all three are held while the live store is written, none after`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        let home = house.home
        let seen = SeenNames()
        house.fault.run(at: .writeLive(.create)) {
            seen.set(lockNames.filter { home.mode($0) != nil })
        }
        _ = try await house.files.swap(order)
        #expect(seen.names == lockNames)
        #expect(lockNames.allSatisfy { home.mode($0) == nil })
    }

    @Test func `a lock that is freed in time is waited for`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        plant(lockNames[1], age: 1, in: house)
        async let receipt = house.files.swap(
            SwapOrder(
                outgoing: order.outgoing, incoming: order.incoming, lockPatienceSeconds: 10,
                now: order.now))
        await house.clock.untilSleeping()
        try DurableFileDirectory.remove(house.home.file(lockNames[1]))
        house.clock.advance(seconds: 1)
        _ = try await receipt
        #expect(await house.liveToken() == "b1")
    }

    @Test func `a lock somebody took over is not given back by us`() async throws {
        let house = FileVaultHarness()
        let locks = [LockPath(path: house.home.file("x.lock"), staleSeconds: 60)]
        let held = try await HeldLocks.acquire(locks, patienceSeconds: 0, clock: house.clock)
        _ = setModified(house.home.file("x.lock"), milliseconds: 1)
        held.release()
        #expect(house.home.mode("x.lock") != nil)
    }

    @Test func `a held lock keeps its heartbeat`() async throws {
        let house = FileVaultHarness()
        let path = house.home.file("x.lock")
        let held = try await HeldLocks.acquire(
            [LockPath(path: path, staleSeconds: 60)], patienceSeconds: 0, clock: house.clock)
        for _ in 0..<3 {
            await house.clock.untilSleeping()
            house.clock.advance(seconds: 2)
        }
        await house.clock.untilSleeping()
        let facts = try #require(try FileFacts.of(path))
        #expect(facts.modifiedMilliseconds == house.clock.now().milliseconds)
        held.release()
        #expect(house.home.mode("x.lock") == nil)
    }

    @Test func `one rotator serves a store`() throws {
        let home = TemporaryDirectory()
        home.makeDirectory("claude")
        home.link("linked", to: home.file("claude"))
        let first = try InstanceLock.acquire(directory: home.file("claude"))
        #expect(throws: InstanceLockError.held(directory: home.file("linked"))) {
            try InstanceLock.acquire(directory: home.file("linked"))
        }
        withExtendedLifetime(first) {}
    }
}

private final class SeenNames: Sendable {
    private let state = MutexBox<[String]>([])
    func set(_ names: [String]) { state.set(names) }
    var names: [String] { state.value }
}
