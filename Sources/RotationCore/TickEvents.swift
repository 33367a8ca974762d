// What goes into the tick machine and what comes out of it. Events are facts
// already established by somebody; effects are requests, answered by the event
// named beside them. None of these carries a secret.

/// What the judge knows of one account's slot.
package struct SlotFacts: Hashable, Sendable {
    package var email: String
    package var details: CredentialDetails
    package var generation: Generation
    /// What is known of its refresh token.
    package var grant: GrantStanding
    /// When a refresh of ours issued its access token; nil when it was not us.
    package var issuedAt: Timestamp?

    /// The vendor proved the grant dead; only a sign-in helps.
    package var needsLogin: Bool { grant == .rejected }

    package init(
        email: String, details: CredentialDetails, generation: Generation,
        grant: GrantStanding = .unspent, issuedAt: Timestamp? = nil
    ) {
        self.email = email
        self.details = details
        self.generation = generation
        self.grant = grant
        self.issuedAt = issuedAt
    }
}

/// What looking at the live store came to.
package enum LiveObservation: Hashable, Sendable {
    /// The credential is this account's; its slot equals it.
    case identified(AccountID, SlotFacts)
    /// The credential is an older generation of this account than its slot
    /// holds: somebody put it back, or a refresh was cut short.
    case superseded(AccountID, Generation)
    /// A credential is there, but whose it is could not be proven.
    case unidentified
    /// The store was read and holds no credential.
    case absent
    /// Somebody holds Claude Code's lock: `holder` since `since`.
    case locked(LockHeld)
    /// The store could not be used; `reason` is one of the store reasons.
    case failed(Reason, detail: String)
}

/// A lock of Claude Code's that another process holds.
package struct LockHeld: Hashable, Sendable {
    /// The lock's file name, for example `.oauth_refresh.lock`.
    package let name: String
    /// When its heartbeat was last seen.
    package let since: Timestamp
    /// What a human can do about one that will never be given back by itself
    /// (dated in the future, or not an empty directory); nil otherwise.
    package let remedy: String?
    package init(name: String, since: Timestamp, remedy: String? = nil) {
        self.name = name
        self.since = since
        self.remedy = remedy
    }
}

/// Whether Claude Code runs against this store.
package struct ClaudePresence: Hashable, Sendable {
    package var running: Bool
    /// Sessions whose own environment or settings pin authentication, so that
    /// a rotation never reaches them: process id and the names that pin.
    package var pinnedSessions: [PinnedSession]
    /// Whether some session is in the middle of a turn, as Claude Code's
    /// session files say; nil when none says so and not all say that they are
    /// not.
    package var isBusy: Bool?
    package init(
        running: Bool, pinnedSessions: [PinnedSession] = [], isBusy: Bool? = nil
    ) {
        self.running = running
        self.pinnedSessions = pinnedSessions
        self.isBusy = isBusy
    }
}

package struct PinnedSession: Hashable, Sendable {
    package let pid: Int32
    /// Names only, never values.
    package let variables: [String]
    package init(pid: Int32, variables: [String]) {
        self.pid = pid
        self.variables = variables
    }
}

/// How an ordered swap ended.
package enum SwapResult: Hashable, Sendable {
    case done(live: SlotFacts, tookMilliseconds: Int64)
    case locked(LockHeld)
    /// The live credential was no longer the one the decision was made on.
    case changedMeanwhile
    case failed(Reason, detail: String)
}

/// What a tick was asked to do.
package struct TickRequest: Hashable, Sendable {
    package var trigger: Trigger
    /// False runs the tick even when no Claude Code process is found.
    package var onlyIfClaudeRunning: Bool
    /// Read everything now, unless the budget or a `Retry-After` forbids.
    package var fresh: Bool
    package init(trigger: Trigger, onlyIfClaudeRunning: Bool = true, fresh: Bool = false) {
        self.trigger = trigger
        self.onlyIfClaudeRunning = onlyIfClaudeRunning
        self.fresh = fresh
    }
}

package enum TickEvent: Hashable, Sendable {
    /// Starts a tick. Ignored while one is under way: callers share it.
    case tickRequested(TickRequest, optedIn: Bool, at: Timestamp)
    /// Answers `.lookForClaude`.
    case claudeLookedFor(ClaudePresence, at: Timestamp)
    /// Answers `.observeLive`: the live store, and every slot we hold.
    case storeObserved(live: LiveObservation, slots: [AccountID: SlotFacts], at: Timestamp)
    /// Answers `.readUsage`, one entry per account asked for. An account whose
    /// token could not be loaded is missing.
    case usageRead([AccountID: UsageAnswer], at: Timestamp)
    /// Answers `.refresh`.
    case refreshFinished(AccountID, RefreshResult, at: Timestamp)
    /// Answers `.swap`.
    case swapFinished(SwapResult, at: Timestamp)

    // Outside ticks.

    /// The operator swapped, captured or forgot; the store is as told.
    case operatorSwapped(from: AccountID?, to: AccountID, at: Timestamp)
    case slotForgotten(AccountID)
    /// Start-up found a swap of ours that was not recorded.
    case swapRecovered(from: AccountID?, to: AccountID, at: Timestamp, isAutomatic: Bool)
    /// Another program made a known credential live, last at this moment.
    case otherManagerSeen(at: Timestamp)
}

package enum TickEffect: Hashable, Sendable {
    /// Answered by `.claudeLookedFor`.
    case lookForClaude
    /// Read the live store, prove whose it is, file it if it changed; list the
    /// slots. Answered by `.storeObserved`.
    case observeStore
    /// Read these accounts' usage, all at once. Answered by `.usageRead`.
    case readUsage([AccountID])
    /// Refresh this slot's grant if it still is that generation. Answered by
    /// `.refreshFinished`.
    case refresh(AccountID, expecting: Generation)
    /// Make `to` live if `from` at `expecting` still is. Answered by
    /// `.swapFinished`.
    case swap(from: AccountID, expecting: Generation, to: AccountID)
    /// The tick is over; record it and answer its callers.
    case conclude(TickConclusion)
}

/// All a finished tick leaves behind.
package struct TickConclusion: Hashable, Sendable {
    package var request: TickRequest
    package var startedAt: Timestamp
    package var endedAt: Timestamp
    package var verdict: Verdict
    /// Every nudge that stands after this tick, sorted by code, then e-mail.
    package var nudges: [Nudge]
    /// Set when a swap was made: milliseconds it took.
    package var swapMilliseconds: Int64?
    /// The earliest tick worth making; at most one interval away.
    package var nextTickAt: Timestamp

    package init(
        request: TickRequest, startedAt: Timestamp, endedAt: Timestamp, verdict: Verdict,
        nudges: [Nudge], swapMilliseconds: Int64?, nextTickAt: Timestamp
    ) {
        self.request = request
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.verdict = verdict
        self.nudges = nudges
        self.swapMilliseconds = swapMilliseconds
        self.nextTickAt = nextTickAt
    }
}

/// What the machine remembers of one account's readings; kept in the history
/// store so that a restart forgets neither a reading nor a `Retry-After`.
package struct UsageFacts: Hashable, Sendable {
    /// The last good reading, whatever came after it.
    package var reading: Reading?
    /// The last answer of the endpoint and when; nil when never asked.
    package var lastAnswer: UsageAnswer?
    package var lastAskedAt: Timestamp?
    /// No request before this.
    package var notBefore: Timestamp?
    /// When the last 429 came; nil when none ever did.
    package var throttledAt: Timestamp?
    /// How many distinct answers in a row were 429, or 401/revoked.
    package var consecutiveRateLimits: Int
    package var consecutiveRejections: Int
    /// When the first of the running rejections came.
    package var rejectedSince: Timestamp?
    /// Times of the requests of the last hour, oldest first.
    package var askedAt: [Timestamp]
    /// Until when nobody worked since it was read; before the last reading where
    /// somebody did since. Nil before the first such time, and after a restart.
    package var unusedUntil: Timestamp?
    /// When the present whole percent of each window was first told; empty
    /// after a restart.
    package var firstTold: [WindowKey: Timestamp] = [:]
    /// Families of models whose windows rose, and when last; empty after a
    /// restart.
    package var modelsRisen: [String: Timestamp] = [:]

    package init() {
        consecutiveRateLimits = 0
        consecutiveRejections = 0
        askedAt = []
    }
}

/// A swap the dwell and the hysteresis are measured from.
package struct AutomaticSwap: Hashable, Sendable {
    package let at: Timestamp
    package let from: AccountID
    package let to: AccountID
    /// The windows of the account that was left, as read before leaving.
    package let leftWindows: [UsageWindow]
    package init(at: Timestamp, from: AccountID, to: AccountID, leftWindows: [UsageWindow]) {
        self.at = at
        self.from = from
        self.to = to
        self.leftWindows = leftWindows
    }
}

/// What the tick machine starts from, loaded from the history.
package struct RememberedState: Hashable, Sendable {
    package var usage: [AccountID: UsageFacts]
    /// Accounts we left by ourselves, newest swap for each.
    package var left: [AccountID: AutomaticSwap]
    package var lastAutomaticSwap: AutomaticSwap?
    package var refreshes: [AccountID: RefreshFacts]
    /// When another program was last seen making a known credential live.
    package var otherManagerAt: Timestamp?
    /// Not kept over a restart: it is measured anew within two readings.
    package var work = WorkPace()
    /// What the operator forbids.
    package var rules = OperatorRules()
    package init(
        usage: [AccountID: UsageFacts] = [:], left: [AccountID: AutomaticSwap] = [:],
        lastAutomaticSwap: AutomaticSwap? = nil, refreshes: [AccountID: RefreshFacts] = [:]
    ) {
        self.refreshes = refreshes
        self.usage = usage
        self.left = left
        self.lastAutomaticSwap = lastAutomaticSwap
    }
}
