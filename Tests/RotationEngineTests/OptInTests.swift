// Turning it on: who is refused, in which order, and that the flag file is
// the truth.

import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct OptInTests {
    @Test func `on writes the flag and reads nothing`() async throws {
        let house = EngineHarness(optedIn: false)
        await house.setExample()
        await house.engine.start()
        let snapshot = try await house.engine.setOptIn(true, callerPinningVariables: [])
        #expect(snapshot.optedIn)
        #expect(snapshot.optedInSince == house.clock.now())
        #expect(house.flag.isOn())
        #expect(await house.vault.calls.isEmpty)
        #expect(house.vendor.calls.isEmpty)
    }

    @Test func `on twice is on once, and since stays`() async throws {
        let house = EngineHarness(optedIn: false)
        await house.engine.start()
        let first = try await house.engine.setOptIn(true, callerPinningVariables: [])
        house.clock.advance(seconds: 60)
        let second = try await house.engine.setOptIn(true, callerPinningVariables: [])
        #expect(first.optedInSince == second.optedInSince)
        #expect(house.flag.writes == 1)
    }

    @Test func `a pinning variable of the caller refuses and writes no flag`() async {
        let house = EngineHarness(optedIn: false, unsupportedAdvice: "choose a store")
        house.host.set(findings: [
            PinningFinding(variable: "ANTHROPIC_API_KEY", place: .serviceEnvironment)
        ])
        await house.engine.start()
        await #expect(
            throws: EngineRefusal.pinnedEnvironment(
                PinningFinding(variable: "ANTHROPIC_AUTH_TOKEN", place: .callerEnvironment))
        ) {
            try await house.engine.setOptIn(
                true, callerPinningVariables: ["ANTHROPIC_AUTH_TOKEN"])
        }
        #expect(!house.flag.isOn())
    }

    @Test func `a pinning variable of the service refuses before the platform does`() async {
        let finding = PinningFinding(variable: "apiKeyHelper", place: .settingsFile("x"))
        let house = EngineHarness(optedIn: false, unsupportedAdvice: "choose a store")
        house.host.set(findings: [finding])
        await house.engine.start()
        await #expect(throws: EngineRefusal.pinnedEnvironment(finding)) {
            try await house.engine.setOptIn(true, callerPinningVariables: [])
        }
    }

    @Test func `no supported store refuses with the advice`() async {
        let house = EngineHarness(optedIn: false, unsupportedAdvice: "choose a store")
        await house.engine.start()
        await #expect(throws: EngineRefusal.unsupportedPlatform(advice: "choose a store")) {
            try await house.engine.setOptIn(true, callerPinningVariables: [])
        }
        #expect(!house.flag.isOn())
    }

    @Test func `off is never refused`() async throws {
        let house = EngineHarness(optedIn: true, unsupportedAdvice: "choose a store")
        house.host.set(findings: [
            PinningFinding(variable: "ANTHROPIC_API_KEY", place: .serviceEnvironment)
        ])
        await house.engine.start()
        let snapshot = try await house.engine.setOptIn(
            false, callerPinningVariables: ["ANTHROPIC_API_KEY"])
        #expect(!snapshot.optedIn)
        #expect(snapshot.optedInSince == nil)
    }

    @Test func `a flag that cannot be written is said, and nothing is on`() async {
        let house = EngineHarness(optedIn: false)
        house.flag.refuseWrites("read-only file system")
        await house.engine.start()
        await #expect(throws: EngineRefusal.flagNotWritten("read-only file system")) {
            try await house.engine.setOptIn(true, callerPinningVariables: [])
        }
        #expect(!house.engine.snapshot.optedIn)
    }

    @Test func `a flag a skill wrote or removed is noticed`() async throws {
        let house = EngineHarness(optedIn: false)
        await house.engine.start()
        try house.flag.set(true)
        #expect(await house.engine.refreshOptIn().optedIn)
        try house.flag.set(false)
        #expect(await !house.engine.refreshOptIn().optedIn)
    }

    @Test func `a restart keeps since when`() async throws {
        let house = EngineHarness(optedIn: false)
        await house.engine.start()
        let before = try await house.engine.setOptIn(true, callerPinningVariables: [])
        house.clock.advance(seconds: 3600)
        let again = RotationEngine(ports: house.ports, bounds: Bounds())
        await again.start()
        #expect(again.snapshot.optedInSince == before.optedInSince)
    }
}
