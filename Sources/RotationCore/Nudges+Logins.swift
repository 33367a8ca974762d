// Accounts only a sign-in brings back, and those that will need one soon. An
// account that renews itself, or that the login desk can bring back by itself,
// is never named.

extension NudgeBoard {
    /// At most one for an e-mail, the most pressing: a person signs in once.
    var logins: [Nudge] {
        let renewing = Set(situation.slots.values.filter(renewsItself).map(\.email))
        var worst: [String: Nudge] = [:]
        for (_, slot) in situation.slots.sorted(by: { $0.key < $1.key }) {
            guard !(isSetupToken(slot) && renewing.contains(slot.email)),
                let nudge = login(slot)
            else { continue }
            if let known = worst[slot.email], !nudge.isWorse(than: known) { continue }
            worst[slot.email] = nudge
        }
        return worst.values.sorted { ($0.code, $0.email ?? "") < ($1.code, $1.email ?? "") }
    }

    private func login(_ slot: SlotFacts) -> Nudge? {
        let desk = feed.bootstraps[slot.email]
        let urgency = urgency(of: slot)
        if urgency > .notice, desk?.isPossible == true, desk?.stopped == nil { return nil }
        if urgency > .notice, let desk, let stop = desk.stopped {
            return stalled(slot, desk, stop, urgency)
        }
        if urgency > .notice { return needed(slot, urgency) }
        return isSetupToken(slot) ? nil : expiring(slot)
    }

    private func isSetupToken(_ slot: SlotFacts) -> Bool {
        slot.details.kind == .setupToken && !slot.details.canRefresh
    }

    /// Whether it needs nobody for longer than the first warning.
    private func renewsItself(_ slot: SlotFacts) -> Bool {
        !isSetupToken(slot) && urgency(of: slot) == .notice
    }

    /// `.notice` while it can renew itself. What cannot be refreshed lapses with
    /// its access token, what can with its login.
    func urgency(of slot: SlotFacts) -> NudgeUrgency {
        if slot.needsLogin { return .dead }
        let end =
            slot.details.canRefresh
            ? slot.details.loginExpiresAt : slot.details.accessTokenExpiresAt
        guard let end else { return .notice }
        let left = end.seconds(since: now)
        if left <= 0 { return .expired }
        if left <= bounds.loginUrgentSeconds { return .within24Hours }
        return left <= bounds.loginNeededSeconds ? .within48Hours : .notice
    }

    private func needed(_ slot: SlotFacts, _ urgency: NudgeUrgency) -> Nudge {
        let isOver = urgency >= .expired
        return Nudge(
            code: .loginNeeded, email: slot.email, severity: isOver ? .critical : .warning,
            urgency: urgency, message: state(of: slot, urgency) + " " + remedy(slot),
            command: command(slot))
    }

    private func state(of slot: SlotFacts, _ urgency: NudgeUrgency) -> String {
        let what = isSetupToken(slot) ? "The setup-token of" : "The login of"
        let end =
            isSetupToken(slot) ? slot.details.accessTokenExpiresAt : slot.details.loginExpiresAt
        let estimate = isSetupToken(slot) ? " (an estimate)" : ""
        switch urgency {
        case .dead: return "The vendor says that the login of \(slot.email) is over."
        case .expired: return "\(what) \(slot.email) has ended\(estimate)."
        case .notice, .within48Hours, .within24Hours:
            let hours = urgency == .within24Hours ? 24 : 48
            let at = end.map { " at \($0.rfc3339)\(estimate)" } ?? ""
            return "\(what) \(slot.email) ends\(at), within \(hours) hours; no refresh moves that."
        }
    }

    private func remedy(_ slot: SlotFacts) -> String {
        guard isSetupToken(slot) else { return feed.signIn.sentence(slot.email) }
        return "Make another with `claude setup-token` and give it to the command."
    }

    private func command(_ slot: SlotFacts) -> String {
        guard isSetupToken(slot) else { return feed.signIn.command(slot.email) }
        return "rotator add-token \(ShellWord.word(slot.email))"
    }

    private func stalled(
        _ slot: SlotFacts, _ desk: BootstrapFacts, _ stop: BootstrapStop, _ urgency: NudgeUrgency
    ) -> Nudge {
        .captureStalled(
            email: slot.email, attempts: desk.attempts, stop: stop, logPath: desk.logPath,
            signIn: feed.signIn, urgency: urgency)
    }

    private func expiring(_ slot: SlotFacts) -> Nudge? {
        guard let end = slot.details.loginExpiresAt,
            end.seconds(since: now) <= bounds.loginWarningSeconds
        else { return nil }
        return Nudge(
            code: .loginExpiring, email: slot.email, severity: .info,
            message: "The login of \(slot.email) ends at \(end.rfc3339), in "
                + "\(end.seconds(since: now) / 86400) days; no refresh moves that. "
                + feed.signIn.sentence(slot.email), command: feed.signIn.command(slot.email))
    }
}

extension Nudge {
    /// The login desk gave up by itself, and why; the log says more.
    package static func captureStalled(
        email: String, attempts: Int, stop: BootstrapStop, logPath: String?,
        signIn: SignInAdvice, urgency: NudgeUrgency = .notice
    ) -> Nudge {
        let log = logPath.map { " \($0) says more." } ?? ""
        return Nudge(
            code: .captureStalled, email: email, severity: .warning, urgency: urgency,
            kind: stop.rawValue,
            message: "Signing \(email) in by itself stopped after \(attempts) "
                + "attempts: \(stop.words).\(log) \(signIn.sentence(email))",
            command: signIn.command(email))
    }
}
