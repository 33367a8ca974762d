// The part of a tick that keeps credentials alive: refreshes before anything
// is read, and putting an account's newest generation back where an older one
// stands.

extension TickMachine {
    /// Orders the refreshes that are due, one after the other, then goes on.
    mutating func refreshDue(at now: Timestamp) -> [TickEffect] {
        guard var tick else { return [] }
        let schedule = RefreshSchedule(bounds: bounds, now: now)
        tick.refreshing = tick.slots.compactMap { id, slot in
            let isDue = schedule.isDue(
                id, slot, remembered.usage[id] ?? UsageFacts(),
                remembered.refreshes[id] ?? RefreshFacts(), isLive: id == tick.live)
            return isDue ? id : nil
        }.sorted()
        self.tick = tick
        return nextRefresh(at: now)
    }

    private mutating func nextRefresh(at now: Timestamp) -> [TickEffect] {
        guard var tick else { return [] }
        if let account = tick.refreshing.first, let slot = tick.slots[account] {
            tick.awaiting = .refresh
            self.tick = tick
            return [.refresh(account, expecting: slot.generation)]
        }
        let due = readDue(tick, at: now)
        return due.isEmpty ? decide(at: now) : ask(due)
    }

    mutating func refreshed(
        _ account: AccountID, _ result: RefreshResult, at now: Timestamp
    ) -> [TickEffect] {
        guard var tick, tick.awaiting == .refresh, tick.refreshing.first == account else {
            return []
        }
        remembered.refreshes[account] = (remembered.refreshes[account] ?? RefreshFacts())
            .recording(result, at: now, bounds: bounds)
        switch result {
        case .refreshed(let slot), .rejected(let slot): tick.slots[account] = slot
        case .locked(let held): tick.lock = held
        case .notDue, .rateLimited, .oauthError, .unreachable, .failed: break
        }
        tick.refreshing.removeFirst()
        if result.isSystemic { tick.refreshing = [] }
        self.tick = tick
        noticeGenerations(tick.slots)
        return nextRefresh(at: now)
    }

    /// Gives Claude Code the newest generation again, unless that was done a
    /// moment ago: then somebody else insists, and two managers must not undo
    /// each other.
    mutating func restore(
        _ account: AccountID, over generation: Generation, at now: Timestamp
    ) -> [TickEffect] {
        guard let slot = tick?.slots[account] else { return [] }
        tick?.live = account
        let email = slot.email
        let live = Consideration(
            account: account, email: email, outcome: .live, reason: .credentialSuperseded,
            sentence: "\(email) is live with an older credential than its slot holds.",
            tightest: nil)
        if let paused = pausedVerdict(on: live, at: now) { return conclude(paused, at: now) }
        if let last = lastRestoration, now.seconds(since: last) < bounds.dwellSeconds {
            return conclude(
                Verdict(
                    outcome: .deferred, reason: .otherManager,
                    sentence: "An older credential of \(email) was put back again; another "
                        + "program is at work and is left alone.", from: account,
                    considerations: [live]), at: now)
        }
        tick?.intended = Verdict(
            outcome: .stayed, reason: .credentialSuperseded,
            sentence: "\(email) was live with an older credential than its slot held; the "
                + "newest was put in its place.", from: account, to: account,
            considerations: [live])
        tick?.awaiting = .swap
        return [.swap(from: account, expecting: generation, to: account)]
    }

    mutating func restored(
        _ result: SwapResult, _ intended: Verdict, at now: Timestamp
    ) -> [TickEffect] {
        var verdict = intended
        verdict.to = nil
        switch result {
        case .done(let facts, _):
            lastRestoration = now
            if let account = intended.from { tick?.slots[account] = facts }
        case .locked(let held):
            tick?.lock = held
            verdict.outcome = .deferred
            verdict.reason = .credentialLocked
            verdict.sentence =
                "An older credential is live and cannot be replaced yet: "
                + "\(held.name) is held since \(held.since.rfc3339)."
        case .changedMeanwhile:
            verdict.outcome = .deferred
            verdict.reason = .credentialChanged
            verdict.sentence = "The live credential changed while it was looked at."
        case .failed(let reason, let detail):
            verdict.outcome = .failed
            verdict.reason = reason
            verdict.sentence = "An older credential is live and could not be replaced: \(detail)."
        }
        return conclude(verdict, at: now)
    }

    mutating func recovered(
        _ from: AccountID?, _ to: AccountID, _ at: Timestamp, _ isAutomatic: Bool
    ) {
        remembered.left[to] = nil
        guard isAutomatic, let from else { return }
        let windows = remembered.usage[from]?.reading?.windows ?? []
        let swap = AutomaticSwap(at: at, from: from, to: to, leftWindows: windows)
        remembered.lastAutomaticSwap = swap
        remembered.left[from] = swap
    }
}
