// What a nudge is: a thing only a human can do, how pressing it is, and when it
// is news. Which ones stand is NudgeBoard's to say; who is told, the engine's.

/// A thing only a human can do.
package struct Nudge: Hashable, Sendable {
    package let code: NudgeCode
    /// The account it is about; nil when it is about the machine.
    package let email: String?
    package let severity: NudgeSeverity
    package let urgency: NudgeUrgency
    /// Tells nudges of one code apart, for example a `StuckKind`; nil where the
    /// code says it all.
    package let kind: String?
    /// What is the case and what to do, in one to three sentences.
    package let message: String
    /// A command that helps; nil when there is none.
    package let command: String?

    package init(
        code: NudgeCode, email: String?, severity: NudgeSeverity,
        urgency: NudgeUrgency = .notice, kind: String? = nil, message: String, command: String?
    ) {
        self.code = code
        self.email = email
        self.severity = severity
        self.urgency = urgency
        self.kind = kind
        self.message = message
        self.command = command
    }

    /// Whether more is at stake than was said of it before.
    package func isWorse(than before: Nudge) -> Bool {
        severity.rank > before.severity.rank || urgency > before.urgency
    }

    /// Whether it says something none of these, told before, said: it is worse
    /// than all of them, or of another kind.
    package func isNews(after told: [Announced]) -> Bool {
        guard told.contains(where: { $0.kind == kind }) else { return true }
        return told.allSatisfy { severity.rank > $0.severity.rank || urgency > $0.urgency }
    }

    /// As it is remembered once it was told.
    package var announced: Announced {
        Announced(severity: severity, urgency: urgency, kind: kind)
    }
}

/// What was told of one code and account.
package struct Announced: Hashable, Sendable {
    package let severity: NudgeSeverity
    package let urgency: NudgeUrgency
    package let kind: String?
    package init(severity: NudgeSeverity, urgency: NudgeUrgency, kind: String?) {
        self.severity = severity
        self.urgency = urgency
        self.kind = kind
    }
}

/// Where nudges are told; each place is told once.
package enum AnnouncementChannel: String, Sendable, CaseIterable {
    case heartbeat
    case webhook
    case desktop
}

/// Stable codes, as the API names them.
package enum NudgeCode: String, Sendable, CaseIterable, Comparable {
    case rotationStuck = "rotation-stuck"
    case pinnedSession = "pinned-session"
    case noAlternates = "no-alternates"
    case otherHost = "other-host"
    case loginNeeded = "oauth-login-needed"
    case loginExpiring = "login-expiring"
    case captureStalled = "oauth-capture-stalled"
    case lockHeld = "lock-held"
    case secondManager = "second-manager"
    case tickStalled = "tick-stalled"

    package static func < (left: NudgeCode, right: NudgeCode) -> Bool {
        left.rawValue < right.rawValue
    }
}

package enum NudgeSeverity: String, Sendable, CaseIterable {
    case info, warning, critical

    /// Grows with what is at stake.
    package var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }
}

/// How long there is to act; ordered, the most pressing last.
package enum NudgeUrgency: String, Sendable, CaseIterable, Comparable {
    case notice
    /// An account will serve no longer than that.
    case within48Hours = "48h"
    case within24Hours = "24h"
    /// Its date has passed.
    case expired
    /// The vendor said that it is over.
    case dead

    package static func < (left: NudgeUrgency, right: NudgeUrgency) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .notice: 0
        case .within48Hours: 1
        case .within24Hours: 2
        case .expired: 3
        case .dead: 4
        }
    }
}
