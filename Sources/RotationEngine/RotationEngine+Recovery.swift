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
            case .finishedSwap(let from, let to, let at, let isAutomatic):
                // An account's own newer generation put back is no rotation.
                guard from != to else {
                    await ports.vault.settled()
                    continue
                }
                guard await !isRecorded(to, at) else {
                    await ports.vault.settled()
                    continue
                }
                _ = machine.step(
                    .swapRecovered(from: from, to: to, at: at, isAutomatic: isAutomatic))
                book.live = to
                let swap = isAutomatic ? machine.remembered.lastAutomaticSwap : nil
                await append(
                    recovered: true, from, to, at: at,
                    .init(to: to, from: from, tookMilliseconds: 0, automatic: swap))
            }
        }
    }

    /// A store that holds something else than was written and could not be put
    /// back is looked at again as after a crash.
    func noticeTorn(_ error: VaultError) {
        if case .readBackMismatch = error { mustRecover = true }
    }

    /// The crash came between the record and the journal's end.
    private func isRecorded(_ to: AccountID, _ at: Timestamp) async -> Bool {
        guard let last = try? await ports.history.rotations(limit: 1, before: nil).items.first
        else { return false }
        return last.to == to && last.at >= at
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
