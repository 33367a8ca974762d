// Filling up (decision 13): where quota is thin and the live account's own lapses
// first, what it has left at its threshold is used before it is left. Only while
// what is left is heard of in time: by a status line, or by close readings.

extension Situation {
    /// Whether live, at its threshold, goes on before that alternate is taken.
    func fillsUp(_ reason: Reason, before target: Assessment) -> Bool {
        let lead = Double(bounds.lapseLeadSeconds * 1000)
        guard reason == .atThreshold,
            lapse(of: live, above: 0) + lead < lapse(of: target),
            let reading = live.reading, let next = secondsToNextWord(after: reading)
        else { return false }
        let thresholds = live.thresholds
        let lasts = reading.secondsToWall(at: now, line: { thresholds.line(of: $0) }, quick)
        // What all accounts have left is the dearest to know: asked last.
        return lasts > secondsUnseen + Double(next + bounds.swapReachSeconds) && isThin
    }

    /// Nil where the hour's budget of readings does not let it come in time, and
    /// where nothing is known of the work yet but what is taken for granted.
    private func secondsToNextWord(after reading: Reading) -> Int64? {
        if reading.source == .statusLine { return bounds.lineSeconds }
        guard remembered.work.isUsualKnown(bounds) else { return nil }
        let look = secondsToNextLook(kept: .filling)
        return secondsUnseen + Double(look) <= Double(bounds.fillLookSeconds) ? look : nil
    }

    /// Points a minute the work could take on until the next word.
    private func quick(_ key: WindowKey) -> Double {
        let share = key == .fiveHour ? 1 : bounds.mostWeekShare
        return max(
            expected(key, on: live) * bounds.fillFactor,
            bounds.fillPoints * share / capacity(of: live.account))
    }
}
