// What the vault is told to do beyond filing, and what it says came of it:
// swaps, refreshes, imports, and what a crash left.

import RotationCore

/// A swap to be made under Claude Code's locks.
package struct SwapOrder: Sendable {
    /// Whose the live credential is; nil only when the store is proven to
    /// hold none.
    package let outgoing: Outgoing?
    package let incoming: AccountID
    /// Seconds to wait for Claude Code's locks before giving up as `.locked`;
    /// 0…10.
    package let lockPatienceSeconds: Int64
    /// For the journal and the slots' `capturedAt`.
    package let now: Timestamp
    /// Kept in the journal, so that a recovered swap counts for the dwell.
    package let isAutomatic: Bool
    /// Id of the newest rotation in the history, 0 when there is none: tells
    /// start-up whether this one came to be recorded. Clocks step back, ids do
    /// not.
    package let afterRotation: Int64

    package struct Outgoing: Sendable {
        package let identity: AccountIdentity
        package let generation: Generation
        package init(identity: AccountIdentity, generation: Generation) {
            self.identity = identity
            self.generation = generation
        }
    }

    package init(
        outgoing: Outgoing?, incoming: AccountID, lockPatienceSeconds: Int64, now: Timestamp,
        isAutomatic: Bool = false, afterRotation: Int64 = 0
    ) {
        self.afterRotation = afterRotation
        self.outgoing = outgoing
        self.incoming = incoming
        self.lockPatienceSeconds = lockPatienceSeconds
        self.now = now
        self.isAutomatic = isAutomatic
    }
}

/// What a swap left behind. It stays in the vault's journal until `settled`.
package struct SwapReceipt: Sendable {
    /// The slot now live.
    package let incoming: Slot
    /// The slot the previous live credential is in; nil when there was none,
    /// or it was an older generation than its slot already held.
    package let outgoing: Slot?
    /// What could not be done but does not undo the swap, for example
    /// `.claude.json` being locked; for the log.
    package let remarks: [String]
    package init(incoming: Slot, outgoing: Slot?, remarks: [String]) {
        self.incoming = incoming
        self.outgoing = outgoing
        self.remarks = remarks
    }
}

/// A refresh (RFC 6749 §6) of one slot's grant.
package struct RefreshOrder: Sendable {
    package let account: AccountID
    /// The generation the decision was made on.
    package let expecting: Generation
    /// Seconds to wait for Claude Code's locks; 0…10.
    package let lockPatienceSeconds: Int64
    package let now: Timestamp

    package init(
        account: AccountID, expecting: Generation, lockPatienceSeconds: Int64, now: Timestamp
    ) {
        self.account = account
        self.expecting = expecting
        self.lockPatienceSeconds = lockPatienceSeconds
        self.now = now
    }
}

package enum RefreshReceipt: Sendable {
    /// The new pair is durable in the slot, and live if it was live before.
    case refreshed(Slot)
    /// Nothing was sent: the slot is another generation by now, or the grant
    /// is the live one and it has not lapsed.
    case notDue
    /// `invalid_grant`: only a sign-in helps. The slot is kept.
    case grantRejected(Slot)
    /// Nothing was issued; try again later.
    case refused(RefreshAnswer)
    /// No answer came, twice. The grant may be spent; it is tried again.
    case unanswered(UnreachableKind)
    /// The vendor issued a pair for another account; nothing was stored.
    case otherAccount(Slot)
}

/// What a crash left, and what became of it at start.
package enum Recovery: Hashable, Sendable {
    /// The swap had been installed; it counts.
    case finishedSwap(FinishedSwap)
    /// A credential never seen is live: Claude Code may have refreshed what the
    /// swap installed, or what it was to replace. Whose it is will tell.
    case undecidedSwap(FinishedSwap)
    /// Nothing had been installed; the old credential is live.
    case abandonedSwap(from: AccountID?, to: AccountID, at: Timestamp)
    /// A lock of our own was released; its file name.
    case releasedLock(String)
    /// A refresh was sent and its answer is not known; see
    /// `GrantStanding.maybeSpent`.
    case maybeSpentGrant(AccountID)
}

/// A swap found made at start; see `SwapOrder` for its members.
package struct FinishedSwap: Hashable, Sendable {
    package let from: AccountID?
    package let to: AccountID
    package let at: Timestamp
    package let isAutomatic: Bool
    package let afterRotation: Int64

    package init(
        from: AccountID?, to: AccountID, at: Timestamp, isAutomatic: Bool, afterRotation: Int64
    ) {
        self.from = from
        self.to = to
        self.at = at
        self.isAutomatic = isAutomatic
        self.afterRotation = afterRotation
    }
}

/// A credential from elsewhere, as `{"claudeAiOauth": …}`.
package struct ImportedCredential: Sendable {
    package let text: Secret
    /// A file or keychain item, for people.
    package let origin: String
    package init(text: Secret, origin: String) {
        self.text = text
        self.origin = origin
    }
}
