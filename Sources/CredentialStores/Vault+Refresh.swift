// The refresh grant (RFC 6749 §6) of a slot, step by step as the plan lists
// them. The lineage line `refresh-sent` is the journal of it: a generation
// with that line and nothing after it may be spent, and start-up asks.

import RotationCore
import RotationEngine

private struct RefreshRun {
    let order: RefreshOrder
    let request: @Sendable (Secret) async -> RefreshAnswer
    var locks: (any HeldLock)?
    var slot: SlotText?
    var mark = ""
    var live: CredentialText?
    var isLiveGrant = false
    /// The token was sent before and that was not answered.
    var isDoubtful = false
    /// Set when no further step is to be made.
    var receipt: RefreshReceipt?
    var renewed: SlotText?
}

extension Vault {
    package func refresh(
        _ order: RefreshOrder, request: @escaping @Sendable (Secret) async -> RefreshAnswer
    ) async throws(VaultError) -> RefreshReceipt {
        await enter()
        defer { leave() }
        var run = RefreshRun(order: order, request: request)
        defer { run.locks?.release() }
        for step in plan.refresh where run.receipt == nil {
            try await perform(step, &run)
        }
        if let receipt = run.receipt { return receipt }
        guard let renewed = run.renewed else { return .notDue }
        return .refreshed(try view(of: renewed))
    }

    private func perform(
        _ step: VaultPlan.RefreshStep, _ run: inout RefreshRun
    ) async throws(VaultError) {
        switch step {
        case .lock:
            run.locks = try await locks.lockCredential(
                patienceSeconds: run.order.lockPatienceSeconds)
        case .reread: try await reread(&run)
        case .refuseLiveGrant: try refuseLiveGrant(&run)
        case .rehearse: try await rehearse(run)
        case .recordSent: try note(.refreshSent, run)
        case .request: try await ask(&run)
        case .store: try await store(&run)
        case .installLive: await installLive(run)
        case .unlock: run.locks?.release()
        }
    }

    private func reread(_ run: inout RefreshRun) async throws(VaultError) {
        let account = run.order.account
        if unstored[account] != nil {
            // The slot's grant is spent and its successor only in memory.
            await storeUnstored()
            guard unstored[account] == nil else {
                throw .unreachable("the renewed credential of \(account) cannot be stored yet")
            }
        }
        guard let slot = try await slotText(account) else { throw .noSlot(account) }
        let held: (text: OAuthText, tokens: OAuthText.Tokens)
        do {
            held = try slot.oauth()
        } catch {
            throw .malformed("\(fileName(account)): \(error.reason)")
        }
        run.slot = slot
        run.mark = try fingerprint(of: held.tokens)
        run.isDoubtful = try ledger().lineage.grant(of: run.mark) == .maybeSpent
        run.live = try await liveText()
        run.isLiveGrant = run.live?.oauth?.tokens?.refresh == held.tokens.refresh
        guard generation(of: run.mark) == run.order.expecting, !held.tokens.refresh.isEmpty
        else {
            run.receipt = .notDue
            return
        }
    }

    /// Claude Code renews its own credential; only one it let lapse is ours to
    /// renew, and only as the locks and this very reading show it.
    private func refuseLiveGrant(_ run: inout RefreshRun) throws(VaultError) {
        guard run.isLiveGrant else {
            // A live credential not filed yet may be what came after this very
            // slot, and one of this account is: then the slot's is spent.
            guard let tokens = run.live?.oauth?.tokens else { return }
            switch try ledger().lineage.age(of: try fingerprint(of: tokens)) {
            case .unknown: run.receipt = .notDue
            case .newest(let account), .older(let account):
                if account == run.order.account { run.receipt = .notDue }
            }
            return
        }
        let expiry = run.live?.oauth?.details.accessTokenExpiresAt
        guard let expiry, clock.now() >= expiry else {
            run.receipt = .notDue
            return
        }
    }

    private func rehearse(_ run: RefreshRun) async throws(VaultError) {
        guard let slot = run.slot else { return }
        let name = try slotName(run.order.account)
        try await slotStore.replace(name, with: slot.text)
        guard try await slotStore.read(name) == slot.text else {
            throw .readBackMismatch("\(slotStore.name)/\(name) does not keep what is written")
        }
        if let lost = run.locks?.lost { throw .locked(lost) }
    }

    private func note(
        _ event: LineageEntry.Event, _ run: RefreshRun
    ) throws(VaultError) {
        try record(
            LineageEntry(
                at: clock.now(), account: run.order.account, fingerprint: run.mark, parent: nil,
                event: event, writer: .rotator))
    }

    private func ask(_ run: inout RefreshRun) async throws(VaultError) {
        guard let slot = run.slot, let tokens = try? slot.oauth().tokens else { return }
        let token = Secret(tokens.refresh)
        var answer = await run.request(token)
        if case .unreachable(_, mayHaveRotated: true) = answer {
            run.isDoubtful = true
            answer = await run.request(token)
        }
        switch answer {
        case .tokens(let issued):
            try accept(issued, slot, &run)
        case .invalidGrant:
            try note(.grantRejected, run)
            run.receipt = .grantRejected(try view(of: slot))
        case .oauthError, .rateLimited, .unreachable(_, mayHaveRotated: false):
            // Takes back what this order sent, not what was in doubt before.
            if !run.isDoubtful { try note(.refreshRefused, run) }
            run.receipt = .refused(answer)
        case .unreachable(let kind, mayHaveRotated: true):
            run.receipt = .unanswered(kind)
        }
    }

    private func accept(
        _ issued: RefreshedTokens, _ slot: SlotText, _ run: inout RefreshRun
    ) throws(VaultError) {
        let account = run.order.account
        if let uuid = issued.accountUUID, uuid != account.accountUUID {
            try note(.grantRejected, run)
            run.receipt = .otherAccount(try view(of: slot))
            return
        }
        do {
            run.renewed = try slot.renewed(with: issued, at: clock.now())
        } catch {
            throw .malformed("\(fileName(account)): \(error.reason)")
        }
    }

    private func store(_ run: inout RefreshRun) async throws(VaultError) {
        guard let renewed = run.renewed, let oauth = try? renewed.oauth().text else { return }
        unstored[run.order.account] = renewed
        _ = try await put(
            renewed, oauth, writer: .rotator, parent: run.mark, at: clock.now())
        unstored[run.order.account] = nil
    }

    /// What is live is the slot's older generation now; Claude Code is given
    /// the new one. Failing that, the next look finds it superseded.
    private func installLive(_ run: RefreshRun) async {
        guard run.isLiveGrant, let renewed = run.renewed, let live = run.live,
            run.locks?.lost == nil, (try? await self.live.read()) == live.object.text
        else { return }
        let text = plan.compose(live, renewed)
        // What was live is spent: nothing is put back, the new one is tried again.
        var isThere = false
        for _ in 0..<Self.installAttempts where !isThere {
            try? await self.live.replace(with: text)
            isThere = (try? await self.live.read()) == .some(text)
        }
        guard isThere, let tokens = try? renewed.oauth().tokens,
            let mark = try? fingerprint(of: tokens)
        else { return }
        try? record(
            LineageEntry(
                at: clock.now(), account: run.order.account, fingerprint: mark,
                parent: run.mark, event: .installed, writer: .rotator))
    }

    private static var installAttempts: Int { 3 }

    /// A pair that could not be stored is tried again before anything else:
    /// it is the only copy there is.
    func storeUnstored() async {
        for (account, slot) in unstored.sorted(by: { $0.key < $1.key }) {
            guard let oauth = try? slot.oauth().text else { continue }
            let parent = (try? ledger().lineage.newest(of: account)) ?? nil
            do {
                _ = try await put(
                    slot, oauth, writer: .rotator, parent: parent, at: clock.now())
                unstored[account] = nil
            } catch {
                continue
            }
        }
    }
}
