// The plan as the engine asks for it: plans count for what they hold, and what
// the operator forbids is not planned on.

import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct PlanTests {
    /// Alice is live and burned 60 points in an hour, bob is at half; both
    /// begin anew four hours from then.
    private func atWork(_ aliceTier: String?, _ bobTier: String?) async throws -> EngineHarness {
        let house = EngineHarness()
        for (identity, tier) in [(alice, aliceTier), (bob, bobTier)] {
            var details = house.details
            details.rateLimitTier = tier
            let text = token(of: identity)
            if identity == alice { await house.vault.setLive(token: text, details: details) }
            await house.vault.putSlot(token: text, details: details, identity: identity)
        }
        let resetsAt = house.clock.now().adding(seconds: 5 * 3600)
        func say(_ identity: AccountIdentity, _ used: Double) {
            house.set(
                usage: .windows([
                    UsageWindow(key: .fiveHour, utilization: used, resetsAt: resetsAt),
                    UsageWindow(key: .sevenDay, utilization: 1, resetsAt: nil),
                ]), of: identity)
        }
        say(bob, 50)
        await house.engine.start()
        // Nothing but readings is wanted here.
        _ = try await house.engine.pause(until: nil)
        for used in [10.0, 30, 50, 70] {
            if used > 10 { house.clock.advance(seconds: 1200) }
            say(alice, used)
            _ = try await house.tick(fresh: true)
        }
        _ = try await house.engine.resume()
        return house
    }

    private func plan(_ house: EngineHarness) async throws -> PlanView {
        try await house.engine.plan(until: house.clock.now().adding(seconds: 3 * 3600))
    }

    /// Seconds until the pool is dry.
    private func lasts(_ aliceTier: String?, _ bobTier: String?) async throws -> Int64 {
        let house = try await atWork(aliceTier, bobTier)
        let dry = try #require(try await plan(house).plan.dry.likely)
        return dry.seconds(since: house.clock.now())
    }

    @Test func `the same work lasts longer on the bigger plan`() async throws {
        let (small, big) = ("default_claude_max_5x", "default_claude_max_20x")
        let alike = try await lasts(small, small)
        // What is left of alice, then four times what is left of bob.
        let (alices, bobs) = (26.5 / 60 * 3600, 46.5 / 60 * 3600)
        #expect(abs(Double(alike) - alices - bobs) < 60)
        #expect(abs(Double(try await lasts(small, big)) - alices - 4 * bobs) < 60)
        // Whatever their size, alike ones are alike; so they are where one is not known.
        #expect(try await lasts(big, big) == alike)
        #expect(try await lasts(nil, big) == alike)
        #expect(try await lasts(nil, nil) == alike)
    }

    @Test func `a point of work is one of the smallest plan`() async throws {
        for (mine, other, points) in [
            ("default_claude_max_20x", "default_claude_max_20x", 60.0),
            ("default_claude_max_20x", "default_claude_max_5x", 240),
            ("default_claude_max_5x", "default_claude_max_20x", 60),
        ] {
            let view = try await plan(try await atWork(mine, other))
            let burn = try #require(view.burn?.perHour.likely)
            #expect(abs(burn - points) < 1, "\(mine) beside \(other)")
        }
    }

    @Test func `who is held is not planned on`() async throws {
        let house = try await atWork(nil, nil)
        #expect(try await plan(house).plan.segments.contains { $0.account == bob.id })
        _ = try await house.engine.setPolicy(of: bob.email, isHeld: true, reservePercent: nil)
        let held = try await plan(house).plan
        #expect(held.unplanned == [UnplannedAccount(account: bob.id, reason: .held)])
        #expect(!held.segments.contains { $0.account == bob.id })
        #expect(held.lasts == .no)
    }

    @Test(arguments: [(0.0, 97.0), (3, 97), (4, 96), (30, 70), (60, 40)])
    func `a reserve lowers the threshold planned with`(
        percent: Double, threshold: Double
    ) async throws {
        let house = try await atWork(nil, nil)
        let now = house.clock.now()
        _ = try await house.engine.setPolicy(
            of: bob.email, isHeld: nil, reservePercent: percent)
        let plan = try await plan(house).plan
        let left = max(0, threshold - 50.5)
        let dry = try #require(plan.dry.likely)
        #expect(abs(Double(dry.seconds(since: now)) - (26.5 + left) * 60) < 60)
        let bobs = plan.forecasts.first { $0.account == bob.id }?.windows.first
        #expect(bobs?.utilization == 50)
        let full = try #require(bobs?.threshold.likely)
        #expect(abs(Double(full.seconds(since: now)) - left * 60) < 60)
        let wall = try #require(bobs?.wall.likely)
        #expect(abs(wall.seconds(since: now) - 2970) < 60)
    }

    @Test func `while live is held nobody takes over from it`() async throws {
        let house = try await atWork(nil, nil)
        _ = try await house.engine.setPolicy(of: alice.email, isHeld: true, reservePercent: nil)
        let held = try await plan(house).plan
        #expect(held.segments.map(\.account) == [alice.id, nil])
        #expect(held.forecasts.map(\.account) == [alice.id])
        #expect(held.unplanned == [UnplannedAccount(account: bob.id, reason: .rotationNotNeeded)])
    }

    @Test func `a pause is said, and the plan is as if there were none`() async throws {
        let house = try await atWork(nil, nil)
        let free = try await plan(house)
        #expect(free.pause == nil)
        let until = house.clock.now().adding(seconds: 60)
        _ = try await house.engine.pause(until: until)
        let paused = try await plan(house)
        #expect(paused.pause == Pause(since: house.clock.now(), until: until))
        #expect(paused.plan == free.plan)
        house.clock.advance(seconds: 59)
        #expect(try await plan(house).pause != nil)
        house.clock.advance(seconds: 1)
        #expect(try await plan(house).pause == nil)
    }
}
