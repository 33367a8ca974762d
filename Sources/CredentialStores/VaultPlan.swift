// The vault's transactions as lists of named steps, in the order they are
// made. As data, because the simulator must be proven too: a test takes one
// step out, or moves it, and the simulator has to notice.

struct VaultPlan: Sendable {
    enum SwapStep: String, CaseIterable, Sendable {
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

    enum RefreshStep: String, CaseIterable, Sendable {
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

    enum FilingStep: String, CaseIterable, Sendable {
        case refuseIncomplete
        /// An older generation never overwrites a newer one.
        case refuseOlder
        case write
        case readBack
        case record
    }

    var swap = SwapStep.allCases
    var refresh = RefreshStep.allCases
    var filing = FilingStep.allCases
    /// Nil live text: the store holds nothing.
    var compose: @Sendable (_ live: CredentialText?, _ slot: SlotText) -> [UInt8] = {
        live, slot in live?.installing(slot.credential) ?? slot.credential.text
    }
}
