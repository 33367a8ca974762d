// The things only a human can do, as one finished tick sees them.

struct NudgeBoard {
    let situation: SlotOverview
    let verdict: Verdict
    let pinnedSessions: [PinnedSession]
    var lock: LockHeld?
    var otherManagerAt: Timestamp?
    var bounds = Bounds()
    let now: Timestamp

    /// What a nudge needs of the accounts.
    struct SlotOverview {
        let slots: [AccountID: SlotFacts]
        let live: AccountID?
    }

    /// Sorted by code, then e-mail.
    var nudges: [Nudge] {
        ([stuck, pinned, noAlternates, lockHeld, otherManager].compactMap(\.self) + logins)
            .sorted { ($0.code, $0.email ?? "") < ($1.code, $1.email ?? "") }
    }

    private var stuck: Nudge? {
        guard verdict.outcome == .stuck else { return nil }
        return Nudge(
            code: .rotationStuck, email: situation.live.flatMap { situation.slots[$0]?.email },
            severity: .critical, message: verdict.sentence, command: "rotator why")
    }

    private var pinned: Nudge? {
        guard !pinnedSessions.isEmpty else { return nil }
        let sessions = pinnedSessions.sorted { $0.pid < $1.pid }.map {
            "\($0.pid) (\($0.variables.sorted().joined(separator: ", ")))"
        }
        return Nudge(
            code: .pinnedSession, email: nil, severity: .warning,
            message: "A rotation never reaches these Claude Code sessions, because their own "
                + "environment pins authentication: \(sessions.joined(separator: "; ")). "
                + "Unset the variables there and start them anew.",
            command: nil)
    }

    private var lockHeld: Nudge? {
        guard let lock, lock.remedy != nil || verdict.outcome == .stuck else { return nil }
        let remedy =
            lock.remedy
            ?? "If no Claude Code is signing in, close it; its locks are given back then."
        return Nudge(
            code: .lockHeld, email: nil,
            severity: verdict.outcome == .stuck ? .critical : .warning,
            message: "Claude Code's lock \(lock.name) has been held since "
                + "\(lock.since.rfc3339) and keeps every swap waiting. \(remedy)", command: nil)
    }

    private var otherManager: Nudge? {
        guard let at = otherManagerAt,
            now.seconds(since: at) < bounds.otherManagerNudgeSeconds
        else { return nil }
        return Nudge(
            code: .otherManager, email: nil, severity: .warning,
            message: "Another program that keeps copies of credentials put one back at "
                + "\(at.rfc3339). Two managers at one store spend each other's refresh tokens: "
                + "stop one of them, or turn this one off.", command: "rotator off")
    }

    /// Accounts only a sign-in brings back, and those that will need one soon.
    private var logins: [Nudge] {
        // Sorted as nudges are, once there are any.
        situation.slots.values.compactMap { slot in
            let deadline = slot.details.loginExpiresAt
            if slot.needsLogin || deadline.map({ now >= $0 }) == true {
                return Nudge(
                    code: .loginNeeded, email: slot.email, severity: .warning,
                    message: "\(slot.email) can no longer be refreshed. Sign in to it with "
                        + "/login in Claude Code; the next tick files it.", command: nil)
            }
            guard let deadline, deadline.seconds(since: now) <= bounds.loginWarningSeconds
            else { return nil }
            let days = max(deadline.seconds(since: now) / 86400, 0)
            return Nudge(
                code: .loginExpiring, email: slot.email, severity: .info,
                message: "The login of \(slot.email) ends at \(deadline.rfc3339), in \(days) "
                    + "days; no refresh moves that. Sign in again with /login before then.",
                command: nil)
        }
    }

    private var noAlternates: Nudge? {
        guard situation.slots.count < 2, verdict.outcome != .failed else { return nil }
        return Nudge(
            code: .noAlternates, email: nil, severity: .warning,
            message: "Only \(situation.slots.count) account is known and rotation needs at least "
                + "two. Sign in to another with /login in Claude Code; the next tick files it.",
            command: "rotator accounts")
    }
}
