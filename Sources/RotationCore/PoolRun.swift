// The pool of accounts played forward at one rate, from event to event: a
// threshold reached or a window reset. Between two events everything is linear.

/// An account's window while it is played forward.
private struct Tank {
    let key: WindowKey
    let threshold: Double
    /// Percent.
    var used: Double
    /// Nil until its first use.
    var resetsAt: Timestamp?

    var room: Double { threshold - used }

    /// The five-hour window begins anew with its next use, the seven-day one at
    /// once. True when it was reset.
    mutating func pass(to now: Timestamp) -> Bool {
        guard let reset = resetsAt, reset <= now else { return false }
        used = 0
        resetsAt = nil
        guard key == .sevenDay else { return true }
        let length = key.lengthSeconds
        let runs = now.seconds(since: reset) / length + 1
        resetsAt = reset.adding(seconds: runs * length)
        return true
    }
}

private struct Pooled {
    let id: AccountID
    let weight: Double
    var tanks: [Tank]

    var room: Double { tanks.map(\.room).min() ?? 0 }
    var isUsable: Bool { room > 0 }
    /// When every window that is full has reset; nil when one does not say.
    var recoversAt: Timestamp? {
        let resets = tanks.filter { $0.room <= 0 }.map(\.resetsAt)
        return resets.contains(nil) ? nil : resets.compactMap(\.self).max()
    }

    mutating func pass(to now: Timestamp) {
        for index in tanks.indices { _ = tanks[index].pass(to: now) }
    }
}

struct PoolRun {
    private let rate: Double
    private let burn: Burn
    private let bounds: Bounds
    private var pool: [Pooled]
    private var live: Int?
    private var time: Timestamp

    private(set) var segments: [PlanSegment] = []
    private(set) var dryAt: Timestamp?
    private(set) var firstResetAfter: Timestamp?

    /// `rate` is in work points an hour; `rounding` is the part of a point
    /// assumed to have been lost when percents were told.
    init(
        _ accounts: [PlanAccount], live: AccountID?, burn: Burn, rate: Double, rounding: Double,
        bounds: Bounds, now: Timestamp
    ) {
        self.rate = rate
        self.burn = burn
        self.bounds = bounds
        time = now
        pool = accounts.map { account in
            let windows = account.reading?.windows.filter(\.key.isAccountWide) ?? []
            let own = bounds.reserving(account.reservePercent)
            return Pooled(
                id: account.id, weight: account.weight,
                tanks: windows.compactMap { window in
                    let threshold = own.threshold(of: window.key)
                    return window.unrounded(rounding, below: threshold).map {
                        Tank(
                            key: window.key, threshold: threshold, used: $0,
                            resetsAt: window.resetsAt)
                    }
                })
        }
        self.live = pool.firstIndex { $0.id == live }
        if let index = self.live, let reading = accounts[index].reading {
            catchUp(index, reading)
        }
        for index in pool.indices { pool[index].pass(to: now) }
    }

    /// The live account went on burning since it was read.
    private mutating func catchUp(_ index: Int, _ reading: Reading) {
        for tank in pool[index].tanks.indices where pool[index].tanks[tank].room > 0 {
            let key = pool[index].tanks[tank].key
            let told = reading.windows.first { $0.key == key }?.carriedFrom
            let since = told ?? reading.readAt
            let reset = pool[index].tanks[tank].resetsAt
            let start = reset.map { $0 <= time && $0 > since ? $0 : since } ?? since
            if pool[index].tanks[tank].pass(to: time), key == .fiveHour {
                pool[index].tanks[tank].resetsAt = start.adding(seconds: key.lengthSeconds)
            }
            pool[index].tanks[tank].used +=
                points(of: key, index) * max(0, time.hours(since: start))
        }
    }

    private func points(of key: WindowKey, _ index: Int) -> Double {
        rate * burn.cost(of: key) / pool[index].weight
    }

    // MARK: Forward

    mutating func play(until horizon: Timestamp) {
        var reason = Reason.belowThreshold
        while time < horizon {
            for index in pool.indices { pool[index].pass(to: time) }
            if live.map({ !pool[$0].isUsable }) ?? true {
                guard let (next, choice) = choice() else {
                    guard wait(until: horizon) else { return }
                    continue
                }
                // The same one again, after a reset, is not a swap.
                reason = next == live && segments.last?.account == nil ? .belowThreshold : choice
                live = next
            }
            if let live { serve(live, reason, until: horizon) }
        }
    }

    /// As the policy does: the one with the least room that lasts for the
    /// dwell, else the one with the most.
    private func choice() -> (Int, Reason)? {
        let ranked = pool.indices.filter { pool[$0].isUsable }
            .sorted { (pool[$0].room, pool[$0].id) < (pool[$1].room, pool[$1].id) }
        let dwell = Double(bounds.dwellSeconds) / 3600
        let lasting = ranked.first { pool[$0].room > points(of: .fiveHour, $0) * dwell }
        guard let next = lasting ?? ranked.last else { return nil }
        let isMostDrained = pool[next].room == ranked.first.map { pool[$0].room }
        return (next, isMostDrained ? .drainFirst : .roomToStay)
    }

    /// Burns until a threshold is reached or one of its windows resets.
    private mutating func serve(_ index: Int, _ reason: Reason, until horizon: Timestamp) {
        for tank in pool[index].tanks.indices where pool[index].tanks[tank].resetsAt == nil {
            pool[index].tanks[tank].resetsAt = time.adding(
                seconds: pool[index].tanks[tank].key.lengthSeconds)
        }
        var end = pool[index].tanks.compactMap(\.resetsAt).reduce(horizon, min)
        var full: Int?
        for (tank, state) in pool[index].tanks.enumerated() {
            let points = points(of: state.key, index)
            guard points > 0 else { continue }
            let reached = time.adding(hours: state.room / points)
            if reached < end { (end, full) = (reached, tank) }
        }
        let hours = end.hours(since: time)
        for tank in pool[index].tanks.indices {
            pool[index].tanks[tank].used += points(of: pool[index].tanks[tank].key, index) * hours
        }
        if let full { pool[index].tanks[full].used = pool[index].tanks[full].threshold }
        note(pool[index].id, reason, until: end)
    }

    /// False when nothing recovers before the horizon.
    private mutating func wait(until horizon: Timestamp) -> Bool {
        let recovery = pool.compactMap(\.recoversAt).min()
        if dryAt == nil { (dryAt, firstResetAfter) = (time, recovery) }
        guard let recovery, recovery < horizon else {
            note(nil, .allExhausted, until: horizon)
            return false
        }
        note(nil, .allExhausted, until: recovery)
        return true
    }

    private mutating func note(_ account: AccountID?, _ reason: Reason, until end: Timestamp) {
        defer { time = end }
        guard end > time else { return }
        if let last = segments.last, last.account == account {
            segments[segments.count - 1].to = end
        } else {
            segments.append(PlanSegment(account: account, from: time, to: end, reason: reason))
        }
    }
}
