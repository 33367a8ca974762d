// What a decision says to people: one sentence each, from the same facts the
// reason code stands for. No secret can get in: e-mails, percentages, times.

enum Sentences {
    // MARK: Verdicts

    static func stayed(_ reason: Reason, _ s: Situation) -> String {
        switch reason {
        case .projectedWall: "\(why(reason, s)), but no usable alternate has more room."
        case .modelAtThreshold: "\(why(reason, s)), and no usable alternate has any left."
        default: live(reason, s)
        }
    }

    static func restricted(_ s: Situation) -> String {
        "The vendor has restricted \(s.live.email); it is not rotated away from, "
            + "because using another account to get round a restriction is not allowed. "
            + "Please look at the account yourself."
    }

    static func dwell(_ reason: Reason, _ s: Situation) -> String {
        let last = s.remembered.lastAutomaticSwap?.at ?? s.now
        let until = last.adding(seconds: s.bounds.dwellSeconds)
        return "\(why(reason, s)), but the last swap was at \(last.timeOfDay); "
            + "the next is allowed at \(until.timeOfDay)."
    }

    static func otherManager(_ reason: Reason, _ s: Situation) -> String {
        let at = s.remembered.otherManagerAt ?? s.now
        let until = at.adding(seconds: s.bounds.otherManagerQuietSeconds)
        return "\(why(reason, s)), but another program moved credentials here at "
            + "\(at.timeOfDay); it is left alone until \(until.timeOfDay)."
    }

    static func rotated(
        to target: Assessment, _ reason: Reason, choice: Reason, _ s: Situation
    ) -> String {
        let email = target.email
        guard reason != .lastResort else {
            return "\(why(liveReason(s), s)) and no alternate could be measured; "
                + "swapped to \(email) as the last resort."
        }
        let level = target.judged.map { " at \(Self.level($0.tightest))" } ?? ""
        let merit =
            switch choice {
            case .roomToStay:
                "taken for its room at the pace of the work, \(percent(s.pace)) a minute."
            case .lastPoints:
                "used up before a wall is met: every alternate is at its threshold."
            default: "the \(Self.merit(choice))."
            }
        return "\(why(reason, s)); swapped to \(email)\(level), " + merit
    }

    static func stuck(
        _ liveReason: Reason, _ reason: Reason, reset: Timestamp?, _ s: Situation
    ) -> String {
        let obstacle =
            switch reason {
            case .noAlternates: "there is no other account to swap to"
            case .allExhausted: "every alternate is at its threshold"
            default: "no alternate is usable"
            }
        let hope = reset.map { "; the earliest reset is at \($0.rfc3339)" } ?? ""
        return "\(why(liveReason, s)) and \(obstacle)\(hope)."
    }

    // MARK: Considerations

    static func live(_ reason: Reason, _ s: Situation) -> String { why(reason, s) + "." }

    static func alternate(
        _ one: Assessment, _ reason: Reason, chosen: ChosenAlternate?, _ s: Situation
    ) -> String {
        let (email, until) = (one.email, one.judged?.recoversAt)
        let level = one.judged.map { Self.level($0.tightest) } ?? "unknown"
        let words: Words =
            switch reason {
            case .drainFirst, .soonestReset, .leastUsed, .roundRobin, .priorityOrder, .lapsesFirst:
                "\(email) is the \(merit(reason)) (\(level))."
            case .lastResort: "\(email) is unmeasured, but can renew itself and has not lapsed."
            case .roomToStay: "\(email) is taken for its room at the pace of the work (\(level))."
            case .lapsesLater: "\(email) is used after what lapses sooner (\(level))."
            case .lastPoints:
                "\(email) is at its threshold, and used up before a wall is met (\(level))."
            case .tooLittleRoom:
                """
                \(email) has too little room (\(level)) at the pace of the work, \
                \(percent(s.pace)) a minute.
                """
            case .modelAtThreshold:
                "\(email) could be swapped in (\(level)), but \(spent(one, s))."
            case .lessDrained where s.bounds.weighsPlans && !s.capacities.isEmpty:
                """
                \(email) has more left by the weight of its plan (\(level)) than \(name(chosen)); \
                it is kept in reserve.
                """
            case .lessDrained:
                "\(email) is fresher (\(level)) than \(name(chosen)); it is kept in reserve."
            case .otherPreferred:
                """
                \(email) could be swapped in (\(level)); \(name(chosen)) comes before it \
                (\(s.bounds.strategy.rawValue)).
                """
            case .tieOrder: "\(email) \(tie(level, s))."
            case .rotationNotNeeded: "\(email) could be swapped in (\(level)); no swap was made."
            case .exhausted, .atThreshold:
                "\(email) is at \(level), at or above its threshold\(until: until)."
            case .held: "\(email) is held by the operator and never taken by itself."
            case .reserved: "\(email) \(reserved(one, level, s))\(until: until)."
            case .noWindows: "\(email) \(noWindows) and is never taken by itself."
            case .readingUnknown: "\(email) has no known reading, and unknown is not free."
            case .readingStale:
                "\(email) was last read more than \(minutes(s.bounds.staleAfterSeconds)) ago."
            case .slotExpired: "\(email) has a lapsed access token; it must be renewed first."
            case .slotNeedsLogin: "\(email) needs a new sign-in."
            case .slotRejected: "\(email) was refused by the vendor."
            case .accountRestricted: "\(email) is restricted by the vendor."
            case .setupTokenUnmeasured: "\(email) is a setup-token, whose usage cannot be read."
            case .recentlyLeft:
                """
                \(email) was left at its threshold and is not yet \
                \(percent(s.bounds.hysteresisPoints)) below it.
                """
            default: "\(email) was not chosen (\(reason.rawValue))."
            }
        return words.text
    }

    private static func minutes(_ seconds: Int64) -> String { "\(seconds / 60) minutes" }

    private static func name(_ chosen: ChosenAlternate?) -> String {
        chosen?.email ?? "the chosen one"
    }

    // MARK: The live account

    private static func liveReason(_ s: Situation) -> Reason {
        if case .leave(let reason, _, _) = s.liveStanding { return reason }
        return .liveUnknown
    }

    /// A clause about the live account, without a full stop.
    static func why(_ reason: Reason, _ s: Situation) -> String {
        let email = s.live.email
        let judged = s.live.judged
        let level = judged.map { Self.level($0.tightest) } ?? "unknown"
        let bar = judged.map { percent(s.live.thresholds.threshold(of: $0.tightest.key)) } ?? ""
        return switch reason {
        case .belowThreshold: "\(email) is live at \(level), below its threshold of \(bar)"
        case .atThreshold: "\(email) is at \(level), at or above its threshold of \(bar)"
        case .modelAtThreshold:
            "\(email) is at \(level), but \(spent(s.live, s)), at or above its threshold"
        case .noWindows: "\(email) \(noWindows) and is not left for any"
        case .reserved: "\(email) \(reserved(s.live, level, s))"
        case .projectedWall: "\(email) is at \(level) and \(wall(s))"
        case .quotaLapses:
            "\(email) is live at \(level), but \(thin(s))"
        case .exhausted: "\(email) is exhausted (\(level))"
        case .liveRejected:
            "The vendor refuses the credential of \(email) and it was not renewed in time"
        case .liveExpired: "The credential of \(email) has lapsed and was not renewed in time"
        case .liveRateLimited:
            "The vendor rate-limits \(email) and its last reading is too old to go by"
        case .liveIsSetupToken:
            "\(email) is live with a setup-token, whose usage cannot be read; it is kept"
        case .withinRenewalGrace: "\(email) is given time to renew its own credential"
        case .debouncing: "The vendor refused \(email) once; a second answer is awaited"
        case .liveRestricted: "\(email) is restricted by the vendor"
        default: "\(email) is live and its usage is not known; it is kept"
        }
    }

    /// What makes quota thin.
    private static func thin(_ s: Situation) -> String {
        s.remembered.work.isUsualKnown(s.bounds)
            ? "were the work to go well above its usual pace, the quota of all accounts would not "
                + "last, and some would lapse unused"
            : "how fast the work goes is not known yet, and some quota could lapse unused"
    }

    /// What makes the wall near.
    private static func wall(_ s: Situation) -> String {
        if s.meetsWall(within: s.bounds.wallLeadSeconds) {
            return "fills by \(percent(s.pace)) a minute, so its wall comes before the next look"
        }
        let rate = s.live.judged.map { s.burst($0.tightest.key, on: s.live) } ?? 0
        return
            "work can take \(percent(rate)) a minute, so its wall could come before the next look"
    }

    static func midTurn(_ reason: Reason, _ s: Situation) -> String {
        "\(why(reason, s)), but a session is in the middle of a turn; its end is waited for, "
            + "as long as the wall is out of reach."
    }

    static func fillingUp(_ reason: Reason, _ s: Situation) -> String {
        "\(why(reason, s)), but its quota lapses first and would be missed; the last of it is "
            + "used, as long as what is left is heard of in time."
    }

    // MARK: Words

    private static let noWindows = "has no usage windows (a seat billed by use)"

    /// `98 % (5 h)`.
    static func level(_ window: TightestWindow) -> String {
        "\(percent(window.utilization)) (\(name(window.key)))"
    }

    static func name(_ key: WindowKey) -> String {
        switch key {
        case .fiveHour: "5 h"
        case .sevenDay: "7 d"
        default: key.name
        }
    }

    /// At most one decimal, rounded down so that 96.99 never reads as 97.
    static func percent(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "? %" }
        let tenths = Int64((value * 10).rounded(.down))
        let fraction = abs(tenths % 10)
        return fraction == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(fraction) %"
    }
}
