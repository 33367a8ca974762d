// The bodies of `GET /plan`; see Bodies.swift for their manners.

/// A value with the band it lies in four times out of five.
package struct BandBody: Codable, Equatable, Sendable {
    package var low: Double
    package var likely: Double
    package var high: Double

    package init(low: Double, likely: Double, high: Double) {
        self.low = low
        self.likely = likely
        self.high = high
    }
}

/// Null: not reached as far as was looked.
package struct ReachBody: Codable, Equatable, Sendable {
    @Nullable package var earliest: String?
    @Nullable package var likely: String?
    @Nullable package var latest: String?

    package init(earliest: String? = nil, likely: String? = nil, latest: String? = nil) {
        self.earliest = earliest
        self.likely = likely
        self.latest = latest
    }
}

package struct BurnBody: Codable, Equatable, Sendable {
    package var pointsPerHour: BandBody
    package var sevenDayShare: Double
    package var activeHours: Int
    package var idle: Bool

    package init(pointsPerHour: BandBody, sevenDayShare: Double, activeHours: Int, idle: Bool) {
        self.pointsPerHour = pointsPerHour
        self.sevenDayShare = sevenDayShare
        self.activeHours = activeHours
        self.idle = idle
    }
}

package struct WindowForecastBody: Codable, Equatable, Sendable {
    package var name: String
    @Nullable package var utilization: Double?
    @Nullable package var resetsAt: String?
    package var pointsPerHour: BandBody
    package var thresholdAt: ReachBody
    package var wallAt: ReachBody

    package init(
        name: String, utilization: Double? = nil, resetsAt: String? = nil,
        pointsPerHour: BandBody, thresholdAt: ReachBody, wallAt: ReachBody
    ) {
        self.name = name
        self.utilization = utilization
        self.resetsAt = resetsAt
        self.pointsPerHour = pointsPerHour
        self.thresholdAt = thresholdAt
        self.wallAt = wallAt
    }
}

package struct ForecastBody: Codable, Equatable, Sendable {
    package var email: String
    package var live: Bool
    package var readAt: String
    package var ageSeconds: Int64
    package var windows: [WindowForecastBody]

    package init(
        email: String, live: Bool, readAt: String, ageSeconds: Int64,
        windows: [WindowForecastBody]
    ) {
        self.email = email
        self.live = live
        self.readAt = readAt
        self.ageSeconds = ageSeconds
        self.windows = windows
    }
}

package struct PlanSegmentBody: Codable, Equatable, Sendable {
    @Nullable package var email: String?
    package var from: String
    package var to: String
    package var reason: String

    package init(email: String? = nil, from: String, to: String, reason: String) {
        self.email = email
        self.from = from
        self.to = to
        self.reason = reason
    }
}

package struct UnplannedBody: Codable, Equatable, Sendable {
    package var email: String
    package var reason: String
    @Nullable package var readAt: String?

    package init(email: String, reason: String, readAt: String? = nil) {
        self.email = email
        self.reason = reason
        self.readAt = readAt
    }
}

package struct PlanBody: Codable, Equatable, Sendable {
    package var at: String
    package var until: String
    /// How far was looked.
    package var horizon: String
    package var lasts: String
    package var segments: [PlanSegmentBody]
    package var dryAt: ReachBody
    @Nullable package var firstResetAfter: String?
    @Nullable package var burn: BurnBody?
    package var accounts: [ForecastBody]
    package var unknown: [UnplannedBody]
    package var pause: PauseBody

    package init(
        at: String, until: String, horizon: String, lasts: String,
        segments: [PlanSegmentBody] = [], dryAt: ReachBody = ReachBody(),
        firstResetAfter: String? = nil, burn: BurnBody? = nil, accounts: [ForecastBody] = [],
        unknown: [UnplannedBody] = [], pause: PauseBody = PauseBody(paused: false)
    ) {
        self.at = at
        self.until = until
        self.horizon = horizon
        self.lasts = lasts
        self.segments = segments
        self.dryAt = dryAt
        self.firstResetAfter = firstResetAfter
        self.burn = burn
        self.accounts = accounts
        self.unknown = unknown
        self.pause = pause
    }
}
