// The things only a human can do, as one finished tick sees them. Each names a
// command of this program; the ones about sign-ins stand in Nudges+Logins.

struct NudgeBoard {
    let situation: SlotOverview
    let verdict: Verdict
    let pinnedSessions: [PinnedSession]
    var lock: LockHeld?
    var otherManagerAt: Timestamp?
    /// Looks in a row that failed, this one included.
    var failedLooks = 0
    var feed = NudgeFeed()
    var bounds = Bounds()
    let now: Timestamp

    /// What a nudge needs of the accounts.
    struct SlotOverview {
        let slots: [AccountID: SlotFacts]
        let live: AccountID?
        var usage: [AccountID: UsageFacts] = [:]
    }

    /// Sorted by code, then e-mail.
    var nudges: [Nudge] {
        ([stuck, pinned, noAlternates, lockHeld, secondManager].compactMap(\.self) + logins)
            .sorted { ($0.code, $0.email ?? "") < ($1.code, $1.email ?? "") }
    }

    private var stuck: Nudge? {
        guard let kind = stuckKind else { return nil }
        let (advice, command) = kind.advice(feed.signIn)
        let times =
            verdict.outcome == .failed ? " That is look \(failedLooks) in a row that failed." : ""
        return Nudge(
            code: .rotationStuck, email: situation.live.flatMap { situation.slots[$0]?.email },
            severity: .critical, kind: kind.rawValue,
            message: verdict.sentence + times + " " + advice, command: command)
    }

    var stuckKind: StuckKind? {
        let hasFailed = verdict.outcome == .failed && failedLooks >= bounds.failedLooks
        guard verdict.outcome == .stuck || hasFailed else { return nil }
        switch verdict.reason {
        case .allExhausted: return .allSpent
        case .noAlternates: return .noAlternates
        case .identityUnknown: return isOffline ? .offline : .identityUnknown
        case .credentialLocked: return .storeLocked
        case .noLiveCredential: return .signedOut
        case .liveRestricted: return .restricted
        case .storeRefused, .storeUnreachable, .storeMalformed, .credentialIncomplete,
            .unsupportedPlatform:
            return .storeUnusable
        default: return isOffline ? .offline : .noneUsable
        }
    }

    /// Whether the vendor did not answer for a single account, when last asked.
    private var isOffline: Bool {
        let asked = situation.slots.keys.compactMap { situation.usage[$0]?.lastAnswer }
        return !asked.isEmpty
            && asked.allSatisfy { if case .unreachable = $0 { true } else { false } }
    }

    private var pinned: Nudge? {
        guard !pinnedSessions.isEmpty else { return nil }
        let sessions = pinnedSessions.sorted { $0.pid < $1.pid }.map {
            "\($0.pid) (\($0.variables.sorted().joined(separator: ", ")))"
        }
        let variables = Set(pinnedSessions.flatMap(\.variables)).sorted()
        return Nudge(
            code: .pinnedSession, email: nil, severity: .warning,
            kind: variables.joined(separator: ","),
            message: "A rotation never reaches these Claude Code sessions, because their own "
                + "environment pins authentication: \(sessions.joined(separator: "; ")). "
                + "Unset the variables there and start them anew.",
            command: "rotator doctor")
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
                + "\(lock.since.rfc3339) and keeps every swap waiting. \(remedy)",
            command: "rotator doctor")
    }

    private var secondManager: Nudge? {
        guard let at = otherManagerAt,
            now.seconds(since: at) < bounds.otherManagerNudgeSeconds
        else { return nil }
        return Nudge(
            code: .secondManager, email: nil, severity: .warning,
            message: "Another program that keeps copies of credentials put one back at "
                + "\(at.rfc3339). Two managers at one store spend each other's refresh tokens: "
                + "stop one of them, or turn this one off.", command: "rotator off")
    }

    private var noAlternates: Nudge? {
        guard situation.slots.count < 2, verdict.outcome != .failed else { return nil }
        return Nudge(
            code: .noAlternates, email: nil, severity: .warning,
            message: "Only \(situation.slots.count) account is known and rotation needs at least "
                + "two. \(feed.signIn.sentence(nil))", command: feed.signIn.command(nil))
    }
}

/// Why nothing can be rotated, told apart because each has its own remedy.
package enum StuckKind: String, Sendable, CaseIterable {
    case allSpent = "all-spent"
    case noAlternates = "no-alternates"
    case noneUsable = "none-usable"
    case identityUnknown = "identity-unknown"
    case storeLocked = "store-locked"
    case storeUnusable = "store-unusable"
    case offline
    case signedOut = "signed-out"
    case restricted

    /// What to do, and the command that helps.
    func advice(_ signIn: SignInAdvice) -> (String, command: String) {
        switch self {
        case .allSpent:
            (
                "It goes on by itself after the first reset; one more account helps sooner.",
                "rotator plan"
            )
        case .noAlternates: (signIn.sentence(nil), signIn.command(nil))
        case .noneUsable:
            ("The command says of each account why not.", "rotator why")
        case .identityUnknown:
            (
                "Ask again with the command; if that does not help, sign in anew with /login in "
                    + "Claude Code.", "rotator capture"
            )
        case .storeLocked:
            ("The command says who holds the lock and what to do.", "rotator doctor")
        case .storeUnusable:
            ("The command says what is wrong with the store and what to do.", "rotator doctor")
        case .offline:
            ("The vendor cannot be reached: check the network.", "rotator doctor")
        case .signedOut:
            ("The command lists the accounts to choose from.", "rotator accounts")
        case .restricted: ("The command shows the decision.", "rotator why")
        }
    }
}

extension Nudge {
    /// Ticks do not come to their end, or do not begin.
    package static func tickStalled(since: Timestamp) -> Nudge {
        Nudge(
            code: .tickStalled, email: nil, severity: .critical,
            message: "No tick has finished since \(since.rfc3339), so nothing is rotated. The "
                + "command looks for what is in the way; restarting the service helps if it hangs.",
            command: "rotator doctor")
    }
}
