// Status lines and Claude Code's own cache, through the whole engine: nothing
// waits, nothing is kept while off, and what is near a limit is acted on.

import RotationCore
import RotationEngine
import Support
import Synchronization
import Testing

/// A cache that says what it is told, and counts who looks.
private final class StubCache: UsageCache {
    private let state = Mutex<(cached: CachedUtilization?, reads: Int)>((nil, 0))
    var reads: Int { state.withLock { $0.reads } }
    func set(_ cached: CachedUtilization?) { state.withLock { $0.cached = cached } }
    func read() async -> CachedUtilization? {
        state.withLock { state in
            state.reads += 1
            return state.cached
        }
    }
}

extension EngineHarness {
    fileprivate func line(_ fiveHour: Double, _ sevenDay: Double = 40) -> Observation {
        Observation(
            session: "s", apiMilliseconds: nil,
            windows: [
                UsageWindow(
                    key: .fiveHour, utilization: fiveHour,
                    resetsAt: ManualClock().now().adding(seconds: 7200)),
                UsageWindow(
                    key: .sevenDay, utilization: sevenDay,
                    resetsAt: ManualClock().now().adding(seconds: 3 * 86400)),
            ])
    }

    /// Alice live at 50/40, bob and carol as in the example, one tick made.
    fileprivate func startQuietly() async throws {
        await setExample()
        setUsage(alice, fiveHour: 50, sevenDay: 40)
        await engine.start()
        _ = try await tick()
    }
}

@Suite struct ObservationTests {
    @Test func `a line counts for the live account, and says what can be drawn`() async throws {
        let house = EngineHarness()
        try await house.startQuietly()
        let first = await house.engine.observe(house.line(50))
        #expect(first.answer == .refused(.firstOfSession))
        #expect(first.live?.email == alice.email && first.optedIn)
        #expect(first.knownAlternates == 2 && first.usableAlternates == 2)
        house.clock.advance(seconds: 1)
        let second = await house.engine.observe(house.line(52))
        #expect(second.answer == .taken(alice.id))
        #expect(second.reading?.windows.first?.utilization == 52)
        let calls = house.vendor.usageCalls
        house.clock.advance(seconds: 60)
        _ = try await house.tick()
        #expect(house.vendor.usageCalls == calls)
        let view = house.engine.snapshot.accounts.first { $0.isLive }
        #expect(view?.reading?.source == .statusLine)
    }

    @Test func `off is off: refused, nothing kept, nobody asked`() async throws {
        let house = EngineHarness()
        try await house.startQuietly()
        _ = await house.engine.observe(house.line(50))
        try house.flag.set(false)
        #expect(await house.engine.observe(house.line(98)).answer == .refused(.off))
        try house.flag.set(true)
        #expect(await house.engine.observe(house.line(99)).answer == .refused(.firstOfSession))
    }

    @Test func `at the threshold a tick is made behind the caller's back`() async throws {
        let house = EngineHarness()
        try await house.startQuietly()
        _ = await house.engine.observe(house.line(50))
        house.clock.advance(seconds: 60)
        house.setUsage(alice, fiveHour: 98, sevenDay: 40)
        await house.vault.hold(.swap)
        let report = await house.engine.observe(house.line(98))
        #expect(report.answer == .taken(alice.id))
        await house.vault.untilHeld(.swap)
        // The tick is under way; observers are answered meanwhile.
        #expect(await house.engine.observe(house.line(98)).answer == .refused(.unchanged))
        await house.vault.release(.swap)
        await house.engine.stop()
        let latest = house.engine.snapshot.latestDecision
        #expect(latest?.trigger == .observation && latest?.verdict.from == alice.id)
        #expect(latest?.verdict.outcome == .rotated)
        #expect(await house.vault.liveToken != token(of: alice))
    }

    @Test func `below it no tick is made`() async throws {
        let house = EngineHarness()
        try await house.startQuietly()
        _ = await house.engine.observe(house.line(50))
        house.clock.advance(seconds: 60)
        #expect(await house.engine.observe(house.line(51)).answer == .taken(alice.id))
        await house.engine.stop()
        #expect(try await house.engine.decisions(limit: 9, before: nil).items.count == 1)
    }

    @Test func `after stop no tick is started`() async throws {
        let house = EngineHarness()
        try await house.startQuietly()
        _ = await house.engine.observe(house.line(50))
        house.clock.advance(seconds: 60)
        await house.engine.stop()
        _ = await house.engine.observe(house.line(99))
        await house.engine.stop()
        #expect(try await house.engine.decisions(limit: 9, before: nil).items.count == 1)
    }
}

@Suite struct CachedUtilizationTests {
    private let cache = StubCache()
    private let house = EngineHarness()
    private let body = Array("{}".utf8)

    private func engine() -> RotationEngine {
        var ports = house.ports
        ports.usageCache = cache
        return RotationEngine(ports: ports, bounds: Bounds())
    }

    private func keep(_ used: Double, secondsAgo: Int64) {
        let at = house.clock.now().adding(seconds: -secondsAgo)
        house.vendor.set(usage: .windows(house.line(used).windows), ofBody: body)
        cache.set(
            CachedUtilization(
                accountUUID: alice.id.accountUUID, organizationUUID: nil, fetchedAt: at,
                body: body))
    }

    @Test func `it is looked at once a tick, only while on and only where the store is`()
        async throws
    {
        await house.setExample()
        let engine = engine()
        await engine.start()
        try house.flag.set(false)
        _ = try await engine.tick(TickRequest(trigger: .request))
        #expect(cache.reads == 0)
        try house.flag.set(true)
        house.host.set(ClaudePresence(running: false))
        _ = try await engine.tick(TickRequest(trigger: .request))
        #expect(cache.reads == 0)
        house.host.set(ClaudePresence(running: true))
        _ = try await engine.tick(TickRequest(trigger: .request))
        #expect(cache.reads == 1)
    }

    @Test func `what it says of the live account spares a request`() async throws {
        await house.setExample()
        house.setUsage(alice, fiveHour: 50, sevenDay: 40)
        let engine = engine()
        await engine.start()
        _ = try await engine.tick(TickRequest(trigger: .request))
        let calls = house.vendor.usageCalls
        house.clock.advance(seconds: 600)
        keep(55, secondsAgo: 5)
        _ = try await engine.tick(TickRequest(trigger: .request))
        #expect(house.vendor.usageCalls == calls)
        let reading = engine.snapshot.accounts.first { $0.isLive }?.reading
        #expect(reading?.source == .claudeCache)
        #expect(reading?.readAt == house.clock.now().adding(seconds: -5))
    }

    @Test func `what is not understood is nothing`() async throws {
        await house.setExample()
        house.setUsage(alice, fiveHour: 50, sevenDay: 40)
        let engine = engine()
        await engine.start()
        keep(70, secondsAgo: 5)
        house.vendor.set(usage: .noWindows, ofBody: body)
        _ = try await engine.tick(TickRequest(trigger: .request))
        let reading = engine.snapshot.accounts.first { $0.isLive }?.reading
        #expect(reading?.source == .usageEndpoint)
    }
}
