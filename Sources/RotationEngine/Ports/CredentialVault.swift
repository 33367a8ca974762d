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
    /// The account whose slot holds a newer generation than this; nil when
    /// this is the newest, or not known yet.
    package let supersededFor: AccountID?
    /// When another program last made a known generation live; nil when never.
    package let lastRestoredAt: Timestamp?

    package init(
        generation: Generation, details: CredentialDetails, accessToken: Secret,
        slot: AccountID?, missing: [String], supersededFor: AccountID? = nil,
        lastRestoredAt: Timestamp? = nil
    ) {
        self.supersededFor = supersededFor
        self.lastRestoredAt = lastRestoredAt
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
    /// When this generation was filed.
    package let capturedAt: Timestamp
    /// When we last refreshed it; nil when never.
    package let refreshedAt: Timestamp?
    /// What is known of its refresh token.
    package let grant: GrantStanding

    package init(
        identity: AccountIdentity, details: CredentialDetails, generation: Generation,
        capturedAt: Timestamp, refreshedAt: Timestamp?, grant: GrantStanding = .unspent
    ) {
        self.grant = grant
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
    /// The slot holds a newer generation of this account; an older one never
    /// overwrites it.
    case superseded(AccountID)
}

package protocol CredentialVault: Sendable {
    /// Names the live store for people, for example `file:~/.claude`.
    var name: String { get }

    /// Nil when the vault can be used; else why not, and what to do.
    var unsupportedAdvice: String? { get }

    /// A token of `claude setup-token` as Claude Code would keep it: nothing to
    /// refresh it with, for inference only. `expiresAt` is an estimate.
    nonisolated func setupToken(_ token: Secret, expiresAt: Timestamp) -> ImportedCredential

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

    /// Refreshes a slot's grant. `request` is the only thing that runs under
    /// Claude Code's locks, and is called at most twice, the second time with
    /// the same token after no answer came to the first. The new pair is
    /// durable before this returns.
    func refresh(
        _ order: RefreshOrder, request: @escaping @Sendable (Secret) async -> RefreshAnswer
    ) async throws(VaultError) -> RefreshReceipt

    /// Files a credential from elsewhere into the slot of `identity`, unless
    /// that holds one that is not proven dead (`.superseded`).
    func adopt(
        _ credential: ImportedCredential, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot

    /// Files what a sign-in has just made, whatever the slot holds. One that is
    /// known changes nothing, or is `.superseded` when it is not the newest.
    func enrol(
        _ made: MadeCredential, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot

    /// The slot of the account this is a known generation of, be it the slot's
    /// own or an older one; nil when it was never seen or the slot is gone.
    func slot(knowing credential: ImportedCredential) async throws(VaultError) -> Slot?

    /// Finishes or undoes what a crash left; before anything else at start.
    /// Until `settled`, asked again it answers the same.
    func recover(now: Timestamp) async throws(VaultError) -> [Recovery]
    /// The last swap, made or recovered, is in the history: its journal ends.
    func settled() async

    /// What is known of an account's generations, newest first.
    func lineage(of account: AccountID, limit: Int) async throws(VaultError) -> [LineageEntry]
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
