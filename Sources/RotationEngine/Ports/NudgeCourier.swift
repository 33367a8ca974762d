// The ports around nudges: who carries them out of the service, and what the
// login desk knows. A message holds e-mails and sentences, never a secret.

import RotationCore

/// One nudge on its way.
package struct NudgeLetter: Hashable, Sendable {
    /// The same at every attempt, so that a receiver can tell a repetition;
    /// letters, digits, `_`.
    package let id: String
    package let standing: StandingNudge
    package let sentAt: Timestamp
    package init(id: String, standing: StandingNudge, sentAt: Timestamp) {
        self.id = id
        self.standing = standing
        self.sentAt = sentAt
    }
}

package enum Delivery: Hashable, Sendable {
    case delivered
    /// Tried again later, and not before `retryAfter`. Why, for the log.
    case failed(String, retryAfter: Timestamp? = nil)
    /// The receiver wants no more. Why, for the log.
    case gone(String)
}

package protocol NudgeCourier: Sendable {
    var channel: AnnouncementChannel { get }
    /// One attempt; bounded in time by itself.
    func deliver(_ letter: NudgeLetter) async -> Delivery
}
