// What a decision is: an outcome, a reason, and one consideration for every
// account. History, `GET /decisions/latest`, `rotator why`, the log and the
// page print this same value.

/// How a tick ended, as the API names it.
package enum Outcome: String, Sendable, CaseIterable {
    case off
    case claudeNotRunning = "claude-not-running"
    case stayed
    case rotated
    case deferred
    case stuck
    case failed

    /// Nothing was looked at: an unbroken run of these is kept as one row and
    /// is never the latest decision.
    package var repeats: Bool { self == .off || self == .claudeNotRunning }
}

/// Stable kebab-case codes: why a tick ended as it did, or why an account was
/// or was not chosen. Append only; clients switch on them.
package enum Reason: String, Sendable, CaseIterable {
    // why nothing was looked at
    case optedOut = "opted-out"
    case claudeNotRunning = "claude-not-running"
    // live account
    case belowThreshold = "below-threshold"
    case atThreshold = "at-threshold"
    case modelAtThreshold = "model-at-threshold"
    case projectedWall = "projected-wall"
    case exhausted = "exhausted"
    case liveRejected = "live-rejected"
    case liveExpired = "live-expired"
    case liveRateLimited = "live-rate-limited"
    case liveUnknown = "live-unknown"
    case liveRestricted = "live-restricted"
    case liveIsSetupToken = "live-is-setup-token"
    case withinRenewalGrace = "within-renewal-grace"
    case debouncing = "debouncing"
    // alternates
    case drainFirst = "drain-first"
    case soonestReset = "soonest-reset"
    case leastUsed = "least-used"
    case roundRobin = "round-robin"
    case priorityOrder = "priority-order"
    case otherPreferred = "other-preferred"
    case roomToStay = "room-to-stay"
    case lessDrained = "less-drained"
    case tooLittleRoom = "too-little-room"
    case tieOrder = "tie-order"
    case lastResort = "last-resort"
    case lastPoints = "last-points"
    case noWindows = "no-windows"
    case quotaLapses = "quota-lapses"
    case lapsesFirst = "lapses-first"
    case lapsesLater = "lapses-later"
    case readingUnknown = "reading-unknown"
    case readingStale = "reading-stale"
    case slotMissing = "slot-missing"
    case slotExpired = "slot-expired"
    case slotRejected = "slot-rejected"
    case accountRestricted = "account-restricted"
    case slotNeedsLogin = "slot-needs-login"
    case setupTokenUnmeasured = "setup-token-unmeasured"
    case recentlyLeft = "recently-left"
    case held
    case reserved
    case rotationNotNeeded = "rotation-not-needed"
    // nothing to rotate to
    case allExhausted = "all-exhausted"
    case noAlternates = "no-alternates"
    case noUsableAlternate = "no-usable-alternate"
    case identityUnknown = "identity-unknown"
    case noLiveCredential = "no-live-credential"
    // deferred or failed
    case dwell = "dwell"
    case midTurn = "mid-turn"
    case fillingUp = "filling-up"
    case paused
    case credentialLocked = "credential-locked"
    case credentialChanged = "credential-changed"
    case credentialSuperseded = "credential-superseded"
    case otherManager = "other-manager"
    case storeRefused = "store-refused"
    case storeUnreachable = "store-unreachable"
    case storeMalformed = "store-malformed"
    case credentialIncomplete = "credential-incomplete"
    case unsupportedPlatform = "unsupported-platform"
    case targetUnusable = "target-unusable"
    case historyUnavailable = "history-unavailable"
    // operator
    case operatorRequest = "operator-request"
    case alreadyLive = "already-live"
    // start-up
    case recovered
    case abandoned
}

/// What made the tick happen.
package enum Trigger: String, Sendable, CaseIterable {
    case schedule
    case request
    case heartbeat
    /// A status line said that a threshold is reached or near.
    case observation
    case operatorSwap = "operator"
    /// Start-up found what a crash had left.
    case recovery
}

/// The tightest window of an account, as judged.
package struct TightestWindow: Hashable, Sendable {
    package let key: WindowKey
    package let utilization: Double
    package init(key: WindowKey, utilization: Double) {
        self.key = key
        self.utilization = utilization
    }
}

/// What became of one account in a decision.
package enum ConsiderationOutcome: String, Sendable, CaseIterable {
    case live
    case chosen
    /// Could have been chosen; another was better, or none was needed.
    case passedOver = "passed-over"
    /// Could not have been chosen.
    case unusable
}

/// One account, and why it was or was not chosen.
package struct Consideration: Hashable, Sendable {
    package let account: AccountID
    package let email: String
    package let outcome: ConsiderationOutcome
    package let reason: Reason
    /// For people; one sentence.
    package let sentence: String
    package let tightest: TightestWindow?

    package init(
        account: AccountID, email: String, outcome: ConsiderationOutcome, reason: Reason,
        sentence: String, tightest: TightestWindow?
    ) {
        self.account = account
        self.email = email
        self.outcome = outcome
        self.reason = reason
        self.sentence = sentence
        self.tightest = tightest
    }
}

/// A decision with its reasons.
package struct Verdict: Hashable, Sendable {
    package var outcome: Outcome
    package var reason: Reason
    /// For people; one sentence, ends with a full stop.
    package var sentence: String
    package var from: AccountID?
    package var to: AccountID?
    /// Live first, then by account id.
    package var considerations: [Consideration]
    /// When stuck: the earliest moment an account comes below its threshold.
    package var earliestReset: Timestamp?

    package init(
        outcome: Outcome, reason: Reason, sentence: String, from: AccountID? = nil,
        to: AccountID? = nil, considerations: [Consideration] = [],
        earliestReset: Timestamp? = nil
    ) {
        self.outcome = outcome
        self.reason = reason
        self.sentence = sentence
        self.from = from
        self.to = to
        self.considerations = considerations
        self.earliestReset = earliestReset
    }
}
