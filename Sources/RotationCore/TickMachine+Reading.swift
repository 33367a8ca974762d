// When what is read, as a tick asks for it, and when the next tick is worth
// making. The schedule itself is ReadingSchedule.

extension TickMachine {
    /// Reads what is due, once nothing is to be refreshed any more.
    func readDue(_ tick: RunningTick, at now: Timestamp) -> [AccountID] {
        var due: [AccountID] = []
        let plain = schedule(of: nil, at: now)
        for (id, slot) in tick.slots {
            let isPlain = id != tick.live && remembered.rules[id].reservePercent == 0
            let schedule = isPlain ? plain : schedule(of: id, at: now)
            let isDue = schedule.isDue(
                slot, remembered.usage[id] ?? UsageFacts(), isLive: id == tick.live,
                fresh: tick.request.fresh)
            if isDue { due.append(id) }
        }
        return due.sorted()
    }

    mutating func measureWork(of live: AccountID) {
        guard let reading = remembered.usage[live]?.reading else { return }
        remembered.work.measure(
            reading, of: live, capacity: capacity(of: live), bounds: bounds)
    }

    /// As of the last look at the slots; see `Situation.capacity(of:)`.
    func capacity(of account: AccountID) -> Double { capacities[account] ?? 1 }

    /// Without an account, of any whose thresholds are the common ones and that
    /// is not live.
    func schedule(of account: AccountID?, at now: Timestamp) -> ReadingSchedule {
        let isLive = account != nil && account == lastLive
        return ReadingSchedule(
            bounds: account.map { bounds(of: $0) } ?? bounds, now: now,
            work: WorkOnAccount(
                pace: remembered.work, capacity: account.map { capacity(of: $0) } ?? 1),
            kept: isLive ? kept : nil,
            isIdle: isLive && idleness.covers(account.flatMap { remembered.usage[$0] }))
    }

    /// Of these alternates those that must be read again before one is taken.
    func tooOld(
        _ accounts: [AccountID], _ slots: [AccountID: SlotFacts], at now: Timestamp
    ) -> [AccountID] {
        let plain = schedule(of: nil, at: now)
        return accounts.filter { account in
            let rules = remembered.rules[account]
            guard let slot = slots[account], !rules.isHeld else { return false }
            let schedule = rules.reservePercent == 0 ? plain : schedule(of: account, at: now)
            return schedule.isTooOldForTarget(
                slot, remembered.usage[account] ?? UsageFacts(),
                leftAt: remembered.left[account]?.at)
        }
    }

    /// One interval after the start; sooner at the reset that ends being
    /// stuck, while a turn is waited for or live is filled up, and when the live
    /// account must be looked at sooner.
    func nextTick(
        _ verdict: Verdict, after tick: RunningTick, now: Timestamp
    ) -> Timestamp {
        let regular = max(tick.startedAt.adding(seconds: bounds.tickIntervalSeconds), now)
        guard !verdict.outcome.repeats else { return regular }
        let soonest = now.adding(seconds: bounds.soonestTickSeconds)
        if waitingSince != nil || verdict.reason == .fillingUp { return min(regular, soonest) }
        var next = regular
        if let reset = verdict.earliestReset, reset > now {
            next = min(next, reset.adding(seconds: 1))
        }
        if let reset = earliestRecovery(of: tick.slots, at: now) {
            next = min(next, max(reset.adding(seconds: 1), soonest))
        }
        guard let live = tick.live, let usage = remembered.usage[live], usage.reading != nil
        else { return next }
        return min(next, max(schedule(of: live, at: now).nextLook(usage), soonest))
    }

    /// When the first account at its threshold comes below it: what is near its
    /// wall then may have waited for just that.
    private func earliestRecovery(
        of slots: [AccountID: SlotFacts], at now: Timestamp
    ) -> Timestamp? {
        slots.keys.compactMap { account in
            let own = bounds.reserving(remembered.rules[account].reservePercent)
            let judged = remembered.usage[account]?.reading
                .flatMap { WindowJudgement($0, bounds: own, at: now) }
            return judged?.recoversAt.flatMap { $0 > now ? $0 : nil }
        }.min()
    }
}
