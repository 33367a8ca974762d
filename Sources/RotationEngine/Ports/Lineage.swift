// Where a credential came from: every generation ever seen, who wrote it and
// which one it replaced. Fingerprints are keyed (HMAC-SHA-256): they tell two
// credentials apart and nothing about either.

import RotationCore

/// One line of the lineage ledger. Append-only.
package struct LineageEntry: Hashable, Sendable {
    package enum Event: String, Sendable, CaseIterable {
        /// This generation was seen for the first time and filed.
        case firstSeen = "first-seen"
        /// We made it live.
        case installed
        /// We are about to spend its refresh token; written before the request.
        case refreshSent = "refresh-sent"
        /// The vendor answered that request and issued nothing: not spent.
        case refreshRefused = "refresh-refused"
        /// `invalid_grant` was said of it.
        case grantRejected = "grant-rejected"
        /// Somebody else made an already known generation live.
        case restored
    }

    package enum Writer: String, Sendable, CaseIterable {
        case rotator
        /// A refresh by Claude Code itself.
        case claudeCode = "claude-code"
        /// A sign-in by the human.
        case signIn = "sign-in"
        /// A program that keeps copies of credentials, as we do.
        case otherManager = "other-manager"
        case imported
        /// A sign-in the rotator asked for, in a directory of its own: it is
        /// newer than any generation before it, and not live.
        case enrolled
    }

    package let at: Timestamp
    package let account: AccountID
    /// 32 hexadecimal digits.
    package let fingerprint: String
    /// The generation it replaced, as far as known.
    package let parent: String?
    package let event: Event
    package let writer: Writer

    package init(
        at: Timestamp, account: AccountID, fingerprint: String, parent: String?, event: Event,
        writer: Writer
    ) {
        self.at = at
        self.account = account
        self.fingerprint = fingerprint
        self.parent = parent
        self.event = event
        self.writer = writer
    }
}
