// What Claude Code itself says of the live account, at no cost: the
// `rate_limits` of its status line (reference E4). They name no account, so
// they are believed only where nothing speaks against their being the live
// one's, and only once the next look at the store found the same one live.

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
    /// Too soon after a swap: it may be of the account before.
    case recentSwap = "recent-swap"
    /// Its windows reset at other times than the live account's.
    case otherAccount = "other-account"
    /// Less than is known already of the same window.
    case outdated
}

/// Tells when a session's values were made, and keeps the newest believed
/// until the next tick.
struct ObservationDesk: Sendable {
    /// Sessions remembered; the one longest silent is forgotten first.
    static let mostSessions = 64

    private struct Line: Sendable {
        let observation: Observation
        let at: Timestamp
    }

    struct Pending: Sendable {
        let account: AccountID
        let readAt: Timestamp
        let windows: [UsageWindow]
    }

    private var lines: [String: Line] = [:]
    private(set) var pending: Pending?
    /// Models seen at work, and when last.
    private(set) var models: [String: Timestamp] = [:]

    /// Whether the values were made just now, that is: whether the session has
    /// had an answer since its line before.
    mutating func isNew(_ observation: Observation, at now: Timestamp) -> ObservationRefusal? {
        let before = lines[observation.session]?.observation
        lines[observation.session] = Line(observation: observation, at: now)
        if lines.count > Self.mostSessions {
            let silent = lines.min { ($0.value.at, $0.key) < ($1.value.at, $1.key) }
            if let silent { lines[silent.key] = nil }
        }
        guard let before else { return .firstOfSession }
        let grew = (observation.apiMilliseconds ?? 0) > (before.apiMilliseconds ?? 0)
        guard grew || observation.windows != before.windows else { return .unchanged }
        if let model = observation.model {
            models[model] = now
            models = models.filter { now.seconds(since: $0.value) < 3600 }
        }
        return nil
    }

    mutating func keep(_ windows: [UsageWindow], of account: AccountID, at now: Timestamp) {
        pending = Pending(account: account, readAt: now, windows: windows)
    }

    mutating func takePending() -> Pending? {
        defer { pending = nil }
        return pending
    }
}

extension TickMachine {
    /// Takes what a status line said. Between ticks or during one; it never
    /// changes what is remembered, the next tick does.
    package mutating func take(_ observation: Observation, at now: Timestamp) -> ObservationAnswer {
        guard observation.windows.contains(where: { $0.utilization != nil }) else {
            return .refused(.noWindows)
        }
        if let refusal = desk.isNew(observation, at: now) { return .refused(refusal) }
        guard let live = lastLive else { return .refused(.liveUnknown) }
        if let changed = liveChangedAt,
            now.seconds(since: changed) < bounds.observationQuietSeconds
        {
            return .refused(.recentSwap)
        }
        let known = remembered.usage[live]?.reading?.windows ?? []
        for window in observation.windows {
            guard let before = known.first(where: { $0.key == window.key }) else { continue }
            if let refusal = window.refusal(knowing: before, at: now) { return .refused(refusal) }
        }
        desk.keep(observation.windows, of: live, at: now)
        return .taken(live)
    }

    /// Whether what was taken asks for a tick at once, and not for the next
    /// one of the schedule.
    package func isWorthTick(at now: Timestamp) -> Bool {
        guard let pending = desk.pending, !isTicking,
            lastTickAt.map({ now.seconds(since: $0) >= bounds.observedTickSeconds }) ?? true
        else { return false }
        var facts = remembered.usage[pending.account] ?? UsageFacts()
        facts.observe(pending.windows, at: pending.readAt, source: .statusLine, bounds: bounds)
        guard let judged = facts.reading.flatMap({ WindowJudgement($0, bounds: bounds, at: now) })
        else { return false }
        let ahead = (facts.pace ?? 0) * Double(bounds.wallHorizonSeconds) / 60
        return judged.isAtThreshold || judged.tightest.utilization + ahead >= 99
    }
}

extension UsageWindow {
    /// What speaks against this being a later value of `known`; nil when
    /// nothing does.
    fileprivate func refusal(knowing known: UsageWindow, at now: Timestamp) -> ObservationRefusal? {
        guard let reset = resetsAt, let knownReset = known.resetsAt, knownReset > now else {
            return nil
        }
        // The vendor's own times differ by a second from one answer to the next.
        guard abs(reset.seconds(since: knownReset)) <= 90 else { return .otherAccount }
        guard let used = utilization, let knownUsed = known.utilization else { return nil }
        return used < knownUsed - 1 ? .outdated : nil
    }
}

extension UsageFacts {
    /// The facts with windows somebody else than the endpoint named. Windows
    /// not named are carried along with their age; nothing counts as asked.
    mutating func observe(
        _ named: [UsageWindow], at readAt: Timestamp, source: ReadingSource, bounds: Bounds
    ) {
        guard reading.map({ $0.readAt < readAt }) ?? true else { return }
        let before = reading?.windows ?? []
        let now = named.map { window in
            let known = before.first { $0.key == window.key && $0.resetsAt == window.resetsAt }
            let used = max(window.utilization ?? 0, known?.utilization(at: readAt) ?? 0)
            return UsageWindow(
                key: window.key, utilization: window.utilization.map { _ in used },
                resetsAt: window.resetsAt)
        }
        let carried = before.filter { old in !named.contains { $0.key == old.key } }.map { old in
            UsageWindow(
                key: old.key, utilization: old.utilization, resetsAt: old.resetsAt,
                carriedFrom: old.carriedFrom ?? reading?.readAt)
        }
        adopt(Reading(readAt: readAt, source: source, windows: now + carried), bounds: bounds)
    }
}
