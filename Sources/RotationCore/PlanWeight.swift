// How much more one plan holds than another (decision 15): a percent of Max 20x
// is twenty times one of Pro. Asked for only where the configuration says so;
// the rule by default compares percents.

package enum PlanWeight {
    /// By the vendor's `rate_limit_tier`; nil when it is not said. A tier that
    /// names no multiple counts as one.
    static func weight(ofTier tier: String?) -> Double? {
        switch tier {
        case nil: nil
        case "default_claude_max_20x": 20
        case "default_claude_max_5x": 5
        default: 1
        }
    }

    /// Empty where one is not known: then percents are compared, for nothing
    /// else would be alike.
    package static func weights(of slots: [AccountID: SlotFacts]) -> [AccountID: Double] {
        let known = slots.compactMapValues { weight(ofTier: $0.details.rateLimitTier) }
        return known.count == slots.count ? known : [:]
    }
}

extension Situation {
    /// How much more a point of the account is than one of the smallest plan;
    /// 1 where that is not known of all.
    func capacity(of account: AccountID) -> Double { capacities[account] ?? 1 }

    /// The account's weight; 1 where plans are not weighed.
    func weight(of account: AccountID) -> Double {
        bounds.weighsPlans ? capacity(of: account) : 1
    }

    /// Its room, in percentage points of the smallest plan where plans are
    /// weighed.
    func points(of one: Assessment) -> Double { one.room * weight(of: one.account) }
}
