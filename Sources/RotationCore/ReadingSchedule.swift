// When an account's usage is read (decision 12). The endpoint answers about 28
// requests per trailing hour and account before it throttles, so a reading is
// a thing to be spent: as often as the room to the threshold could be used up
// on the live account, seldom elsewhere, never before a `Retry-After` passed.

struct ReadingSchedule {
    let bounds: Bounds
    let now: Timestamp

    /// Whether the vendor may be asked at all: the token is worth sending, no
    /// rate answer forbids it, and the hour's budget is not spent.
    func mayRead(_ slot: SlotFacts, _ usage: UsageFacts) -> Bool {
        guard slot.details.kind == .login, !slot.needsLogin else { return false }
        if let expiry = slot.details.accessTokenExpiresAt, now >= expiry { return false }
        if let notBefore = usage.notBefore, now < notBefore { return false }
        return spent(usage) < bounds.readsPerHour
    }

    /// Whether a reading is due now. `fresh` waives the cadence, not the budget.
    func isDue(_ slot: SlotFacts, _ usage: UsageFacts, isLive: Bool, fresh: Bool) -> Bool {
        guard mayRead(slot, usage) else { return false }
        guard !fresh, let last = usage.lastAskedAt else { return true }
        if hasResetSince(usage) { return true }
        // What Claude Code said itself is worth a reading, but it does not name
        // every window: the endpoint is still asked as often as of an alternate.
        if now.seconds(since: last) >= bounds.alternateReadSeconds { return true }
        let told = max(last, usage.reading?.heldSince ?? last)
        return now.seconds(since: told) >= interval(usage, isLive: isLive)
    }

    /// Whether an alternate must be read again before it may be swapped to.
    /// One at its threshold stays there until a reset.
    func isTooOldForTarget(_ slot: SlotFacts, _ usage: UsageFacts) -> Bool {
        guard mayRead(slot, usage) else { return false }
        guard let asked = usage.lastAskedAt, !hasResetSince(usage) else { return true }
        let last = max(asked, usage.reading?.heldSince ?? asked)
        let judged = usage.reading.flatMap { WindowJudgement($0, bounds: bounds, at: now) }
        let limit =
            judged?.isAtThreshold == true ? bounds.exhaustedReadSeconds : bounds.targetReadSeconds
        return now.seconds(since: last) > limit
    }

    private func spent(_ usage: UsageFacts) -> Int {
        usage.askedAt.count { now.seconds(since: $0) < 3600 }
    }

    /// A window reset after the reading: what was said no longer holds.
    private func hasResetSince(_ usage: UsageFacts) -> Bool {
        guard let reading = usage.reading, let asked = usage.lastAskedAt else { return false }
        let told = max(asked, reading.heldSince)
        return reading.windows.contains { window in
            guard window.key.isAccountWide, let reset = window.resetsAt else { return false }
            return told < reset && reset <= now
        }
    }

    private func interval(_ usage: UsageFacts, isLive: Bool) -> Int64 {
        let judged = usage.reading.flatMap { WindowJudgement($0, bounds: bounds, at: now) }
        guard isLive else {
            return judged.map(\.isAtThreshold) == true
                ? bounds.exhaustedReadSeconds : bounds.alternateReadSeconds
        }
        guard let judged else {
            let isSeatWithout = usage.lastAnswer == .noWindows
            return affordable(
                isSeatWithout ? bounds.liveReadSeconds : bounds.liveReadNearSeconds, usage)
        }
        if judged.isAtThreshold { return bounds.exhaustedReadSeconds }
        let range = bounds.burstPoints
        let pace =
            usage.pace.map {
                min(max($0 * bounds.burstFactor, range.lowerBound), range.upperBound)
            } ?? range.upperBound
        let lasts = min(judged.margin / pace * 60, Double(bounds.liveReadSeconds))
        return affordable(
            max(Int64(lasts), bounds.liveReadNearSeconds), usage, margin: judged.margin)
    }

    /// Freely until two thirds of the hour's budget are spent; the rest is kept
    /// for the last points before the threshold.
    private func affordable(
        _ seconds: Int64, _ usage: UsageFacts, margin: Double? = nil
    ) -> Int64 {
        if spent(usage) * 3 < bounds.readsPerHour * 2 { return seconds }
        if let margin, margin <= bounds.nearPoints { return seconds }
        return max(3600 / Int64(max(bounds.readsPerHour, 1)), seconds)
    }
}

/// A reading against the thresholds, as far as it still holds.
struct WindowJudgement {
    /// The account-wide window with the least room; ties by higher
    /// utilization, then by key.
    let tightest: TightestWindow
    /// Percentage points between it and its threshold; negative above.
    let margin: Double
    /// When every window at its threshold has reset; nil when one does not say.
    let recoversAt: Timestamp?

    var isAtThreshold: Bool { margin <= 0 }
    var isExhausted: Bool { tightest.utilization >= 100 }

    /// Nil when no account-wide window has a utilization that still holds.
    init?(_ reading: Reading, bounds: Bounds, at now: Timestamp) {
        let rooms = reading.windows.compactMap { window -> (UsageWindow, Double, Double)? in
            guard window.key.isAccountWide, let used = window.utilization(at: now) else {
                return nil
            }
            return (window, used, bounds.threshold(of: window.key) - used)
        }
        let least = rooms.min { ($0.2, -$0.1, $0.0.key) < ($1.2, -$1.1, $1.0.key) }
        guard let least else { return nil }
        tightest = TightestWindow(key: least.0.key, utilization: least.1)
        margin = least.2
        let resets = rooms.filter { $0.2 <= 0 }.map(\.0.resetsAt)
        recoversAt = resets.contains(nil) ? nil : resets.compactMap(\.self).max()
    }
}

extension Reading {
    /// The account-wide window with the least room to its threshold, as far as
    /// the reading still holds at `now`.
    package func tightest(bounds: Bounds, at now: Timestamp) -> TightestWindow? {
        WindowJudgement(self, bounds: bounds, at: now)?.tightest
    }
}
