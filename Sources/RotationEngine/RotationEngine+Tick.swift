// One tick: the machine says what to do next, the engine does it and tells it
// what came of it, until it concludes. Callers that come meanwhile share it.

import RotationCore

/// Ticks that do the same may be shared; who asked does not matter.
struct TickKey: Hashable {
    let onlyIfClaudeRunning: Bool
    let fresh: Bool
}

extension RotationEngine {
    /// Seconds an automatic swap waits for Claude Code's locks; the next tick
    /// tries again anyway.
    static let automaticLockPatienceSeconds: Int64 = 2

    /// One tick now; concurrent callers with the same wishes share one. It
    /// runs to its end even if every caller goes away.
    package func tick(_ request: TickRequest) async throws(EngineRefusal) -> TickReport {
        guard !isStopping else { throw .stopping }
        let key = TickKey(onlyIfClaudeRunning: request.onlyIfClaudeRunning, fresh: request.fresh)
        if let running = tickTasks[key] { return try await running.value.get() }
        let task = Task { await self.tickAlone(request, key: key) }
        tickTasks[key] = task
        return try await task.value.get()
    }

    private func tickAlone(
        _ request: TickRequest, key: TickKey
    ) async -> Result<TickReport, EngineRefusal> {
        await enter()
        defer {
            tickTasks[key] = nil
            leave()
        }
        do throws(EngineRefusal) {
            try await requireHistory()
            return .success(try await drive(request))
        } catch {
            return .failure(error)
        }
    }

    private func drive(_ request: TickRequest) async throws(EngineRefusal) -> TickReport {
        let before = machine.remembered
        await noticeOptIn()
        if snapshot.optedIn { await recoverIfTorn() }
        var effects = machine.step(
            .tickRequested(request, optedIn: snapshot.optedIn, at: ports.clock.now()))
        while let effect = effects.first {
            if case .conclude(let conclusion) = effect {
                defer { considerBootstrap(after: conclusion.verdict.outcome) }
                return try await conclude(conclusion, before: before)
            }
            let event = await perform(effect)
            effects = machine.step(event)
        }
        preconditionFailure("a tick ends with .conclude; see TickMachine.step")
    }

    /// Performs one effect and answers with the event it asks for.
    private func perform(_ effect: TickEffect) async -> TickEvent {
        switch effect {
        case .lookForClaude:
            let presence = await ports.host.lookForClaude()
            return .claudeLookedFor(presence, at: ports.clock.now())
        case .observeStore:
            await takeCachedUsage()
            machine.feed = NudgeFeed(
                bootstraps: bootstrapFacts, signIn: ports.signInAdvice)
            let live = await observeForTick()
            return .storeObserved(live: live, slots: book.facts(), at: ports.clock.now())
        case .readUsage(let accounts):
            let answers = await readUsage(of: accounts)
            return .usageRead(answers, at: ports.clock.now())
        case .refresh(let account, let expecting):
            let result = await refresh(account, expecting: expecting)
            return .refreshFinished(account, result, at: ports.clock.now())
        case .swap(let from, let expecting, let to):
            let result = await swapForTick(from: from, expecting: expecting, to: to)
            return .swapFinished(result, at: ports.clock.now())
        case .conclude:
            preconditionFailure("a conclusion is not an effect to perform")
        }
    }

    private func observeForTick() async -> LiveObservation {
        do {
            return try await observeStore(askAgain: false)
        } catch {
            return error.observation
        }
    }

    /// Reads all of them at once, so that many accounts cost one round trip.
    private func readUsage(of accounts: [AccountID]) async -> [AccountID: UsageAnswer] {
        var tokens: [(AccountID, Secret)] = []
        for account in accounts {
            guard let token = try? await ports.vault.accessToken(of: account) else { continue }
            tokens.append((account, token))
        }
        let vendor = ports.vendor
        let reports = await withTaskGroup(of: (AccountID, UsageReport).self) { group in
            for (account, token) in tokens {
                group.addTask { (account, await vendor.readUsageReport(token)) }
            }
            var reports: [AccountID: UsageReport] = [:]
            for await (account, report) in group { reports[account] = report }
            return reports
        }
        for report in reports.values { counters.count(report.answer) }
        for (account, report) in reports where report.isGood { book.extras[account] = report.extra }
        return reports.mapValues(\.answer)
    }

    private func swapForTick(
        from: AccountID, expecting: Generation, to: AccountID
    ) async -> SwapResult {
        guard let outgoing = book.slots[from]?.identity else {
            return .failed(.slotMissing, detail: "there is no slot for the live account")
        }
        let last = await lastRotation() ?? 0
        let began = ports.clock.uptimeMilliseconds()
        do {
            let receipt = try await ports.vault.swap(
                SwapOrder(
                    outgoing: .init(identity: outgoing, generation: expecting), incoming: to,
                    lockPatienceSeconds: Self.automaticLockPatienceSeconds,
                    now: ports.clock.now(), isAutomatic: from != to, afterRotation: last))
            await settle(receipt)
            // No rotation, so no history will end its journal.
            if from == to { await ports.vault.settled() }
            return .done(
                live: SlotFacts(receipt.incoming),
                tookMilliseconds: ports.clock.uptimeMilliseconds() - began)
        } catch {
            noticeTorn(error)
            return error.swapResult
        }
    }

    private func conclude(
        _ conclusion: TickConclusion, before: RememberedState
    ) async throws(EngineRefusal) -> TickReport {
        let verdict = conclusion.verdict
        let usage = machine.remembered.usage.filter { before.usage[$0.key] != $0.value }
        let refreshes = machine.remembered.refreshes.filter {
            before.refreshes[$0.key] != $0.value
        }
        let standing = snapshot.optedIn ? ports.standingNudges + stalledNudges : []
        let entry = DecisionEntry(
            tick: tickNumber + 1, at: conclusion.endedAt, trigger: conclusion.request.trigger,
            verdict: verdict, emails: book.emails, usage: usage,
            rotation: rotation(of: conclusion), nudges: conclusion.nudges + standing,
            refreshes: refreshes)
        tickNumber += 1
        let record = try await append(entry)
        lastConclusionUptime = ports.clock.uptimeMilliseconds()
        let nudges = await standingNudges()
        publish { snapshot in
            snapshot.lastTickAt = conclusion.endedAt
            snapshot.nextTickAt = conclusion.nextTickAt
            snapshot.nudges = nudges
            if !verdict.outcome.repeats {
                snapshot.latestDecision = record
            }
        }
        return TickReport(
            tick: tickNumber, at: conclusion.endedAt, decision: record, nudges: nudges,
            nextTickAt: conclusion.nextTickAt)
    }

    private func rotation(of conclusion: TickConclusion) -> DecisionEntry.Rotation? {
        guard conclusion.verdict.outcome == .rotated, let to = conclusion.verdict.to,
            let took = conclusion.swapMilliseconds
        else { return nil }
        return .init(
            to: to, from: conclusion.verdict.from, tookMilliseconds: took,
            automatic: machine.remembered.lastAutomaticSwap)
    }

    /// Records a decision and logs its one line.
    func append(_ entry: DecisionEntry) async throws(EngineRefusal) -> DecisionRecord {
        let verdict = entry.verdict
        counters.count(entry)
        do {
            let record = try await ports.history.append(entry)
            if entry.rotation != nil { await ports.vault.settled() }
            let level: LogLine.Level =
                switch verdict.outcome {
                case .off, .claudeNotRunning, .stayed: .info
                case .rotated, .deferred: .notice
                case .stuck: .warning
                case .failed: .error
                }
            let line = "\(verdict.outcome.rawValue) \(verdict.reason.rawValue): \(verdict.sentence)"
            if record.repeats == 1 { ports.log.write(LogLine(level, line)) }
            return record
        } catch {
            historyFailure = error
            unrecorded.append(entry)
            counters.countUnrecorded()
            ports.log.write(LogLine(.error, "not recorded: \(verdict.sentence) \(error.detail)"))
            // Nor is it said that nothing moved while what is live is in doubt.
            guard entry.rotation == nil, !mustRecover else {
                throw .notRecorded(verdict.sentence, detail: error.detail)
            }
            throw error.refusal
        }
    }

    func standingNudges() async -> [StandingNudge] {
        (try? await ports.history.nudges()) ?? snapshot.nudges
    }
}
