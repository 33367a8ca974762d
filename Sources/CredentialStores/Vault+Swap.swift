// The swap, step by step as the plan lists them: under Claude Code's locks,
// outgoing saved first, incoming read back last. Whatever fails, the live
// store holds the old credential or the new one, and the old one is in its
// slot before it is gone from there.

import DurableFiles
import RotationCore
import RotationEngine

/// What is known so far of the swap under way.
private struct SwapRun {
    let order: SwapOrder
    var locks: (any HeldLock)?
    var live: CredentialText?
    var liveMark: String?
    var outgoing: Slot?
    var incoming: SlotText?
    var incomingMark = ""
    var next: [UInt8] = []
    var hasInstalled = false
    var remarks: [String] = []
}

extension Vault {
    package func swap(_ order: SwapOrder) async throws(VaultError) -> SwapReceipt {
        await enter()
        defer { leave() }
        guard try await slotText(order.incoming) != nil else { throw .noSlot(order.incoming) }
        var run = SwapRun(order: order)
        do {
            for step in plan.swap { try await perform(step, &run) }
        } catch {
            run.locks?.release()
            // Nothing was changed, or it was put back: there is no swap.
            if !run.hasInstalled { try? journal.end() }
            throw error
        }
        guard let incoming = run.incoming else { throw .noSlot(order.incoming) }
        return SwapReceipt(
            incoming: try view(of: incoming), outgoing: run.outgoing, remarks: run.remarks)
    }

    package func settled() async {
        await enter()
        defer { leave() }
        try? journal.end()
    }

    private func perform(
        _ step: VaultPlan.SwapStep, _ run: inout SwapRun
    ) async throws(VaultError) {
        switch step {
        case .lock:
            run.locks = try await locks.lockCredential(
                patienceSeconds: run.order.lockPatienceSeconds)
        case .readLive:
            run.live = try await liveText()
            run.liveMark = try run.live?.oauth?.tokens.map(fingerprint)
        case .refuseStale: try refuseStale(run)
        case .loadIncoming: try await loadIncoming(&run)
        case .writeIntent: try writeIntent(run)
        case .saveOutgoing: try await saveOutgoing(&run)
        case .compose:
            if let incoming = run.incoming { run.next = plan.compose(run.live, incoming) }
        case .refuseChanged: try await refuseChanged(run)
        case .install: try await install(&run)
        case .readBack: try await readBack(&run)
        case .recordInstalled: try recordInstalled(run)
        case .unlock: run.locks?.release()
        case .display: await display(&run)
        }
    }

    private func refuseStale(_ run: SwapRun) throws(VaultError) {
        guard let outgoing = run.order.outgoing else {
            guard run.liveMark == nil else { throw .changedMeanwhile }
            return
        }
        guard let mark = run.liveMark, generation(of: mark) == outgoing.generation else {
            throw .changedMeanwhile
        }
    }

    private func loadIncoming(_ run: inout SwapRun) async throws(VaultError) {
        let account = run.order.incoming
        guard let slot = try await slotText(account) else { throw .noSlot(account) }
        guard slot.identity.id == account else {
            throw .malformed("\(fileName(account)): its name and its identity differ")
        }
        do {
            run.incomingMark = try fingerprint(of: try slot.oauth().tokens)
        } catch let error as VaultError {
            throw error
        } catch let error as JSONTextError {
            throw .malformed("\(fileName(account)): \(error.reason)")
        } catch {
            throw .malformed(fileName(account))
        }
        run.incoming = slot
    }

    private func writeIntent(_ run: SwapRun) throws(VaultError) {
        try journal.write(
            SwapIntent(
                from: run.order.outgoing?.identity.id, fromFingerprint: run.liveMark,
                to: run.order.incoming, toFingerprint: run.incomingMark, at: run.order.now,
                isAutomatic: run.order.isAutomatic, afterRotation: run.order.afterRotation))
    }

    private func saveOutgoing(_ run: inout SwapRun) async throws(VaultError) {
        guard let outgoing = run.order.outgoing else { return }
        guard let live = run.live, let oauth = live.oauth, let mark = run.liveMark else {
            throw .changedMeanwhile
        }
        let account = outgoing.identity.id
        // One that cannot be read is replaced by a whole one.
        let held = (try? await slotText(account)) ?? nil
        if plan.isOlder(mark, than: account, try ledger().lineage), held != nil {
            return  // Its slot holds what came after it.
        }
        guard oauth.missing.isEmpty else { throw .incomplete(missing: oauth.missing) }
        // Read just now, under the locks: what is there need not be written.
        if let held, held.identity.id == account, held.credential == live.accountMembers,
            configuration.displayed(account).map({ $0 == held.oauthAccount }) ?? true
        {
            run.outgoing = try view(of: held)
        } else {
            run.outgoing = try await file(live, oauth, as: outgoing.identity, now: run.order.now)
        }
        // An account swapped onto itself takes what was just saved.
        if account == run.order.incoming { try await loadIncoming(&run) }
    }

    /// Not every writer takes the locks, and saving took a moment.
    private func refuseChanged(_ run: SwapRun) async throws(VaultError) {
        if let lost = run.locks?.lost { throw .locked(lost) }
        guard try await live.read() == run.live?.object.text else { throw .changedMeanwhile }
    }

    private func install(_ run: inout SwapRun) async throws(VaultError) {
        do {
            try await live.replace(with: run.next)
        } catch {
            // Some failures come after the fact.
            try await putBack(&run)
            throw error
        }
        run.hasInstalled = true
    }

    private func readBack(_ run: inout SwapRun) async throws(VaultError) {
        let found: [UInt8]?
        do {
            found = try await live.read()
        } catch {
            try await putBack(&run)
            throw error
        }
        if found == run.next { return }
        try await putBack(&run)
        throw .readBackMismatch(
            "\(live.name) did not hold what was written and was put back")
    }

    /// Puts the old credential back, unless a whole one is there that is not
    /// ours: a sign-in or a refresh that landed just now, perhaps the only copy
    /// there is, or another manager's doing, who is not fought.
    private func putBack(_ run: inout SwapRun) async throws(VaultError) {
        let previous = run.live?.object.text
        let found = try? await live.read()
        if found == previous {
            run.hasInstalled = false
            return
        }
        if let found = found ?? nil, found != run.next,
            (try? CredentialText(found))?.oauth?.tokens != nil
        {
            run.hasInstalled = false
            throw .changedMeanwhile
        }
        for _ in 0..<Self.putBackAttempts {
            do {
                if let previous {
                    try await live.replace(with: previous)
                } else {
                    try await live.remove()
                }
            } catch {
                // Whether it landed all the same, the reading tells.
            }
            if (try? await live.read()) == .some(previous) {
                run.hasInstalled = false
                return
            }
        }
        // The journal stays: what is there is found out by the next recovery.
        run.hasInstalled = true
        throw .readBackMismatch(
            "\(live.name) could not be put back; what it holds is looked at again")
    }

    /// A store that fails is not asked for ever.
    private static var putBackAttempts: Int { 3 }

    private func recordInstalled(_ run: SwapRun) throws(VaultError) {
        // The swap stands even if its line cannot be written: the journal
        // tells the same until the history does.
        try? record(
            LineageEntry(
                at: run.order.now, account: run.order.incoming, fingerprint: run.incomingMark,
                parent: run.liveMark, event: .installed, writer: .rotator))
    }

    private static var displayPatienceSeconds: Int64 { 2 }

    private func display(_ run: inout SwapRun) async {
        guard configuration.isThere, let incoming = run.incoming else { return }
        do {
            let lock = try await locks.lockConfiguration(
                patienceSeconds: Self.displayPatienceSeconds)
            defer { lock.release() }
            run.remarks += [configuration.display(incoming)].compactMap(\.self)
        } catch .locked(let held) {
            run.remarks.append(
                "\(configuration.path) was not changed: \(held.name) is held since "
                    + held.since.rfc3339)
        } catch {
            run.remarks.append("the displayed account was not changed: \(error.text)")
        }
    }
}
