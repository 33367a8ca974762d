// The vault's transactions as lists of named steps, in the order they are
// made. As data, because the simulator must be proven too: a test takes one
// step out, or moves it, and the simulator has to notice.

import RotationCore

package struct VaultPlan: Sendable {
    package enum SwapStep: String, CaseIterable, Sendable {
        /// Claude Code's own locks, all of them.
        case lock
        /// Read again: what was seen before the locks proves nothing now.
        case readLive
        /// The live credential is still the one the order was made on.
        case refuseStale
        /// The incoming slot: whole, this account's, not proven dead.
        case loadIncoming
        /// Which credential is to replace which, durable.
        case writeIntent
        /// The outgoing credential into its slot, read back.
        case saveOutgoing
        /// Incoming account members over the machine's members.
        case compose
        /// Locks still ours, live store still as it was read.
        case refuseChanged
        case install
        case readBack
        /// In the lineage.
        case recordInstalled
        case unlock
        case display
    }

    package enum RefreshStep: String, CaseIterable, Sendable {
        case lock
        /// Slot and live store, read under the locks.
        case reread
        /// The live account's grant only when its access token has lapsed.
        case refuseLiveGrant
        /// The slot is written as it is: what cannot be stored is not asked for.
        case rehearse
        /// In the lineage, before the request.
        case recordSent
        case request
        /// The new pair in the slot, read back.
        case store
        /// And in the live store, when the grant was the live one.
        case installLive
        case unlock
    }

    package enum FilingStep: String, CaseIterable, Sendable {
        case refuseIncomplete
        /// An older generation never overwrites a newer one.
        case refuseOlder
        case write
        case readBack
        case record
    }

    package var swap = SwapStep.allCases
    package var refresh = RefreshStep.allCases
    package var filing = FilingStep.allCases
    /// Whether the live store's machine members are kept when it is written.
    package var keepsMachineMembers = true
    /// Whether generations have an age.
    package var knowsAges = true

    package init() {}

    /// Nil live text: the store holds nothing.
    func compose(_ live: CredentialText?, _ slot: SlotText) -> [UInt8] {
        guard keepsMachineMembers, let live else { return slot.credential.text }
        return live.installing(slot.credential)
    }

    func isOlder(_ mark: String, than account: AccountID, _ lineage: Lineage) -> Bool {
        knowsAges && lineage.isOlder(mark, than: account)
    }
}
