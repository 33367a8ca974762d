// Measures the burn from stored readings, taken one by one, oldest first. What
// is kept is one hour's sum per account, not the readings.
//
// Percents are told rounded down and jump by one, so the burn is measured over
// whole hours. An hour is a sample when something was burned in it and at least
// half of it is covered by readings of an account that burned: an hour without
// work, or without a look, says nothing of how fast work goes.

package struct BurnLedger: Sendable {
    private let now: Timestamp
    private let weights: [AccountID: Double]
    private let bounds: Bounds
    private var last: [AccountID: [WindowKey: Track]] = [:]
    private var hours: [Int64: [AccountID: Piece]] = [:]
    private var recent: [AccountID: Piece] = [:]
    private var fiveHourPoints = 0.0
    private var sevenDayPoints = 0.0

    /// The newest value of a window, and the most it has had in this run.
    private struct Track {
        var at: Timestamp
        var window: UsageWindow
        var highest: Double
    }

    /// What an account lost within an hour, in work points, and the minutes of
    /// the hour that are covered, as bits.
    private struct Piece {
        var points = 0.0
        var minutes: UInt64 = 0
    }

    /// `weights` are capacities relative to an account of weight 1, above 0;
    /// an account not named has weight 1.
    package init(now: Timestamp, weights: [AccountID: Double] = [:], bounds: Bounds) {
        self.now = now
        self.weights = weights
        self.bounds = bounds
    }

    /// Takes the next reading. One that is not later than the one before it, or
    /// that is from the future, comes of a clock that was set; it is ignored.
    package mutating func take(_ account: AccountID, _ reading: Reading) {
        guard reading.readAt <= now else { return }
        let fiveHour = rise(.fiveHour, account, reading)
        let sevenDay = rise(.sevenDay, account, reading)
        if let fiveHour, let sevenDay {
            fiveHourPoints += fiveHour.points
            sevenDayPoints += sevenDay.points
        }
        guard let fiveHour,
            reading.readAt.seconds(since: fiveHour.since) <= bounds.burnGapSeconds
        else { return }
        let points = fiveHour.points * (weights[account] ?? 1)
        spread(points, of: account, from: fiveHour.since, to: reading.readAt)
    }

    /// What a window gained since the reading before; nil where there is none,
    /// or the window was reset between them.
    private mutating func rise(
        _ key: WindowKey, _ account: AccountID, _ reading: Reading
    ) -> (points: Double, since: Timestamp)? {
        guard let window = reading.windows.first(where: { $0.key == key }),
            window.carriedFrom == nil, let used = window.utilization
        else { return nil }
        let before = last[account]?[key]
        if let before, before.at >= reading.readAt { return nil }
        guard let before, before.window.isSameRun(as: window),
            used >= before.highest - bounds.earlyResetPoints
        else {
            last[account, default: [:]][key] = Track(
                at: reading.readAt, window: window, highest: used)
            return nil
        }
        last[account, default: [:]][key] = Track(
            at: reading.readAt, window: window, highest: max(used, before.highest))
        return (max(0, used - before.highest), before.at)
    }

    /// Evenly over the hours it touches, and over the last hour.
    private mutating func spread(
        _ points: Double, of account: AccountID, from: Timestamp, to: Timestamp
    ) {
        let hour: Int64 = 3_600_000
        let length = Double(to.milliseconds - from.milliseconds)
        func piece(_ old: Piece?, _ start: Int64) -> Piece {
            var piece = old ?? Piece()
            let (begin, end) = (max(from.milliseconds, start), min(to.milliseconds, start + hour))
            guard begin < end else { return piece }
            piece.points += points * Double(end - begin) / length
            for minute in (begin - start) / 60_000...(end - 1 - start) / 60_000 {
                piece.minutes |= 1 << UInt64(minute)
            }
            return piece
        }
        let first = Self.floor(from.milliseconds, hour)
        for index in first...max(first, Self.floor(to.milliseconds - 1, hour)) {
            hours[index, default: [:]][account] = piece(hours[index]?[account], index * hour)
        }
        guard to.milliseconds > now.milliseconds - hour else { return }
        recent[account] = piece(recent[account], now.milliseconds - hour)
    }

    private static func floor(_ value: Int64, _ step: Int64) -> Int64 {
        let quotient = value / step
        return value % step < 0 ? quotient - 1 : quotient
    }

    // MARK: What comes of it

    /// Nil when too little was read to say anything: unknown is not idle.
    package var burn: Burn? {
        let samples = hours.sorted { $0.key < $1.key }
            .compactMap { Self.rate($0.value, leastMinutes: bounds.burnHourMinutes) }.sorted()
        let recent = recentRate
        guard let perHour = band(samples, recent: recent) else { return nil }
        let worth = bounds.sevenDayShareWorth
        let share =
            (sevenDayPoints + bounds.sevenDayShare * worth) / (fiveHourPoints + worth)
        return Burn(
            perHour: perHour, sevenDayShare: share, activeHours: samples.count,
            isIdle: recent == 0)
    }

    /// Half of it what was burned in the last hour, half the median hour of
    /// work: a session that goes on is like itself, and like those before it.
    private func band(_ samples: [Double], recent: Double?) -> Band? {
        let isIdle = recent == 0
        let working = recent.flatMap { $0 > 0 ? $0 : nil }
        guard let median = samples.quantile(0.5) ?? working else {
            return isIdle ? Band(low: 0, likely: 0, high: 0) : nil
        }
        let likely = working.map { ($0 + median) / 2 } ?? median
        let all = working.map { [$0] } ?? []
        let isFew = samples.count < bounds.burnFewHours
        let factor = isFew ? bounds.burnFewFactor : 1
        let low = samples.quantile(isFew ? 0 : 0.1) ?? median
        let high = samples.quantile(isFew ? 1 : 0.9) ?? median
        return Band(
            low: isIdle ? 0 : (all + [low, likely]).reduce(likely, min) / factor, likely: likely,
            high: (all + [high, likely]).reduce(likely, max) * factor)
    }

    /// Work points an hour over the last hour: 0 when it is known that nothing
    /// was burned, nil when that is not known.
    private var recentRate: Double? {
        let known = recent.values.reduce(UInt64(0)) { $0 | $1.minutes }.nonzeroBitCount
        guard known >= bounds.burnRecentMinutes else { return nil }
        return Self.rate(recent, leastMinutes: 0, overMinutes: bounds.burnRecentMinutes) ?? 0
    }

    /// Nil when nothing was burned or too few minutes are covered. Only minutes
    /// of accounts that burned count: a parked one covers nothing of the work.
    private static func rate(
        _ pieces: [AccountID: Piece], leastMinutes: Int, overMinutes: Int = 1
    ) -> Double? {
        let burning = pieces.sorted { $0.key < $1.key }.map(\.value).filter { $0.points > 0 }
        let minutes = burning.reduce(UInt64(0)) { $0 | $1.minutes }.nonzeroBitCount
        let points = burning.reduce(0) { $0 + $1.points }
        guard points > 0, minutes >= leastMinutes else { return nil }
        return points * 60 / Double(max(minutes, overMinutes))
    }
}
