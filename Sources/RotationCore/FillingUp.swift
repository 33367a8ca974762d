// Filling up (decision 13): where quota is thin and the live account's own lapses
// first, what it has left at its threshold is used before it is left. Only while
// a status line says how much that is: a poll would come too late.

extension Situation {
    /// Whether live, at its threshold, goes on before that alternate is taken.
    func fillsUp(_ reason: Reason, before target: Assessment) -> Bool {
        let lead = Double(bounds.lapseLeadSeconds * 1000)
        guard reason == .atThreshold,
            lapse(of: live, above: 0) + lead < lapse(of: target),
            let reading = live.reading, reading.source == .statusLine, isThin
        else { return false }
        let age = max(0, now.seconds(since: reading.heldSince))
        let thresholds = live.thresholds
        let lasts = reading.secondsToWall(at: now, line: { thresholds.line(of: $0) }, quick)
        return lasts > Double(age + bounds.lineSeconds + bounds.swapReachSeconds)
    }

    /// Points a minute the work could take on until the next line.
    private func quick(_ key: WindowKey) -> Double {
        let share = key == .fiveHour ? 1 : bounds.mostWeekShare
        return max(
            expected(key, on: live) * bounds.fillFactor,
            bounds.fillPoints * share / capacity(of: live.account))
    }
}
