// An account at the simulated vendor: who it is, how much it has used, what
// tokens it was issued, and how it answers just now.

package struct SimulatedAccount: Sendable {
    /// How the vendor answers for this account.
    package enum Behaviour: Hashable, Sendable {
        case normal
        case unauthorized
        case revoked
        case restricted
        case scopeMissing
        /// Without seconds no `Retry-After` is sent.
        case rateLimited(retryAfterSeconds: Int?)
        case serverError
        /// A page where JSON was asked for.
        case page
        /// 200 with `{}`.
        case empty
    }

    package var email: String
    package var accountUUID: String
    package var organizationUUID: String
    /// `subscriptionType`, for example `max`.
    package var plan: String
    package var rateLimitTier: String
    /// Percent of each window.
    package var fiveHour: Double
    package var sevenDay: Double
    /// Milliseconds since the epoch.
    package var fiveHourResetsAt: Int64
    package var sevenDayResetsAt: Int64
    package var behaviour = Behaviour.normal
    /// Milliseconds an answer takes.
    package var latencyMilliseconds: Int64 = 0
    /// Milliseconds since the epoch.
    package var accessTokenExpiresAt: Int64
    package internal(set) var accessToken = ""
    package internal(set) var refreshToken = ""

    static let fiveHours: Int64 = 5 * 3_600_000
    static let sevenDays: Int64 = 7 * 86_400_000

    /// `now` is in milliseconds since the epoch.
    package init(
        email: String, accountUUID: String, organizationUUID: String, plan: String = "max",
        rateLimitTier: String = "default_claude_max_5x", fiveHour: Double = 0,
        sevenDay: Double = 0, now: Int64, fiveHourResetsInSeconds: Int64 = 2 * 3600,
        sevenDayResetsInSeconds: Int64 = 3 * 86400
    ) {
        self.email = email
        self.accountUUID = accountUUID
        self.organizationUUID = organizationUUID
        self.plan = plan
        self.rateLimitTier = rateLimitTier
        self.fiveHour = fiveHour
        self.sevenDay = sevenDay
        fiveHourResetsAt = now + fiveHourResetsInSeconds * 1000
        sevenDayResetsAt = now + sevenDayResetsInSeconds * 1000
        accessTokenExpiresAt = now + 8 * 3_600_000
    }

    /// Windows that have reset by `now` begin anew.
    mutating func advance(to now: Int64) {
        while fiveHourResetsAt <= now {
            fiveHourResetsAt += Self.fiveHours
            fiveHour = 0
        }
        while sevenDayResetsAt <= now {
            sevenDayResetsAt += Self.sevenDays
            sevenDay = 0
        }
    }
}
