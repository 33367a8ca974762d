// The loop: takes orders one at a time, feeds the tick machine, performs its
// effects through the ports and publishes a snapshot after every change. The
// one writer of everything; what each order does stands in the extensions.

import RotationCore

/// All the engine touches the world through.
package struct EnginePorts: Sendable {
    package var clock: any EngineClock
    package var vault: any CredentialVault
    package var vendor: any VendorAPI
    package var history: any HistoryLog
    package var host: any HostInspector
    package var flag: any OptInFlag
    package var log: any EngineLog
    package var imports: any ImportSource
    package var usageCache: any UsageCache
    package var signIns: any SignInDesk
    /// Nudges of the configuration, standing as long as the service runs.
    package var standingNudges: [Nudge]
    /// How a person signs in here; nudges say it.
    package var signInAdvice = SignInAdvice.insideClaudeCode

    package init(
        clock: any EngineClock, vault: any CredentialVault, vendor: any VendorAPI,
        history: any HistoryLog, host: any HostInspector, flag: any OptInFlag,
        log: any EngineLog, imports: any ImportSource = NoImportSource(),
        usageCache: any UsageCache = NoUsageCache(), standingNudges: [Nudge] = [],
        signIns: any SignInDesk = NoSignInDesk()
    ) {
        self.clock = clock
        self.vault = vault
        self.vendor = vendor
        self.history = history
        self.host = host
        self.flag = flag
        self.log = log
        self.imports = imports
        self.usageCache = usageCache
        self.standingNudges = standingNudges
        self.signIns = signIns
    }
}

/// Names an account by e-mail or by `AccountID.description`.
package typealias AccountSelector = String

package actor RotationEngine {
    package nonisolated let bounds: Bounds
    let ports: EnginePorts

    var machine: TickMachine
    var book = AccountBook()
    var identification = Identification()
    var tickNumber: Int64 = 0
    var isStopping = false
    /// Nil until the history could be loaded; without it nothing is moved.
    var historyFailure: HistoryError? = .unavailable("the history has not been opened yet")
    /// What happened while the history could not be written; written first when
    /// it can be again.
    var unrecorded: [DecisionEntry] = []
    /// Accounts whose refresh a crash cut short; asked about before anything else.
    var maybeSpent: [AccountID] = []
    /// What is live is not known to be what was ordered.
    var mustRecover = false
    /// A swap a crash cut short, until it is known whose credential is live.
    var undecided: FinishedSwap?
    /// When the vendor may be asked again whose an imported credential is.
    var mayProveImportsAt = Timestamp(milliseconds: 0)
    /// When a tick last ended, by the clock that never steps.
    var lastConclusionUptime: Int64?
    /// From then on what is in memory is newer than what can be loaded.
    private var hasAdopted = false
    var tickTasks: [TickKey: Task<Result<TickReport, EngineRefusal>, Never>] = [:]
    private var turnstile = Turnstile()
    nonisolated let publication: Publication
    var counters = Counters()

    package init(ports: EnginePorts, bounds: Bounds) {
        self.bounds = bounds
        self.ports = ports
        machine = TickMachine(bounds: bounds, remembered: RememberedState())
        publication = Publication(Snapshot(startedAt: ports.clock.now()))
    }

    /// The latest published picture; safe and cheap from any thread.
    package nonisolated var snapshot: Snapshot { publication.snapshot }

    /// See `VendorAPI.clockAheadSeconds`.
    package nonisolated var clockAheadSeconds: Int64? { ports.vendor.clockAheadSeconds }

    /// Loads the history and the opt-in flag. Off means off: no secret is
    /// read, so accounts are shown as the history last saw them.
    package func start() async {
        await enter()
        defer { leave() }
        await loadHistory()
        await recover()
        let isOn = ports.flag.isOn()
        publish { $0.optedIn = isOn }
        if let advice = ports.vault.unsupportedAdvice {
            ports.log.write(LogLine(.warning, "no credential store: \(advice)"))
        }
    }

    /// Ticks every `bounds.tickIntervalSeconds` until its task is cancelled.
    package func run() async {
        await askAboutSpentGrants()
        while !Task.isCancelled, !isStopping {
            let request = TickRequest(trigger: .schedule)
            let next: Timestamp
            do {
                next = try await tick(request).nextTickAt
            } catch {
                next = ports.clock.now().adding(seconds: bounds.tickIntervalSeconds)
            }
            do {
                try await ports.clock.sleep(until: next)
            } catch {
                return
            }
        }
    }

    /// Refuses new orders and returns when the running one has finished; then
    /// whoever waits for news is let go.
    package func stop() async {
        isStopping = true
        await enter()
        leave()
        publication.close()
    }

    // MARK: One order at a time

    func enter() async {
        if turnstile.takeIfFree() { return }
        await withCheckedContinuation { turnstile.wait($0) }
    }

    func leave() { turnstile.leave() }

    // MARK: What readers see

    /// Publishes the picture anew: accounts and usage as they are now, and
    /// whatever `change` sets.
    func publish(_ change: (inout Snapshot) -> Void = { _ in }) {
        // Before the views: what an event up to this one changed is in them, so
        // that nobody reads an event and then a picture from before it.
        let newestEvent = ports.history.newestEvent
        let views = book.views(machine.remembered, at: ports.clock.now())
        let pause = machine.remembered.rules.pause
        let live = book.live
        let counters = counters
        publication.publish { snapshot in
            snapshot.version += 1
            snapshot.newestEvent = newestEvent
            snapshot.counters = counters
            snapshot.accounts = views
            snapshot.live = live
            snapshot.pause = pause
            change(&snapshot)
        }
    }

    // MARK: History

    /// Loads what is remembered; a failure is kept and said, and every order
    /// that would move something tries again first.
    func loadHistory() async {
        do {
            let loaded = try await ports.history.load()
            if !hasAdopted { adopt(loaded) }
            hasAdopted = true
            while let entry = unrecorded.first {
                _ = try await ports.history.append(entry)
                if entry.rotation != nil { await ports.vault.settled() }
                unrecorded.removeFirst()
            }
            historyFailure = nil
        } catch {
            historyFailure = error
            ports.log.write(LogLine(.error, "history: \(error.detail)"))
        }
    }

    /// Throws unless decisions can be recorded.
    func requireHistory() async throws(EngineRefusal) {
        if historyFailure != nil { await loadHistory() }
        if let historyFailure { throw historyFailure.refusal }
    }

    private func adopt(_ loaded: LoadedHistory) {
        machine = TickMachine(bounds: bounds, remembered: loaded.remembered)
        tickNumber = loaded.lastTick
        book.replaceSlots(loaded.accounts.compactMap(\.slot))
        book.live = loaded.latestDecision.flatMap(\.verdict.liveAfterwards)
        let isOn = ports.flag.isOn()
        publish { snapshot in
            snapshot.nudges = loaded.nudges
            snapshot.lastTickAt = loaded.lastTickAt
            snapshot.latestDecision = loaded.latestDecision
            if let change = loaded.lastOptInChange, change.enabled == isOn {
                snapshot.optedInSince = isOn ? change.at : nil
            }
        }
    }
}

extension Verdict {
    /// The live account as this decision left it; nil when it was not known.
    var liveAfterwards: AccountID? {
        if outcome == .rotated { return to }
        return considerations.first { $0.outcome == .live }?.account
    }
}
