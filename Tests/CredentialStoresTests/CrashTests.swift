// The service killed at every moment of a swap: the files as they were at that
// moment are copied, and a new service starts on the copy. Nothing is cleaned
// up in between, which is what kill -9 means to a disk.

import DurableFiles
import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

@testable import CredentialStores

private let alice = VaultConformance.alice
private let bob = VaultConformance.bob

@Suite struct CrashTests {
    private struct Wreck: Sendable {
        let step: WriteStep
        let isAfterInstall: Bool
        let home: TemporaryDirectory
    }

    /// One copy of the files for every step of a swap from `a2` to `b1`; the
    /// slots hold `a1` and `b1` before it.
    private func wrecks() async throws -> (wrecks: [Wreck], clock: ManualClock) {
        let house = FileVaultHarness()
        house.home.write(".claude.json", #"{"numStartups":1}"#)
        _ = try await house.arrange()
        await house.signIn("a2", missingScopes: false)
        let live = try #require(await house.files.readLive())
        let taken = MutexBox<[Wreck]>([])
        let home = house.home
        house.fault.atEvery { step in
            let isAfter =
                step == .writeLive(.syncDirectory) || taken.value.last?.isAfterInstall == true
            taken.set(
                taken.value + [Wreck(step: step, isAfterInstall: isAfter, home: home.copy())])
        }
        _ = try await house.files.swap(
            SwapOrder(
                outgoing: .init(identity: alice, generation: live.generation), incoming: bob.id,
                lockPatienceSeconds: 0, now: house.clock.now()))
        return (taken.value, house.clock)
    }

    private func vault(
        _ home: TemporaryDirectory, _ clock: ManualClock
    ) -> Vault {
        Vault(home, clock)
    }

    private func token(_ vault: Vault, _ account: AccountIdentity) async throws -> String {
        String(
            decoding: try await vault.accessToken(of: account.id).withBytes { $0 },
            as: UTF8.self)
    }

    @Test func `a swap passes every step there is, once, in order`() async throws {
        #expect(try await wrecks().wrecks.map(\.step) == WriteStep.all)
    }

    @Test func `killed anywhere, one whole credential is live and the other is in its slot`()
        async throws
    {
        let (wrecks, clock) = try await wrecks()
        for wreck in wrecks {
            let vault = vault(wreck.home, clock)
            let live = try #require(await vault.readLive())
            let liveToken = live.accessToken.withBytes { String(decoding: $0, as: UTF8.self) }
            #expect(liveToken == (wreck.isAfterInstall ? "b1" : "a2"), "\(wreck.step)")
            if liveToken == "b1" { #expect(try await token(vault, alice) == "a2") }
            #expect(try await token(vault, bob) == "b1")
            let listing = try await vault.slots()
            #expect(listing.damaged.isEmpty)
            #expect(listing.slots.map(\.identity) == [alice, bob])
        }
    }

    @Test func `killed anywhere, the next swap works once the dead locks are stale`() async throws {
        let (wrecks, clock) = try await wrecks()
        for wreck in wrecks {
            let young = vault(wreck.home, clock)
            let order = try await order(back: young, clock)
            if !wreck.step.isOfConfiguration {
                await #expect(throws: VaultError.self) { try await young.swap(order) }
            }
        }
        clock.advance(seconds: 61)
        for wreck in wrecks {
            let old = vault(wreck.home, clock)
            let order = try await order(back: old, clock)
            let receipt = try await old.swap(order)
            #expect(receipt.remarks.isEmpty)
            #expect(try await old.readLive()?.slot == order.incoming)
            #expect(try await token(old, alice) == "a2" || !wreck.isAfterInstall)
        }
    }

    @Test func `what a killed writer left is gone after the next replacements`() async throws {
        let (wrecks, clock) = try await wrecks()
        clock.advance(seconds: 61)
        var littered = 0
        for wreck in wrecks {
            littered += wreck.home.age(suffix: ".tmp", seconds: 3600)
            let vault = vault(wreck.home, clock)
            // There and back, so that both slots and the live store are written.
            for _ in 0..<2 { _ = try await vault.swap(try await order(back: vault, clock)) }
            #expect(wreck.home.names(".claude") == [".credentials.json"], "\(wreck.step)")
            #expect(wreck.home.names("slots") == ["\(alice.id).json", "\(bob.id).json"])
            #expect(wreck.home.names() == Self.names)
        }
        // Four files are replaced, each with a temporary one at four steps.
        #expect(littered == 16)
    }

    private static let names = [
        ".claude", ".claude.json", "journal.json", "lineage.jsonl", "lineage.key", "slots",
    ]

    /// To the account that is not live, whichever that is.
    private func order(back vault: Vault, _ clock: ManualClock) async throws -> SwapOrder {
        let live = try #require(await vault.readLive())
        let token = live.accessToken.withBytes { String(decoding: $0, as: UTF8.self) }
        let (from, to) = token == "b1" ? (bob, alice) : (alice, bob)
        return SwapOrder(
            outgoing: .init(identity: from, generation: live.generation), incoming: to.id,
            lockPatienceSeconds: 0, now: clock.now())
    }
}
