// The user's own nights, cut from stored readings so that they can be replayed
// under any policy (the back-test, decision 17).

import RotationCore

package struct Recording: Sendable {
    /// Seconds without work that end a night.
    static let idleSeconds: Int64 = 7200
    /// Seconds a night lasts at most; work that goes on begins another.
    static let longestSeconds: Int64 = 36_000
    /// Seconds below which one is too short to say anything.
    static let shortestSeconds: Int64 = 3600
    /// Seconds of replayable nights needed for a report, in two nights or more.
    package static let neededSeconds: Int64 = 36_000
    package static let neededNights = 2

    package let nights: [Night]
    /// When each began.
    package let starts: [Timestamp]
    /// Seconds in which what was burned is known, whether it was any or none.
    package private(set) var knownSeconds: Int64 = 0
    /// From the first reading to the last, the seconds in which it is not.
    package private(set) var unknownSeconds: Int64 = 0
    /// Work points placed in time, and those that could not be.
    package let placedPoints: Double
    package let unplacedPoints: Double
    /// Nights shorter than an hour.
    package private(set) var tooShort = 0
    /// Nights in which fewer than two accounts were known.
    package private(set) var tooFewAccounts = 0
    /// Accounts left out of a night because one of their windows was not known
    /// when it began, and of how many nights.
    package private(set) var unknownAccounts: [AccountID: Int] = [:]
    /// E-mail of every account that was read; its id where it has none.
    package let names: [AccountID: String]

    package var replayedSeconds: Int64 { nights.reduce(0) { $0 + Int64($1.seconds) } }
    package var isEnough: Bool {
        nights.count >= Self.neededNights && replayedSeconds >= Self.neededSeconds
    }

    /// `readings` oldest first, of every account; `slots` says e-mails and
    /// plans. Plans count as capacities where that of every account is known.
    package init(
        _ readings: [(account: AccountID, reading: Reading)], slots: [AccountID: SlotFacts],
        now: Timestamp, bounds: Bounds
    ) {
        let accounts = Set(readings.map(\.account)).sorted()
        let seen = Dictionary(uniqueKeysWithValues: accounts.map { ($0, Self.slot($0, slots)) })
        names = seen.mapValues(\.email)
        let weights = PlanWeight.weights(of: seen)
        let burned = Burned(readings, now: now, weights: weights, bounds: bounds)
        var ledger = BurnLedger(now: now, weights: weights, bounds: bounds)
        for (account, reading) in readings { ledger.take(account, reading) }
        let desk = Cutting(
            readings: Dictionary(grouping: readings.filter { $0.reading.readAt <= now }) {
                $0.account
            }.mapValues { $0.map(\.reading) },
            slots: seen, weights: weights, burned: burned,
            weekShare: ledger.burn?.sevenDayShare ?? bounds.sevenDayShare, bounds: bounds)
        var (nights, starts) = ([Night](), [Timestamp]())
        for span in Self.spans(burned) {
            guard span.upperBound.seconds(since: span.lowerBound) >= Self.shortestSeconds else {
                tooShort += 1
                continue
            }
            let (night, unknown) = desk.night(span)
            for account in unknown { unknownAccounts[account, default: 0] += 1 }
            guard night.accounts.count >= 2 else {
                tooFewAccounts += 1
                continue
            }
            nights.append(night)
            starts.append(span.lowerBound)
        }
        self.nights = nights
        self.starts = starts
        placedPoints = burned.rises.reduce(0) { $0 + $1.points }
        unplacedPoints = burned.unplaced
        let known = burned.known.reduce(0) { $0 + $1.upperBound.seconds(since: $1.lowerBound) }
        knownSeconds = known
        let times = readings.map(\.reading.readAt).filter { $0 <= now }
        if let first = times.min(), let last = times.max() {
            unknownSeconds = max(0, last.seconds(since: first) - known)
        }
    }

    private static func slot(_ account: AccountID, _ slots: [AccountID: SlotFacts]) -> SlotFacts {
        slots[account]
            ?? SlotFacts(
                email: account.description,
                details: CredentialDetails(
                    kind: .login, canRefresh: true, accessTokenExpiresAt: nil),
                generation: Generation(0))
    }

    /// From the first work to the last, as long as all in between is known.
    private static func spans(_ burned: Burned) -> [Range<Timestamp>] {
        var spans: [Range<Timestamp>] = []
        for known in burned.known {
            let rises = burned.rises.filter { known.contains($0.from) }
            var open: Range<Timestamp>?
            for rise in rises {
                if let span = open, rise.from.seconds(since: span.upperBound) <= idleSeconds {
                    open = span.lowerBound..<max(span.upperBound, rise.to)
                } else {
                    if let open { spans.append(open) }
                    open = rise.from..<rise.to
                }
            }
            if let open { spans.append(open) }
        }
        return spans.flatMap(parts)
    }

    private static func parts(_ span: Range<Timestamp>) -> [Range<Timestamp>] {
        var parts: [Range<Timestamp>] = []
        var start = span.lowerBound
        while start < span.upperBound {
            let end = min(start.adding(seconds: longestSeconds), span.upperBound)
            parts.append(start..<end)
            start = end
        }
        return parts
    }
}
