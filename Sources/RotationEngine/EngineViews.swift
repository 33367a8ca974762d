// What the engine answers its callers: read-only values, free of secrets and
// of wire formats. ControlServer turns them into the bodies of ControlWire.

import RotationCore

/// How an account's usage stands, as the API names it.
package enum UsageStatus: String, Sendable, CaseIterable {
    case known
    case unknown
    case rateLimited = "rate-limited"
    case rejected
    case unreachable
    case neverRead = "never-read"
}

package struct AccountView: Hashable, Sendable {
    package var identity: AccountIdentity
    package var isLive: Bool
    package var slot: Slot?
    package var slotState: SlotState
    package var usageStatus: UsageStatus
    /// The last good reading; its windows may have reset since.
    package var reading: Reading?
    /// What the operator wants of it.
    package var policy: AccountPolicy
    /// What it has spent beside its plan; nil when not said since the start.
    package var extra: ExtraUsage?

    package init(
        identity: AccountIdentity, isLive: Bool, slot: Slot?, slotState: SlotState,
        usageStatus: UsageStatus, reading: Reading?, policy: AccountPolicy = AccountPolicy(),
        extra: ExtraUsage? = nil
    ) {
        self.extra = extra
        self.policy = policy
        self.identity = identity
        self.isLive = isLive
        self.slot = slot
        self.slotState = slotState
        self.usageStatus = usageStatus
        self.reading = reading
    }
}

/// A consistent picture of the service, replaced whole after every change.
package struct Snapshot: Hashable, Sendable {
    /// Grows with every published change.
    package var version: UInt64
    package var startedAt: Timestamp
    package var optedIn: Bool
    package var optedInSince: Timestamp?
    package var live: AccountID?
    /// Sorted by e-mail, then id.
    package var accounts: [AccountView]
    package var lastTickAt: Timestamp?
    package var nextTickAt: Timestamp?
    package var nudges: [StandingNudge]
    package var latestDecision: DecisionRecord?
    /// The last pause that was asked for and not lifted; it may be over.
    package var pause: Pause?
    /// Every event up to this one is of something this picture shows; nil while
    /// the history is not open.
    package var newestEvent: Int64?
    package var counters = Counters()

    package init(startedAt: Timestamp) {
        version = 0
        self.startedAt = startedAt
        optedIn = false
        optedInSince = nil
        live = nil
        accounts = []
        lastTickAt = nil
        nextTickAt = nil
        nudges = []
        latestDecision = nil
    }
}

package struct TickReport: Sendable {
    package var tick: Int64
    package var at: Timestamp
    package var decision: DecisionRecord
    package var nudges: [StandingNudge]
    package var nextTickAt: Timestamp
    package init(
        tick: Int64, at: Timestamp, decision: DecisionRecord, nudges: [StandingNudge],
        nextTickAt: Timestamp
    ) {
        self.tick = tick
        self.at = at
        self.decision = decision
        self.nudges = nudges
        self.nextTickAt = nextTickAt
    }
}

/// Why an order could not be carried out. One closed enum for all of them;
/// ControlServer switches over it without `default`.
package enum EngineRefusal: Error, Hashable, Sendable {
    case pinnedEnvironment(PinningFinding)
    case unsupportedPlatform(advice: String)
    case unknownAccount(String)
    /// Two accounts share this e-mail; use one of these ids.
    case ambiguousAccount(String, ids: [String])
    case accountIsLive(String)
    case alreadyLive(String)
    case targetUnusable(String, Reason, detail: String)
    case identityUnknown(detail: String)
    case noLiveCredential
    case credentialIncomplete(missing: [String])
    case credentialLocked(LockHeld)
    case credentialChanged
    /// Another program put back an older credential than the slot holds.
    case credentialSuperseded
    case storeRefused(String)
    case storeUnreachable(String)
    case storeMalformed(String)
    case historyUnavailable(String)
    /// It happened and could not be written down yet: what, and why not.
    case notRecorded(String, detail: String)
    case flagNotWritten(String)
    /// Why not, and where it was looked for.
    case nothingToImport(String)
    /// Another rotator is at work on the same accounts.
    case otherManagerOn(String)
    /// It is not a setup-token that serves; why, and what to do.
    case setupTokenRefused(String)
    case noDecisionYet
    case unknownNudge
    case signIn(SignInRefusal)
    /// No sign-in of this account was begun since the service started, or none
    /// runs.
    case noSignIn(String)
    case stopping
}
