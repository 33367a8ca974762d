// The port to what is kept: accounts, readings, decisions, rotations, nudges,
// opt-in changes. Append-only where it is history; never a secret.

import RotationCore

package enum HistoryError: Error, Hashable, Sendable {
    /// The file is not a usable database; the text says which file and how to
    /// recover. Nothing was moved or changed.
    case corrupt(String)
    /// Written by a newer version; the text names both schema numbers.
    case newerSchema(String)
    /// Disk full, permissions, busy beyond the time-out.
    case unavailable(String)
}

/// One kept decision. `tick` is nil for an operator's swap.
package struct DecisionRecord: Hashable, Sendable {
    package var id: Int64
    package var tick: Int64?
    package var at: Timestamp
    package var trigger: Trigger
    package var verdict: Verdict
    /// E-mails as they were at the time.
    package var fromEmail: String?
    package var toEmail: String?
    /// For an unbroken run of `off` or `claude-not-running`: how many ticks
    /// this row stands for (1 otherwise) and when the last was.
    package var repeats: Int64
    package var lastAt: Timestamp

    package init(
        id: Int64, tick: Int64?, at: Timestamp, trigger: Trigger, verdict: Verdict,
        fromEmail: String?, toEmail: String?, repeats: Int64, lastAt: Timestamp
    ) {
        self.id = id
        self.tick = tick
        self.at = at
        self.trigger = trigger
        self.verdict = verdict
        self.fromEmail = fromEmail
        self.toEmail = toEmail
        self.repeats = repeats
        self.lastAt = lastAt
    }
}

package struct RotationRecord: Hashable, Sendable {
    package var id: Int64
    package var at: Timestamp
    package var from: AccountID?
    package var fromEmail: String?
    package var to: AccountID
    package var toEmail: String
    package var trigger: Trigger
    package var reason: Reason
    package var sentence: String
    package var tookMilliseconds: Int64

    package init(
        id: Int64, at: Timestamp, from: AccountID?, fromEmail: String?, to: AccountID,
        toEmail: String, trigger: Trigger, reason: Reason, sentence: String,
        tookMilliseconds: Int64
    ) {
        self.id = id
        self.at = at
        self.from = from
        self.fromEmail = fromEmail
        self.to = to
        self.toEmail = toEmail
        self.trigger = trigger
        self.reason = reason
        self.sentence = sentence
        self.tookMilliseconds = tookMilliseconds
    }
}

/// A nudge with when it first stood and whether the human acknowledged it.
package struct StandingNudge: Hashable, Sendable {
    package var nudge: Nudge
    package var since: Timestamp
    package var acknowledged: Bool
    package init(nudge: Nudge, since: Timestamp, acknowledged: Bool) {
        self.nudge = nudge
        self.since = since
        self.acknowledged = acknowledged
    }
}

/// An account as the history knows it; slot metadata without secrets.
package struct AccountRecord: Hashable, Sendable {
    package var identity: AccountIdentity
    /// The slot as last seen in the vault; nil when there is none.
    package var slot: Slot?
    package init(identity: AccountIdentity, slot: Slot?) {
        self.identity = identity
        self.slot = slot
    }
}

/// Everything a finished tick or operator's swap leaves behind, written in one
/// transaction.
package struct DecisionEntry: Sendable {
    package var tick: Int64?
    package var at: Timestamp
    package var trigger: Trigger
    package var verdict: Verdict
    /// E-mail per account named in the verdict.
    package var emails: [AccountID: String]
    /// Usage facts that changed; readings are appended when their `readAt` is
    /// new.
    package var usage: [AccountID: UsageFacts]
    /// Set when a credential was swapped.
    package var rotation: Rotation?
    /// The full set of nudges that stand now; others are cleared. Nil leaves
    /// them as they are.
    package var nudges: [Nudge]?
    /// Refresh facts that changed.
    package var refreshes: [AccountID: RefreshFacts]

    package struct Rotation: Sendable {
        package var to: AccountID
        package var from: AccountID?
        package var tookMilliseconds: Int64
        /// Present for automatic swaps: dwell and hysteresis start from it.
        package var automatic: AutomaticSwap?
        package init(
            to: AccountID, from: AccountID?, tookMilliseconds: Int64, automatic: AutomaticSwap?
        ) {
            self.to = to
            self.from = from
            self.tookMilliseconds = tookMilliseconds
            self.automatic = automatic
        }
    }

    package init(
        tick: Int64?, at: Timestamp, trigger: Trigger, verdict: Verdict,
        emails: [AccountID: String], usage: [AccountID: UsageFacts], rotation: Rotation?,
        nudges: [Nudge]?, refreshes: [AccountID: RefreshFacts] = [:]
    ) {
        self.refreshes = refreshes
        self.tick = tick
        self.at = at
        self.trigger = trigger
        self.verdict = verdict
        self.emails = emails
        self.usage = usage
        self.rotation = rotation
        self.nudges = nudges
    }
}

/// A page of history, newest first.
package struct Page<Element: Sendable>: Sendable {
    package var items: [Element]
    /// Pass as `before` for the next page; nil at the end.
    package var next: Int64?
    package init(items: [Element], next: Int64?) {
        self.items = items
        self.next = next
    }
}

/// One stored reading and whose it is.
package struct ReadingRecord: Hashable, Sendable {
    package var account: AccountID
    package var reading: Reading
    package init(account: AccountID, reading: Reading) {
        self.account = account
        self.reading = reading
    }
}

/// The last reading of a page: the next one goes on behind it.
package struct ReadingCursor: Hashable, Sendable {
    package var readAt: Timestamp
    package var id: Int64
    package init(readAt: Timestamp, id: Int64) {
        self.readAt = readAt
        self.id = id
    }
}

/// A page of readings, oldest first.
package struct ReadingPage: Sendable {
    package var items: [ReadingRecord]
    /// Pass as `after` for the next page; nil at the end.
    package var next: ReadingCursor?
    package init(items: [ReadingRecord], next: ReadingCursor?) {
        self.items = items
        self.next = next
    }
}

/// What the service starts from.
package struct LoadedHistory: Sendable {
    package var remembered: RememberedState
    package var accounts: [AccountRecord]
    package var nudges: [StandingNudge]
    package var lastTick: Int64
    package var lastTickAt: Timestamp?
    /// When the opt-in last changed to what it was then.
    package var lastOptInChange: (enabled: Bool, at: Timestamp)?
    /// The newest decision that is not `off` or `claude-not-running`.
    package var latestDecision: DecisionRecord?

    package init(
        remembered: RememberedState, accounts: [AccountRecord], nudges: [StandingNudge],
        lastTick: Int64, lastTickAt: Timestamp?,
        lastOptInChange: (enabled: Bool, at: Timestamp)?, latestDecision: DecisionRecord?
    ) {
        self.remembered = remembered
        self.accounts = accounts
        self.nudges = nudges
        self.lastTick = lastTick
        self.lastTickAt = lastTickAt
        self.lastOptInChange = lastOptInChange
        self.latestDecision = latestDecision
    }
}

package protocol HistoryLog: Sendable {
    func load() async throws(HistoryError) -> LoadedHistory
    /// Appends in one transaction and answers the row. An unbroken run of
    /// `off` or `claude-not-running` is one row whose `repeats` and `lastAt`
    /// grow.
    func append(_ entry: DecisionEntry) async throws(HistoryError) -> DecisionRecord
    /// Inserts or updates an account and its slot metadata.
    func save(_ account: AccountRecord, at: Timestamp) async throws(HistoryError)
    /// Marks an account as forgotten; its decisions and rotations stay.
    func forget(_ account: AccountID, at: Timestamp) async throws(HistoryError)
    /// Keeps the operator's rules in the place of those before.
    func save(_ rules: OperatorRules, at: Timestamp) async throws(HistoryError)
    func recordOptIn(enabled: Bool, at: Timestamp) async throws(HistoryError)
    func decisions(limit: Int, before: Int64?) async throws(HistoryError) -> Page<DecisionRecord>
    func rotations(limit: Int, before: Int64?) async throws(HistoryError) -> Page<RotationRecord>
    /// Every reading of every account, forgotten ones included, whose `readAt`
    /// is `since` or later, oldest first; those of one instant in the order
    /// they were stored. A page has 1 to 500, whatever is asked for. Nothing is
    /// skipped or told twice while newer readings come in between pages.
    func readings(
        since: Timestamp, after: ReadingCursor?, limit: Int
    ) async throws(HistoryError) -> ReadingPage
    /// Events with an id above `after` and not above `through`, oldest first; a
    /// page has 1 to 500. Every write named above leaves the events of what it
    /// changed, together with it or not at all; at least `EventPage.kept` of
    /// them are kept.
    func events(
        after: Int64, through: Int64, limit: Int
    ) async throws(HistoryError) -> EventPage
    /// The newest event that is written, 0 before the first; nil until the
    /// history was loaded, and while it cannot be used. Asks nobody.
    var newestEvent: Int64? { get }
    /// Readings of one window, thinned out, and the stalls of the same time.
    func series(_ query: SeriesQuery) async throws(HistoryError) -> ReadingSeries
    func nudges() async throws(HistoryError) -> [StandingNudge]
    /// Answers false when no such nudge stands. `email` is nil for a nudge of
    /// the machine. An acknowledged nudge is silent until its severity grows or
    /// it is cleared and comes back.
    func acknowledge(
        _ code: NudgeCode, email: String?, at: Timestamp
    ) async throws(HistoryError) -> Bool
    /// Makes one more nudge stand, until the next entry says which do.
    func raise(_ nudge: Nudge, at: Timestamp) async throws(HistoryError)
    /// Tells listeners what a sign-in has come to; nothing else of it is kept.
    func tell(_ signIn: SignIn) async throws(HistoryError)
    /// The nudges that stand, are not acknowledged, and say something that was
    /// not told on this channel (`Nudge.isNews`). One that is over is remembered
    /// as told for `Bounds.announcementMemorySeconds`.
    func unannounced(
        on channel: AnnouncementChannel
    ) async throws(HistoryError) -> [StandingNudge]
    /// Remembers these as told there, and answers those that were news until
    /// now: of two that tell the same at once, one does.
    func markAnnounced(
        _ nudges: [Nudge], on channel: AnnouncementChannel, at: Timestamp
    ) async throws(HistoryError) -> [Nudge]
}
