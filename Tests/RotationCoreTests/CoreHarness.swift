// A tick machine driven by hand: accounts with tokens numbered as generations,
// a clock that is a number, and a vendor that is a table.

import RotationCore

let start = Timestamp(seconds: 1_790_000_000)

func id(_ letter: String) -> AccountID {
    AccountID(accountUUID: letter, organizationUUID: "org")
}

func windows(
    _ fiveHour: Double?, _ sevenDay: Double?, at now: Timestamp = start,
    fiveHourResetsIn: Int64 = 7200, sevenDayResetsIn: Int64 = 259_200
) -> [UsageWindow] {
    [
        UsageWindow(
            key: .fiveHour, utilization: fiveHour, resetsAt: now.adding(seconds: fiveHourResetsIn)),
        UsageWindow(
            key: .sevenDay, utilization: sevenDay, resetsAt: now.adding(seconds: sevenDayResetsIn)),
    ]
}

/// A small world around one machine: what a tick reads comes from `vendor`, a
/// swap succeeds unless `swapResult` says otherwise.
struct CoreHarness {
    var machine: TickMachine
    var now = start
    var slots: [AccountID: SlotFacts] = [:]
    var live: AccountID
    var vendor: [AccountID: UsageAnswer] = [:]
    var presence = ClaudePresence(running: true)
    var optedIn = true
    var observation: LiveObservation?
    var swapResult: SwapResult?
    /// What was asked for in the last tick, in order.
    var effects: [TickEffect] = []

    init(live: String = "a", bounds: Bounds = Bounds(), remembered: RememberedState = .init()) {
        machine = TickMachine(bounds: bounds, remembered: remembered)
        self.live = id(live)
    }

    mutating func add(
        _ letter: String, _ answer: UsageAnswer?, kind: CredentialKind = .login,
        canRefresh: Bool = true, expiresIn: Int64? = 28800, generation: UInt64 = 1
    ) {
        slots[id(letter)] = SlotFacts(
            email: "\(letter)@example.com",
            details: CredentialDetails(
                kind: kind, canRefresh: canRefresh,
                accessTokenExpiresAt: expiresIn.map { now.adding(seconds: $0) }),
            generation: Generation(generation))
        vendor[id(letter)] = answer
    }

    mutating func add(_ letter: String, _ fiveHour: Double?, _ sevenDay: Double?) {
        add(letter, .windows(windows(fiveHour, sevenDay, at: now)))
    }

    /// The example: live at 98/40, b at 12/20, c at 60/90.
    static func example(b: (Double, Double) = (12, 20), c: (Double, Double) = (60, 90)) -> Self {
        var harness = CoreHarness()
        harness.add("a", 98, 40)
        harness.add("b", b.0, b.1)
        harness.add("c", c.0, c.1)
        return harness
    }

    /// Runs one tick to its end.
    mutating func tick(fresh: Bool = false, onlyIfClaudeRunning: Bool = true) -> TickConclusion {
        let request = TickRequest(
            trigger: .request, onlyIfClaudeRunning: onlyIfClaudeRunning, fresh: fresh)
        effects = []
        var pending = machine.step(.tickRequested(request, optedIn: optedIn, at: now))
        while true {
            precondition(pending.count == 1, "exactly one effect is outstanding")
            effects.append(pending[0])
            if case .conclude(let conclusion) = pending[0] { return conclusion }
            pending = machine.step(answer(pending[0]))
        }
    }

    mutating func tick(after seconds: Int64) -> Verdict {
        now = now.adding(seconds: seconds)
        return tick().verdict
    }

    /// How refreshes end, by account; `.notDue` where nothing is said.
    var refreshResults: [AccountID: RefreshResult] = [:]
    /// Every refresh ordered, in order.
    var refreshed: [AccountID] = []

    /// Accounts asked about in the last tick, in the order of asking.
    var asked: [AccountID] {
        effects.flatMap { effect -> [AccountID] in
            guard case .readUsage(let accounts) = effect else { return [] }
            return accounts
        }
    }

    private mutating func answer(_ effect: TickEffect) -> TickEvent {
        switch effect {
        case .lookForClaude: return .claudeLookedFor(presence, at: now)
        case .observeStore:
            let seen = observation ?? slots[live].map { .identified(live, $0) } ?? .absent
            return .storeObserved(live: seen, slots: slots, at: now)
        case .readUsage(let accounts):
            let answers = accounts.compactMap { account in vendor[account].map { (account, $0) } }
            return .usageRead(Dictionary(uniqueKeysWithValues: answers), at: now)
        case .refresh(let account, _):
            refreshed.append(account)
            let result = refreshResults[account] ?? .notDue
            if case .refreshed(let slot) = result { slots[account] = slot }
            if case .rejected(let slot) = result { slots[account] = slot }
            return .refreshFinished(account, result, at: now)
        case .swap(_, _, let to):
            if let swapResult { return .swapFinished(swapResult, at: now) }
            live = to
            guard let facts = slots[to] else { preconditionFailure("a swap names a slot") }
            return .swapFinished(.done(live: facts, tookMilliseconds: 3), at: now)
        case .conclude: preconditionFailure("a conclusion has no answer")
        }
    }
}

extension Verdict {
    func reason(of letter: String) -> Reason? {
        considerations.first { $0.account == id(letter) }?.reason
    }
}
