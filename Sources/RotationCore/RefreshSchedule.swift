// When a slot's grant is refreshed (RFC 6749 §6), and what an answer changes.
// Parked slots are renewed ahead of their expiry, so that an alternate can be
// read and taken at any moment; the live one is Claude Code's to renew, and
// ours only after it let it lapse.

/// What is remembered of one account's refreshes.
package struct RefreshFacts: Hashable, Sendable {
    package var lastAskedAt: Timestamp?
    /// No request before this.
    package var notBefore: Timestamp?
    /// Requests in a row that brought nothing.
    package var failures: Int

    package init(lastAskedAt: Timestamp? = nil, notBefore: Timestamp? = nil, failures: Int = 0) {
        self.lastAskedAt = lastAskedAt
        self.notBefore = notBefore
        self.failures = failures
    }
}

/// How an ordered refresh ended.
package enum RefreshResult: Hashable, Sendable {
    /// A new pair is stored; the slot as it is now.
    case refreshed(SlotFacts)
    /// Nothing was sent: the slot had changed, or the live grant not lapsed.
    case notDue
    /// `invalid_grant`, or a pair of another account: only a sign-in helps.
    case rejected(SlotFacts)
    case rateLimited(retryAfter: Timestamp?)
    /// Another OAuth error: systemic, not the account's.
    case oauthError(code: String)
    case unreachable(UnreachableKind)
    case locked(LockHeld)
    case failed(Reason, detail: String)

    /// Whether another account's refresh would most likely end the same way.
    var isSystemic: Bool {
        switch self {
        case .refreshed, .notDue, .rejected: false
        case .rateLimited, .oauthError, .unreachable, .locked, .failed: true
        }
    }
}

struct RefreshSchedule {
    let bounds: Bounds
    let now: Timestamp

    func isDue(
        _ account: AccountID, _ slot: SlotFacts, _ usage: UsageFacts, _ facts: RefreshFacts,
        isLive: Bool
    ) -> Bool {
        guard slot.details.kind == .login, slot.details.canRefresh, !slot.needsLogin else {
            return false
        }
        if let deadline = slot.details.loginExpiresAt, now >= deadline { return false }
        if let notBefore = facts.notBefore, now < notBefore { return false }
        // It may be spent: only asking tells, and the sooner it is known the better.
        if slot.grant == .maybeSpent, !isLive { return true }
        guard let expiry = slot.details.accessTokenExpiresAt else { return false }
        if isLive { return now.seconds(since: expiry) >= bounds.liveRenewalGraceSeconds }
        if wasRejected(slot, usage) { return true }
        let left = expiry.seconds(since: now) - bounds.refreshLeadSeconds
        return left <= bounds.refreshJitterSeconds && left <= jitter(account, expiry)
    }

    /// A 401 soon after the issue is "not yet": tokens take a while to be
    /// known everywhere.
    private func wasRejected(_ slot: SlotFacts, _ usage: UsageFacts) -> Bool {
        guard usage.consecutiveRejections > 0 else { return false }
        guard let issued = slot.issuedAt else { return true }
        return now.seconds(since: issued) >= bounds.settlingSeconds
    }

    /// Seconds; drawn from the account and the expiry, so that accounts signed
    /// in together do not stay together and a replay draws the same.
    private func jitter(_ account: AccountID, _ expiry: Timestamp) -> Int64 {
        guard bounds.refreshJitterSeconds > 0 else { return 0 }
        let draw = Draw.of(account.description, at: expiry)
        return Int64(draw % UInt64(bounds.refreshJitterSeconds))
    }
}

/// A number that looks random and is drawn from what it is for.
enum Draw {
    static func of(_ name: String, at instant: Timestamp) -> UInt64 {
        FNV1a.digest("\(name) \(instant.milliseconds)")
    }
}

extension RefreshFacts {
    /// The facts after one order that ended with `result` at `now`.
    package func recording(_ result: RefreshResult, at now: Timestamp, bounds: Bounds)
        -> RefreshFacts
    {
        var facts = self
        switch result {
        case .refreshed, .rejected:
            return RefreshFacts(lastAskedAt: now)
        case .notDue:
            facts.notBefore = now.adding(seconds: bounds.refreshBackOffSeconds)
            return facts
        case .locked: return facts
        case .rateLimited(let retryAfter):
            facts.fail(at: now, bounds: bounds)
            if let retryAfter {
                let allowed = retryAfter.adding(seconds: bounds.refreshRetryAfterMarginSeconds)
                facts.notBefore = max(facts.notBefore ?? allowed, allowed)
            }
        case .oauthError, .unreachable, .failed: facts.fail(at: now, bounds: bounds)
        }
        return facts
    }

    /// A back-off that doubles up to its cap.
    private mutating func fail(at now: Timestamp, bounds: Bounds) {
        lastAskedAt = now
        let doublings = Int64(min(failures, 16))
        let seconds = min(
            bounds.refreshBackOffSeconds << doublings, bounds.refreshBackOffCapSeconds)
        notBefore = now.adding(seconds: seconds)
        failures += 1
    }
}
