// What is known of one account at the moment of a decision, worked out once:
// every rule asks for it, and there may be a hundred accounts.

final class Assessment {
    let account: AccountID
    let email: String
    /// What the operator wants of it.
    let policy: AccountPolicy
    let thresholds: Thresholds
    /// The last good reading, whatever came after it.
    let reading: Reading?
    /// Whether the newest answer had no windows to tell of.
    let saysNoWindows: Bool
    /// What the credential itself forbids, whatever has been read.
    let slotObstacle: Reason?
    /// Whether the credential can renew itself.
    let canRefresh: Bool
    /// The reading against them; nil when nothing in it holds any more.
    let judged: WindowJudgement?
    /// Percentage points to its threshold; infinite where nothing is known.
    let room: Double
    /// Whether the last good reading is young enough to decide on.
    let isFresh: Bool
    /// Why it cannot be taken; the outer nil is "not asked yet".
    var obstacle: Reason??
    var hasRoomToStay: Bool?

    init(
        _ account: AccountID, slot: SlotFacts?, usage: UsageFacts?, policy: AccountPolicy,
        thresholds: Thresholds, staleAfterSeconds: Int64, at now: Timestamp
    ) {
        self.account = account
        self.policy = policy
        self.thresholds = thresholds.reserving(policy.reservePercent)
        reading = usage?.reading
        saysNoWindows = if case .noWindows = usage?.lastAnswer { true } else { false }
        if let reading {
            judged = WindowJudgement(reading, thresholds: self.thresholds, at: now)
            isFresh = now.seconds(since: reading.heldSince) < staleAfterSeconds
        } else {
            (judged, isFresh) = (nil, false)
        }
        if let slot {
            email = slot.email
            canRefresh = slot.details.renewsItself
            slotObstacle = Self.obstacle(
                slot, usage?.lastAnswer, usage?.consecutiveRejections ?? 0, at: now)
        } else {
            (email, canRefresh, slotObstacle) = (account.description, false, .slotMissing)
        }
        room = judged?.margin ?? .infinity
    }

    private static func obstacle(
        _ slot: SlotFacts, _ lastAnswer: UsageAnswer?, _ rejections: Int, at now: Timestamp
    ) -> Reason? {
        if case .restricted = lastAnswer { return .accountRestricted }
        if slot.details.kind == .setupToken { return .setupTokenUnmeasured }
        return switch slot.state(lastAnswer, rejections: rejections, at: now) {
        case .usable: nil
        case .expired: .slotExpired
        case .needsLogin: .slotNeedsLogin
        case .suspect: .slotRejected
        }
    }
}
