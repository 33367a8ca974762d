// The policy: whether the live account is left, and for which alternate. Pure:
// the same situation always gives the same verdict, in the same order.
//
// Of the usable alternates the first one of the strategy's order that lasts at
// the pace of the work is taken (Strategies.swift). Ties go by account id.

/// What the policy wants.
struct PolicyAnswer: Equatable {
    /// The verdict, as it stands if the swap (when `swapTo` is set) succeeds.
    let verdict: Verdict
    /// The alternate to make live; nil when nothing is to be swapped.
    let swapTo: AccountID?
}

struct RotationPolicy {
    let situation: Situation

    func decide() -> PolicyAnswer {
        switch situation.liveStanding {
        case .stay(.belowThreshold) where mayFollowLapses:
            return leave(.quotaLapses, isUrgent: false, allowsLastResort: false)
        case .stay(let reason):
            return settled(.stayed, reason, Sentences.stayed(reason, situation))
        case .restricted:
            return settled(.stuck, .liveRestricted, Sentences.restricted(situation))
        case .leave(let reason, let isUrgent, let allowsLastResort):
            return leave(reason, isUrgent: isUrgent, allowsLastResort: allowsLastResort)
        }
    }

    /// Whether the live account is to be left as things stand: then, and only
    /// then, are the alternates worth reading anew.
    var wantsTarget: Bool {
        if case .stay(.belowThreshold) = situation.liveStanding {
            return !isDwelling && situation.hindrance == nil
                && !situation.lapsing(isStale: true).isEmpty
        }
        guard case .leave(_, let isUrgent, _) = situation.liveStanding,
            situation.hindrance == nil
        else { return false }
        return isUrgent || !(isDwelling || situation.otherManagerIsAtWork)
    }

    /// Quota that lapses is followed only where nothing else speaks against it.
    private var mayFollowLapses: Bool {
        !isDwelling && situation.hindrance == nil && !situation.otherManagerIsAtWork
            && !situation.lapsing(isStale: false).isEmpty
    }

    private var isDwelling: Bool {
        guard let last = situation.remembered.lastAutomaticSwap else { return false }
        let since = situation.now.seconds(since: last.at)
        let rest = situation.bounds.dwellSeconds - since
        // A swap costs the session its prompt cache; the wall costs it more.
        return rest > 0 && !situation.meetsWall(within: rest) && !situation.mayMeetWallUnseen
    }

    private func leave(
        _ reason: Reason, isUrgent: Bool, allowsLastResort: Bool
    ) -> PolicyAnswer {
        if let hindrance = situation.hindrance {
            if reason == .projectedWall { return stayed(.belowThreshold) }
            return settled(.deferred, hindrance, Sentences.hindered(hindrance, reason, situation))
        }
        if isDwelling, !isUrgent {
            return settled(.deferred, .dwell, Sentences.dwell(reason, situation))
        }
        if situation.otherManagerIsAtWork, !isUrgent {
            return settled(.deferred, .otherManager, Sentences.otherManager(reason, situation))
        }
        let usable = usable(leaving: reason, isUrgent: isUrgent)
        let preferred = preferred(of: usable, leaving: reason)
        if let target = lasting(preferred, of: usable, leaving: reason) {
            if reason == .projectedWall, !isBetter(target) { return stayed(reason) }
            if situation.fillsUp(reason, before: target) {
                return settled(.deferred, .fillingUp, Sentences.fillingUp(reason, situation))
            }
            if !isUrgent, situation.canWaitForTurn(reason) {
                return settled(.deferred, .midTurn, Sentences.midTurn(reason, situation))
            }
            let choice =
                reason == .quotaLapses
                ? .lapsesFirst
                : target === preferred ? situation.bounds.chosenStrategy.choice : .roomToStay
            return rotation(to: target, reason, choice: choice)
        }
        if reason == .projectedWall { return stayed(reason) }
        if reason == .modelAtThreshold {
            return settled(.stayed, reason, Sentences.stayed(reason, situation))
        }
        if let target = lastPoints(leaving: reason, isUrgent: isUrgent) {
            return rotation(to: target, reason, choice: .lastPoints)
        }
        if allowsLastResort, !situation.alternates.contains(where: situation.hasKnownReading),
            let target = situation.alternates.first(where: situation.isLastResort)
        {
            return rotation(to: target, .lastResort, choice: .lastResort)
        }
        return stuck(reason)
    }

    /// No wall is met yet. Of what was read too long ago no more is said than that.
    private func stayed(_ reason: Reason) -> PolicyAnswer {
        guard situation.live.isFresh else {
            return settled(.stayed, .liveUnknown, Sentences.stayed(.liveUnknown, situation))
        }
        return settled(.stayed, .belowThreshold, Sentences.stayed(reason, situation))
    }

    private func usable(leaving reason: Reason, isUrgent: Bool) -> [Assessment] {
        guard reason != .quotaLapses else { return situation.lapsing(isStale: false) }
        let usable = situation.alternates.filter { mayTake($0, isUrgent: isUrgent) }
        return situation.candidates(usable, leaving: reason)
    }

    private func preferred(of usable: [Assessment], leaving reason: Reason) -> Assessment? {
        reason == .quotaLapses
            ? LapsesFirst().first(of: usable, in: situation) : situation.preferred(of: usable)
    }

    /// The first that lasts for the dwell; where none does, the one with the most
    /// room.
    private func lasting(
        _ first: Assessment?, of usable: [Assessment], leaving reason: Reason
    ) -> Assessment? {
        if let first, situation.hasRoomToStay(first) { return first }
        let lasting = usable.filter(situation.hasRoomToStay)
        return preferred(of: lasting, leaving: reason) ?? mostRoom(usable)
    }

    /// The hysteresis stops two full accounts alternating; it does not stop the
    /// work where the live one cannot serve at all.
    private func mayTake(_ one: Assessment, isUrgent: Bool) -> Bool {
        let obstacle = situation.obstacle(to: one)
        return obstacle == nil || (isUrgent && obstacle == .recentlyLeft)
    }

    /// A wall that is not met yet is left only for what lasts well longer.
    private func isBetter(_ one: Assessment) -> Bool {
        let left = max(0, situation.secondsLeft(situation.live))
        return situation.secondsLeft(one) > left * situation.bounds.betterFactor
    }

    private func mostRoom(_ accounts: [Assessment]) -> Assessment? {
        accounts.min {
            (-situation.points(of: $0), $0.account) < (-situation.points(of: $1), $1.account)
        }
    }

    private func rotation(
        to target: Assessment, _ reason: Reason, choice: Reason
    ) -> PolicyAnswer {
        let verdict = Verdict(
            outcome: .rotated, reason: reason,
            sentence: Sentences.rotated(to: target, reason, choice: choice, situation),
            from: situation.live.account,
            to: target.account, considerations: considerations(chosen: target, choice: choice))
        return PolicyAnswer(verdict: verdict, swapTo: target.account)
    }

    private func stuck(_ liveReason: Reason) -> PolicyAnswer {
        let obstacles = situation.alternates.map { situation.obstacle(to: $0) }
        let isFull: (Reason?) -> Bool = { [.atThreshold, .exhausted, .reserved].contains($0) }
        let reason: Reason =
            if obstacles.isEmpty {
                .noAlternates
            } else if obstacles.allSatisfy(isFull) {
                .allExhausted
            } else {
                .noUsableAlternate
            }
        let reset = earliestReset
        return settled(
            .stuck, reason, Sentences.stuck(liveReason, reason, reset: reset, situation),
            earliestReset: reset)
    }

    /// The earliest moment any account, the live one included, comes below its
    /// threshold by a reset.
    private var earliestReset: Timestamp? {
        situation.alternates.reduce(situation.live.judged?.recoversAt) { earliest, one in
            guard let at = one.judged?.recoversAt else { return earliest }
            return min(at, earliest ?? at)
        }
    }

    private func settled(
        _ outcome: Outcome, _ reason: Reason, _ sentence: String, earliestReset: Timestamp? = nil
    ) -> PolicyAnswer {
        PolicyAnswer(
            verdict: Verdict(
                outcome: outcome, reason: reason, sentence: sentence,
                from: situation.live.account,
                considerations: considerations(chosen: nil, choice: .rotationNotNeeded),
                earliestReset: earliestReset),
            swapTo: nil)
    }

    // MARK: Considerations

    private func considerations(chosen: Assessment?, choice: Reason) -> [Consideration] {
        let other = chosen.map { ChosenAlternate($0, in: situation) }
        var all = [liveConsideration]
        all.reserveCapacity(situation.alternates.count + 1)
        for one in situation.alternates {
            let (outcome, reason) = fate(of: one, chosen: other, choice: choice)
            all.append(
                Consideration(
                    account: one.account, email: one.email, outcome: outcome, reason: reason,
                    sentence: Sentences.alternate(one, reason, chosen: other, situation),
                    tightest: one.judged?.tightest))
        }
        return all
    }

    private var liveConsideration: Consideration {
        let reason: Reason =
            switch situation.liveStanding {
            case .stay(let reason), .leave(let reason, _, _): reason
            case .restricted: .liveRestricted
            }
        return Consideration(
            account: situation.live.account, email: situation.live.email, outcome: .live,
            reason: reason, sentence: Sentences.live(reason, situation),
            tightest: situation.live.judged?.tightest)
    }

    private func fate(
        of one: Assessment, chosen: ChosenAlternate?, choice: Reason
    ) -> (ConsiderationOutcome, Reason) {
        if one.account == chosen?.account { return (.chosen, choice) }
        if let obstacle = situation.obstacle(to: one) { return (.unusable, obstacle) }
        guard let chosen else { return (.passedOver, situation.notTaken(one)) }
        if choice == .lapsesFirst { return (.passedOver, .lapsesLater) }
        return (.passedOver, situation.passedOver(one, for: chosen))
    }
}
