// Tokens are canaries: whatever fails, whatever is printed, none is found
// outside the files they belong in.

import DurableFiles
import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

@testable import CredentialStores

private let alice = VaultConformance.alice
private let bob = VaultConformance.bob

@Suite struct CanaryTests {
    /// Everything a careless caller could print of a value.
    private func printed(_ value: some Any) -> String {
        var text = "\(value) \(String(reflecting: value))"
        dump(value, to: &text)
        return text
    }

    private func expectNone(_ text: String, _ place: Comment) {
        for canary in ["canary", "alice's secret", "refresh-"] {
            #expect(!text.contains(canary), place)
        }
    }

    private func house() async throws -> (FileVaultHarness, SwapOrder) {
        let house = FileVaultHarness()
        house.home.write(".claude.json", "{}")
        for (token, identity) in [("canary-b", bob), ("canary-a", alice)] {
            house.home.write(
                ".claude/.credentials.json",
                FileVaultHarness.store(token, more: #","trustedDeviceToken":"alice's secret""#))
            let live = try #require(await house.files.readLive())
            expectNone(printed(live), "the live credential")
            let slot = try await house.files.fileLive(
                live.generation, as: identity, now: house.clock.now())
            expectNone(printed(slot), "a slot")
        }
        // What the slot does not hold yet has to be saved.
        house.home.write(
            ".claude/.credentials.json",
            FileVaultHarness.store("canary-a", more: #","trustedDeviceToken":"a newer secret""#))
        let live = try #require(await house.files.readLive())
        let order = SwapOrder(
            outgoing: .init(identity: alice, generation: live.generation), incoming: bob.id,
            lockPatienceSeconds: 0, now: house.clock.now())
        return (house, order)
    }

    @Test(arguments: WriteStep.all)
    func `no failure of a swap tells a token`(step: WriteStep) async throws {
        let (house, order) = try await house()
        house.fault.fail(at: step)
        do {
            expectNone(printed(try await house.files.swap(order)), "the receipt")
            #expect(step.isOfConfiguration || step == .ledger)
        } catch {
            expectNone(printed(error), "the error")
        }
    }

    /// The text of `.credentials.json` cut or spoilt at every place.
    @Test func `no damage to a store or a slot tells a token`() async throws {
        let (house, order) = try await house()
        let slotName = "slots/\(bob.id).json"
        let live = try #require(house.home.read(".claude/.credentials.json"))
        let slot = try #require(house.home.read(slotName))
        for text in Self.damaged(live) {
            house.home.write(".claude/.credentials.json", text)
            do {
                _ = try await house.files.swap(order)
            } catch {
                expectNone(printed(error), "a damaged store")
            }
            do {
                _ = try await house.files.readLive()
            } catch {
                expectNone(printed(error), "a damaged store, read")
            }
        }
        for text in Self.damaged(slot) {
            house.home.write(slotName, text)
            expectNone(printed(try await house.files.slots()), "a damaged slot, listed")
            do {
                _ = try await house.files.accessToken(of: bob.id)
            } catch {
                expectNone(printed(error), "a damaged slot")
            }
        }
    }

    @Test func `no file name holds a token, whatever is left`() async throws {
        let (house, order) = try await house()
        let home = house.home
        let seen = MutexBox<[String]>([])
        house.fault.atEvery { _ in
            seen.set(seen.value + home.names() + home.names(".claude") + home.names("slots"))
        }
        _ = try await house.files.swap(order)
        #expect(!seen.value.isEmpty)
        expectNone(seen.value.joined(separator: " "), "names")
    }

    private static func damaged(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        let cuts = stride(from: 0, to: bytes.count, by: 7).map { Array(bytes[..<$0]) }
        let spoilt = stride(from: 0, to: bytes.count, by: 11).map { place in
            var copy = bytes
            copy[place] = 0x7D
            return copy
        }
        return (cuts + spoilt).map { String(decoding: $0, as: UTF8.self) }
    }
}
