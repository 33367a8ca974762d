// How long an account lasts: at the pace of the work, and at the pace the work
// could take on before anybody looks again (decisions 12 and 13). Percents are
// told rounded down, so a window told at 99 may be full.

extension Situation {
    func burst(_ key: WindowKey, on one: Assessment) -> Double {
        remembered.work.burst(key, on: capacity(of: one.account), bounds: bounds)
    }

    func expected(_ key: WindowKey, on one: Assessment) -> Double {
        remembered.work.expected(key, on: capacity(of: one.account), bounds: bounds)
    }

    /// Points a minute the tightest window of the live account fills at.
    var pace: Double { live.judged.map { expected($0.tightest.key, on: live) } ?? 0 }

    /// Seconds in which the live account may have been used since it was told at
    /// what it was.
    var secondsUnseen: Double {
        let usage = usageOfLive
        guard let told = usage.reading?.heldSince else { return 0 }
        return Double(max(0, now.seconds(since: max(told, usage.unusedUntil ?? told))))
    }

    /// Whether at the measured pace the live account is at its wall so many
    /// seconds from now.
    func meetsWall(within seconds: Int64) -> Bool {
        guard let reading = live.reading else { return false }
        let ahead = secondsUnseen + Double(seconds)
        return reading.secondsToWall(at: now) { expected($0, on: live) } <= ahead
    }

    /// Whether the wall comes before the next look at the measured pace, or
    /// could come before it at the pace the work can take on.
    var isWallNear: Bool {
        if meetsWall(within: bounds.wallLeadSeconds) { return true }
        // What could be is no reason while nobody answers: an outage rotates nothing.
        guard hasAnswered else { return false }
        return secondsLeft(live) < Double(secondsToNextLook() + bounds.swapReachSeconds)
    }

    /// Whether the live account could be at its wall before the hour's budget has
    /// another look at it.
    var mayMeetWallUnseen: Bool {
        guard hasAnswered else { return false }
        let look = scheduleOfLive().soonestLook(usageOfLive).seconds(since: now)
        return secondsLeft(live) < Double(max(look, bounds.soonestTickSeconds))
    }

    /// Whether it is our own budget that keeps live from being looked at: then not
    /// to know is no outage, and the wall may come meanwhile.
    var isUnseenForBudget: Bool {
        hasAnswered && scheduleOfLive().soonestLook(usageOfLive) > now
    }

    /// Whether the newest word on the live account's usage is a reading.
    private var hasAnswered: Bool {
        let usage = usageOfLive
        guard let reading = usage.reading, let asked = usage.lastAskedAt else { return true }
        return reading.readAt >= asked
    }

    /// Seconds until the live account can be looked at again.
    func secondsToNextLook(kept: KeptFor? = nil) -> Int64 {
        let look = scheduleOfLive(kept: kept).nextLook(usageOfLive).seconds(since: now)
        return max(look, bounds.soonestTickSeconds)
    }

    private func scheduleOfLive(kept: KeptFor? = nil) -> ReadingSchedule {
        ReadingSchedule(
            bounds: bounds.reserving(live.policy.reservePercent), now: now,
            work: WorkOnAccount(pace: remembered.work, capacity: capacity(of: live.account)),
            kept: kept)
    }

    /// Seconds from now an account lasts at the pace the work can take on.
    func secondsLeft(_ one: Assessment) -> Double {
        guard let reading = one.reading else { return 0 }
        return reading.secondsToWall(at: now) { burst($0, on: one) }
            - (one === live ? secondsUnseen : 0)
    }

    /// Seconds from now an account lasts at the measured pace by what it was told
    /// at: the percent told may be all but used up.
    func secondsSure(_ one: Assessment) -> Double {
        guard let reading = one.reading else { return 0 }
        return reading.secondsToWall(at: now) { likely($0, on: one) }
            - (one === live ? secondsUnseen : 0)
    }

    /// Seconds from now an account will most likely last at the measured pace.
    /// Of the live one it is known when the present percent was first told; of
    /// another only that it stands somewhere within it.
    func secondsWorth(_ one: Assessment) -> Double {
        let usage = remembered.usage[one.account] ?? UsageFacts()
        guard let reading = usage.reading else { return 0 }
        return reading.windows.compactMap { window -> Double? in
            guard window.key.isAccountWide, let used = window.utilization(at: now) else {
                return nil
            }
            let rate = likely(window.key, on: one)
            let told = usage.firstTold[window.key] ?? reading.heldSince
            let most = one === live && told >= liveSince ? 100 : 99.5
            let passed = one === live ? max(0, now.seconds(since: max(told, liveSince))) : 0
            return (most - used) * 60 / rate - Double(passed)
        }.min() ?? 0
    }

    /// Points a minute, of work there is.
    private func likely(_ key: WindowKey, on one: Assessment) -> Double {
        let least =
            key == .fiveHour ? bounds.leastPace : bounds.leastPace * bounds.usualWeekShare
        return max(expected(key, on: one), least)
    }

    private var liveSince: Timestamp {
        guard let last = remembered.lastAutomaticSwap, last.to == live.account else {
            return Timestamp(milliseconds: 0)
        }
        return last.at
    }

    /// Whether an account lasts for the dwell, up to its threshold, at the
    /// measured pace; where none is measured every one does.
    func hasRoomToStay(_ one: Assessment) -> Bool {
        if let known = one.hasRoomToStay { return known }
        let hasRoom = hasRoom(one, for: bounds.dwellSeconds)
        one.hasRoomToStay = hasRoom
        return hasRoom
    }

    func hasRoom(_ one: Assessment, for seconds: Int64) -> Bool {
        let minutes = Double(seconds) / 60
        return one.reading?.windows.allSatisfy { window in
            guard window.key.isAccountWide, let used = window.utilization(at: now) else {
                return true
            }
            return one.thresholds.threshold(of: window.key) - used
                > expected(window.key, on: one) * minutes
        } ?? true
    }

    /// Whether swapping can wait for the end of a turn: a session is in the
    /// middle of one, nobody has waited for long, and the wall does not come
    /// before the next tick whatever the work takes on. Where quota is thin only
    /// a full account is waited on: its last points are used meanwhile, while
    /// for any other reason they lapse elsewhere.
    func canWaitForTurn(_ reason: Reason) -> Bool {
        guard isBusy == true, reason == fullness(of: live) || !isThin else { return false }
        let waited = waitingSince.map { now.seconds(since: $0) } ?? 0
        let ahead = bounds.soonestTickSeconds + bounds.swapReachSeconds
        return waited < bounds.turnPatienceSeconds && secondsLeft(live) > Double(ahead)
    }
}

extension Reading {
    /// Seconds from the reading until an account-wide window is full, or at
    /// `line` percent, at these rates in points a minute.
    func secondsToWall(
        at now: Timestamp, line: (WindowKey) -> Double = { _ in 99 },
        _ rate: (WindowKey) -> Double
    ) -> Double {
        var least = Double.infinity
        for window in windows where window.key.isAccountWide {
            guard let used = window.utilization(at: now) else { continue }
            let rate = rate(window.key)
            if rate > 0 { least = min(least, max(0, line(window.key) - used) * 60 / rate) }
        }
        return least
    }
}
