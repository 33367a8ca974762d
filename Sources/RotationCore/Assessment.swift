// What is known of one account at the moment of a decision, worked out once:
// every rule asks for it, and there may be a hundred accounts.

final class Assessment {
    let account: AccountID
    let email: String
    let usage: UsageFacts
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
        _ account: AccountID, email: String, usage: UsageFacts, bounds: Bounds, at now: Timestamp
    ) {
        self.account = account
        self.email = email
        self.usage = usage
        judged = usage.reading.flatMap { WindowJudgement($0, bounds: bounds, at: now) }
        room = judged?.margin ?? .infinity
        isFresh =
            usage.reading.map { now.seconds(since: $0.heldSince) < bounds.staleAfterSeconds }
            ?? false
    }
}
