// What start-up makes of a crash. Locks of our own are released; a swap that
// was begun is found finished or abandoned by what is live now, and said so
// until it is in the history. A refresh needs nothing here: its lineage tells
// that it was sent.

import RotationCore
import RotationEngine

extension Vault {
    package func recover(now: Timestamp) async throws(VaultError) -> [Recovery] {
        await enter()
        defer { leave() }
        var released = locks.releaseLeftovers().map(Recovery.releasedLock)
        if hasLedger() {
            released += try ledger().lineage.maybeSpent.map(Recovery.maybeSpentGrant)
        }
        guard let intent = try journal.read() else { return released }
        let mark = try await liveText()?.oauth?.tokens.map(fingerprint)
        let wasInstalled =
            hasLedger() ? try ledger().lineage.wasInstalled(intent.toFingerprint, intent.at) : false
        let isInstalled = mark == intent.toFingerprint && mark != intent.fromFingerprint
        if let mark, !isInstalled, !wasInstalled, try ledger().lineage.age(of: mark) == .unknown {
            return released + [.undecidedSwap(intent.swap)]
        }
        guard isInstalled || wasInstalled else {
            return released + [
                .abandonedSwap(from: intent.from, to: intent.to, at: intent.at)
            ]
        }
        if !wasInstalled {
            try record(
                LineageEntry(
                    at: intent.at, account: intent.to, fingerprint: intent.toFingerprint,
                    parent: intent.fromFingerprint, event: .installed, writer: .rotator))
        }
        if configuration.isThere, let slot = try await slotText(intent.to),
            let lock = try? await locks.lockConfiguration(patienceSeconds: 0)
        {
            defer { lock.release() }
            _ = configuration.display(slot)
        }
        return released + [
            .finishedSwap(intent.swap)
        ]
    }
}

extension SwapIntent {
    fileprivate var swap: FinishedSwap {
        FinishedSwap(
            from: from, to: to, at: at, isAutomatic: isAutomatic, afterRotation: afterRotation)
    }
}
