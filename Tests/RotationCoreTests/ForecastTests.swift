// When a window is full: exactly, at its edges, and never against what is told.

import Testing

@testable import RotationCore

private let work = Burn(
    perHour: Band(low: 10, likely: 20, high: 40), sevenDayShare: 0.1, activeHours: 9, isIdle: false)
private let still = Burn(
    perHour: Band(low: 0, likely: 0, high: 0), sevenDayShare: 0.1, activeHours: 0, isIdle: true)

private func forecast(
    _ fiveHour: Double?, resetsIn: Int64? = 18_000, age: Int64 = 0, isLive: Bool = true,
    weight: Double = 1, burn: Burn = work
) -> WindowForecast? {
    let reading = Reading(
        readAt: start.adding(seconds: -age), source: .usageEndpoint,
        windows: [
            UsageWindow(
                key: .fiveHour, utilization: fiveHour,
                resetsAt: resetsIn.map { start.adding(seconds: $0) }),
            UsageWindow(
                key: .sevenDay, utilization: 50, resetsAt: start.adding(seconds: 604_800)),
            UsageWindow(
                key: WindowKey(name: "weekly_scoped", model: "Fable"), utilization: 100,
                resetsAt: nil),
        ])
    let made = Forecast(
        account: id("a"), reading: reading, isLive: isLive, weight: weight, burn: burn,
        bounds: Bounds(), at: start)
    #expect(made.windows.map(\.key) == [.fiveHour, .sevenDay])
    return made.windows.first
}

private func hours(_ hours: Double) -> Timestamp {
    Timestamp(milliseconds: start.milliseconds + Int64((hours * 3_600_000).rounded(.up)))
}

@Suite struct ForecastTests {
    @Test func `the band begins a point higher and ends at the told one`() throws {
        let one = try #require(forecast(57))
        #expect(one.utilization == 57 && one.burn == work.perHour)
        #expect(
            one.threshold
                == Reach(earliest: hours(39.0 / 40), likely: hours(39.5 / 20), latest: hours(4)))
        #expect(
            one.wall
                == Reach(earliest: hours(42.0 / 40), likely: hours(42.5 / 20), latest: hours(4.3)))
    }

    @Test(arguments: [(16_919, false), (16_920, false), (16_921, true)])
    func `what is reached at the reset is not reached`(resetsIn: Int64, isReached: Bool) throws {
        // 47 points at 10 an hour: 16 920 seconds.
        let one = try #require(forecast(50, resetsIn: resetsIn))
        #expect((one.threshold.latest != nil) == isReached)
        #expect(one.threshold.likely != nil)
    }

    @Test(arguments: [(96.0, false), (96.9, false), (97, true), (98, true), (100, true)])
    func `at its threshold is what is told, whatever the rate`(
        used: Double, isThere: Bool
    ) throws {
        let one = try #require(forecast(used, burn: still))
        let now = isThere ? start : nil
        #expect(one.threshold == Reach(earliest: now, likely: now, latest: now))
        let wall = used >= 100 ? start : nil
        #expect(one.wall == Reach(earliest: wall, likely: wall, latest: wall))
    }

    @Test func `99 may be the wall`() throws {
        let one = try #require(forecast(99))
        #expect(one.wall.earliest.map { $0.seconds(since: start) } == 0)
        #expect(one.wall.latest == hours(0.1))
    }

    @Test func `only the live one has burned since it was read`() throws {
        let live = try #require(forecast(57, age: 3600))
        #expect(live.threshold.latest == hours(3))
        #expect(live.threshold.earliest == start)
        let parked = try #require(forecast(57, age: 3600, isLive: false))
        #expect(parked.threshold.latest == hours(4))
    }

    @Test func `twice the capacity fills half as fast`() throws {
        let one = try #require(forecast(57, weight: 2))
        #expect(one.burn == Band(low: 5, likely: 10, high: 20))
        #expect(one.threshold.earliest == hours(39.0 / 20) && one.threshold.latest == nil)
    }

    @Test func `a week fills by its share`() {
        let burn = work.points(of: .sevenDay, weight: 2)
        #expect(burn == Band(low: 0.5, likely: 1, high: 2))
    }

    @Test func `a window that has reset is unknown, one not begun begins now`() throws {
        let over = try #require(forecast(57, resetsIn: 0))
        #expect(over.utilization == nil)
        let never = Reach(earliest: nil, likely: nil, latest: nil)
        #expect(over.threshold == never && over.wall == never)
        let fresh = try #require(forecast(0, resetsIn: nil))
        #expect(fresh.threshold.likely == hours(96.5 / 20) && fresh.threshold.latest == nil)
        let unsaid = try #require(forecast(nil))
        #expect(unsaid.threshold == never && unsaid.utilization == nil)
    }
}
