// Who is live when, when the pool is dry, and what is not known.

import Testing

@testable import RotationCore

private func burn(_ likely: Double, low: Double? = nil, high: Double? = nil) -> Burn {
    Burn(
        perHour: Band(low: low ?? likely, likely: likely, high: high ?? likely), sevenDayShare: 0.1,
        activeHours: 9, isIdle: false)
}

/// Halves, so that nothing is lost by rounding.
private func account(
    _ letter: String, _ fiveHour: Double?, _ sevenDay: Double? = 20.5, resetsIn: Int64 = 7200,
    weekResetsIn: Int64 = 259_200, age: Int64 = 0, weight: Double = 1, obstacle: Reason? = nil
) -> PlanAccount {
    let read = windows(
        fiveHour, sevenDay, fiveHourResetsIn: resetsIn, sevenDayResetsIn: weekResetsIn)
    return PlanAccount(
        id: id(letter),
        reading: Reading(
            readAt: start.adding(seconds: -age), source: .usageEndpoint, windows: read),
        weight: weight, obstacle: obstacle)
}

private func plan(
    _ accounts: [PlanAccount], live: String? = "a", hours: Int64 = 10, burn: Burn? = burn(20)
) -> NightPlan {
    NightPlan(
        now: start, until: start.adding(seconds: hours * 3600), live: live.map(id),
        accounts: accounts, burn: burn, bounds: Bounds())
}

private func hours(_ hours: Double) -> Timestamp { start.adding(hours: hours) }

@Suite struct NightPlanTests {
    @Test func `the live one until its threshold, then the next, then nobody until a reset`() {
        // 20 points at 20 an hour, then 40: dry after three hours.
        let made = plan(
            [
                account("a", 76.5, resetsIn: 5 * 3600), account("b", 56.5, resetsIn: 4 * 3600),
            ], burn: burn(20.25))
        let (first, dry) = (hours(20.5 / 20.25), hours(61.0 / 20.25))
        #expect(
            made.segments.prefix(3) == [
                PlanSegment(account: id("a"), from: start, to: first, reason: .belowThreshold),
                PlanSegment(account: id("b"), from: first, to: dry, reason: .drainFirst),
                PlanSegment(account: nil, from: dry, to: hours(4), reason: .allExhausted),
            ])
        #expect(made.segments.dropFirst(3).first?.account == id("b"))
        #expect(made.segments.last?.to == made.until)
        #expect(made.dry == Reach(earliest: dry, likely: dry, latest: dry))
        #expect(made.firstResetAfter == hours(4) && made.lasts == .no)
        #expect(made.horizon == hours(13))
    }

    @Test func `a reset in the night frees an account`() {
        // Each lasts five hours and more of ten: they take turns for ever.
        let made = plan(
            [account("a", 50.5), account("b", 0.5, resetsIn: 7200)], hours: 40, burn: burn(19))
        #expect(made.lasts == .yes && made.dry.likely == nil)
        #expect(made.segments.allSatisfy { $0.account != nil })
        #expect(made.segments.count >= 1 && made.segments.first?.from == start)
        let gaps = zip(made.segments, made.segments.dropFirst()).filter { $0.to != $1.from }
        #expect(gaps.isEmpty)
    }

    @Test func `the most drained with room to stay is taken, as the policy does`() {
        let made = plan(
            [account("a", 98), account("b", 96.5), account("c", 50.5), account("d", 60.5)])
        #expect(made.segments.map(\.account).prefix(2) == [id("d"), id("c")])
        #expect(made.segments.first?.reason == .roomToStay)
        let slow = plan([account("a", 98), account("b", 96.5), account("c", 50.5)], burn: burn(5))
        #expect(slow.segments.first?.account == id("b"))
        #expect(slow.segments.first?.reason == .drainFirst)
    }

    @Test func `all at their thresholds is dry now`() {
        let made = plan([account("a", 97, resetsIn: 600), account("b", 40, 97)])
        #expect(made.dry == Reach(earliest: start, likely: start, latest: start))
        #expect(made.firstResetAfter == start.adding(seconds: 600) && made.lasts == .no)
        let week = plan([account("a", 99, 98, resetsIn: 600, weekResetsIn: 86400)])
        #expect(week.firstResetAfter == start.adding(seconds: 86400))
        #expect(week.segments.map(\.account) == [nil])
    }

    @Test func `exactly at the time asked for, it lasts`() {
        for (used, lasts) in [(87.5, Lasting.yes), (87.51, .no)] {
            let made = plan([account("a", used, resetsIn: 17_000)], hours: 1, burn: burn(9.5))
            #expect(made.lasts == lasts, "\(used)")
        }
    }

    @Test func `between a slow night and a fast one it is maybe`() {
        let rate = burn(10, low: 5, high: 40)
        let made = plan([account("a", 57.5, resetsIn: 17_000)], hours: 2, burn: rate)
        #expect(made.lasts == .maybe)
        #expect(made.dry.earliest == hours(39.5 / 40))
        #expect(made.dry.likely == hours(3.95) && made.dry.latest == nil)
    }

    @Test func `nobody at work lasts, and what is not known is not free`() {
        #expect(plan([account("a", 50)], burn: burn(0)).lasts == .yes)
        #expect(plan([account("a", 96)], burn: burn(0)).lasts == .yes)
        let unread = PlanAccount(id: id("b"), reading: nil)
        for made in [plan([unread]), plan([]), plan([account("a", 50)], burn: nil)] {
            #expect(made.lasts == .unknown && made.segments.isEmpty)
            #expect(made.dry.likely == nil && made.forecasts.isEmpty)
        }
        let unsaid = plan([account("a", nil, nil)])
        #expect(unsaid.unplanned == [UnplannedAccount(account: id("a"), reason: .readingUnknown)])
        let over = plan([account("a", 50, nil, resetsIn: 0)])
        #expect(over.unplanned.map(\.reason) == [.readingUnknown])
    }

    @Test func `an account that is not known is named, not planned on`() {
        let made = plan([
            account("e", 10, obstacle: .slotNeedsLogin), account("d", 10, age: 7200),
            account("c", 10, age: 7199), account("a", 97, resetsIn: 90_000),
            PlanAccount(id: id("b"), reading: nil),
        ])
        #expect(
            made.unplanned == [
                UnplannedAccount(account: id("b"), reason: .readingUnknown),
                UnplannedAccount(account: id("d"), reason: .readingStale),
                UnplannedAccount(account: id("e"), reason: .slotNeedsLogin),
            ])
        #expect(made.forecasts.map(\.account) == [id("a"), id("c")])
        #expect(Set(made.segments.map(\.account)) == [id("c"), nil] || made.lasts == .yes)
        #expect(!made.segments.contains { $0.account == id("b") || $0.account == id("d") })
    }

    @Test func `who is live and not known is not planned on either`() {
        for live in ["z", nil] {
            let made = plan([account("b", 50.5)], live: live)
            #expect(made.segments.first?.account == id("b"))
            #expect(made.segments.first?.reason == .drainFirst)
        }
    }

    @Test func `twice the capacity lasts twice as long, and a week can be what ends it`() {
        let one = plan([account("a", 57.5, resetsIn: 17_000)], hours: 2).dry.likely
        let two = plan([account("a", 57.5, resetsIn: 17_000, weight: 2)], hours: 2).dry.likely
        #expect(one == hours(39.5 / 20) && two == hours(39.5 / 10))
        let week = plan([account("a", 7.5, 96.5, resetsIn: 17_000)])
        #expect(week.dry.likely == hours(0.25))
        #expect(week.firstResetAfter == start.adding(seconds: 259_200))
    }

    @Test func `what the live one burned since it was read is gone`() {
        let made = plan([account("a", 57.5, resetsIn: 17_000, age: 1800)], hours: 2)
        #expect(made.dry.likely == hours(39.5 / 20 - 0.5))
        let reset = plan([account("a", 57.5, resetsIn: -900, age: 1800)], hours: 2)
        #expect(reset.dry.likely == hours(97.0 / 20 - 0.25) || reset.dry.likely == nil)
    }

    @Test func `the order the accounts come in does not matter`() {
        let pool = [account("a", 50.5), account("b", 50.5), account("c", 30.5, 90.5)]
        let made = plan(pool)
        #expect(plan(pool.reversed()) == made)
        #expect(plan([pool[1], pool[2], pool[0]]) == made)
    }

    @Test func `no rate and no window makes it run for ever`() {
        for rate in [1e-9, 1e9, 1e300] {
            let made = plan([account("a", 0), account("b", 0, 0)], hours: 168, burn: burn(rate))
            #expect(made.segments.last?.to == made.until)
        }
    }
}
