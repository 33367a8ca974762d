// What the operator forbids: an account to be touched, a part of its quota to
// be used, anything to be swapped at all for a while. They bind what is done
// unattended; the operator's own swap is stopped by none of them.

/// What the operator wants of one account.
package struct AccountPolicy: Hashable, Sendable {
    /// Never taken by itself, and never left by itself.
    package var isHeld: Bool
    /// Percent, 0..<100, of each window that is to stay unused: the account's
    /// threshold is at most 100 less this.
    package var reservePercent: Double

    package init(isHeld: Bool = false, reservePercent: Double = 0) {
        self.isHeld = isHeld
        self.reservePercent = reservePercent
    }
}

/// Nothing is swapped until then; without an end, until it is lifted.
package struct Pause: Hashable, Sendable {
    package let since: Timestamp
    package let until: Timestamp?

    package init(since: Timestamp, until: Timestamp?) {
        self.since = since
        self.until = until
    }

    package func isOn(at now: Timestamp) -> Bool { until.map { now < $0 } ?? true }
}

/// All of it; kept in the history store, so that a restart forgets nothing.
package struct OperatorRules: Hashable, Sendable {
    /// Only those of whom something is wanted.
    package private(set) var accounts: [AccountID: AccountPolicy]
    package var pause: Pause?

    package init(accounts: [AccountID: AccountPolicy] = [:], pause: Pause? = nil) {
        self.accounts = accounts.filter { $0.value != AccountPolicy() }
        self.pause = pause
    }

    package subscript(account: AccountID) -> AccountPolicy {
        get { accounts[account] ?? AccountPolicy() }
        set { accounts[account] = newValue == AccountPolicy() ? nil : newValue }
    }

    func isPaused(at now: Timestamp) -> Bool { pause?.isOn(at: now) ?? false }
}

extension TickMachine {
    /// Takes the operator's rules; they count from the next decision on.
    package mutating func follow(_ rules: OperatorRules) { remembered.rules = rules }

    /// The bounds an account's windows are held against.
    func bounds(of account: AccountID) -> Bounds {
        bounds.reserving(remembered.rules[account].reservePercent)
    }

    /// What a pause makes of an older credential found live; nil when there is
    /// none.
    func pausedVerdict(
        on live: Consideration, at now: Timestamp
    ) -> Verdict? {
        guard let pause = remembered.rules.pause, pause.isOn(at: now) else { return nil }
        return Verdict(
            outcome: .deferred, reason: .paused,
            sentence: "\(live.email) is live with an older credential than its slot holds, but "
                + "\(Sentences.paused(pause)).", from: live.account, considerations: [live])
    }
}

extension Situation {
    /// What of the operator's keeps the live account where it is, once it would
    /// be left; nil when nothing does.
    var hindrance: Reason? {
        if remembered.rules.isPaused(at: now) { return .paused }
        return live.policy.isHeld ? .held : nil
    }

    /// Why an account at its threshold, and not at 100 %, is there: all that is
    /// left of it may be what was to stay unused.
    func fullness(of one: Assessment) -> Reason {
        let reserve = one.policy.reservePercent
        guard reserve > 0, let reading = one.reading else { return .atThreshold }
        let isInReserve = reading.windows.contains { window in
            guard window.key.isAccountWide, let used = window.utilization(at: now) else {
                return false
            }
            return used >= 100 - reserve
        }
        return isInReserve ? .reserved : .atThreshold
    }
}

extension Sentences {
    /// Why the live account stays although it would be left.
    static func hindered(_ hindrance: Reason, _ reason: Reason, _ s: Situation) -> String {
        guard hindrance == .paused, let pause = s.remembered.rules.pause else {
            return "\(why(reason, s)), but it is held; it stays live until the hold is released."
        }
        return "\(why(reason, s)), but \(paused(pause))."
    }

    /// A clause, without a full stop.
    static func paused(_ pause: Pause) -> String {
        let end = pause.until.map { "until \($0.rfc3339)" } ?? "until that is lifted"
        return "swaps are paused since \(pause.since.rfc3339), \(end)"
    }

    /// `is at 80 % (5 h)`, and how much of it is spoken for.
    static func reserved(_ one: Assessment, _ level: String, _ s: Situation) -> String {
        "is at \(level) and \(percent(one.policy.reservePercent)) of it is kept in "
            + "reserve"
    }
}
