// What Claude Code says of usage, attributed: to the account live when it was
// made, or to none. Nothing here changes what is remembered before a look at
// the store found that account live.

extension TickMachine {
    /// Takes what a status line said. Between ticks or during one; it never
    /// changes what is remembered, the next tick does.
    package mutating func take(_ observation: Observation, at now: Timestamp) -> ObservationAnswer {
        let said = observation.windows.filter { $0.utilization != nil }
        guard !said.isEmpty else {
            desk.noteBeginning(observation, at: now)
            return .refused(.noWindows)
        }
        let madeSince: Timestamp
        switch desk.note(observation, at: now) {
        case .madeSince(let line): madeSince = line
        case .refused(let refusal): return .refused(refusal)
        }
        guard let live = lastLive else { return .refused(.liveUnknown) }
        guard isQuiet(since: madeSince) else { return .refused(.recentSwap) }
        if let refusal = refusal(of: said, from: live, at: now) { return .refused(refusal) }
        desk.keep(said, of: live, at: now)
        return .taken(live)
    }

    /// Takes what Claude Code last kept of an account's usage; it is judged at
    /// the next look at the store.
    package mutating func take(_ cached: CachedUsage) { desk.keep(cached) }

    /// Forgets every session and what is pending. Off means off.
    package mutating func forgetObservations() { desk = ObservationDesk() }

    /// The account's reading as the next tick will see it, if that finds it
    /// live: what is remembered, with what a status line said since.
    package func expectedReading(of account: AccountID) -> Reading? {
        expectedFacts(of: account).reading
    }

    /// Whether what was taken asks for a tick at once, and not for the next
    /// one of the schedule.
    package func isWorthTick(at now: Timestamp) -> Bool {
        guard let pending = desk.pending, !isTicking,
            lastTickAt.map({ now.seconds(since: $0) >= bounds.observedTickSeconds }) ?? true
        else { return false }
        let facts = expectedFacts(of: pending.account)
        guard
            let judged = facts.reading.flatMap({
                WindowJudgement($0, bounds: bounds(of: pending.account), at: now)
            })
        else { return false }
        let rate = WorkOnAccount(pace: remembered.work, capacity: capacity(of: pending.account))
        let lasts = facts.reading?.secondsToWall(at: now) { rate.burst($0, bounds) } ?? .infinity
        return judged.isAtThreshold || lasts < Double(bounds.tickIntervalSeconds)
    }

    /// Alternates that could be taken, as far as is known: below their
    /// thresholds when last read, however long ago, with a slot that serves.
    package func alternatesLeft(
        to live: AccountID, among slots: [AccountID: SlotFacts], at now: Timestamp
    ) -> Int {
        let situation = Situation(
            bounds: bounds, now: now, live: live, slots: slots, remembered: remembered)
        return situation.alternates.count { one in
            guard let obstacle = situation.obstacle(to: one) else { return true }
            return obstacle == .readingStale
        }
    }

    /// What was said counts once the store is found as it was thought to be.
    mutating func believeObserved(
        liveIs account: AccountID, among slots: [AccountID: SlotFacts], at now: Timestamp
    ) {
        noticeLook(account, at: now)
        if let pending = desk.takePending(), pending.account == account {
            remembered.usage[account, default: UsageFacts()]
                .observe(pending.windows, at: pending.readAt, source: .statusLine, bounds: bounds)
            measureWork(of: account)
        }
        guard let cached = desk.takeCached(), cached.means(account, among: slots),
            cached.fetchedAt <= now,
            now.seconds(since: cached.fetchedAt) < bounds.staleAfterSeconds,
            isQuiet(since: cached.fetchedAt)
        else { return }
        let said = cached.windows.filter { $0.utilization != nil }
        guard said.contains(where: \.key.isAccountWide),
            refusal(of: said, from: account, at: now) == nil
        else { return }
        remembered.usage[account, default: UsageFacts()]
            .observe(said, at: cached.fetchedAt, source: .claudeCache, bounds: bounds)
    }

    // MARK: -

    private func expectedFacts(of account: AccountID) -> UsageFacts {
        var facts = remembered.usage[account] ?? UsageFacts()
        if let pending = desk.pending, pending.account == account {
            facts.observe(pending.windows, at: pending.readAt, source: .statusLine, bounds: bounds)
        }
        return facts
    }

    /// Whether what was made since then is of the account live now: a session
    /// keeps its token for a while after a swap.
    private func isQuiet(since instant: Timestamp) -> Bool {
        guard let changed = liveChangedAt else { return true }
        return instant.seconds(since: changed) >= bounds.observationQuietSeconds
    }

    /// What speaks against these windows being this account's; nil when
    /// nothing does.
    private func refusal(
        of windows: [UsageWindow], from account: AccountID, at now: Timestamp
    ) -> ObservationRefusal? {
        let known = remembered.usage[account]?.reading?.windows ?? []
        var outdated: ObservationRefusal?
        for window in windows {
            if let reset = window.resetsAt, reset <= now { outdated = .outdated }
            guard let before = known.first(where: { $0.key == window.key }) else { continue }
            switch window.refusal(knowing: before, at: now) {
            case .otherAccount: return .otherAccount
            case let refusal?: outdated = refusal
            case nil: break
            }
        }
        return outdated
    }
}

extension CachedUsage {
    /// Whether this account is meant, and no other that is known could be.
    fileprivate func means(_ account: AccountID, among slots: [AccountID: SlotFacts]) -> Bool {
        guard account.accountUUID == accountUUID,
            organizationUUID.map({ $0 == account.organizationUUID }) ?? true
        else { return false }
        return slots.keys.allSatisfy { $0 == account || $0.accountUUID != accountUUID }
    }
}

extension UsageWindow {
    /// The vendor's own times of one reset differ by a second from one answer
    /// to the next, and those of two windows by more.
    private static let sameResetSeconds: Int64 = 90

    /// What speaks against this being a later value of `known`; nil when
    /// nothing does.
    fileprivate func refusal(knowing known: UsageWindow, at now: Timestamp) -> ObservationRefusal? {
        guard let knownReset = known.resetsAt, knownReset > now else { return nil }
        guard resetsAt == nil || mayResetWith(known) else { return .otherAccount }
        guard let used = utilization, let knownUsed = known.utilization else { return nil }
        return used < knownUsed - 1 ? .outdated : nil
    }

    fileprivate func isRunning(at instant: Timestamp) -> Bool {
        resetsAt.map { instant < $0 } ?? false
    }

    /// Whether both are one window, as far as they say when they reset.
    fileprivate func mayResetWith(_ other: UsageWindow) -> Bool {
        guard let mine = resetsAt, let theirs = other.resetsAt else { return resetsAt == nil }
        return abs(mine.seconds(since: theirs)) <= Self.sameResetSeconds
    }
}

extension UsageFacts {
    /// The facts with windows somebody else than the endpoint named. Windows
    /// not named are carried along with their age; nothing counts as asked.
    /// Within one window, less is never believed than was known.
    mutating func observe(
        _ named: [UsageWindow], at readAt: Timestamp, source: ReadingSource, bounds: Bounds
    ) {
        guard reading.map({ $0.readAt < readAt }) ?? true else { return }
        let before = reading?.windows ?? []
        let now = named.map { window in
            let known = before.first {
                $0.key == window.key && window.mayResetWith($0) && $0.isRunning(at: readAt)
            }
            return UsageWindow(
                key: window.key,
                utilization: window.utilization.map { max($0, known?.utilization ?? 0) },
                resetsAt: window.resetsAt ?? known?.resetsAt)
        }
        let carried = before.filter { old in !named.contains { $0.key == old.key } }.map { old in
            UsageWindow(
                key: old.key, utilization: old.utilization, resetsAt: old.resetsAt,
                carriedFrom: old.carriedFrom ?? reading?.readAt)
        }
        adopt(Reading(readAt: readAt, source: source, windows: now + carried), bounds: bounds)
    }
}
