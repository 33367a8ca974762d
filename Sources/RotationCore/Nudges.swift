// The things only a human can do, as one finished tick sees them.

struct NudgeBoard {
    let situation: SlotOverview
    let verdict: Verdict
    let pinnedSessions: [PinnedSession]

    /// What a nudge needs of the accounts.
    struct SlotOverview {
        let slots: [AccountID: SlotFacts]
        let live: AccountID?
    }

    /// Sorted by code, then e-mail.
    var nudges: [Nudge] {
        [stuck, pinned, noAlternates].compactMap(\.self)
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

    private var noAlternates: Nudge? {
        guard situation.slots.count < 2, verdict.outcome != .failed else { return nil }
        return Nudge(
            code: .noAlternates, email: nil, severity: .warning,
            message: "Only \(situation.slots.count) account is known and rotation needs at least "
                + "two. Sign in to another with /login in Claude Code; the next tick files it.",
            command: "rotator accounts")
    }
}
