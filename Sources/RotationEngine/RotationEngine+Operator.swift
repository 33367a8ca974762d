// The operator's own acts: capture, swap, forget, acknowledge. They work while
// rotation is off. Each runs to its end even if the caller hangs up, because a
// half-made swap is worse than an unanswered one.

import RotationCore

extension RotationEngine {
    /// Seconds an operator's swap waits for Claude Code's locks.
    static let operatorLockPatienceSeconds: Int64 = 10

    /// Files the live credential into its slot now. Reads the profile when the
    /// credential is not known yet; never usage.
    package func capture() async throws(EngineRefusal) -> AccountView {
        try await order { engine async throws(EngineRefusal) in try await engine.captureNow() }
    }

    /// Makes an account live because the operator said so.
    package func swap(
        to account: AccountSelector, force: Bool
    ) async throws(EngineRefusal) -> DecisionRecord {
        try await order { engine async throws(EngineRefusal) in
            try await engine.swapNow(to: account, force: force)
        }
    }

    /// Removes a slot. The live one is refused: it would be filed again at
    /// the next tick.
    package func forget(_ account: AccountSelector) async throws(EngineRefusal) {
        try await order { engine async throws(EngineRefusal) in
            try await engine.forgetNow(account)
        }
    }

    /// Who wrote which generation of an account's credential, newest first.
    package func lineage(
        of account: AccountSelector, limit: Int
    ) async throws(EngineRefusal) -> [LineageEntry] {
        do {
            return try await ports.vault.lineage(of: try book.resolve(account).id, limit: limit)
        } catch {
            throw EngineRefusal(error)
        }
    }

    package func acknowledge(
        _ code: NudgeCode, email: String?
    ) async throws(EngineRefusal) {
        do {
            let now = ports.clock.now()
            guard try await ports.history.acknowledge(code, email: email, at: now) else {
                throw EngineRefusal.unknownNudge
            }
        } catch {
            throw EngineRefusal(error)
        }
        let nudges = await standingNudges()
        publish { $0.nudges = nudges }
    }

    package func decisions(
        limit: Int, before: Int64?
    ) async throws(EngineRefusal) -> Page<DecisionRecord> {
        do {
            return try await ports.history.decisions(limit: limit, before: before)
        } catch {
            throw error.refusal
        }
    }

    package func rotations(
        limit: Int, before: Int64?
    ) async throws(EngineRefusal) -> Page<RotationRecord> {
        do {
            return try await ports.history.rotations(limit: limit, before: before)
        } catch {
            throw error.refusal
        }
    }

    // MARK: -

    /// Runs one order in a task of its own, holding the turn.
    func order<Answer: Sendable>(
        _ body:
            @escaping @Sendable (isolated RotationEngine) async throws(EngineRefusal) -> Answer
    ) async throws(EngineRefusal) -> Answer {
        guard !isStopping else { throw .stopping }
        let task = Task { () async -> Result<Answer, EngineRefusal> in
            await self.enter()
            defer { self.leave() }
            do throws(EngineRefusal) {
                try await self.requireHistory()
                await self.recoverIfTorn()
                return .success(try await body(self))
            } catch {
                return .failure(error)
            }
        }
        return try await task.value.get()
    }

    /// Who is live, and which generation of it.
    private struct LiveAccount {
        let id: AccountID
        let generation: Generation
    }

    private func captureNow() async throws(EngineRefusal) -> AccountView {
        let account = try await liveAccount()?.id
        guard let account, let slot = book.slots[account] else { throw .noLiveCredential }
        publish()
        return book.view(of: slot, machine.remembered, at: ports.clock.now())
    }

    /// The live account, observed now; nil when the store is proven to hold no
    /// credential.
    private func liveAccount() async throws(EngineRefusal) -> LiveAccount? {
        if let advice = ports.vault.unsupportedAdvice {
            throw .unsupportedPlatform(advice: advice)
        }
        do {
            switch try await observeStore(askAgain: true) {
            case .identified(let account, let slot):
                return LiveAccount(id: account, generation: slot.generation)
            case .superseded(let account, let generation):
                return LiveAccount(id: account, generation: generation)
            case .absent: return nil
            case .unidentified:
                throw EngineRefusal.identityUnknown(
                    detail: "the profile endpoint did not say whose the live credential is")
            case .locked(let held): throw EngineRefusal.credentialLocked(held)
            case .failed(_, let detail): throw EngineRefusal.storeUnreachable(detail)
            }
        } catch {
            throw EngineRefusal(error)
        }
    }

    private func swapNow(
        to selector: AccountSelector, force: Bool
    ) async throws(EngineRefusal) -> DecisionRecord {
        let live = try await liveAccount()
        let target = try book.resolve(selector)
        if live?.id == target.id {
            guard force else { throw .alreadyLive(target.email) }
            return try await record(alreadyLive: target)
        }
        if live != nil, !force { try refuseUnusable(target) }
        let outgoing = live.flatMap { book.slots[$0.id]?.identity }
        let expected = live?.generation
        let last = await lastRotation() ?? 0
        let began = ports.clock.uptimeMilliseconds()
        do {
            let receipt = try await ports.vault.swap(
                SwapOrder(
                    outgoing: outgoing.flatMap { identity in
                        expected.map { .init(identity: identity, generation: $0) }
                    },
                    incoming: target.id, lockPatienceSeconds: Self.operatorLockPatienceSeconds,
                    now: ports.clock.now(), afterRotation: last))
            await settle(receipt)
        } catch {
            noticeTorn(error)
            throw error.refusal
        }
        let took = ports.clock.uptimeMilliseconds() - began
        _ = machine.step(.operatorSwapped(from: live?.id, to: target.id, at: ports.clock.now()))
        return try await record(swapFrom: outgoing, to: target, took: took)
    }

    /// An operator may choose an unmeasured account, but not by accident one
    /// that cannot serve.
    private func refuseUnusable(_ target: AccountIdentity) throws(EngineRefusal) {
        guard let slot = book.slots[target.id] else { throw .unknownAccount(target.email) }
        let now = ports.clock.now()
        let usage = machine.remembered.usage[target.id] ?? UsageFacts()
        func refuse(_ reason: Reason, _ detail: String) -> EngineRefusal {
            .targetUnusable(target.email, reason, detail: detail)
        }
        switch AccountBook.state(of: slot, usage: usage, at: now) {
        case .usable: break
        case .suspect: throw refuse(.slotRejected, "the vendor refused its credential")
        case .expired: throw refuse(.slotExpired, "its access token has lapsed")
        case .needsLogin: throw refuse(.slotNeedsLogin, "only a new sign-in brings it back")
        }
        if slot.details.kind == .setupToken {
            throw refuse(
                .setupTokenUnmeasured,
                "it is a setup-token, so its usage cannot be read and nothing is rotated away from "
                    + "it before the vendor refuses it")
        }
        if usage.lastAnswer == .restricted {
            throw refuse(.accountRestricted, "the vendor has restricted it")
        }
        for window in usage.reading?.windows ?? [] where window.key.isAccountWide {
            guard let utilization = window.utilization(at: now),
                utilization >= bounds.threshold(of: window.key)
            else { continue }
            throw refuse(.atThreshold, "it is at or above its threshold (\(window.key.name))")
        }
    }

    private func forgetNow(_ selector: AccountSelector) async throws(EngineRefusal) {
        do {
            try await adoptSlots()
        } catch {
            throw error.refusal
        }
        let target = try book.resolve(selector)
        do {
            let liveSlot = try await ports.vault.readLive()?.slot
            guard liveSlot != target.id, book.live != target.id else {
                throw EngineRefusal.accountIsLive(target.email)
            }
            try await ports.vault.forget(target.id)
            book.remove(target.id)
            try await ports.history.forget(target.id, at: ports.clock.now())
        } catch {
            throw EngineRefusal(error)
        }
        _ = machine.step(.slotForgotten(target.id))
        ports.log.write(LogLine(.notice, "forgot the slot of \(target.email)"))
        publish()
    }

    // MARK: Recording

    private func record(
        alreadyLive target: AccountIdentity
    ) async throws(EngineRefusal) -> DecisionRecord {
        let verdict = Verdict(
            outcome: .stayed, reason: .alreadyLive,
            sentence: "\(target.email) is live already; nothing was written.", from: target.id,
            to: target.id, considerations: [consideration(target, .live, .alreadyLive, "is live")])
        return try await record(verdict, rotation: nil)
    }

    private func record(
        swapFrom outgoing: AccountIdentity?, to target: AccountIdentity, took: Int64
    ) async throws(EngineRefusal) -> DecisionRecord {
        var considerations = [
            consideration(target, .chosen, .operatorRequest, "was named by the operator")
        ]
        if let outgoing {
            considerations.insert(
                consideration(outgoing, .live, .operatorRequest, "was live until now"), at: 0)
        }
        let left = outgoing.map { "from \($0.email) " } ?? ""
        let verdict = Verdict(
            outcome: .rotated, reason: .operatorRequest,
            sentence: "The operator switched \(left)to \(target.email).", from: outgoing?.id,
            to: target.id, considerations: considerations)
        return try await record(
            verdict,
            rotation: .init(
                to: target.id, from: outgoing?.id, tookMilliseconds: took, automatic: nil))
    }

    private func record(
        _ verdict: Verdict, rotation: DecisionEntry.Rotation?
    ) async throws(EngineRefusal) -> DecisionRecord {
        let record = try await append(
            DecisionEntry(
                tick: nil, at: ports.clock.now(), trigger: .operatorSwap, verdict: verdict,
                emails: book.emails, usage: [:], rotation: rotation, nudges: nil))
        publish { $0.latestDecision = record }
        return record
    }

    private func consideration(
        _ account: AccountIdentity, _ outcome: ConsiderationOutcome, _ reason: Reason,
        _ text: String
    ) -> Consideration {
        Consideration(
            account: account.id, email: account.email, outcome: outcome, reason: reason,
            sentence: "\(account.email) \(text).", tightest: nil)
    }
}
