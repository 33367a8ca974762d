// How fast the work fills windows up (decision 12). A pace belongs to the
// work, not to an account: it goes along when another account is made live.
// Points are percentage points of an account with capacity 1 (PlanWeight).

package struct WorkPace: Hashable, Sendable {
    private struct Anchor: Hashable, Sendable {
        let account: AccountID
        let reading: Reading
    }

    private var anchor: Anchor?
    /// Points a minute, the faster ones of the last while.
    private var lately: [WindowKey: Double] = [:]
    /// Points of five hours a minute, the fastest of the last hours.
    private var fastest: Double = 0
    /// Points of five hours a minute, pauses included.
    private var average: Double = 0
    private var measuredSeconds: Double = 0
    private var fiveHourPoints: Double = 0
    private var sevenDayPoints: Double = 0

    package init() {}

    /// Points of five hours a minute, pauses included, of the last hours; what is
    /// assumed where too little is measured.
    func usual(_ bounds: Bounds) -> Double {
        isUsualKnown(bounds) ? average : bounds.assumedPace
    }

    /// Whether enough is measured to call something usual.
    func isUsualKnown(_ bounds: Bounds) -> Bool {
        measuredSeconds >= Double(bounds.usualLeastSeconds)
    }

    /// Takes a reading of the account that is live. Whole percents are told,
    /// so a rise is measured over a while, unless it is steep. What was faster
    /// before is forgotten bit by bit: work comes in bursts.
    mutating func measure(
        _ reading: Reading, of account: AccountID, capacity: Double, bounds: Bounds
    ) {
        guard let anchor, anchor.account == account else {
            self.anchor = Anchor(account: account, reading: reading)
            return
        }
        let seconds = Double(reading.readAt.seconds(since: anchor.reading.readAt))
        let rises = Self.rises(from: anchor.reading, to: reading)
        let isLong = seconds >= Double(bounds.paceSeconds)
        let isSteep = rises.values.contains { $0 >= bounds.steepPoints }
        guard isLong || (isSteep && seconds >= Double(bounds.steepSeconds)) else { return }
        self.anchor = Anchor(account: account, reading: reading)
        for (key, rise) in rises {
            let faded = (lately[key] ?? 0) * Self.left(seconds, of: bounds.paceMemorySeconds)
            lately[key] = max(rise * capacity * 60 / seconds, faded)
        }
        guard let fiveHour = rises[.fiveHour] else { return }
        note(fiveHour * capacity * 60 / seconds, over: seconds, bounds: bounds)
        fiveHourPoints += fiveHour
        sevenDayPoints += rises[.sevenDay] ?? 0
    }

    private mutating func note(_ rate: Double, over seconds: Double, bounds: Bounds) {
        fastest = max(rate, fastest * Self.left(seconds, of: bounds.burstMemorySeconds))
        measuredSeconds += seconds
        average +=
            (rate - average)
            * min(1, seconds / min(measuredSeconds, Double(bounds.usualSeconds)))
    }

    /// Nobody worked until now: the same as a reading that says what the last did.
    mutating func pause(
        _ reading: Reading, of account: AccountID, capacity: Double, bounds: Bounds,
        at now: Timestamp
    ) {
        let same = Reading(readAt: now, source: reading.source, windows: reading.windows)
        measure(same, of: account, capacity: capacity, bounds: bounds)
    }

    /// The work goes on on another account. Parked until now, it stands where
    /// it was last read.
    mutating func move(to account: AccountID, _ reading: Reading?, at now: Timestamp) {
        anchor = reading.map { reading in
            Anchor(
                account: account,
                reading: Reading(readAt: now, source: reading.source, windows: reading.windows))
        }
    }

    /// Points a minute the work takes now of an account of that capacity; 0
    /// where none is measured.
    package func expected(_ key: WindowKey, on capacity: Double, bounds: Bounds) -> Double {
        let measured = lately[key] ?? 0
        guard key != .fiveHour, let fiveHour = lately[.fiveHour] else { return measured / capacity }
        // A point of a week rounded up over two minutes is no pace.
        return min(measured, fiveHour * bounds.mostWeekShare) / capacity
    }

    /// Points a minute the work could take on before anybody looks again.
    package func burst(_ key: WindowKey, on capacity: Double, bounds: Bounds) -> Double {
        let seen = max(bounds.burstPoints, fastest * bounds.burstFactor / capacity)
        return key == .fiveHour ? seen : seen * bounds.mostWeekShare
    }

    /// The same where a reading is planned: one sooner costs little where much is
    /// left, while leaving early for what hardly ever comes costs points.
    func peak(_ key: WindowKey, on capacity: Double, bounds: Bounds) -> Double {
        let burst = burst(key, on: capacity, bounds: bounds)
        guard isUsualKnown(bounds) else { return burst }
        let ofUsual = min(average * bounds.burstOfUsual / capacity, bounds.burstMostPoints)
        return max(burst, key == .fiveHour ? ofUsual : ofUsual * bounds.mostWeekShare)
    }

    /// Points of seven days one point of five hours takes, as measured; the
    /// usual share counts as much as twenty points.
    func weekShare(_ bounds: Bounds) -> Double {
        (sevenDayPoints + 20 * bounds.usualWeekShare) / (fiveHourPoints + 20)
    }

    private static func left(_ seconds: Double, of memory: Int64) -> Double {
        max(0, 1 - seconds / Double(memory))
    }

    /// A window that has reset in between has no rise that is known.
    private static func rises(from old: Reading, to new: Reading) -> [WindowKey: Double] {
        var rises: [WindowKey: Double] = [:]
        for window in new.windows where window.key.isAccountWide {
            guard let before = old.windows.first(where: { $0.key == window.key }),
                let was = before.utilization, let used = window.utilization, used >= was
            else { continue }
            rises[window.key] = used - was
        }
        return rises
    }
}
