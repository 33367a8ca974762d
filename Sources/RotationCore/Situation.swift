// One account at the moment of a decision, and whether it must be left or may
// be taken. Each rule answers with a `Reason`; RotationPolicy puts them
// together.

/// All a decision is made from. A class because every rule is handed it, and
/// works out what others ask for again.
final class Situation {
    let bounds: Bounds
    let now: Timestamp
    let live: Assessment
    /// Nil where it has none.
    let liveSlot: SlotFacts?
    let remembered: RememberedState
    /// Families of the models at work.
    let modelsInUse: Set<String>
    /// Capacities of the accounts' plans; empty where one is not known.
    let capacities: [AccountID: Double]
    /// Whether some session is in the middle of a turn; nil when not known.
    let isBusy: Bool?
    /// Since when a swap has been put off for the end of a turn.
    let waitingSince: Timestamp?
    /// Every other account with a slot, in the order ties are broken.
    let alternates: [Assessment]
    /// Whether quota lapses that will be missed; only where the strategy goes
    /// by what is left.
    private(set) lazy var isThin =
        bounds.strategy.mindsLapses && PoolOutlook(situation: self).isThin
    private(set) lazy var liveStanding = standingOfLive

    init(
        bounds: Bounds, now: Timestamp, live: AccountID, slots: [AccountID: SlotFacts],
        remembered: RememberedState, accounts: [AccountID]? = nil,
        capacities: [AccountID: Double]? = nil,
        modelsInUse: Set<String> = [], isBusy: Bool? = nil, waitingSince: Timestamp? = nil
    ) {
        self.bounds = bounds
        self.now = now
        self.remembered = remembered
        self.modelsInUse = modelsInUse
        self.isBusy = isBusy
        self.waitingSince = waitingSince
        self.capacities = capacities ?? PlanWeight.weights(of: slots)
        let thresholds = bounds.thresholds
        // Handed in: of `remembered` a nested function would take a copy, each time.
        func assess(
            _ account: AccountID, _ slot: SlotFacts?, _ usage: UsageFacts?, _ policy: AccountPolicy
        ) -> Assessment {
            Assessment(
                account, slot: slot, usage: usage, policy: policy, thresholds: thresholds,
                staleAfterSeconds: bounds.staleAfterSeconds, at: now)
        }
        liveSlot = slots[live]
        self.live = assess(live, liveSlot, remembered.usage[live], remembered.rules[live])
        var alternates: [Assessment] = []
        alternates.reserveCapacity(slots.count)
        for account in accounts ?? slots.keys.sorted() where account != live {
            guard let slot = slots[account] else { continue }
            alternates.append(
                assess(account, slot, remembered.usage[account], remembered.rules[account]))
        }
        self.alternates = alternates
    }

    /// All that is remembered of the live account's readings.
    var usageOfLive: UsageFacts { remembered.usage[live.account] ?? UsageFacts() }

    /// Whether another program moved credentials here not long ago.
    var otherManagerIsAtWork: Bool {
        guard let at = remembered.otherManagerAt else { return false }
        return now.seconds(since: at) < bounds.otherManagerQuietSeconds
    }

    /// Why an alternate cannot be taken; nil when it can.
    func obstacle(to one: Assessment) -> Reason? {
        if let known = one.obstacle { return known }
        let obstacle = workOutObstacle(to: one)
        one.obstacle = .some(obstacle)
        return obstacle
    }
}

/// How the live account stands.
enum LiveStanding: Equatable {
    /// Nothing to do, and why.
    case stay(Reason)
    /// To be left. `isUrgent` when it cannot serve at all (rejected, or at
    /// 100 %): the dwell is void and the last resort open.
    case leave(Reason, isUrgent: Bool, allowsLastResort: Bool)
    /// Never left by us: the vendor restricted it.
    case restricted
}

extension Situation {
    fileprivate var standingOfLive: LiveStanding {
        let usage = usageOfLive
        if usage.lastAnswer == .restricted { return .restricted }
        if let rejection = rejectionStanding(usage) { return rejection }
        if let expiry = expiryStanding { return expiry }
        if hasNoWindows(live) { return .stay(.noWindows) }
        if let judged = live.judged, judged.isAtThreshold {
            // Utilization only grows within a window, so an old reading at the
            // threshold still holds until the window resets.
            return judged.isExhausted
                ? .leave(.exhausted, isUrgent: true, allowsLastResort: true)
                : .leave(
                    fullness(of: live), isUrgent: meetsWall(within: bounds.wallHorizonSeconds),
                    allowsLastResort: false)
        }
        if live.isFresh || isUnseenForBudget, live.judged != nil, isWallNear {
            return .leave(.projectedWall, isUrgent: false, allowsLastResort: false)
        }
        if live.isFresh, live.judged != nil { return modelStanding ?? .stay(.belowThreshold) }
        if liveSlot?.details.kind == .setupToken { return .stay(.liveIsSetupToken) }
        guard case .rateLimited = usage.lastAnswer else { return .stay(.liveUnknown) }
        return usage.consecutiveRateLimits >= bounds.debounceAnswers
            ? .leave(.liveRateLimited, isUrgent: false, allowsLastResort: false)
            : .stay(.debouncing)
    }

    /// A 401 is believed after distinct answers and after Claude Code had time
    /// to renew its own credential.
    private func rejectionStanding(_ usage: UsageFacts) -> LiveStanding? {
        guard let since = usage.rejectedSince, usage.consecutiveRejections > 0 else { return nil }
        guard usage.consecutiveRejections >= bounds.debounceAnswers else {
            return .stay(.debouncing)
        }
        guard now.seconds(since: since) >= bounds.liveRenewalGraceSeconds else {
            return .stay(.withinRenewalGrace)
        }
        return .leave(.liveRejected, isUrgent: true, allowsLastResort: true)
    }

    private var expiryStanding: LiveStanding? {
        guard let expiry = liveSlot?.details.accessTokenExpiresAt, now >= expiry else {
            return nil
        }
        guard now.seconds(since: expiry) >= bounds.liveRenewalGraceSeconds else {
            return .stay(.withinRenewalGrace)
        }
        return .leave(.liveExpired, isUrgent: false, allowsLastResort: true)
    }

    fileprivate func workOutObstacle(to one: Assessment) -> Reason? {
        if one.policy.isHeld { return .held }
        if let obstacle = one.slotObstacle { return obstacle }
        if hasNoWindows(one) { return .noWindows }
        if one.room <= 0 {
            return one.judged?.isExhausted == true ? .exhausted : fullness(of: one)
        }
        guard one.judged != nil, !one.saysNoWindows else { return .readingUnknown }
        guard one.isFresh else { return .readingStale }
        return isRecentlyLeft(one) ? .recentlyLeft : nil
    }

    /// An account we left is not retaken while a window it was left for has
    /// not reset and stands within the hysteresis.
    private func isRecentlyLeft(_ one: Assessment) -> Bool {
        guard let left = remembered.left[one.account], let reading = one.reading
        else { return false }
        return reading.windows.contains { window in
            guard window.key.isAccountWide, let used = window.utilization(at: now),
                one.thresholds.threshold(of: window.key) - used < bounds.hysteresisPoints,
                wasReason(window.key, to: left, of: one)
            else { return false }
            return !hasReset(window.key, since: left)
        }
    }

    /// Whether the window was at its threshold when the account was left, as
    /// far as was known.
    private func wasReason(
        _ key: WindowKey, to left: AutomaticSwap, of one: Assessment
    ) -> Bool {
        let window = left.leftWindows.first { $0.key == key }
        guard let used = window?.utilization(at: left.at) else { return true }
        return used >= one.thresholds.threshold(of: key)
    }

    private func hasReset(_ key: WindowKey, since left: AutomaticSwap) -> Bool {
        guard let reset = left.leftWindows.first(where: { $0.key == key })?.resetsAt else {
            return false
        }
        return reset <= now
    }

    /// Whether an unmeasured alternate may be taken when nothing else is left:
    /// it can renew itself, has not lapsed, and was not left at its limit.
    func isLastResort(_ one: Assessment) -> Bool {
        guard one.canRefresh, let reason = obstacle(to: one),
            reason == .readingUnknown || reason == .readingStale
        else { return false }
        guard let left = remembered.left[one.account] else { return true }
        return left.leftWindows.allSatisfy { window in
            guard window.key.isAccountWide, let used = window.utilization(at: now) else {
                return true
            }
            return used < one.thresholds.threshold(of: window.key)
        }
    }

    /// Whether an alternate's usage is known well enough to say it is full or
    /// free; one such alternate closes the last resort.
    func hasKnownReading(_ one: Assessment) -> Bool { one.judged != nil && one.isFresh }
}
