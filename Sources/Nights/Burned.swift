// What stored readings say was burned, and when: the rises of five-hour windows
// from one reading to the next, of whichever account had them. Nothing is
// invented: what cannot be placed in time is counted apart.

import RotationCore
import VendorSimulator

/// Work that was done between two moments, at whatever pace.
struct Rise: Hashable, Sendable {
    let account: AccountID
    let from: Timestamp
    let to: Timestamp
    /// Work points; above 0.
    let points: Double
}

struct Burned: Sendable {
    /// Seconds between two readings, more than which they say nothing of an
    /// account that did not rise: parked ones are read every half hour, and the
    /// live one every ten minutes at most.
    static let watchedSeconds: Int64 = 1200
    /// Seconds by which the vendor's own times of one reset differ.
    private static let sameRunSeconds: Int64 = 90

    /// By their beginning, ties by account.
    private(set) var rises: [Rise] = []
    /// Spans in which what was burned is known, apart from each other, by time.
    private(set) var known: [Range<Timestamp>] = []
    /// Work points burned between readings too far apart to say when.
    private(set) var unplaced = 0.0
    /// When a week began anew before its time.
    private(set) var earlyResets: [AccountID: [Timestamp]] = [:]

    /// The newest reading of a window, and the most its run has had.
    private struct Track {
        var at: Timestamp
        var resetsAt: Timestamp?
        var highest: Double
    }

    private enum Step {
        case first, older
        case sameRun(Track), newRun(Track)
    }

    private let weights: [AccountID: Double]
    private let gapSeconds: Int64
    private var tracks: [AccountID: [WindowKey: Track]] = [:]
    private var covered: [Range<Timestamp>] = []

    /// `readings` oldest first; those from after `now` come of a clock that was
    /// set and are ignored. An account without a weight has weight 1.
    init(
        _ readings: [(account: AccountID, reading: Reading)], now: Timestamp,
        weights: [AccountID: Double], bounds: Bounds
    ) {
        self.weights = weights
        gapSeconds = bounds.burnGapSeconds
        for (account, reading) in readings where reading.readAt <= now {
            for window in reading.windows where window.carriedFrom == nil {
                guard let used = window.utilization else { continue }
                if window.key == .fiveHour {
                    takeFiveHours(used, window.resetsAt, of: account, at: reading.readAt)
                } else if window.key == .sevenDay {
                    takeWeek(used, window.resetsAt, of: account, at: reading, bounds)
                }
            }
        }
        rises.sort { ($0.from, $0.to, $0.account) < ($1.from, $1.to, $1.account) }
        known = Self.merged(covered)
    }

    /// Whether a value goes on from the one before. One of a window that is over,
    /// or of the same instant, is passed over.
    private func step(
        _ key: WindowKey, _ resetsAt: Timestamp?, of account: AccountID, at: Timestamp
    ) -> Step {
        // Said of a window that was over by then: the clock was ahead.
        if let resetsAt, resetsAt <= at { return .older }
        guard let before = tracks[account]?[key] else { return .first }
        guard at > before.at else { return .older }
        switch (before.resetsAt, resetsAt) {
        case (nil, nil): return .sameRun(before)
        case (let old?, let new?):
            if abs(new.seconds(since: old)) <= Self.sameRunSeconds { return .sameRun(before) }
            return new < old ? .older : .newRun(before)
        // None has begun: the one before is over, or the clock is behind.
        case (let old?, nil): return at < old ? .older : .newRun(before)
        case (nil, _?): return .newRun(before)
        }
    }

    private mutating func takeFiveHours(
        _ used: Double, _ resetsAt: Timestamp?, of account: AccountID, at: Timestamp
    ) {
        var track = Track(at: at, resetsAt: resetsAt, highest: used)
        switch step(.fiveHour, resetsAt, of: account, at: at) {
        case .older: return
        case .first: break
        case .sameRun(let before):
            // Below the highest there is nothing to tell a clock that was set
            // from a window that was: neither is work.
            track.highest = max(used, before.highest)
            rise(used - before.highest, of: account, from: before.at, to: at)
        case .newRun(let before):
            let began = resetsAt?.adding(seconds: -Int64(Quota.fiveHours)) ?? before.at
            rise(used, of: account, from: max(before.at, began), to: at)
        }
        tracks[account, default: [:]][.fiveHour] = track
    }

    private mutating func rise(
        _ points: Double, of account: AccountID, from: Timestamp, to: Timestamp
    ) {
        guard from < to else { return }
        let seconds = to.seconds(since: from)
        let work = max(0, points) * (weights[account] ?? 1)
        if work > 0, seconds > gapSeconds {
            unplaced += work
        } else if work > 0 {
            rises.append(Rise(account: account, from: from, to: to, points: work))
            covered.append(from..<to)
        } else if seconds <= Self.watchedSeconds {
            covered.append(from..<to)
        }
    }

    /// A week that fell before its reset had come was reset early.
    private mutating func takeWeek(
        _ used: Double, _ resetsAt: Timestamp?, of account: AccountID, at reading: Reading,
        _ bounds: Bounds
    ) {
        let at = reading.readAt
        var track = Track(at: at, resetsAt: resetsAt, highest: used)
        switch step(.sevenDay, resetsAt, of: account, at: at) {
        case .older: return
        case .first: break
        case .sameRun(let before) where used >= before.highest - bounds.earlyResetPoints:
            track.highest = max(used, before.highest)
        case .sameRun(let before), .newRun(let before):
            if let stated = before.resetsAt, at < stated, used < before.highest {
                earlyResets[account, default: []].append(at)
            }
        }
        tracks[account, default: [:]][.sevenDay] = track
    }

    private static func merged(_ spans: [Range<Timestamp>]) -> [Range<Timestamp>] {
        var merged: [Range<Timestamp>] = []
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, span.lowerBound <= last.upperBound {
                merged[merged.count - 1] =
                    last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                merged.append(span)
            }
        }
        return merged
    }
}
