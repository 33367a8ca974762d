// Whether nobody works (decision 12). While every session waits for a person
// nothing is used here, so an account read since they do stands where it was
// told, and its hour's readings are kept for when somebody works again.

struct Idleness: Hashable, Sendable {
    /// Since when every session was seen to wait; nil while one may be in the
    /// middle of a turn.
    private var since: Timestamp?
    private var lookedAt: Timestamp?
    /// Whether something was used all the same: by somebody elsewhere, or by a
    /// session that does not say what it does. Until a turn is seen to begin.
    private var isDoubted = false

    /// What a look said. Two that are far apart say nothing of the time between:
    /// rotation was off, or ticks are seldom.
    mutating func notice(isBusy: Bool?, at now: Timestamp, bounds: Bounds) {
        let isNear = lookedAt.map { now.seconds(since: $0) <= bounds.idleLookSeconds } ?? false
        lookedAt = now
        since = isBusy == false ? (isNear ? since : nil) ?? now : nil
        if isBusy == true { isDoubted = false }
    }

    /// Two readings of the live account, the later one just made.
    mutating func check(_ before: Reading?, _ after: Reading?) {
        guard let since, let before, let after, before.heldSince >= since else { return }
        isDoubted = isDoubted || after.hasRisen(since: before)
    }

    /// Whether the live account stands where that reading says.
    func holds(_ reading: Reading) -> Bool {
        guard let since, !isDoubted else { return false }
        return reading.heldSince >= since
    }

    /// Whether that has been noticed of the live account.
    func covers(_ usage: UsageFacts?) -> Bool {
        guard let since, !isDoubted, let until = usage?.unusedUntil else { return false }
        return until >= since
    }
}

extension TickMachine {
    /// As far as the pace goes, a reading that says what the last one did.
    mutating func noticeIdleness(of live: AccountID, at now: Timestamp) {
        guard let reading = remembered.usage[live]?.reading, idleness.holds(reading)
        else { return }
        remembered.usage[live]?.unusedUntil = now
        remembered.work.pause(
            reading, of: live, capacity: capacity(of: live), bounds: bounds, at: now)
    }
}

extension Reading {
    /// Whether an account-wide window that has not begun anew is fuller.
    fileprivate func hasRisen(since before: Reading) -> Bool {
        windows.contains { window in
            guard window.key.isAccountWide, let used = window.utilization,
                let was = before.windows.first(where: { $0.key == window.key })?.utilization
            else { return false }
            return used > was
        }
    }
}
