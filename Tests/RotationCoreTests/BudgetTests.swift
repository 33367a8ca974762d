// The laws of the hour's budget of readings, and of what is kept in reserve.

import Testing

@testable import RotationCore

@Suite struct BudgetTests {
    @Test func `no hour sees more readings of an account than the budget`() {
        var world = CoreHarness()
        world.add("a", 96, 0)
        var asked: [Timestamp] = []
        for second in 0..<(4 * 360) {
            world.now = start.adding(seconds: Int64(second) * 10)
            world.add("a", 96, 0)
            _ = world.tick(fresh: second % 7 == 0)
            if !world.asked.isEmpty { asked.append(world.now) }
            let lastHour = asked.count { world.now.seconds(since: $0) < 3600 }
            #expect(lastHour <= Bounds().readsPerHour + Bounds().readsInReserve)
        }
        #expect(asked.count >= 3 * Bounds().readsPerHour)
    }

    /// Live three points below its threshold, where the reserve begins, and an
    /// alternate above it.
    @Test func `what is in reserve is for the schedule of the live account alone`() {
        var world = CoreHarness()
        world.add("a", 94, 0)
        world.add("b", 98, 0)
        var asked: [AccountID: Int] = [:]
        for second in 0..<359 {
            world.now = start.adding(seconds: Int64(second) * 10)
            // What was asked by force leaves the schedule the reserve.
            _ = world.tick(fresh: second < 60)
            for account in world.asked { asked[account, default: 0] += 1 }
            if second == 59 { #expect((24...25).contains(asked[id("a")] ?? 0)) }
        }
        #expect(asked[id("b")] == 24)
        #expect((25...27).contains(asked[id("a")] ?? 0))
    }
}
