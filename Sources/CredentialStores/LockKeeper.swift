// The locks around a write, as the vault needs them; ClaudeLocks takes the
// real ones, a simulation its own.

import RotationCore
import RotationEngine

package protocol HeldLock: Sendable {
    /// A lock that is not ours any more; nil while all are. To be asked before
    /// anything is written.
    var lost: LockHeld? { get }
    /// Gives back what is still ours; once is enough.
    func release()
}

package protocol LockKeeper: Sendable {
    /// Those around the live store: all of them or `.locked`, waiting at most
    /// `patienceSeconds`.
    func lockCredential(patienceSeconds: Int64) async throws(VaultError) -> any HeldLock
    /// The one around `.claude.json`.
    func lockConfiguration(patienceSeconds: Int64) async throws(VaultError) -> any HeldLock
    /// Releases what a crash of ours left; file names. Never one of another's.
    func releaseLeftovers() -> [String]
}
