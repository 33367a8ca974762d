// Who is live when, from now on, and when the pool runs dry: the policy's own
// order played forward at the burn of the work.
//
// It is an estimate and decides nothing. An account that is not known is named
// and not planned on, so that the pool is never told to last for a reason that
// may not be there.

/// An account as a plan sees it.
package struct PlanAccount: Hashable, Sendable {
    package var id: AccountID
    package var reading: Reading?
    /// Capacity relative to an account of weight 1, above 0.
    package var weight: Double
    /// Percent of each window that is to stay unused, 0..<100.
    package var reservePercent: Double
    /// Why it cannot be taken, whatever was read; nil when it can.
    package var obstacle: Reason?

    package init(
        id: AccountID, reading: Reading?, weight: Double = 1, reservePercent: Double = 0,
        obstacle: Reason? = nil
    ) {
        precondition(weight > 0 && weight.isFinite, "a capacity is above 0")
        self.id = id
        self.reading = reading
        self.weight = weight
        self.reservePercent = reservePercent
        self.obstacle = obstacle
    }
}

/// Whether the pool lasts until the time asked for.
package enum Lasting: String, Sendable, CaseIterable {
    /// Even at the high end of the burn.
    case yes
    /// Not even at the low end.
    case no
    case maybe
    /// Nothing is known of any account, or of the burn.
    case unknown
}

package struct PlanSegment: Hashable, Sendable {
    /// Nil while every account is at its threshold.
    package var account: AccountID?
    package var from: Timestamp
    package var to: Timestamp
    /// `below-threshold` while who is live stays so, `drain-first` or
    /// `room-to-stay` for who is taken, `all-exhausted` for nobody.
    package var reason: Reason

    package init(account: AccountID?, from: Timestamp, to: Timestamp, reason: Reason) {
        self.account = account
        self.from = from
        self.to = to
        self.reason = reason
    }
}

/// An account that is not planned on, and why.
package struct UnplannedAccount: Hashable, Sendable {
    package var account: AccountID
    package var reason: Reason
    package init(account: AccountID, reason: Reason) {
        self.account = account
        self.reason = reason
    }
}

package struct NightPlan: Hashable, Sendable {
    package var from: Timestamp
    package var until: Timestamp
    /// How far was looked; a time that is nil was not before it.
    package var horizon: Timestamp
    package var lasts: Lasting
    /// At the likely burn, without a gap from `from` to `until`.
    package var segments: [PlanSegment]
    /// When every account planned on is at its threshold for the first time.
    package var dry: Reach
    /// When the first of them is below it again after the likely `dry`.
    package var firstResetAfter: Timestamp?
    /// Sorted by id.
    package var forecasts: [Forecast]
    package var unplanned: [UnplannedAccount]
}

extension NightPlan {
    /// `burn` is nil when that is not known. The accounts may come in any
    /// order; `live` need not be among them.
    package init(
        now: Timestamp, until: Timestamp, live: AccountID?, accounts: [PlanAccount], burn: Burn?,
        bounds: Bounds
    ) {
        let sorted = accounts.sorted { $0.id < $1.id }
        unplanned = sorted.compactMap { account in
            account.unplanned(bounds, at: now)
                .map { UnplannedAccount(account: account.id, reason: $0) }
        }
        let planned = sorted.filter { $0.unplanned(bounds, at: now) == nil }
        from = now
        self.until = max(now, until)
        horizon = self.until.adding(seconds: bounds.planBeyondSeconds)
        (lasts, segments, firstResetAfter, forecasts) = (.unknown, [], nil, [])
        dry = Reach(earliest: nil, likely: nil, latest: nil)
        guard let burn, !planned.isEmpty else { return }
        forecasts = planned.compactMap { account in
            account.reading.map {
                Forecast(
                    account: account.id, reading: $0, isLive: account.id == live,
                    weight: account.weight, burn: burn,
                    bounds: bounds.reserving(account.reservePercent), at: now)
            }
        }
        let horizon = horizon
        func run(_ rate: Double, _ rounding: Double) -> PoolRun {
            var run = PoolRun(
                planned, live: live, burn: burn, rate: rate, rounding: rounding, bounds: bounds,
                now: now)
            run.play(until: horizon)
            return run
        }
        let likely = run(burn.perHour.likely, 0.5)
        let fast = run(burn.perHour.high, 1)
        let slow = run(burn.perHour.low, 0)
        adopt(likely, others: [fast, slow])
    }

    /// A higher burn can start a window sooner and so free it sooner; the band
    /// holds all three all the same.
    private mutating func adopt(_ likely: PoolRun, others: [PoolRun]) {
        let ends = [likely.dryAt] + others.map(\.dryAt)
        dry = Reach(
            earliest: ends.compactMap(\.self).min(), likely: likely.dryAt,
            latest: ends.contains(nil) ? nil : ends.compactMap(\.self).max())
        firstResetAfter = likely.firstResetAfter
        segments = likely.segments.filter { $0.from < until }.map { segment in
            var segment = segment
            segment.to = min(segment.to, until)
            return segment
        }
        let last = ends.map { $0.map { $0 >= until } ?? true }
        lasts = last.allSatisfy(\.self) ? .yes : last.contains(true) ? .maybe : .no
    }
}

extension PlanAccount {
    /// Why it is not planned on; nil when it is. A reading is stale later than
    /// for a decision, before which the account is read anew.
    fileprivate func unplanned(_ bounds: Bounds, at now: Timestamp) -> Reason? {
        if let obstacle { return obstacle }
        guard let reading, WindowJudgement(reading, bounds: bounds, at: now) != nil else {
            return .readingUnknown
        }
        let age = now.seconds(since: reading.heldSince)
        return age < bounds.planReadingSeconds ? nil : .readingStale
    }
}
