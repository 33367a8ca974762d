// What was spent beside a plan is shown and decides nothing.

import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct ExtraUsageTests {
    private func extra(of identity: AccountIdentity, _ engine: RotationEngine) -> ExtraUsage? {
        engine.snapshot.accounts.first { $0.identity.id == identity.id }?.extra
    }

    @Test func `it is kept until the vendor says otherwise, and not over a restart`() async throws {
        let house = EngineHarness()
        await house.setExample()
        let bytes = Array(token(of: bob).utf8)
        let spent = ExtraUsage(isEnabled: true, usedMinor: 5, utilization: 100)
        house.vendor.set(extra: spent, forToken: bytes)
        await house.engine.start()
        _ = try await house.tick(fresh: true)
        #expect(extra(of: bob, house.engine) == spent)
        #expect(extra(of: carol, house.engine) == nil)
        house.set(usage: .unreachable(.offline), of: bob)
        house.vendor.set(extra: nil, forToken: bytes)
        _ = try await house.tick(fresh: true)
        #expect(extra(of: bob, house.engine) == spent)
        house.set(usage: .noWindows, of: bob)
        _ = try await house.tick(fresh: true)
        #expect(extra(of: bob, house.engine) == nil)
        let again = RotationEngine(ports: house.ports, bounds: Bounds())
        await again.start()
        #expect(extra(of: bob, again) == nil)
    }

    @Test(arguments: [0.0, 100, 158])
    func `all of it used up changes no decision`(used: Double) async throws {
        let house = EngineHarness()
        await house.setExample()
        for one in [alice, bob, carol] {
            house.vendor.set(
                extra: ExtraUsage(
                    isEnabled: false, usedMinor: 316, limitMinor: 200, utilization: used,
                    disabledReason: "out_of_credits"),
                forToken: Array(token(of: one).utf8))
        }
        await house.engine.start()
        let verdict = try await house.tick().decision.verdict
        #expect(verdict.to == carol.id && verdict.reason == .atThreshold)
    }
}
