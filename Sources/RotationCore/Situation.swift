// One account at the moment of a decision, and whether it must be left or may
// be taken. Each rule answers with a `Reason`; RotationPolicy puts them
// together.

/// All a decision is made from.
struct Situation {
    let bounds: Bounds
    let now: Timestamp
    let live: AccountID
    /// Every account with a slot, the live one included.
    let slots: [AccountID: SlotFacts]
    let remembered: RememberedState
    /// Families of the models at work.
    let modelsInUse: Set<String>
    /// Capacities of the accounts' plans; empty where one is not known.
    let capacities: [AccountID: Double]
    /// Whether some session is in the middle of a turn; nil when not known.
    let isBusy: Bool?
    /// Since when a swap has been put off for the end of a turn.
    let waitingSince: Timestamp?
    /// Every account, in the order ties are broken.
    let accounts: [AccountID]
    /// The same without the live one.
    let alternates: [AccountID]
    /// Whether quota lapses that will be missed; only where the strategy goes
    /// by what is left.
    private(set) var isThin = false

    init(
        bounds: Bounds, now: Timestamp, live: AccountID, slots: [AccountID: SlotFacts],
        remembered: RememberedState, modelsInUse: Set<String> = [], isBusy: Bool? = nil,
        waitingSince: Timestamp? = nil
    ) {
        self.bounds = bounds
        self.now = now
        self.live = live
        self.slots = slots
        self.remembered = remembered
        self.modelsInUse = modelsInUse
        self.isBusy = isBusy
        self.waitingSince = waitingSince
        capacities = PlanWeight.weights(of: slots)
        accounts = slots.keys.sorted()
        alternates = accounts.filter { $0 != live }
        isThin = bounds.strategy.mindsLapses && PoolOutlook(situation: self).isThin
    }

    func usage(of account: AccountID) -> UsageFacts {
        remembered.usage[account] ?? UsageFacts()
    }

    func email(of account: AccountID) -> String {
        slots[account]?.email ?? account.description
    }

    func judged(_ account: AccountID) -> WindowJudgement? {
        usage(of: account).reading.flatMap {
            WindowJudgement($0, bounds: bounds(of: account), at: now)
        }
    }

    /// Whether another program moved credentials here not long ago.
    var otherManagerIsAtWork: Bool {
        guard let at = remembered.otherManagerAt else { return false }
        return now.seconds(since: at) < bounds.otherManagerQuietSeconds
    }

    /// Whether the account's last good reading is young enough to decide on.
    func isFresh(_ account: AccountID) -> Bool {
        guard let reading = usage(of: account).reading else { return false }
        return now.seconds(since: reading.heldSince) < bounds.staleAfterSeconds
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
    var liveStanding: LiveStanding {
        let usage = usage(of: live)
        if usage.lastAnswer == .restricted { return .restricted }
        if let rejection = rejectionStanding(usage) { return rejection }
        if let expiry = expiryStanding { return expiry }
        if hasNoWindows(live) { return .stay(.noWindows) }
        if let judged = judged(live), judged.isAtThreshold {
            // Utilization only grows within a window, so an old reading at the
            // threshold still holds until the window resets.
            return judged.isExhausted
                ? .leave(.exhausted, isUrgent: true, allowsLastResort: true)
                : .leave(
                    fullness(of: live), isUrgent: meetsWall(within: bounds.wallHorizonSeconds),
                    allowsLastResort: false)
        }
        if isFresh(live), judged(live) != nil {
            return isWallNear
                ? .leave(.projectedWall, isUrgent: false, allowsLastResort: false)
                : modelStanding ?? .stay(.belowThreshold)
        }
        if slots[live]?.details.kind == .setupToken { return .stay(.liveIsSetupToken) }
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
        guard let expiry = slots[live]?.details.accessTokenExpiresAt, now >= expiry else {
            return nil
        }
        guard now.seconds(since: expiry) >= bounds.liveRenewalGraceSeconds else {
            return .stay(.withinRenewalGrace)
        }
        return .leave(.liveExpired, isUrgent: false, allowsLastResort: true)
    }

    /// Why an alternate cannot be taken; nil when it can.
    func obstacle(to account: AccountID) -> Reason? {
        guard let slot = slots[account] else { return .slotMissing }
        if policy(of: account).isHeld { return .held }
        let usage = usage(of: account)
        if let obstacle = slotObstacle(slot, usage) { return obstacle }
        if hasNoWindows(account) { return .noWindows }
        if let judged = judged(account), judged.isAtThreshold {
            return judged.isExhausted ? .exhausted : fullness(of: account)
        }
        guard usage.reading != nil, judged(account) != nil, usage.lastAnswer != .noWindows
        else { return .readingUnknown }
        guard isFresh(account) else { return .readingStale }
        return isRecentlyLeft(account) ? .recentlyLeft : nil
    }

    /// What the credential itself forbids, whatever has been read.
    private func slotObstacle(_ slot: SlotFacts, _ usage: UsageFacts) -> Reason? {
        if usage.lastAnswer == .restricted { return .accountRestricted }
        if slot.details.kind == .setupToken { return .setupTokenUnmeasured }
        return switch slot.state(usage: usage, at: now) {
        case .usable: nil
        case .expired: .slotExpired
        case .needsLogin: .slotNeedsLogin
        case .suspect: .slotRejected
        }
    }

    /// An account we left is not retaken while a window it was left for has
    /// not reset and stands within the hysteresis.
    private func isRecentlyLeft(_ account: AccountID) -> Bool {
        guard let left = remembered.left[account], let reading = usage(of: account).reading
        else { return false }
        return reading.windows.contains { window in
            guard window.key.isAccountWide, let used = window.utilization(at: now),
                bounds(of: account).threshold(of: window.key) - used < bounds.hysteresisPoints,
                wasReason(window.key, to: left)
            else { return false }
            return !hasReset(window.key, since: left)
        }
    }

    /// Whether the window was at its threshold when the account was left, as
    /// far as was known.
    private func wasReason(_ key: WindowKey, to left: AutomaticSwap) -> Bool {
        let window = left.leftWindows.first { $0.key == key }
        guard let used = window?.utilization(at: left.at) else { return true }
        return used >= bounds(of: left.from).threshold(of: key)
    }

    private func hasReset(_ key: WindowKey, since left: AutomaticSwap) -> Bool {
        guard let reset = left.leftWindows.first(where: { $0.key == key })?.resetsAt else {
            return false
        }
        return reset <= now
    }

    /// Whether an unmeasured alternate may be taken when nothing else is left:
    /// it can renew itself, has not lapsed, and was not left at its limit.
    func isLastResort(_ account: AccountID) -> Bool {
        guard let slot = slots[account], slot.details.kind == .login, slot.details.canRefresh,
            let reason = obstacle(to: account), reason == .readingUnknown || reason == .readingStale
        else { return false }
        guard let left = remembered.left[account] else { return true }
        return left.leftWindows.allSatisfy { window in
            guard window.key.isAccountWide, let used = window.utilization(at: now) else {
                return true
            }
            return used < bounds(of: account).threshold(of: window.key)
        }
    }

    /// Whether an alternate's usage is known well enough to say it is full or
    /// free; one such alternate closes the last resort.
    func hasKnownReading(_ account: AccountID) -> Bool {
        judged(account) != nil && isFresh(account)
    }
}
