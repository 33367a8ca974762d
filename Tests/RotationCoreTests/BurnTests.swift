// The burn is what the work costs, whatever it runs on, and what is not known
// of it stays unknown.

import Testing

@testable import RotationCore

/// The beginning of an hour, so that hours of history are those of the test.
private let begin = Timestamp(seconds: 1_789_999_200)

private func at(_ minutes: Int) -> Timestamp { begin.adding(seconds: Int64(minutes) * 60) }

private func reading(
    _ minutes: Int, _ fiveHour: Double?, _ sevenDay: Double? = nil, resets: Int = 300,
    jitter: Int64 = 0, source: ReadingSource = .usageEndpoint
) -> Reading {
    Reading(
        readAt: at(minutes), source: source,
        windows: [
            UsageWindow(
                key: .fiveHour, utilization: fiveHour,
                resetsAt: at(resets).adding(seconds: jitter)),
            UsageWindow(key: .sevenDay, utilization: sevenDay, resetsAt: at(9000)),
        ])
}

private func burn(
    _ readings: [(String, Reading)], now minutes: Int, weights: [AccountID: Double] = [:],
    bounds: Bounds = Bounds()
) -> Burn? {
    var ledger = BurnLedger(now: at(minutes), weights: weights, bounds: bounds)
    for (account, reading) in readings { ledger.take(id(account), reading) }
    return ledger.burn
}

/// Hours of work that burn so much each, in runs of four, long ago.
private func hours(_ points: [Double]) -> [(String, Reading)] {
    points.enumerated().flatMap { index, points in
        let from = index * 60
        return [
            ("h\(index)", reading(from, 10, resets: from + 300)),
            ("h\(index)", reading(from + 60, 10 + points, resets: from + 300)),
        ]
    }
}

@Suite struct BurnTests {
    @Test func `one reading says nothing of a rate`() {
        #expect(burn([], now: 0) == nil)
        #expect(burn([("a", reading(0, 50, 20))], now: 0) == nil)
        #expect(burn([("a", reading(0, 50)), ("b", reading(60, 70))], now: 60) == nil)
        #expect(burn([("a", reading(0, nil)), ("a", reading(60, nil))], now: 60) == nil)
    }

    @Test func `few hours are their median with a wide band, half of it what is burned now`() {
        let old = burn(hours([20]), now: 600)
        #expect(old?.perHour == Band(low: 10, likely: 20, high: 40))
        #expect(old?.activeHours == 1 && old?.isIdle == false)
        let now =
            hours([20]) + [
                ("a", reading(540, 0, resets: 800)), ("a", reading(600, 40, resets: 800)),
            ]
        #expect(burn(now, now: 600)?.perHour == Band(low: 10, likely: 35, high: 80))
    }

    @Test func `many hours are their percentiles`() throws {
        let paces: [Double] = [5, 50, 10, 20, 30, 40, 15, 25, 35, 45, 22]
        let many = try #require(burn(hours(paces), now: 2000))
        #expect(many.activeHours == 11)
        #expect(many.perHour == Band(low: 10, likely: 25, high: 45))
        let four = try #require(burn(hours([10, 20, 30, 40]), now: 2000))
        #expect(four.perHour == Band(low: 5, likely: 25, high: 80))
        let five = try #require(burn(hours([10, 20, 30, 40, 50]), now: 2000))
        #expect(five.perHour == Band(low: 14, likely: 30, high: 46))
    }

    @Test func `nobody at work is a rate of nothing, or of what work usually is`() throws {
        let never = [("a", reading(0, 50)), ("a", reading(30, 50)), ("a", reading(60, 50))]
        let idle = try #require(burn(never, now: 60))
        #expect(idle.perHour == Band(low: 0, likely: 0, high: 0) && idle.isIdle)
        let mixed =
            hours([20]) + [
                ("a", reading(570, 3, resets: 800)), ("a", reading(600, 3, resets: 800)),
            ]
        let paused = try #require(burn(mixed, now: 600))
        #expect(paused.perHour == Band(low: 0, likely: 20, high: 40) && paused.isIdle)
        #expect(burn([("a", reading(0, 50)), ("a", reading(9, 50))], now: 60) == nil)
        #expect(burn([("a", reading(50, 50)), ("a", reading(59, 50))], now: 60) == nil)
        #expect(burn([("a", reading(50, 50)), ("a", reading(60, 50))], now: 60)?.isIdle == true)
    }

    @Test func `the same work on the next account is the same work`() throws {
        // Half an hour on each; the parked one is read once an hour.
        let moved = [
            ("a", reading(0, 80)), ("b", reading(0, 10)), ("a", reading(30, 90)),
            ("b", reading(30, 10)), ("b", reading(60, 20)), ("a", reading(60, 90)),
        ]
        let rate = try #require(burn(moved, now: 300)).perHour
        #expect(rate.likely == 20)
        let twice = try #require(burn(moved, now: 300, weights: [id("b"): 3])).perHour
        #expect(twice.likely == 40)
    }

    @Test func `a parked account covers nothing of the work`() throws {
        // The live one was not read in the second half hour.
        let throttled = [
            ("a", reading(0, 40)), ("b", reading(0, 10)), ("a", reading(30, 50)),
            ("b", reading(60, 10)),
        ]
        #expect(try #require(burn(throttled, now: 300)).perHour.likely == 20)
        let nobody = [("b", reading(0, 10)), ("b", reading(60, 10))]
        #expect(burn(nobody, now: 300) == nil)
    }

    @Test func `a reset begins anew, early or late, and a second is no reset`() throws {
        func two(_ second: Reading) -> Burn? {
            burn([("a", reading(0, 40)), ("a", second)], now: 300)
        }
        #expect(two(reading(60, 60, jitter: 90))?.perHour.likely == 20)
        #expect(two(reading(60, 60, jitter: -90))?.perHour.likely == 20)
        #expect(two(reading(60, 60, jitter: 91)) == nil)
        #expect(two(reading(60, 37)) == nil)
        // A status line may be a point behind; what came before stays the most.
        let behind = [
            ("a", reading(0, 40)), ("a", reading(30, 39)), ("a", reading(60, 45)),
        ]
        #expect(burn(behind, now: 300)?.perHour.likely == 5)
        let early = [
            ("a", reading(0, 40)), ("a", reading(30, 1)), ("a", reading(60, 11)),
        ]
        #expect(burn(early, now: 300)?.perHour.likely == 20)
    }

    @Test func `a gap says nothing of when in it the work was done`() {
        var bounds = Bounds()
        bounds.burnGapSeconds = 3600
        let hour = [("a", reading(0, 40)), ("a", reading(60, 60))]
        #expect(burn(hour, now: 300, bounds: bounds)?.perHour.likely == 20)
        bounds.burnGapSeconds = 3599
        #expect(burn(hour, now: 300, bounds: bounds) == nil)
    }

    @Test func `a clock that was set is not believed`() {
        let readings = [
            ("a", reading(0, 40)), ("a", reading(60, 60)), ("a", reading(30, 90)),
            ("a", reading(60, 95, source: .statusLine)), ("a", reading(301, 99)),
        ]
        #expect(burn(readings, now: 300)?.perHour.likely == 20)
    }

    @Test(arguments: [(29, false), (30, true)])
    func `an hour looked at for less than half says nothing`(minutes: Int, isSample: Bool) {
        let readings = [("a", reading(0, 40)), ("a", reading(minutes, 50))]
        #expect((burn(readings, now: 300) != nil) == isSample)
    }

    @Test func `a week's share of a point is believed until it is measured`() throws {
        let unknown = try #require(burn(hours([20]), now: 600))
        #expect(unknown.sevenDayShare == 0.11)
        let readings = [("a", reading(0, 0, 10)), ("a", reading(60, 50, 20))]
        let measured = try #require(burn(readings, now: 600))
        #expect(measured.sevenDayShare == (10 + 0.11 * 50) / 100)
        let across = readings + [("a", reading(120, 5, 30, resets: 500))]
        #expect(try #require(burn(across, now: 600)).sevenDayShare == measured.sevenDayShare)
    }

    @Test func `quantiles are between their neighbours`() {
        #expect([Double]().quantile(0.5) == nil)
        #expect([7].quantile(0) == 7 && [7].quantile(1) == 7)
        #expect([1, 2].quantile(0.5) == 1.5)
        #expect([1, 2, 4].quantile(0.75) == 3 && [1, 2, 4].quantile(1) == 4)
    }
}
