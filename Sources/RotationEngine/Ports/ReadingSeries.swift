// How full one window of the accounts was over a stretch of time, thinned out
// to what a picture can show. Thinned where it is stored: a month of a minute's
// readings never leaves the file.

import RotationCore

/// What of the readings is asked for. Both ends belong to the stretch.
package struct SeriesQuery: Hashable, Sendable {
    package var window: WindowKey
    package var since: Timestamp
    package var until: Timestamp
    /// 1 or more. Steps are counted from the epoch, so that the next picture's
    /// are the same.
    package var stepSeconds: Int64
    /// Nil: every account, forgotten ones included.
    package var account: AccountID?

    package init(
        window: WindowKey, since: Timestamp, until: Timestamp, stepSeconds: Int64,
        account: AccountID? = nil
    ) {
        precondition(stepSeconds >= 1, "a step has a length")
        self.window = window
        self.since = since
        self.until = until
        self.stepSeconds = stepSeconds
        self.account = account
    }

    /// Which step an instant is in.
    package func step(of instant: Timestamp) -> Int64 {
        instant.milliseconds / (stepSeconds * 1000)
    }
}

/// One reading of the window, as it was told.
package struct SeriesPoint: Hashable, Sendable {
    package var at: Timestamp
    /// Percent; nil when it was not told.
    package var utilization: Double?
    package var resetsAt: Timestamp?
    package init(at: Timestamp, utilization: Double?, resetsAt: Timestamp?) {
        self.at = at
        self.utilization = utilization
        self.resetsAt = resetsAt
    }
}

/// A time in which every account was at its threshold or unusable: an unbroken
/// run of decisions that were `stuck`.
package struct Stall: Hashable, Sendable {
    package var from: Timestamp
    /// The first decision that was another; nil while it goes on.
    package var to: Timestamp?
    package init(from: Timestamp, to: Timestamp?) {
        self.from = from
        self.to = to
    }
}

package struct ReadingSeries: Hashable, Sendable {
    /// Oldest first. Of each step the reading that told the most, or one that
    /// told nothing where all did.
    package var points: [AccountID: [SeriesPoint]]
    /// Those that reach into the stretch, oldest first, in their whole length
    /// as far as it is known at `until`.
    package var stalls: [Stall]
    package init(points: [AccountID: [SeriesPoint]], stalls: [Stall]) {
        self.points = points
        self.stalls = stalls
    }
}
