// What Claude Code itself says of usage, at no cost: the `rate_limits` of its
// status line (reference E4), which name no account, and the utilization it
// keeps in `.claude.json` (A4), which does. Neither is asked for, so both are
// believed only where nothing speaks against it; see TickMachine+Observation.

/// One status line of one session.
package struct Observation: Hashable, Sendable {
    /// `session_id`.
    package let session: String
    /// `cost.total_api_duration_ms`: grows with every answer of the model; nil
    /// when not said.
    package let apiMilliseconds: Int64?
    /// `model.display_name`, else `model.id`; nil when not said.
    package let model: String?
    package let windows: [UsageWindow]

    package init(
        session: String, apiMilliseconds: Int64?, model: String? = nil, windows: [UsageWindow]
    ) {
        self.session = session
        self.apiMilliseconds = apiMilliseconds
        self.model = model
        self.windows = windows.sorted { $0.key < $1.key }
    }
}

/// `cachedUsageUtilization` of `.claude.json`.
package struct CachedUsage: Hashable, Sendable {
    package let accountUUID: String
    /// The organization Claude Code shows beside that account; nil when it
    /// shows another account or none.
    package let organizationUUID: String?
    package let fetchedAt: Timestamp
    package let windows: [UsageWindow]

    package init(
        accountUUID: String, organizationUUID: String? = nil, fetchedAt: Timestamp,
        windows: [UsageWindow]
    ) {
        self.accountUUID = accountUUID
        self.organizationUUID = organizationUUID
        self.fetchedAt = fetchedAt
        self.windows = windows.sorted { $0.key < $1.key }
    }
}

package enum ObservationAnswer: Hashable, Sendable {
    /// It counts for this account from the next tick on, if that finds the
    /// same account live.
    case taken(AccountID)
    case refused(ObservationRefusal)
}

/// Why a status line does not count, as the API names it.
package enum ObservationRefusal: String, Sendable, CaseIterable {
    /// Rotation is off: nothing is kept.
    case off
    /// No window with a utilization was in it.
    case noWindows = "no-windows"
    /// Who is live is not known.
    case liveUnknown = "live-unknown"
    /// The first of its session: when its values were made is not known.
    case firstOfSession = "first-of-session"
    /// The same values as before: a line drawn anew proves nothing.
    case unchanged
    /// Its values may be of before a swap, or of too soon after it.
    case recentSwap = "recent-swap"
    /// Its windows reset at other times than the live account's.
    case otherAccount = "other-account"
    /// Less than is known already of the same window, or of one that is over.
    case outdated
}

/// Tells when a session's values were made, and keeps the newest believed
/// until the next tick.
struct ObservationDesk: Sendable {
    /// Sessions remembered; the one longest silent is forgotten first.
    static let mostSessions = 64
    /// Models remembered, likewise.
    static let mostModels = 16
    /// Seconds a model counts as at work.
    static let modelSeconds: Int64 = 3600

    private struct Line: Sendable {
        let observation: Observation
        let at: Timestamp
    }

    struct Pending: Sendable {
        let account: AccountID
        let readAt: Timestamp
        let windows: [UsageWindow]
    }

    enum Standing: Equatable {
        /// The session has had an answer since its line of that time, and this
        /// is what came of it.
        case madeSince(Timestamp)
        case refused(ObservationRefusal)
    }

    private var lines: [String: Line] = [:]
    private(set) var pending: Pending?
    /// To be believed when the store is looked at next.
    private var cached: CachedUsage?
    /// Models seen at work, and when last.
    private(set) var models: [String: Timestamp] = [:]

    /// Sessions remembered now.
    var sessionCount: Int { lines.count }

    /// Notes the line, and answers since when its values can have been made.
    mutating func note(_ observation: Observation, at now: Timestamp) -> Standing {
        let before = lines[observation.session]
        remember(observation, at: now)
        guard let before else { return .refused(.firstOfSession) }
        let grew =
            (observation.apiMilliseconds ?? 0) > (before.observation.apiMilliseconds ?? 0)
        guard grew || observation.windows != before.observation.windows else {
            return .refused(.unchanged)
        }
        if let model = observation.model { noteModel(model, at: now) }
        return .madeSince(before.at)
    }

    /// Notes a line that says nothing yet, as the first ones of a session do:
    /// what the next says was made since. Later ones hide nothing.
    mutating func noteBeginning(_ observation: Observation, at now: Timestamp) {
        guard lines[observation.session] == nil else { return }
        remember(observation, at: now)
    }

    private mutating func remember(_ observation: Observation, at now: Timestamp) {
        lines[observation.session] = Line(observation: observation, at: now)
        guard lines.count > Self.mostSessions else { return }
        let silent = lines.min { ($0.value.at, $0.key) < ($1.value.at, $1.key) }
        if let silent { lines[silent.key] = nil }
    }

    private mutating func noteModel(_ model: String, at now: Timestamp) {
        models[model] = now
        models = models.filter { now.seconds(since: $0.value) < Self.modelSeconds }
        guard models.count > Self.mostModels else { return }
        let silent = models.min { ($0.value, $0.key) < ($1.value, $1.key) }
        if let silent { models[silent.key] = nil }
    }

    mutating func keep(_ windows: [UsageWindow], of account: AccountID, at now: Timestamp) {
        pending = Pending(account: account, readAt: now, windows: windows)
    }

    mutating func keep(_ cached: CachedUsage) { self.cached = cached }

    mutating func takePending() -> Pending? {
        defer { pending = nil }
        return pending
    }

    mutating func takeCached() -> CachedUsage? {
        defer { cached = nil }
        return cached
    }
}
