// What a crash left, finished or undone at start and said so in the history.
// History is never rewritten: a swap that was made and not recorded is
// appended now.

import RotationCore

extension RotationEngine {
    /// Whether everything that happened is in the history.
    package var isSettled: Bool { historyFailure == nil && unrecorded.isEmpty }

    /// Must be called while holding the turn, after the history was loaded.
    func recover() async {
        let found: [Recovery]
        mustRecover = false
        do {
            found = try await ports.vault.recover(now: ports.clock.now())
        } catch {
            ports.log.write(LogLine(.error, "recovery: \(error.detail)"))
            mustRecover = true
            return
        }
        for one in found {
            switch one {
            case .releasedLock(let name):
                ports.log.write(LogLine(.notice, "released our own lock \(name) after a crash"))
            case .maybeSpentGrant(let account): maybeSpent.append(account)
            case .abandonedSwap(let from, let to, _):
                await append(recovered: false, from, to, at: ports.clock.now(), nil)
            case .finishedSwap(let swap): await finish(swap)
            case .undecidedSwap(let swap): undecided = swap
            }
        }
    }

    func recoverIfTorn() async {
        if mustRecover { await recover() }
    }

    /// Whose the live credential was proven to be tells what became of a swap
    /// that a crash cut short.
    func decide(liveIs account: AccountID) async {
        guard let swap = undecided else { return }
        undecided = nil
        if account == swap.to { return await finish(swap) }
        await append(recovered: false, swap.from, swap.to, at: ports.clock.now(), nil)
    }

    private func finish(_ swap: FinishedSwap) async {
        // An account's own newer generation put back is no rotation, and the
        // crash may have come between the record and the journal's end.
        let isRecorded = (await lastRotation()).map { $0 > swap.afterRotation } ?? false
        guard swap.from != swap.to, !isRecorded else { return await ports.vault.settled() }
        _ = machine.step(
            .swapRecovered(
                from: swap.from, to: swap.to, at: swap.at, isAutomatic: swap.isAutomatic))
        book.live = swap.to
        let automatic = swap.isAutomatic ? machine.remembered.lastAutomaticSwap : nil
        await append(
            recovered: true, swap.from, swap.to, at: swap.at,
            .init(to: swap.to, from: swap.from, tookMilliseconds: 0, automatic: automatic))
    }

    /// A store that holds something else than was written and could not be put
    /// back is looked at again as after a crash.
    func noticeTorn(_ error: VaultError) {
        if case .readBackMismatch = error { mustRecover = true }
    }

    /// Its id; 0 when there is none, nil when the history does not say.
    func lastRotation() async -> Int64? {
        guard let page = try? await ports.history.rotations(limit: 1, before: nil) else {
            return nil
        }
        return page.items.first?.id ?? 0
    }

    private func append(
        recovered: Bool, _ from: AccountID?, _ to: AccountID, at: Timestamp,
        _ rotation: DecisionEntry.Rotation?
    ) async {
        let emails = book.emails
        let name = { (account: AccountID) in emails[account] ?? account.description }
        let left = from.map { "from \(name($0)) " } ?? ""
        let sentence =
            recovered
            ? "A swap \(left)to \(name(to)) was made before the service was killed; it counts."
            : "A swap \(left)to \(name(to)) was begun before the service was killed; nothing "
                + "had been changed and it was abandoned."
        let verdict = Verdict(
            outcome: recovered ? .rotated : .stayed, reason: recovered ? .recovered : .abandoned,
            sentence: sentence, from: from, to: recovered ? to : nil)
        let entry = DecisionEntry(
            tick: nil, at: at, trigger: .recovery, verdict: verdict, emails: emails, usage: [:],
            rotation: rotation, nudges: nil)
        guard let record = try? await append(entry) else { return }
        if rotation == nil { await ports.vault.settled() }
        publish { $0.latestDecision = record }
    }
}
