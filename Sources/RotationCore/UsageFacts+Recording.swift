// What one answer of the usage endpoint changes in what is remembered of an
// account. Only distinct HTTP answers count as strikes: a tick that did not
// ask, or an outage, proves nothing about a credential.

extension UsageFacts {
    /// The facts after one request that ended with `answer` at `now`.
    package func recording(_ answer: UsageAnswer, at now: Timestamp, bounds: Bounds) -> UsageFacts {
        var facts = self
        facts.askedAt = askedAt.filter { now.seconds(since: $0) < 3600 } + [now]
        facts.lastAskedAt = now
        facts.lastAnswer = answer
        switch answer {
        case .windows(let windows):
            let reading = Reading(readAt: now, source: .usageEndpoint, windows: windows)
            facts.adopt(reading, bounds: bounds)
            facts.clearStrikes()
        case .noWindows, .restricted, .scopeMissing:
            facts.clearStrikes()
        case .rateLimited(let retryAfter):
            facts.consecutiveRateLimits += 1
            facts.throttledAt = now
            facts.notBefore = facts.nextAllowed(after: now, retryAfter: retryAfter, bounds: bounds)
        case .unauthorized, .revoked:
            facts.consecutiveRejections += 1
            facts.rejectedSince = rejectedSince ?? now
            facts.consecutiveRateLimits = 0
            facts.notBefore = nil
        case .unreachable:
            break
        }
        facts.slowDown(at: now, bounds: bounds)
        return facts
    }

    /// Takes a newer reading. The windows of a good last answer are those of
    /// the reading, whoever made it: the history keeps them once.
    mutating func adopt(_ newer: Reading, bounds: Bounds) {
        noticeFirstTold(in: newer)
        noticeModels(in: newer, bounds: bounds)
        reading = newer
        if case .windows = lastAnswer { lastAnswer = .windows(newer.windows) }
    }

    /// Forgets refusals: they were said of tokens that are no longer there.
    package mutating func forgetRejections() {
        consecutiveRejections = 0
        rejectedSince = nil
        if lastAnswer == .unauthorized || lastAnswer == .revoked { lastAnswer = nil }
    }

    private mutating func noticeFirstTold(in newer: Reading) {
        for window in newer.windows where window.carriedFrom == nil {
            let before = reading?.windows.first { $0.key == window.key }?.utilization
            if before?.rounded(.down) != window.utilization?.rounded(.down)
                || firstTold[window.key] == nil
            {
                firstTold[window.key] = newer.readAt
            }
        }
    }

    private mutating func clearStrikes() {
        consecutiveRateLimits = 0
        consecutiveRejections = 0
        rejectedSince = nil
        notBefore = nil
    }

    /// Keeps requests apart for a while after a 429, whatever they bring.
    private mutating func slowDown(at now: Timestamp, bounds: Bounds) {
        guard let end = throttledAt?.adding(seconds: bounds.throttledSeconds), now < end else {
            return
        }
        let wait = min(bounds.throttledReadSeconds, bounds.backOffCapSeconds)
        let next = min(now.adding(seconds: wait), end)
        notBefore = max(notBefore ?? next, next)
    }

    /// The vendor's own word, with a margin as far as the cap goes; without
    /// one, a doubling back-off.
    private func nextAllowed(
        after now: Timestamp, retryAfter: Timestamp?, bounds: Bounds
    ) -> Timestamp {
        if let retryAfter {
            let said = max(retryAfter, now)
            let capped = now.adding(seconds: bounds.backOffCapSeconds)
            return max(said, min(said.adding(seconds: bounds.retryAfterMarginSeconds), capped))
        }
        let doublings = min(max(consecutiveRateLimits - 1, 0), 16)
        let seconds = min(bounds.backOffSeconds << Int64(doublings), bounds.backOffCapSeconds)
        return now.adding(seconds: seconds)
    }
}

extension SlotFacts {
    /// How the slot stands, from its own dates and the vendor's answers.
    package func state(usage: UsageFacts, at now: Timestamp) -> SlotState {
        state(usage.lastAnswer, rejections: usage.consecutiveRejections, at: now)
    }

    func state(_ lastAnswer: UsageAnswer?, rejections: Int, at now: Timestamp) -> SlotState {
        if needsLogin { return .needsLogin }
        if case .revoked = lastAnswer { return .needsLogin }
        if let expiry = details.accessTokenExpiresAt, now >= expiry {
            let isOver = details.loginExpiresAt.map { now >= $0 } ?? false
            return details.canRefresh && !isOver ? .expired : .needsLogin
        }
        return rejections > 0 || grant == .maybeSpent ? .suspect : .usable
    }
}
