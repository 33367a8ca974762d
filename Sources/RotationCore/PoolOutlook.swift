// Whether the quota in reach lasts until it comes back (decision 13). Where it
// does not, what would lapse unused is missed later, and is used first.

/// What an account can serve, in points of five hours of one of capacity 1.
struct Supply {
    /// Before its five hours begin anew, as far as its week goes.
    let room: Double
    /// In the five hours after that.
    let afterReset: Double
    /// Of `room`, what cannot be served afterwards instead: where the week is
    /// what binds, nothing is lost by waiting.
    let lapsing: Double
    /// When its five hours begin anew.
    let resetsAt: Timestamp?
}

struct PoolOutlook {
    let situation: Situation

    /// Whether work at its usual pace, and some more, would find every account
    /// full before the next one begins anew.
    var isThin: Bool {
        let perSecond =
            situation.remembered.work.usual(situation.bounds) * situation.bounds.thinFactor / 60
        guard perSecond > 0 else { return false }
        let supplies = ([situation.live] + situation.alternates).filter(situation.isInReach)
            .compactMap(situation.supply)
        var have = supplies.reduce(0) { $0 + $1.room }
        let horizon = situation.bounds.thinHorizonSeconds
        let last = supplies.reduce(horizon) { max($0, seconds(until: $1.resetsAt) ?? 0) }
        // Enough for all of the time that is looked at: then no reset matters.
        if perSecond * Double(last) <= have { return false }
        for (reset, supply) in resets(supplies) {
            if perSecond * Double(reset) > have { return true }
            have += supply.afterReset
        }
        return perSecond * Double(horizon) > have
    }

    /// Seconds until each begins anew, the first first.
    private func resets(_ supplies: [Supply]) -> [(Int64, Supply)] {
        supplies.compactMap { supply in
            seconds(until: supply.resetsAt).map { ($0, supply) }
        }.sorted { $0.0 < $1.0 }
    }

    private func seconds(until reset: Timestamp?) -> Int64? {
        reset.map { max(0, $0.seconds(since: situation.now)) }
    }
}

/// The one whose quota lapses first: the order where quota is thin. One of
/// which nothing lapses comes after, drain-first.
struct LapsesFirst: RotationStrategy {
    var choice: Reason { .lapsesFirst }

    func rank(of one: Assessment, in situation: Situation) -> Rank {
        Rank(situation.lapse(of: one), situation.points(of: one))
    }
}

extension Situation {
    /// Nil where the five hours are not known.
    func supply(of one: Assessment) -> Supply? {
        guard let windows = one.reading?.windows,
            let fiveHour = windows.first(where: { $0.key == .fiveHour })
        else { return nil }
        let week = windows.first { $0.key == .sevenDay }
        let full = 100 - one.policy.reservePercent
        let weekLeft =
            max(0, full - (week?.utilization(at: now) ?? 0)) / remembered.work.weekShare(bounds)
        let room = min(max(0, full - (fiveHour.utilization(at: now) ?? 0)), weekLeft)
        // A week that begins anew by then does not bind.
        let horizon = (fiveHour.resetsAt ?? now).adding(seconds: bounds.thinHorizonSeconds)
        let isFree = week?.resetsAt.map { $0 <= horizon } ?? false
        let afterReset = isFree ? full : min(full, max(0, weekLeft - room))
        let lapsing = isFree ? room : min(room, max(0, weekLeft - full))
        let capacity = capacity(of: one.account)
        return Supply(
            room: room * capacity, afterReset: afterReset * capacity,
            lapsing: lapsing * capacity, resetsAt: fiveHour.resetsAt)
    }

    /// Whether an account's quota can be counted on, now or after a reset.
    func isInReach(_ one: Assessment) -> Bool {
        if one === live { return live.judged != nil }
        return switch obstacle(to: one) {
        case nil, .atThreshold, .exhausted, .recentlyLeft, .readingStale: true
        default: false
        }
    }

    /// When more than so many points of the account lapse, or more than are worth
    /// a swap, in milliseconds since the epoch; infinite where they do not.
    func lapse(of one: Assessment, above points: Double? = nil) -> Double {
        guard let supply = supply(of: one), let reset = supply.resetsAt, reset > now,
            supply.lapsing > points ?? bounds.lapsePoints
        else { return .infinity }
        return Double(reset.milliseconds)
    }

    /// Where quota is thin: accounts whose quota lapses well before that of the
    /// live one, and that last for the dwell. `isStale` are those that would have
    /// to be read before.
    func lapsing(isStale: Bool) -> [Assessment] {
        guard isThin else { return [] }
        let own = lapse(of: live)
        let lead = Double(bounds.lapseLeadSeconds * 1000)
        let wanted: Reason? = isStale ? .readingStale : nil
        return alternates.filter { one in
            let lapse = lapse(of: one)
            return lapse.isFinite && lapse + lead < own && obstacle(to: one) == wanted
                && one.room > bounds.lapsePoints && hasRoomToStay(one)
                && secondsLeft(one) > bounds.lapseLastsSeconds
        }
    }
}
