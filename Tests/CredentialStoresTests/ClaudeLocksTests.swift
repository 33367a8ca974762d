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

    @Test(
        arguments: [
            (0, 59, true), (0, 60, true), (0, 61, false), (1, 59, true), (1, 60, true),
            (1, 61, false),
            (2, 14, true), (2, 15, true), (2, 16, false),
        ] as [(Int, Int64, Bool)])
    func `a lock is stale after its own time without a heartbeat, not before`(
        index: Int, age: Int64, isHeld: Bool
    ) async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        plant(lockNames[index], age: age, in: house)
        if isHeld {
            await #expect(throws: VaultError.self) { try await house.files.swap(order) }
            #expect(await house.liveToken() == "a1")
        } else {
            _ = try await house.files.swap(order)
            #expect(await house.liveToken() == "b1")
            #expect(lockNames.allSatisfy { house.home.mode($0) == nil })
        }
    }

    @Test(arguments: [(9, true), (10, true), (11, false)] as [(Int64, Bool)])
    func `the configuration's lock is stale after 10 s`(age: Int64, isHeld: Bool) async throws {
        let house = FileVaultHarness()
        let paths = ClaudePaths(home: house.home.path, claudeConfigDir: nil)
        plant(".claude.json.lock", age: age, in: house)
        let locks = try? await HeldLocks.acquire(
            LockPath.configuration(paths), patienceSeconds: 0, clock: house.clock)
        #expect((locks == nil) == isHeld)
        locks?.release()
    }

    @Test func `a held configuration is remarked on, and the swap stands`() async throws {
        let house = FileVaultHarness()
        house.home.write(".claude.json", "{}")
        let order = try await house.arrange()
        plant(".claude.json.lock", age: -1000, in: house)
        let receipt = try await house.advancing { try await house.files.swap(order) }
        #expect(receipt.remarks.count == 1)
        #expect(receipt.remarks.first?.contains(".claude.json.lock is held since") == true)
        #expect(house.home.read(".claude.json") == "{}")
        #expect(await house.liveToken() == "b1")
    }

    @Test func `the outermost held lock is the one named: they are taken in order`()
        async throws
    {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        for name in lockNames.reversed() {
            plant(name, age: 5, in: house)
            let named = await #expect(throws: VaultError.self) {
                try await house.files.swap(order)
            }
            let short = String(name.split(separator: "/").last ?? "")
            let since = house.clock.now().adding(seconds: -5)
            #expect(named == .locked(LockHeld(name: short, since: since)))
        }
    }

    @Test func `the second lock is named after the real directory, not after a link to it`() throws
    {
        let home = TemporaryDirectory()
        home.makeDirectory("real")
        home.link("linked", to: home.file("real"))
        let paths = ClaudePaths(home: home.path, claudeConfigDir: home.file("linked"))
        #expect(
            LockPath.credential(paths).map(\.path) == [
                home.file("linked/.oauth_refresh.lock"), home.file("real.lock"),
                home.file("linked/.storage-write.lock"),
            ])
    }

    @Test func `what is no empty directory is not cleared away, however old`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        house.home.makeDirectory(lockNames[0])
        house.home.write(lockNames[0] + "/x", "")
        plant(lockNames[0], age: 3600, in: house)
        let since = house.clock.now().adding(seconds: -3600)
        let error = await #expect(throws: VaultError.self) { try await house.files.swap(order) }
        guard case .locked(let held) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(held.name == ".oauth_refresh.lock")
        #expect(held.since == since)
        #expect(held.remedy?.contains(house.home.file(lockNames[0])) == true)
        #expect(house.home.read(lockNames[0] + "/x") != nil)
    }

    @Test func `patience ends: a held lock is said after the seconds asked for`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        plant(lockNames[0], age: -1000, in: house)
        let start = house.clock.now()
        let patient = SwapOrder(
            outgoing: order.outgoing, incoming: order.incoming, lockPatienceSeconds: 10,
            now: order.now)
        let error = await #expect(throws: VaultError.self) {
            try await house.advancing { try await house.files.swap(patient) }
        }
        guard case .locked = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        // The clock of this test moves by whole seconds.
        #expect((10...11).contains(house.clock.now().seconds(since: start)))
    }

    @Test func `a lock lost before the write stops the swap, and is left to its new holder`()
        async throws
    {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        let home = house.home
        house.fault.run(at: .readSlotBack) {
            _ = setModified(home.file(lockNames[1]), milliseconds: 1_790_000_001_000)
        }
        await #expect(
            throws: VaultError.locked(
                LockHeld(name: ".claude.lock", since: Timestamp(seconds: 1_790_000_001)))
        ) { try await house.files.swap(order) }
        #expect(await house.liveToken() == "a1")
        #expect(lockNames.map { home.mode($0) != nil } == [false, true, false])
    }

    @Test func `a lock from the future is reported as held, never stolen`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        plant(lockNames[0], age: -86400, in: house)
        let since = house.clock.now().adding(seconds: 86400)
        let error = await #expect(throws: VaultError.self) { try await house.files.swap(order) }
        guard case .locked(let held) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(held.name == ".oauth_refresh.lock")
        #expect(held.since == since)
        #expect(held.remedy?.contains(house.home.file(lockNames[0])) == true)
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
}

private final class SeenNames: Sendable {
    private let state = MutexBox<[String]>([])
    func set(_ names: [String]) { state.set(names) }
    var names: [String] { state.value }
}
