// Filling up (decision 13): where quota is thin and the live account's own lapses
// first, what it has left at its threshold is used before it is left. Only while
// a status line says how much that is: a poll would come too late.

extension Situation {
    /// Whether live, at its threshold, goes on before that alternate is taken.
    func fillsUp(_ reason: Reason, before target: Assessment) -> Bool {
        guard reason == .atThreshold, lapsesFirst(before: target.account),
            let reading = usage(of: live).reading, reading.source == .statusLine, isThin
        else { return false }
        let age = max(0, now.seconds(since: reading.heldSince))
        // Two points at most, as for every other rule: a threshold set lower is
        // meant, and the last of the hundred may be all but used up.
        let own = bounds(of: live)
        let lasts = reading.secondsToWall(
            at: now, line: { min(99, own.threshold(of: $0) + 2) }, quick)
        return lasts > Double(age + bounds.lineSeconds + bounds.swapReachSeconds)
    }

    /// Whether quota of the live account lapses, well before any of the other.
    private func lapsesFirst(before other: AccountID) -> Bool {
        guard let supply = supply(of: live), supply.lapsing > 0,
            let reset = supply.resetsAt, reset > now
        else { return false }
        let lead = bounds.lapseLeadSeconds * 1000
        return Double(reset.milliseconds + lead) < lapse(of: other)
    }

    /// Points a minute the work could take on until the next line.
    private func quick(_ key: WindowKey) -> Double {
        let share = key == .fiveHour ? 1 : bounds.mostWeekShare
        return max(
            expected(key, on: live) * bounds.fillFactor,
            bounds.fillPoints * share / capacity(of: live))
    }
}
