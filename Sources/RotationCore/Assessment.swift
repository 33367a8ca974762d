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
    let lastAnswer: UsageAnswer?
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
        _ account: AccountID, slot: SlotFacts?, reading: Reading?, lastAnswer: UsageAnswer?,
        rejections: Int, policy: AccountPolicy, thresholds: Thresholds, staleAfterSeconds: Int64,
        at now: Timestamp
    ) {
        let own = thresholds.reserving(policy.reservePercent)
        self.account = account
        self.policy = policy
        self.thresholds = own
        email = slot?.email ?? account.description
        slotObstacle =
            slot.map { Self.obstacle($0, lastAnswer, rejections, at: now) } ?? .slotMissing
        canRefresh = slot.map { $0.details.kind == .login && $0.details.canRefresh } ?? false
        self.lastAnswer = lastAnswer
        self.reading = reading
        if let reading {
            judged = WindowJudgement(reading, thresholds: own, at: now)
            isFresh = now.seconds(since: reading.heldSince) < staleAfterSeconds
        } else {
            judged = nil
            isFresh = false
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
