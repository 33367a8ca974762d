// The port to every credential: Claude Code's live store and our slots. Its
// adapters live in CredentialStores and pass one conformance suite.

import RotationCore

/// Whose a credential is, as the profile endpoint says.
package struct AccountIdentity: Hashable, Sendable {
    package let id: AccountID
    package let email: String
    package var displayName: String?
    package var organizationName: String?
    /// `organization_type`, for example `claude_max`.
    package var organizationType: String?
    package var rateLimitTier: String?

    package init(
        id: AccountID, email: String, displayName: String? = nil,
        organizationName: String? = nil, organizationType: String? = nil,
        rateLimitTier: String? = nil
    ) {
        self.id = id
        self.email = email
        self.displayName = displayName
        self.organizationName = organizationName
        self.organizationType = organizationType
        self.rateLimitTier = rateLimitTier
    }
}

/// The live credential as read, without its secrets but one.
package struct LiveCredential: Sendable {
    package let generation: Generation
    package let details: CredentialDetails
    package let accessToken: Secret
    /// The slot that holds exactly this generation, if one does.
    package let slot: AccountID?
    /// What is missing for it to be filed (`refreshToken`, `scopes`, …); empty
    /// when complete.
    package let missing: [String]

    package init(
        generation: Generation, details: CredentialDetails, accessToken: Secret,
        slot: AccountID?, missing: [String]
    ) {
        self.generation = generation
        self.details = details
        self.accessToken = accessToken
        self.slot = slot
        self.missing = missing
    }
}

/// Our copy of one account's credential, without its secrets.
package struct Slot: Hashable, Sendable {
    package let identity: AccountIdentity
    package let details: CredentialDetails
    package let generation: Generation
    /// When the credential was first filed from the live store.
    package let capturedAt: Timestamp
    /// When we last refreshed it; nil when never.
    package let refreshedAt: Timestamp?

    package init(
        identity: AccountIdentity, details: CredentialDetails, generation: Generation,
        capturedAt: Timestamp, refreshedAt: Timestamp?
    ) {
        self.identity = identity
        self.details = details
        self.generation = generation
        self.capturedAt = capturedAt
        self.refreshedAt = refreshedAt
    }
}

/// Why the vault could not do as told. "Proven absent" is never an error: it
/// is a nil answer. Texts name files and fields, never contents.
package enum VaultError: Error, Hashable, Sendable {
    /// No credential store is supported here, or none was chosen.
    case unsupported(advice: String)
    /// The store is there and said no: permissions, wrong owner, a symlink out
    /// of the store, a read-only file system.
    case refused(String)
    /// The store could not be reached or read: I/O error, time-out.
    case unreachable(String)
    /// The store holds something not understood; nothing was written.
    case malformed(String)
    /// Claude Code, or another manager, holds a lock.
    case locked(LockHeld)
    /// The live credential is not the generation the order named.
    case changedMeanwhile
    /// The live credential lacks what a slot must have; fields named.
    case incomplete(missing: [String])
    /// What was read back is not what was written; the previous content is
    /// restored if that could be done.
    case readBackMismatch(String)
    /// There is no slot for this account.
    case noSlot(AccountID)
}

/// A swap to be made under Claude Code's locks.
package struct SwapOrder: Sendable {
    /// Whose the live credential is; nil only when the store is proven to
    /// hold none.
    package let outgoing: Outgoing?
    package let incoming: AccountID
    /// Seconds to wait for Claude Code's locks before giving up as `.locked`;
    /// 0…10.
    package let lockPatienceSeconds: Int64
    /// For the slots' `capturedAt`.
    package let now: Timestamp

    package struct Outgoing: Sendable {
        package let identity: AccountIdentity
        package let generation: Generation
        package init(identity: AccountIdentity, generation: Generation) {
            self.identity = identity
            self.generation = generation
        }
    }

    package init(
        outgoing: Outgoing?, incoming: AccountID, lockPatienceSeconds: Int64, now: Timestamp
    ) {
        self.outgoing = outgoing
        self.incoming = incoming
        self.lockPatienceSeconds = lockPatienceSeconds
        self.now = now
    }
}

/// What a swap left behind.
package struct SwapReceipt: Sendable {
    /// The slot now live.
    package let incoming: Slot
    /// The slot the previous live credential was saved in.
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

package protocol CredentialVault: Sendable {
    /// Names the live store for people, for example `file:~/.claude`.
    var name: String { get }

    /// Nil when the vault can be used; else why not, and what to do.
    var unsupportedAdvice: String? { get }

    /// The live credential; nil only when the store was read and is proven to
    /// hold none (no file, no `claudeAiOauth`, or empty tokens).
    func readLive() async throws(VaultError) -> LiveCredential?

    /// Every slot, sorted by account id. A slot that cannot be read is an
    /// error of the whole call only when the slot store cannot; a single
    /// malformed slot is left out and named in `damaged`.
    func slots() async throws(VaultError) -> SlotListing

    /// Saves the live credential, which must still be `generation`, into the
    /// slot of `identity`, durable and read back before it returns.
    func fileLive(
        _ generation: Generation, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot

    /// The access token a slot holds, for reading that account's usage.
    func accessToken(of account: AccountID) async throws(VaultError) -> Secret

    /// Makes a slot live. The outgoing credential is saved and read back under
    /// Claude Code's locks before it is overwritten; the machine's own members
    /// stay as they are in the live store, byte for byte.
    func swap(_ order: SwapOrder) async throws(VaultError) -> SwapReceipt

    /// Removes a slot; succeeds when there is none.
    func forget(_ account: AccountID) async throws(VaultError)
}

package struct SlotListing: Sendable {
    package let slots: [Slot]
    /// File names of slots that could not be understood, with the reason.
    package let damaged: [String]
    package init(slots: [Slot], damaged: [String]) {
        self.slots = slots
        self.damaged = damaged
    }
}
