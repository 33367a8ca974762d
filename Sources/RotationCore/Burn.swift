// How fast the work burns quota, with its uncertainty.
//
// The same work moves from account to account, so what counts is what it burns
// of whatever is live, and not what each account has lost. A work point is one
// point of the five-hour window of an account of weight 1; an account of weight
// w loses 1/w points for it, and a share of that of its seven-day window.
// See docs/decisions/0014-forecast-and-plan.md.

/// A value with the band it lies in four times out of five.
package struct Band: Hashable, Sendable {
    package var low: Double
    package var likely: Double
    package var high: Double

    package init(low: Double, likely: Double, high: Double) {
        self.low = low
        self.likely = likely
        self.high = high
    }

    package func scaled(by factor: Double) -> Band {
        Band(low: low * factor, likely: likely * factor, high: high * factor)
    }
}

/// What the work burns while somebody works.
package struct Burn: Hashable, Sendable {
    /// Work points an hour.
    package var perHour: Band
    /// Points of the seven-day window one five-hour point costs.
    package var sevenDayShare: Double
    /// Hours of work it was measured from.
    package var activeHours: Int
    /// Nothing was burned in the last hour: `likely` is what work usually
    /// burns, `low` is that none begins.
    package var isIdle: Bool

    package init(perHour: Band, sevenDayShare: Double, activeHours: Int, isIdle: Bool) {
        self.perHour = perHour
        self.sevenDayShare = sevenDayShare
        self.activeHours = activeHours
        self.isIdle = isIdle
    }

    /// Points an hour of that window, were an account of this weight live.
    package func points(of window: WindowKey, weight: Double) -> Band {
        perHour.scaled(by: cost(of: window) / weight)
    }

    /// Points of that window a work point costs an account of weight 1.
    func cost(of window: WindowKey) -> Double { window == .sevenDay ? sevenDayShare : 1 }
}

extension [Double] {
    /// Of sorted values, interpolated; nil for none. `part` is 0…1.
    func quantile(_ part: Double) -> Double? {
        guard let first, let last else { return nil }
        let place = part * Double(count - 1)
        let index = Int(place)
        guard index + 1 < count else { return index == 0 ? first : last }
        return self[index] + (self[index + 1] - self[index]) * (place - Double(index))
    }
}

extension UsageWindow {
    /// Whether both are of one run of the window. The vendor's own times
    /// differ by a second from one answer to the next.
    func isSameRun(as other: UsageWindow) -> Bool {
        switch (resetsAt, other.resetsAt) {
        case (nil, nil): true
        case (let one?, let two?): abs(one.seconds(since: two)) <= 90
        default: false
        }
    }
}
