// What start-up makes of what was left: a swap begun, a lock of our own, an
// older generation put back by somebody.

import DurableFiles
import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

@testable import CredentialStores

private let alice = VaultConformance.alice
private let bob = VaultConformance.bob
private let locks = [".claude/.oauth_refresh.lock", ".claude.lock", ".claude/.storage-write.lock"]

@Suite struct RecoveryTests {
    @Test func `killed before the install a swap is abandoned, after it finished`() async throws {
        for step in [WriteStep.saveSlot(.create), .writeLive(.rename), .readLiveBack] {
            let house = FileVaultHarness()
            let order = try await house.arrange()
            let home = house.home
            let copy = MutexBox<TemporaryDirectory?>(nil)
            house.fault.run(at: step) { copy.set(home.copy()) }
            _ = try await house.files.swap(order)
            let wreck = Vault(try #require(copy.value), house.clock)
            let found = try await wreck.recover(now: house.clock.now())
            if step == .readLiveBack {
                #expect(
                    found == [
                        .finishedSwap(
                            FinishedSwap(
                                from: alice.id, to: bob.id, at: order.now, isAutomatic: false,
                                afterRotation: 0))
                    ])
            } else {
                #expect(
                    found == [.abandonedSwap(from: alice.id, to: bob.id, at: order.now)])
            }
            #expect(try await wreck.recover(now: house.clock.now()) == found)
            await wreck.settled()
            #expect(try await wreck.recover(now: house.clock.now()).isEmpty)
        }
    }

    @Test func `refreshed before the restart, whose it is will tell`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        let home = house.home
        let copy = MutexBox<TemporaryDirectory?>(nil)
        house.fault.run(at: .readLiveBack) { copy.set(home.copy()) }
        _ = try await house.files.swap(order)
        let wreck = try #require(copy.value)
        wreck.write(".claude/.credentials.json", FileVaultHarness.store("b2"))
        let found = try await Vault(wreck, house.clock).recover(now: house.clock.now())
        #expect(
            found == [
                .undecidedSwap(
                    FinishedSwap(
                        from: alice.id, to: bob.id, at: order.now, isAutomatic: false,
                        afterRotation: 0))
            ])
    }

    @Test func `without a crash there is nothing to recover`() async throws {
        let house = FileVaultHarness()
        #expect(try await house.files.recover(now: house.clock.now()).isEmpty)
        #expect(house.home.names() == [".claude"])
    }

    @Test func `a lock of our own is released, Claude Code's is not`() async throws {
        let house = FileVaultHarness()
        let order = try await house.arrange()
        let home = house.home
        let paths = ClaudePaths(home: home.path, claudeConfigDir: nil)
        let keeper = ClaudeLocks(paths: paths, dataDirectory: home.path, clock: house.clock)
        let dead = try await keeper.lockCredential(patienceSeconds: 0)
        // One of them was taken over by Claude Code meanwhile.
        try DurableFileDirectory.remove(home.file(locks[1]))
        home.makeDirectory(locks[1])
        let next = Vault(home, house.clock)
        let found = try await next.recover(now: house.clock.now())
        if found.isEmpty { return }  // This file system keeps no time of birth.
        #expect(
            found == [.releasedLock(".oauth_refresh.lock"), .releasedLock(".storage-write.lock")])
        #expect(locks.map { home.mode($0) != nil } == [false, true, false])
        try DurableFileDirectory.remove(home.file(locks[1]))
        _ = try await house.files.swap(order)
        dead.release()
        #expect(home.names(".claude") == [".credentials.json"])
    }

    @Test func `an older generation is recognised, never filed, and replaced by the newest`()
        async throws
    {
        let house = FileVaultHarness()
        _ = try await house.arrange()
        await house.signIn("a2", missingScopes: false)
        let newest = try #require(await house.files.readLive())
        _ = try await house.files.fileLive(
            newest.generation, as: alice, now: house.clock.now())
        await house.signIn("a1", missingScopes: false)
        let old = try #require(await house.files.readLive())
        #expect(old.supersededFor == alice.id)
        #expect(old.lastRestoredAt == house.clock.now())
        await #expect(throws: VaultError.superseded(alice.id)) {
            try await house.files.fileLive(old.generation, as: alice, now: house.clock.now())
        }
        _ = try await house.files.swap(
            SwapOrder(
                outgoing: .init(identity: alice, generation: old.generation),
                incoming: alice.id, lockPatienceSeconds: 0, now: house.clock.now()))
        #expect(await house.liveToken() == "a2")
    }

    @Test func `the lineage tells who wrote what`() async throws {
        let house = FileVaultHarness()
        _ = try await house.arrange()
        await house.signIn("a2", missingScopes: false)
        let live = try #require(await house.files.readLive())
        _ = try await house.files.fileLive(live.generation, as: alice, now: house.clock.now())
        let lines = try await house.files.lineage(of: alice.id, limit: 9)
        #expect(lines.map(\.event) == [.firstSeen, .firstSeen])
        #expect(lines.map(\.writer) == [.claudeCode, .signIn])
        #expect(lines.first?.parent == lines.last?.fingerprint)
        #expect(try await house.files.lineage(of: alice.id, limit: 1).count == 1)
        let text = try #require(house.home.read("lineage.jsonl"))
        for token in ["a1", "a2", "refresh-a1", "refresh-a2"] {
            #expect(!text.contains("\"\(token)\""))
        }
    }

    @Test func `a torn line of the ledger spoils no other`() async throws {
        let house = FileVaultHarness()
        _ = try await house.arrange()
        let text = try #require(house.home.read("lineage.jsonl"))
        house.home.write("lineage.jsonl", text + #"{"at":17900"#)
        let next = Vault(house.home, house.clock)
        await house.signIn("a2", missingScopes: false)
        let live = try #require(await next.readLive())
        _ = try await next.fileLive(live.generation, as: alice, now: house.clock.now())
        let again = Vault(house.home, house.clock)
        #expect(try await again.lineage(of: alice.id, limit: 9).count == 2)
        #expect(try await again.lineage(of: bob.id, limit: 9).count == 1)
    }

    @Test func `what is imported never replaces a credential that is not proven dead`()
        async throws
    {
        let house = FileVaultHarness()
        _ = try await house.arrange()
        let text = Secret(Array(FileVaultHarness.store("b9").utf8))
        let foreign = ImportedCredential(text: text, origin: "elsewhere")
        await #expect(throws: VaultError.superseded(bob.id)) {
            try await house.files.adopt(foreign, as: bob, now: house.clock.now())
        }
        try await house.files.forget(bob.id)
        let slot = try await house.files.adopt(foreign, as: bob, now: house.clock.now())
        #expect(slot.identity == bob)
        #expect(!(house.home.read("slots/\(bob.id).json") ?? "").contains("mcpOAuth"))
    }
}
