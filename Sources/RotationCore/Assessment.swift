// What is known of one account at the moment of a decision, worked out once:
// every rule asks for it, and there may be a hundred accounts.

final class Assessment {
    let account: AccountID
    let email: String
    let usage: UsageFacts
    /// What the credential itself forbids, whatever has been read.
    let slotObstacle: Reason?
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
        _ account: AccountID, slot: SlotFacts, usage: UsageFacts, bounds: Bounds, at now: Timestamp
    ) {
        self.account = account
        email = slot.email
        slotObstacle = Self.obstacle(slot, usage, at: now)
        self.usage = usage
        judged = usage.reading.flatMap { WindowJudgement($0, bounds: bounds, at: now) }
        room = judged?.margin ?? .infinity
        isFresh =
            usage.reading.map { now.seconds(since: $0.heldSince) < bounds.staleAfterSeconds }
            ?? false
    }

    private static func obstacle(
        _ slot: SlotFacts, _ usage: UsageFacts, at now: Timestamp
    ) -> Reason? {
        if case .restricted = usage.lastAnswer { return .accountRestricted }
        if slot.details.kind == .setupToken { return .setupTokenUnmeasured }
        return switch slot.state(usage: usage, at: now) {
        case .usable: nil
        case .expired: .slotExpired
        case .needsLogin: .slotNeedsLogin
        case .suspect: .slotRejected
        }
    }
}
