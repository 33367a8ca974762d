// When an account's usage is read (decision 12). The endpoint answers about 28
// requests per trailing hour and account before it throttles, so a reading is
// a thing to be spent: as often as the room to the threshold could be used up
// on the live account, seldom elsewhere, never before a `Retry-After` passed.

/// The pace of the work, as the account feels it whose readings are planned.
struct WorkOnAccount {
    let pace: WorkPace
    let capacity: Double

    func expected(_ key: WindowKey, _ bounds: Bounds) -> Double {
        pace.expected(key, on: capacity, bounds: bounds)
    }

    func burst(_ key: WindowKey, _ bounds: Bounds) -> Double {
        pace.burst(key, on: capacity, bounds: bounds)
    }

    func peak(_ key: WindowKey, _ bounds: Bounds) -> Double {
        pace.peak(key, on: capacity, bounds: bounds)
    }
}

/// What alone keeps an account live that would be left otherwise.
enum KeptFor {
    case dwell
    /// What it has left is used first, as long as it is heard of in time.
    case filling
}

struct ReadingSchedule {
    let bounds: Bounds
    let now: Timestamp
    let work: WorkOnAccount
    /// What alone keeps the account live, if anything does.
    var kept: KeptFor?
    /// Whether it is live and nobody has worked since it was last read.
    var isIdle = false

    /// Whether the vendor may be asked at all: the token is worth sending, no
    /// rate answer forbids it, and the hour's budget is not spent.
    func mayRead(_ slot: SlotFacts, _ usage: UsageFacts, isLive: Bool = false) -> Bool {
        guard slot.details.kind == .login, !slot.needsLogin else { return false }
        if let expiry = slot.details.accessTokenExpiresAt, now >= expiry { return false }
        if let notBefore = usage.notBefore, now < notBefore { return false }
        // The last of the reserve is for a reset: else nobody would learn of it.
        if hasResetSince(usage) {
            return spent(usage) < bounds.readsPerHour + bounds.readsInReserve
        }
        return spent(usage) < (isLive ? budget(usage) : bounds.readsPerHour)
    }

    /// Whether a reading is due now. `fresh` waives the cadence, not the budget.
    func isDue(_ slot: SlotFacts, _ usage: UsageFacts, isLive: Bool, fresh: Bool) -> Bool {
        guard mayRead(slot, usage, isLive: isLive) else { return false }
        guard let last = usage.lastAskedAt else { return true }
        // Whoever only wants to know has no part in what is kept in reserve.
        if fresh, spent(usage) < bounds.readsPerHour { return true }
        if hasResetSince(usage) { return true }
        // What Claude Code said itself is worth a reading, but it does not name
        // every window: the endpoint is still asked as often as of an alternate.
        // Somebody may work with it elsewhere.
        if isLive, isIdle { return now.seconds(since: last) >= bounds.liveReadSeconds }
        if isLive {
            return now.seconds(since: last) >= bounds.alternateReadSeconds
                || now >= nextLook(usage)
        }
        let judged = usage.reading.flatMap { WindowJudgement($0, bounds: bounds, at: now) }
        let interval =
            judged?.isAtThreshold == true
            ? bounds.exhaustedReadSeconds : bounds.alternateReadSeconds
        return now.seconds(since: told(usage, last)) >= moved(interval, slot, last)
    }

    /// Whether an alternate must be read again before it may be swapped to: what
    /// it was used for after it was last read, until we left it, nobody knows.
    /// Else one at its threshold stays there until a reset.
    func isTooOldForTarget(
        _ slot: SlotFacts, _ usage: UsageFacts, leftAt: Timestamp? = nil
    ) -> Bool {
        guard mayRead(slot, usage) else { return false }
        guard let asked = usage.lastAskedAt, !hasResetSince(usage) else { return true }
        if let leftAt, leftAt.seconds(since: told(usage, asked)) > bounds.swapReachSeconds {
            return true
        }
        let judged = usage.reading.flatMap { WindowJudgement($0, bounds: bounds, at: now) }
        let limit =
            judged?.isAtThreshold == true ? bounds.exhaustedReadSeconds : bounds.targetReadSeconds
        return now.seconds(since: told(usage, asked)) > limit
    }

    /// When the live account is read next: before work could have filled it up,
    /// as far as the hour's budget goes.
    func nextLook(_ usage: UsageFacts) -> Timestamp {
        guard let last = usage.lastAskedAt else { return now }
        let from = told(usage, last)
        return max(from.adding(seconds: interval(usage)), soonestLook(usage))
    }

    /// When it may be read next, whatever for.
    func soonestLook(_ usage: UsageFacts) -> Timestamp {
        guard let last = usage.lastAskedAt else { return now }
        let next = last.adding(seconds: spacing(usage, since: last))
        return max(next, usage.notBefore ?? next)
    }

    private func interval(_ usage: UsageFacts) -> Int64 {
        guard let reading = usage.reading,
            let judged = WindowJudgement(reading, bounds: bounds, at: now)
        else {
            return usage.lastAnswer == .noWindows
                ? bounds.liveReadSeconds : bounds.tickIntervalSeconds
        }
        if judged.isExhausted { return bounds.exhaustedReadSeconds }
        if kept == .filling, reading.source != .statusLine { return bounds.liveReadNearSeconds }
        // At its threshold it is left at once, or there is nothing to leave it
        // for but the last points of others, at the measured pace; unless only the
        // dwell keeps it. A threshold below the wall is to be met in time as well.
        let lasts =
            judged.isAtThreshold && kept != .dwell
            ? reading.secondsToWall(at: now) { work.expected($0, bounds) }
            : reading.secondsToWall(at: now, line: { bounds.thresholds.line(of: $0) }) {
                work.peak($0, bounds)
            }
        let seconds = Int64(min(lasts * bounds.wallCaution, Double(bounds.liveReadSeconds)))
        return max(seconds, bounds.liveReadNearSeconds)
    }

    /// Seconds between two readings so that the hour's budget never runs out
    /// all at once: hardly any at first, and at the end the rest spread evenly.
    /// Until each of the last hour's is an hour old, there are those that are
    /// left now and those that were older than it.
    private func spacing(_ usage: UsageFacts, since last: Timestamp) -> Int64 {
        let recent = usage.askedAt.filter { last.seconds(since: $0) < 3600 }.sorted()
        let budget = budget(usage)
        let share = Double(recent.count) / Double(budget)
        // To the power of sixteen: a fifth of the even spacing where nine tenths are
        // spent, a hundredth where three quarters are.
        let softness = (0..<4).reduce(share) { power, _ in power * power }
        var longest = 0.0
        for (older, asked) in recent.enumerated() {
            let seconds = Double(3600 - last.seconds(since: asked))
            let many = budget - recent.count + older
            longest = max(longest, many > 0 ? seconds / Double(many) * softness : seconds)
        }
        return Int64(longest)
    }

    /// Requests the live account has in an hour: near its threshold some more.
    private func budget(_ usage: UsageFacts) -> Int {
        let judged = usage.reading.flatMap { WindowJudgement($0, bounds: bounds, at: now) }
        guard let judged, judged.margin <= bounds.readReservePoints else {
            return bounds.readsPerHour
        }
        let forReset = beginsAnewSoon(usage) ? 1 : 0
        return bounds.readsPerHour + bounds.readsInReserve - forReset
    }

    /// By up to a tenth either way, drawn from the account and its last reading.
    private func moved(_ seconds: Int64, _ slot: SlotFacts, _ last: Timestamp) -> Int64 {
        let most = Int64(Double(seconds) * bounds.readJitter)
        guard most > 0 else { return seconds }
        return seconds - most + Int64(Draw.of(slot.email, at: last) % UInt64(2 * most + 1))
    }

    private func told(_ usage: UsageFacts, _ asked: Timestamp) -> Timestamp {
        max(asked, usage.reading?.heldSince ?? asked, usage.unusedUntil ?? asked)
    }

    private func spent(_ usage: UsageFacts) -> Int {
        usage.askedAt.count { now.seconds(since: $0) < 3600 }
    }

    /// Whether a window begins anew before what is spent now is an hour old.
    private func beginsAnewSoon(_ usage: UsageFacts) -> Bool {
        usage.reading?.windows.contains { window in
            guard window.key.isAccountWide, let reset = window.resetsAt else { return false }
            return now < reset && reset <= now.adding(seconds: 3600)
        } ?? false
    }

    /// A window reset after the reading: what was said no longer holds.
    private func hasResetSince(_ usage: UsageFacts) -> Bool {
        guard let reading = usage.reading, let asked = usage.lastAskedAt else { return false }
        let told = max(asked, reading.heldSince)
        return reading.windows.contains { window in
            guard window.key.isAccountWide, let reset = window.resetsAt else { return false }
            return told < reset && reset <= now
        }
    }
}

/// A reading against the thresholds, as far as it still holds.
struct WindowJudgement {
    /// The account-wide window with the least room; ties by higher
    /// utilization, then by key.
    let tightest: TightestWindow
    /// Percentage points between it and its threshold; negative above.
    let margin: Double
    /// When every window at its threshold has reset; nil when one does not say.
    let recoversAt: Timestamp?

    var isAtThreshold: Bool { margin <= 0 }
    var isExhausted: Bool { tightest.utilization >= 100 }

    init?(_ reading: Reading, bounds: Bounds, at now: Timestamp) {
        self.init(reading, thresholds: bounds.thresholds, at: now)
    }

    /// Nil when no account-wide window has a utilization that still holds.
    init?(_ reading: Reading, thresholds: Thresholds, at now: Timestamp) {
        var tightest: WindowKey?
        var (leastRoom, mostUsed) = (Double.infinity, 0.0)
        var recoversAt: Timestamp?
        var saysWhen = true
        for window in reading.windows where window.key.isAccountWide {
            guard let used = window.utilization(at: now) else { continue }
            let room = thresholds.threshold(of: window.key) - used
            // Windows are in the order of their keys: the first of equals stays.
            if tightest == nil || room < leastRoom || (room == leastRoom && used > mostUsed) {
                (tightest, leastRoom, mostUsed) = (window.key, room, used)
            }
            guard room <= 0 else { continue }
            if let reset = window.resetsAt {
                recoversAt = max(recoversAt ?? reset, reset)
            } else {
                saysWhen = false
            }
        }
        guard let tightest else { return nil }
        self.tightest = TightestWindow(key: tightest, utilization: mostUsed)
        margin = leastRoom
        self.recoversAt = saysWhen ? recoversAt : nil
    }
}

extension Reading {
    /// The account-wide window with the least room to its threshold, as far as
    /// the reading still holds at `now`.
    package func tightest(bounds: Bounds, at now: Timestamp) -> TightestWindow? {
        WindowJudgement(self, bounds: bounds, at: now)?.tightest
    }
}
