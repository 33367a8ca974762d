// When an account's windows would be full, if it carried the work from now on.
//
// What is stated stands: a window told at its limit is there, whatever the burn
// says, and one that has reset since is unknown. Percents are told rounded
// down, so the band begins nearly one point higher than what was told.

/// When something is reached. A time is nil when it is not reached before the
/// window resets.
package struct Reach: Hashable, Sendable {
    package var earliest: Timestamp?
    package var likely: Timestamp?
    package var latest: Timestamp?

    package init(earliest: Timestamp?, likely: Timestamp?, latest: Timestamp?) {
        self.earliest = earliest
        self.likely = likely
        self.latest = latest
    }
}

package struct WindowForecast: Hashable, Sendable {
    package var key: WindowKey
    /// Percent as told; nil once the window has reset.
    package var utilization: Double?
    package var resetsAt: Timestamp?
    /// Points an hour while the account carries the work.
    package var burn: Band
    /// The account is left or not taken from then on.
    package var threshold: Reach
    /// 100 %: limit errors from then on.
    package var wall: Reach

    package init(
        key: WindowKey, utilization: Double?, resetsAt: Timestamp?, burn: Band, threshold: Reach,
        wall: Reach
    ) {
        self.key = key
        self.utilization = utilization
        self.resetsAt = resetsAt
        self.burn = burn
        self.threshold = threshold
        self.wall = wall
    }
}

package struct Forecast: Hashable, Sendable {
    package var account: AccountID
    package var isLive: Bool
    package var readAt: Timestamp
    /// The account-wide windows, sorted by key.
    package var windows: [WindowForecast]

    /// `weight` is the account's capacity relative to one of weight 1.
    package init(
        account: AccountID, reading: Reading, isLive: Bool, weight: Double, burn: Burn,
        bounds: Bounds, at now: Timestamp
    ) {
        self.account = account
        self.isLive = isLive
        readAt = reading.readAt
        windows = reading.windows.filter(\.key.isAccountWide).map { window in
            let points = burn.points(of: window.key, weight: weight)
            // Only the live account has burned since it was read.
            let since = isLive ? window.carriedFrom ?? reading.readAt : now
            let course = Course(window: window, burn: points, since: since, now: now)
            return WindowForecast(
                key: window.key, utilization: window.utilization(at: now),
                resetsAt: window.resetsAt, burn: points,
                threshold: course.reach(bounds.threshold(of: window.key)),
                wall: course.reach(100))
        }
    }
}

extension WindowKey {
    /// Seconds from a window's first use to its reset.
    var lengthSeconds: Int64 { self == .sevenDay ? 7 * 86400 : 5 * 3600 }
}

extension UsageWindow {
    /// What a told percent may be, rounded down as it is, and never across a
    /// limit it was told to be below. `part` is 0…1 of the point lost.
    func unrounded(_ part: Double, below limit: Double) -> Double? {
        utilization.map { used in
            guard used < limit else { return used }
            let isWhole = used == used.rounded(.down)
            return min(isWhole ? used + part : used, limit.nextDown)
        }
    }
}

/// One window filling up.
private struct Course {
    let window: UsageWindow
    let burn: Band
    let since: Timestamp
    let now: Timestamp

    func reach(_ limit: Double) -> Reach {
        Reach(
            earliest: at(limit, rate: burn.high, rounding: 1),
            likely: at(limit, rate: burn.likely, rounding: 0.5),
            latest: at(limit, rate: burn.low, rounding: 0))
    }

    private func at(_ limit: Double, rate: Double, rounding: Double) -> Timestamp? {
        guard window.utilization(at: now) != nil,
            let used = window.unrounded(rounding, below: limit)
        else { return nil }
        guard used < limit else { return now }
        guard rate > 0 else { return nil }
        let reached = max(now, since.adding(hours: (limit - used) / rate))
        // A window that has not started does so with its first use.
        let reset = window.resetsAt ?? now.adding(seconds: window.key.lengthSeconds)
        return reached < reset ? reached : nil
    }
}

extension Timestamp {
    /// Rounded to the millisecond; at most a century.
    func adding(hours: Double) -> Timestamp {
        Timestamp(
            milliseconds: milliseconds + Int64((min(hours, 876_000) * 3_600_000).rounded(.up)))
    }

    func hours(since earlier: Timestamp) -> Double {
        Double(milliseconds - earlier.milliseconds) / 3_600_000
    }
}
