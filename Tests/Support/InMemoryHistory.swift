// A history without a file, for the engine's laws. It passes the same
// conformance suite as the SQLite one.

import RotationCore
import RotationEngine
import Synchronization

package enum HistoryCall: Hashable, Sendable {
    case load, append, save, saveRules, forget, recordOptIn
    case decisions, rotations, readings, nudges, acknowledge, events
    case raise, tell, unannounced, markAnnounced
}

package final class InMemoryHistory: HistoryLog {
    struct State {
        var decisions: [DecisionRecord] = []
        var rotations: [RotationRecord] = []
        /// In the order they came; a reading's place is its id.
        var readings: [ReadingRecord] = []
        var accounts: [AccountID: AccountRecord] = [:]
        var nudges: [StandingNudge] = []
        var told: [InMemoryAnnouncement] = []
        var remembered = RememberedState()
        var optIn: (enabled: Bool, at: Timestamp)?
        var lastTick: (number: Int64, at: Timestamp)?
        var failures: [HistoryCall: [HistoryError]] = [:]
        var events: [EventRecord] = []
        var newestEvent: Int64 = 0
    }

    let state = Mutex(State())

    package init() {}

    /// The next such call fails so; several wait in a queue.
    package func failNext(_ call: HistoryCall, _ error: HistoryError) {
        state.withLock { $0.failures[call, default: []].append(error) }
    }

    package func load() async throws(HistoryError) -> LoadedHistory {
        try fail(.load)
        return state.withLock { state in
            LoadedHistory(
                remembered: state.remembered,
                accounts: state.accounts.values.sorted { $0.identity.id < $1.identity.id },
                nudges: state.nudges, lastTick: state.lastTick?.number ?? 0,
                lastTickAt: state.lastTick?.at, lastOptInChange: state.optIn,
                latestDecision: state.decisions.last { !$0.verdict.outcome.repeats })
        }
    }

    package func append(_ entry: DecisionEntry) async throws(HistoryError) -> DecisionRecord {
        try fail(.append)
        return state.withLock { state in
            for (account, facts) in entry.usage.sorted(by: { $0.key < $1.key }) {
                state.remembered.usage[account] = facts
                if let reading = facts.reading { keep(reading, of: account, in: &state) }
            }
            for (account, facts) in entry.refreshes {
                state.remembered.refreshes[account] = facts
            }
            if let tick = entry.tick { state.lastTick = (tick, entry.at) }
            tellAccounts(entry.usage.keys.compactMap { entry.emails[$0] }, entry.at, &state)
            let count = state.decisions.count
            let made = record(entry, in: &state)
            if state.decisions.count > count { tell(.decision(made), entry.at, &state) }
            if let rotation = entry.rotation { record(rotation, of: entry, in: &state) }
            if let nudges = entry.nudges {
                let before = state.nudges
                state.nudges = standing(nudges, entry.at, before)
                state.keepAnnouncements(of: nudges, at: entry.at)
                for change in StandingNudge.changes(from: before, to: state.nudges) {
                    tell(change, entry.at, &state)
                }
            }
            return made
        }
    }

    package func save(_ account: AccountRecord, at: Timestamp) async throws(HistoryError) {
        try fail(.save)
        state.withLock { state in
            let before = state.accounts.updateValue(account, forKey: account.identity.id)
            if before.map(\.kept) != account.kept {
                tellAccounts([account.identity.email], at, &state)
            }
        }
    }

    package func save(_ rules: OperatorRules, at: Timestamp) async throws(HistoryError) {
        try fail(.saveRules)
        state.withLock { state in
            let before = state.remembered.rules
            state.remembered.rules = rules
            let touched = Set(before.accounts.keys).union(rules.accounts.keys)
                .filter { before[$0] != rules[$0] }
            let emails = touched.compactMap { state.accounts[$0]?.identity.email }
            tellAccounts(emails, at, &state)
            if before.pause != rules.pause { tell(.pause(rules.pause), at, &state) }
        }
    }

    package func forget(_ account: AccountID, at: Timestamp) async throws(HistoryError) {
        try fail(.forget)
        state.withLock { state in
            let known = state.accounts.removeValue(forKey: account)
            tellAccounts(known.map { [$0.identity.email] } ?? [], at, &state)
            state.remembered.usage[account] = nil
            state.remembered.refreshes[account] = nil
            state.remembered.left[account] = nil
            state.remembered.rules[account] = AccountPolicy()
        }
    }

    package func recordOptIn(enabled: Bool, at: Timestamp) async throws(HistoryError) {
        try fail(.recordOptIn)
        state.withLock { state in
            state.optIn = (enabled, at)
            tell(.optIn(enabled: enabled), at, &state)
        }
    }

    package func decisions(
        limit: Int, before: Int64?
    ) async throws(HistoryError) -> Page<DecisionRecord> {
        try fail(.decisions)
        return page(state.withLock { $0.decisions }, limit, before, id: \.id)
    }

    package func rotations(
        limit: Int, before: Int64?
    ) async throws(HistoryError) -> Page<RotationRecord> {
        try fail(.rotations)
        return page(state.withLock { $0.rotations }, limit, before, id: \.id)
    }

    package func readings(
        since: Timestamp, after: ReadingCursor?, limit: Int
    ) async throws(HistoryError) -> ReadingPage {
        try fail(.readings)
        let limit = min(max(limit, 1), 500)
        let rows = state.withLock { $0.readings }.enumerated()
            .map { (at: $1.reading.readAt, id: Int64($0), record: $1) }
            .filter { row in
                row.at >= since
                    && after.map { ($0.readAt, $0.id) < (row.at, row.id) } ?? true
            }
            .sorted { ($0.at, $0.id) < ($1.at, $1.id) }
        let shown = rows.prefix(limit)
        return ReadingPage(
            items: shown.map(\.record),
            next: rows.count > limit
                ? shown.last.map { ReadingCursor(readAt: $0.at, id: $0.id) } : nil)
    }

    package func events(
        after: Int64, through: Int64, limit: Int
    ) async throws(HistoryError) -> EventPage {
        try fail(.events)
        return state.withLock { state in
            let items = state.events.filter { $0.id > after && $0.id <= through }
                .prefix(min(max(limit, 1), 500))
            return EventPage(
                items: items.map { asItIs($0, state) }, oldest: state.events.first?.id)
        }
    }

    package var newestEvent: Int64? { state.withLock { $0.newestEvent } }

    package func series(_ query: SeriesQuery) async throws(HistoryError) -> ReadingSeries {
        try fail(.readings)
        let (readings, decisions) = state.withLock { ($0.readings, $0.decisions) }
        return ReadingSeries(
            points: Self.points(of: readings, query), stalls: Self.stalls(in: decisions, query))
    }

    package func nudges() async throws(HistoryError) -> [StandingNudge] {
        try fail(.nudges)
        return state.withLock { $0.nudges }
    }

    package func acknowledge(
        _ code: NudgeCode, email: String?, at: Timestamp
    ) async throws(HistoryError) -> Bool {
        try fail(.acknowledge)
        return state.withLock { state in
            let index = state.nudges.firstIndex {
                $0.nudge.code == code && $0.nudge.email == email
            }
            guard let index else { return false }
            guard !state.nudges[index].acknowledged else { return true }
            state.nudges[index].acknowledged = true
            tell(.nudgeAcknowledged(state.nudges[index]), at, &state)
            return true
        }
    }
}

extension InMemoryHistory {
    package func tell(_ signIn: SignIn) async throws(HistoryError) {
        try fail(.tell)
        state.withLock { tell(.login(signIn), signIn.changedAt, &$0) }
    }

    private func tellAccounts(_ emails: [String], _ at: Timestamp, _ state: inout State) {
        guard !emails.isEmpty else { return }
        tell(.accounts(Set(emails).sorted()), at, &state)
    }

    func tell(_ content: EventContent, _ at: Timestamp, _ state: inout State) {
        state.newestEvent += 1
        state.events.append(EventRecord(id: state.newestEvent, at: at, content: content))
        // As many again before it is tidied up: removing one costs as much as all.
        if state.events.count > 2 * Int(EventPage.kept) {
            state.events.removeFirst(state.events.count - Int(EventPage.kept))
        }
    }

    /// A decision stands for more ticks by now.
    private func asItIs(_ event: EventRecord, _ state: State) -> EventRecord {
        guard case .decision(let then) = event.content else { return event }
        var event = event
        event.content = .decision(state.decisions[Int(then.id) - 1])
        return event
    }

    func fail(_ call: HistoryCall) throws(HistoryError) {
        let error = state.withLock { state -> HistoryError? in
            guard state.failures[call]?.isEmpty == false else { return nil }
            return state.failures[call]?.removeFirst()
        }
        if let error { throw error }
    }

    /// Readings are appended once.
    private func keep(_ reading: Reading, of account: AccountID, in state: inout State) {
        let isKnown = state.readings.contains {
            $0.account == account && $0.reading.readAt == reading.readAt
                && $0.reading.source == reading.source
        }
        guard !isKnown else { return }
        state.readings.append(ReadingRecord(account: account, reading: reading))
    }

    private func record(_ entry: DecisionEntry, in state: inout State) -> DecisionRecord {
        if let last = state.decisions.last, entry.verdict.outcome.repeats, entry.tick != nil,
            last.verdict.outcome == entry.verdict.outcome
        {
            let index = state.decisions.count - 1
            state.decisions[index].repeats += 1
            state.decisions[index].lastAt = entry.at
            return state.decisions[index]
        }
        let record = DecisionRecord(
            id: Int64(state.decisions.count + 1), tick: entry.tick, at: entry.at,
            trigger: entry.trigger, verdict: entry.verdict,
            fromEmail: entry.verdict.from.flatMap { entry.emails[$0] },
            toEmail: entry.verdict.to.flatMap { entry.emails[$0] }, repeats: 1, lastAt: entry.at)
        state.decisions.append(record)
        return record
    }

    private func record(
        _ rotation: DecisionEntry.Rotation, of entry: DecisionEntry, in state: inout State
    ) {
        let record = RotationRecord(
            id: Int64(state.rotations.count + 1), at: rotation.automatic?.at ?? entry.at,
            from: rotation.from,
            fromEmail: rotation.from.flatMap { entry.emails[$0] }, to: rotation.to,
            toEmail: entry.emails[rotation.to] ?? "", trigger: entry.trigger,
            reason: entry.verdict.reason, sentence: entry.verdict.sentence,
            tookMilliseconds: rotation.tookMilliseconds)
        state.rotations.append(record)
        tell(.rotation(record), entry.at, &state)
        state.remembered.left[rotation.to] = nil
        if let automatic = rotation.automatic {
            state.remembered.lastAutomaticSwap = automatic
            state.remembered.left[automatic.from] = automatic
        }
    }

    func standing(
        _ nudges: [Nudge], _ at: Timestamp, _ before: [StandingNudge]
    ) -> [StandingNudge] {
        nudges.sorted { ($0.code, $0.email ?? "") < ($1.code, $1.email ?? "") }.map { nudge in
            let known = before.first {
                $0.nudge.code == nudge.code && $0.nudge.email == nudge.email
            }
            let isWorse = known.map { nudge.isWorse(than: $0.nudge) } ?? true
            return StandingNudge(
                nudge: nudge, since: known?.since ?? at,
                acknowledged: !isWorse && known?.acknowledged == true)
        }
    }

    private func page<Element: Sendable>(
        _ all: [Element], _ limit: Int, _ before: Int64?, id: (Element) -> Int64
    ) -> Page<Element> {
        let limit = min(max(limit, 1), 500)
        let older = all.reversed().filter { before == nil || id($0) < before ?? 0 }
        let items = Array(older.prefix(limit))
        return Page(items: items, next: older.count > items.count ? items.last.map(id) : nil)
    }
}

extension AccountRecord {
    /// What a history keeps of it; generations and grants are the vault's.
    fileprivate var kept: AccountRecord {
        var kept = self
        kept.slot = slot.map { slot in
            Slot(
                identity: slot.identity, details: slot.details, generation: Generation(0),
                capturedAt: slot.capturedAt, refreshedAt: slot.refreshedAt)
        }
        return kept
    }
}
