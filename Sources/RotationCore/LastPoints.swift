// The last points (decision 13): every alternate is at its threshold, and what
// is left of one of them is used rather than a wall met. Percents are told
// rounded down: of an account told at 97 two points are sure, of one at 99 none.

extension RotationPolicy {
    /// The alternate at its threshold to use up; nil where none is worth a swap.
    func lastPoints(leaving reason: Reason, isUrgent: Bool) -> Assessment? {
        let serves = reason == situation.fullness(of: situation.live)
        guard serves || isUrgent else { return nil }
        let full = situation.alternates.filter {
            situation.obstacle(to: $0) == .atThreshold && $0.isFresh
        }
        if full.isEmpty { return nil }
        // Left for anything but its threshold, live cannot serve at all.
        guard serves else { return longest(full, atLeast: situation.bounds.worthAfterWallSeconds) }
        // It serves as it is while nothing is known to be used, and until one below
        // its threshold, kept away from by the hysteresis, may be taken.
        guard situation.expected(.fiveHour, on: situation.live) > 0,
            !situation.alternates.contains(where: { situation.obstacle(to: $0) == .recentlyLeft })
        else { return nil }
        return sure(full) ?? longest(full, atLeast: leastWorth)
    }

    /// Live may be at its wall any moment: of those sure to last a while the one
    /// that begins anew first, so that as little as can be lapses.
    private func sure(_ full: [Assessment]) -> Assessment? {
        let bounds = situation.bounds
        guard situation.secondsSure(situation.live) <= Double(bounds.wallLeadSeconds) else {
            return nil
        }
        return full.filter { situation.secondsSure($0) >= bounds.worthSeconds }
            .min { (recovery(of: $0), $0.account) < (recovery(of: $1), $1.account) }
    }

    /// When it comes below its threshold, in milliseconds since the epoch.
    private func recovery(of one: Assessment) -> Double {
        (one.judged?.recoversAt).map { Double($0.milliseconds) } ?? .infinity
    }

    /// The one that most likely lasts longest.
    private func longest(_ full: [Assessment], atLeast least: Double) -> Assessment? {
        full.map { (worth: situation.secondsWorth($0), one: $0) }
            .filter { $0.worth >= least }
            .min { (-$0.worth, $0.one.account) < (-$1.worth, $1.one.account) }?.one
    }

    /// Seconds another must last for live to be left while it still serves. Two
    /// that are about as full would take turns.
    private var leastWorth: Double {
        let bounds = situation.bounds
        let own = max(0, situation.secondsWorth(situation.live))
        let another = own + Double(bounds.dwellSeconds)
        guard situation.meetsWall(within: bounds.wallLeadSeconds) else {
            return max(own * bounds.lastsLongerFactor, another)
        }
        return max(bounds.worthSeconds, own * bounds.lastsLongerNearWall)
    }
}
