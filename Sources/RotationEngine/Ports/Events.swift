// What a listener is told: something happened, numbered by the history in the
// order it was written. Kept for a while only; what an event stands for is kept
// where it always was.

import RotationCore

package enum EventContent: Hashable, Sendable {
    /// A new decision; as it stands when read, not when written. The ticks of
    /// an unbroken run that looked at nothing are one.
    case decision(DecisionRecord)
    case rotation(RotationRecord)
    /// Usage, slot or policy of these accounts is not what it was, or one is
    /// forgotten. E-mails, sorted.
    case accounts([String])
    /// New, or worse than it was.
    case nudgeRaised(StandingNudge)
    case nudgeCleared(StandingNudge)
    case nudgeAcknowledged(StandingNudge)
    case optIn(enabled: Bool)
    /// Nil when it was lifted. That one is over by itself is not told.
    case pause(Pause?)
    /// A sign-in has come to this.
    case login(SignIn)
    /// Of a kind this version does not know, or of a row that is not there.
    case unknown(kind: String)

    /// As the API names it.
    package var kind: String {
        switch self {
        case .decision: "decision"
        case .rotation: "rotation"
        case .accounts: "accounts"
        case .nudgeRaised: "nudge-raised"
        case .nudgeCleared: "nudge-cleared"
        case .nudgeAcknowledged: "nudge-acknowledged"
        case .optIn: "opt-in"
        case .pause: "pause"
        case .login: "login"
        case .unknown(let kind): kind
        }
    }
}

package struct EventRecord: Hashable, Sendable {
    /// Grows by one; never used twice, also over restarts.
    package var id: Int64
    package var at: Timestamp
    package var content: EventContent
    package init(id: Int64, at: Timestamp, content: EventContent) {
        self.id = id
        self.at = at
        self.content = content
    }
}

/// Events in the order they happened.
package struct EventPage: Sendable {
    package var items: [EventRecord]
    /// The oldest event kept; nil when there is none.
    package var oldest: Int64?
    package init(items: [EventRecord], oldest: Int64?) {
        self.items = items
        self.oldest = oldest
    }

    /// Events kept at least: about a week of a tick a minute, each with a
    /// reading and a decision.
    package static let kept: Int64 = 20_000
}

extension StandingNudge {
    /// What a listener is told when other nudges stand than did. A text that
    /// only tells the time anew is no change.
    package static func changes(
        from before: [StandingNudge], to after: [StandingNudge]
    ) -> [EventContent] {
        func same(_ all: [StandingNudge], _ one: StandingNudge) -> StandingNudge? {
            all.first { $0.nudge.code == one.nudge.code && $0.nudge.email == one.nudge.email }
        }
        let cleared = before.filter { same(after, $0) == nil }
        let raised = after.filter { one in
            same(before, one).map { one.nudge.isWorse(than: $0.nudge) } ?? true
        }
        return cleared.map(EventContent.nudgeCleared) + raised.map(EventContent.nudgeRaised)
    }
}
