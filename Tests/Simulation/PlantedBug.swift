// Bugs the checks must find, each a change of the vault's plan. A simulator
// that finds none of what is planted proves nothing by finding nothing else.

import CredentialStores
import RotationCore

package enum PlantedBug: String, CaseIterable, Sendable {
    case publishBeforeStore = "publish-before-store"
    case noReadBack = "no-read-back"
    case lockSkipped = "lock-skipped"
    case unlockEarly = "unlock-early"
    case staleOrderAccepted = "stale-order-accepted"
    case olderGenerationAccepted = "older-generation-accepted"
    case blobReplacedWhole = "blob-replaced-whole"
    case intentNotWritten = "intent-not-written"
    case liveRefreshed = "live-refreshed"
    case refreshUnlocked = "refresh-unlocked"
    case pairNotStored = "pair-not-stored"
    case sentNotRecorded = "sent-not-recorded"

    /// Makes what the bug needs to show itself happen more often.
    func raise(_ odds: inout Odds) {
        switch self {
        case .noReadBack:
            odds.lyingWrite = 6
            odds.death = 0
        case .olderGenerationAccepted:
            odds.otherManager = 4
            odds.claude = 6
        case .staleOrderAccepted: odds.claude = 3
        case .publishBeforeStore:
            odds.refusedWrite = 12
            odds.claude = 4
        case .sentNotRecorded:
            odds.lostAnswer = 2
            odds.rateLimit = 3
        case .intentNotWritten:
            odds.death = 80
            odds.lyingWrite = 0
        case .lockSkipped, .unlockEarly, .blobReplacedWhole,
            .liveRefreshed, .refreshUnlocked, .pairNotStored:
            break
        }
    }

    func plant(_ plan: inout VaultPlan, _ bounds: inout Bounds) {
        switch self {
        case .publishBeforeStore:
            plan.swap.removeAll { $0 == .saveOutgoing }
            plan.swap.insert(.saveOutgoing, at: (plan.swap.firstIndex(of: .readBack) ?? 0) + 1)
        case .noReadBack: plan.swap.removeAll { $0 == .readBack }
        case .lockSkipped: plan.swap.removeAll { $0 == .lock || $0 == .refuseChanged }
        case .unlockEarly:
            plan.swap.removeAll { $0 == .unlock || $0 == .refuseChanged }
            plan.swap.insert(.unlock, at: 1)
        case .staleOrderAccepted: plan.swap.removeAll { $0 == .refuseStale }
        case .olderGenerationAccepted: plan.knowsAges = false
        case .blobReplacedWhole: plan.keepsMachineMembers = false
        case .intentNotWritten: plan.swap.removeAll { $0 == .writeIntent }
        case .liveRefreshed:
            plan.refresh.removeAll { $0 == .refuseLiveGrant }
            bounds.liveRenewalGraceSeconds = -7200
        case .refreshUnlocked: plan.refresh.removeAll { $0 == .lock }
        case .pairNotStored: plan.refresh.removeAll { $0 == .store }
        case .sentNotRecorded: plan.refresh.removeAll { $0 == .recordSent }
        }
    }
}
