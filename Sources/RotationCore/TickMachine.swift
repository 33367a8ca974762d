// The judge as a value: facts in, requests out. No clock, no random, no async,
// no secret; this is what makes a simulation of it deterministic.

/// One tick at a time; between ticks it holds what is remembered.
package struct TickMachine: Sendable {
    package internal(set) var remembered: RememberedState
    package let bounds: Bounds

    var tick: RunningTick?
    /// What stood after the last tick that looked; repeated by one that did not.
    private var standing: [Nudge] = []
    /// The tokens the remembered refusals were said of.
    private var generations: [AccountID: Generation] = [:]
    /// Capacities of the plans, as of the last look at the slots.
    private(set) var capacities: [AccountID: Double] = [:]
    /// Since when a swap has been put off for the end of a turn.
    var waitingSince: Timestamp?
    /// Ticks in a row put off for a held lock.
    private var lockDeferrals = 0
    /// Looks in a row that failed.
    private var failedLooks = 0
    /// What nudges need to know beside the ticks; told before each look.
    package var feed = NudgeFeed()
    /// When an older generation was last replaced by us.
    var lastRestoration: Timestamp?
    /// The account the last look found live, or a swap since made live.
    private(set) var lastLive: AccountID?
    /// When who is live last changed, at the latest.
    private(set) var liveChangedAt: Timestamp?
    private(set) var lastTickAt: Timestamp?
    var idleness = Idleness()
    /// What alone kept the live account at the last tick.
    private(set) var kept: KeptFor?
    /// Whether a look at the store, or a swap, has said who is live.
    private var hasLooked = false
    var desk = ObservationDesk()

    package init(bounds: Bounds, remembered: RememberedState) {
        self.bounds = bounds
        self.remembered = remembered
        liveChangedAt = remembered.lastAutomaticSwap?.at
    }

    /// Whether a tick is under way.
    package var isTicking: Bool { tick != nil }

    /// Takes one event and returns what to do next. During a tick exactly one
    /// effect is outstanding at any time; the last is `.conclude`. An event
    /// that answers nothing asked is ignored.
    package mutating func step(_ event: TickEvent) -> [TickEffect] {
        switch event {
        case .tickRequested(let request, let optedIn, let now):
            return begin(request, optedIn: optedIn, at: now)
        case .claudeLookedFor(let presence, let now):
            return looked(presence, at: now)
        case .storeObserved(let live, let slots, let now):
            return observed(live, slots, at: now)
        case .usageRead(let answers, let now):
            return read(answers, at: now)
        case .refreshFinished(let account, let result, let now):
            return refreshed(account, result, at: now)
        case .swapFinished(let result, let now):
            return swapped(result, at: now)
        case .operatorSwapped(_, let to, let at):
            // The operator wants it live: having been left no longer counts.
            remembered.left[to] = nil
            noticeLive(to, since: at)
            return []
        case .slotForgotten(let account):
            remembered.usage[account] = nil
            remembered.left[account] = nil
            remembered.refreshes[account] = nil
            remembered.rules[account] = AccountPolicy()
            generations[account] = nil
            return []
        case .swapRecovered(let from, let to, let at, let isAutomatic):
            noticeLive(to, since: at)
            recovered(from, to, at, isAutomatic)
            return []
        case .otherManagerSeen(let at):
            remembered.otherManagerAt = at
            return []
        }
    }
}

/// What is known so far of the tick under way.
struct RunningTick: Sendable {
    enum Awaiting: Sendable { case presence, store, refresh, usage, swap }

    let request: TickRequest
    let startedAt: Timestamp
    var awaiting: Awaiting = .presence
    var pinnedSessions: [PinnedSession] = []
    var isBusy: Bool?
    var slots: [AccountID: SlotFacts] = [:]
    /// The same, in the order ties are broken.
    var accounts: [AccountID] = []
    var live: AccountID?
    /// Grants still to be refreshed in this tick, the one under way first.
    var refreshing: [AccountID] = []
    /// A lock that stood in the way.
    var lock: LockHeld?
    /// The alternates were read anew because one of them is to be taken.
    var hasReadTargets = false
    /// The verdict if the ordered swap succeeds.
    var intended: Verdict?
}

// MARK: - The steps of a tick

extension TickMachine {
    private mutating func begin(
        _ request: TickRequest, optedIn: Bool, at now: Timestamp
    ) -> [TickEffect] {
        guard tick == nil else { return [] }
        tick = RunningTick(request: request, startedAt: now)
        lastTickAt = now
        guard optedIn else {
            standing = []
            forgetObservations()
            return conclude(
                Verdict(outcome: .off, reason: .optedOut, sentence: "Rotation is off."), at: now)
        }
        return [.lookForClaude]
    }

    private mutating func looked(_ presence: ClaudePresence, at now: Timestamp) -> [TickEffect] {
        guard var tick, tick.awaiting == .presence else { return [] }
        tick.pinnedSessions = presence.pinnedSessions
        tick.isBusy = presence.isBusy
        idleness.notice(isBusy: presence.isBusy, at: now, bounds: bounds)
        tick.awaiting = .store
        self.tick = tick
        if !presence.running, tick.request.onlyIfClaudeRunning {
            let verdict = Verdict(
                outcome: .claudeNotRunning, reason: .claudeNotRunning,
                sentence: "Claude Code is not running; nothing was looked at.")
            return conclude(verdict, at: now)
        }
        return [.observeStore]
    }

    private mutating func observed(
        _ live: LiveObservation, _ slots: [AccountID: SlotFacts], at now: Timestamp
    ) -> [TickEffect] {
        guard var tick, tick.awaiting == .store else { return [] }
        tick.slots = slots
        capacities = PlanWeight.weights(of: slots)
        if case .superseded(let account, let generation) = live {
            self.tick = tick
            return restore(account, over: generation, at: now)
        }
        if case .locked(let held) = live { tick.lock = held }
        guard case .identified(let account, let facts) = live else {
            self.tick = tick
            noticeLook(nil, at: now)
            return conclude(Self.verdict(on: live), at: now)
        }
        believeObserved(liveIs: account, among: slots, at: now)
        noticeIdleness(of: account, at: now)
        tick.live = account
        tick.slots[account] = facts
        tick.accounts = tick.slots.keys.sorted()
        self.tick = tick
        noticeGenerations(tick.slots)
        return refreshDue(at: now)
    }

    private mutating func noticeLive(_ account: AccountID, since at: Timestamp) {
        hasLooked = true
        lastLive = account
        liveChangedAt = at
        _ = desk.takePending()
    }

    /// Whom a look at the store found live. Another than before was made live
    /// by somebody else, at the latest now.
    mutating func noticeLook(_ account: AccountID?, at now: Timestamp) {
        if hasLooked, lastLive != account { liveChangedAt = now }
        hasLooked = true
        lastLive = account
        if account == nil { _ = desk.takePending() }
    }

    private mutating func read(
        _ answers: [AccountID: UsageAnswer], at now: Timestamp
    ) -> [TickEffect] {
        guard tick?.awaiting == .usage else { return [] }
        for (account, answer) in answers {
            let facts = remembered.usage[account] ?? UsageFacts()
            remembered.usage[account] = facts.recording(answer, at: now, bounds: bounds)
            if account == tick?.live {
                idleness.check(facts.reading, remembered.usage[account]?.reading)
            }
        }
        if let live = tick?.live { measureWork(of: live) }
        return decide(at: now)
    }

    mutating func ask(_ accounts: [AccountID]) -> [TickEffect] {
        tick?.awaiting = .usage
        return [.readUsage(accounts)]
    }

    /// Judges what is known; reads the alternates once more when one of them
    /// is to be taken and they were read too long ago.
    mutating func decide(at now: Timestamp) -> [TickEffect] {
        guard var tick, let live = tick.live, let liveSlot = tick.slots[live] else { return [] }
        let policy = RotationPolicy(
            situation: situation(
                live: live, slots: tick.slots, accounts: tick.accounts, at: now))
        if policy.wantsTarget, !tick.hasReadTargets {
            tick.hasReadTargets = true
            self.tick = tick
            let tooOld = tooOld(policy.situation.worthReading.map(\.account), tick.slots, at: now)
            if !tooOld.isEmpty { return ask(tooOld) }
        }
        let answer = policy.decide()
        guard let target = answer.swapTo else { return conclude(answer.verdict, at: now) }
        tick.intended = answer.verdict
        tick.awaiting = .swap
        self.tick = tick
        return [.swap(from: live, expecting: liveSlot.generation, to: target)]
    }

    private mutating func swapped(_ result: SwapResult, at now: Timestamp) -> [TickEffect] {
        guard var tick, tick.awaiting == .swap, var verdict = tick.intended,
            let from = verdict.from, let to = verdict.to
        else { return [] }
        if from == to { return restored(result, verdict, at: now) }
        switch result {
        case .done(let facts, let took):
            let left = remembered.usage[from]?.reading?.windows ?? []
            let swap = AutomaticSwap(at: now, from: from, to: to, leftWindows: left)
            remembered.lastAutomaticSwap = swap
            remembered.left[from] = swap
            remembered.left[to] = nil
            noticeLive(to, since: now)
            remembered.work.move(to: to, remembered.usage[to]?.reading, at: now)
            generations[to] = facts.generation
            tick.live = to
            tick.slots[to] = facts
            self.tick = tick
            return conclude(verdict, at: now, took: took)
        case .locked(let held):
            self.tick?.lock = held
            verdict.abandon(
                .deferred, .credentialLocked,
                "the swap was put off: \(Self.holding(held)). Nothing was changed.")
        case .changedMeanwhile:
            verdict.abandon(
                .deferred, .credentialChanged,
                "the swap was put off: the live credential changed meanwhile.")
        case .failed(let reason, let detail):
            verdict.abandon(.failed, reason, "the swap failed: \(detail).")
        }
        return conclude(verdict, at: now)
    }

    // MARK: The end of a tick

    mutating func conclude(
        _ verdict: Verdict, at now: Timestamp, took: Int64? = nil
    ) -> [TickEffect] {
        guard let tick else { return [] }
        let verdict = bounded(verdict)
        kept = verdict.keeps
        if !verdict.outcome.repeats {
            waitingSince = verdict.reason == .midTurn ? waitingSince ?? now : nil
        }
        self.tick = nil
        if !verdict.outcome.repeats {
            failedLooks = verdict.outcome == .failed ? failedLooks + 1 : 0
            standing =
                NudgeBoard(
                    situation: .init(
                        slots: tick.slots, live: tick.live, usage: remembered.usage),
                    verdict: verdict, pinnedSessions: tick.pinnedSessions, lock: tick.lock,
                    otherManagerAt: remembered.otherManagerAt, failedLooks: failedLooks,
                    feed: feed, bounds: bounds, now: now
                ).nudges
        }
        return [
            .conclude(
                TickConclusion(
                    request: tick.request, startedAt: tick.startedAt, endedAt: now,
                    verdict: verdict, nudges: standing, swapMilliseconds: took,
                    nextTickAt: nextTick(verdict, after: tick, now: now)))
        ]
    }

    /// A lock that is never given back is not waited for in silence.
    private mutating func bounded(_ verdict: Verdict) -> Verdict {
        guard !verdict.outcome.repeats else { return verdict }
        guard verdict.outcome == .deferred, verdict.reason == .credentialLocked else {
            lockDeferrals = 0
            return verdict
        }
        lockDeferrals += 1
        guard lockDeferrals >= bounds.lockDeferrals else { return verdict }
        var stuck = verdict
        stuck.outcome = .stuck
        stuck.sentence += " That is the \(lockDeferrals)th tick in a row."
        return stuck
    }

    /// Refusals were said of tokens; new tokens start with none.
    mutating func noticeGenerations(_ slots: [AccountID: SlotFacts]) {
        for (account, slot) in slots {
            if let known = generations[account], known != slot.generation {
                remembered.usage[account]?.forgetRejections()
            }
            generations[account] = slot.generation
        }
    }

    private static func verdict(on live: LiveObservation) -> Verdict {
        switch live {
        case .identified, .superseded:
            preconditionFailure("an identified credential is judged by the policy")
        case .unidentified:
            Verdict(
                outcome: .failed, reason: .identityUnknown,
                sentence: "Whose the live credential is could not be proven; nothing was written.")
        case .absent:
            Verdict(
                outcome: .stuck, reason: .noLiveCredential,
                sentence: "Claude Code is signed out. Sign in, or name an account with "
                    + "`rotator switch`.")
        case .locked(let held):
            Verdict(
                outcome: .deferred, reason: .credentialLocked,
                sentence: "Put off: \(holding(held)). Nothing was changed.")
        case .failed(let reason, let detail):
            Verdict(
                outcome: .failed, reason: reason,
                sentence: "The credential store could not be used: \(detail).")
        }
    }

    private static func holding(_ held: LockHeld) -> String {
        "Claude Code's lock \(held.name) has been held since \(held.since.rfc3339)"
    }
}

extension Verdict {
    /// For the dwell where an alternate might have been taken, had it been over.
    fileprivate var keeps: KeptFor? {
        if reason == .fillingUp { return .filling }
        guard reason == .dwell else { return nil }
        let mayBeLeft = considerations.contains {
            $0.outcome == .passedOver || $0.reason == .readingStale
        }
        return mayBeLeft ? .dwell : nil
    }

    /// The same considerations, but the swap did not happen.
    fileprivate mutating func abandon(_ outcome: Outcome, _ reason: Reason, _ text: String) {
        let target = considerations.first { $0.outcome == .chosen }?.email ?? "the alternate"
        self.outcome = outcome
        self.reason = reason
        sentence = "\(target) was chosen, but \(text)"
        to = nil
    }
}
