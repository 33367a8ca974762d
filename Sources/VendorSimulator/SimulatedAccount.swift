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
    /// In seconds since the epoch.
    var quota: Quota
    package var behaviour = Behaviour.normal
    /// Milliseconds an answer takes.
    package var latencyMilliseconds: Int64 = 0
    /// Milliseconds since the epoch.
    package var accessTokenExpiresAt: Int64
    package internal(set) var accessToken = ""
    package internal(set) var refreshToken = ""

    /// A point of five hours is this much of seven days; easier to see in a
    /// demo than what was measured.
    private static let weekShare = 0.125

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
        let second = now / 1000
        quota = Quota(
            five: fiveHour, seven: sevenDay, fiveResetsAt: Int(second + fiveHourResetsInSeconds),
            sevenResetsAt: Int(second + sevenDayResetsInSeconds))
        quota.weekShare = Self.weekShare
        accessTokenExpiresAt = now + 8 * 3_600_000
    }

    // MARK: Its windows

    /// Percent.
    package var fiveHour: Double {
        get { quota.five }
        set { quota.five = newValue }
    }
    package var sevenDay: Double {
        get { quota.seven }
        set { quota.seven = newValue }
    }
    /// Milliseconds since the epoch, in whole seconds.
    package var fiveHourResetsAt: Int64 {
        get { Int64(quota.fiveResetsAt) * 1000 }
        set { quota.fiveResetsAt = Int(newValue / 1000) }
    }
    package var sevenDayResetsAt: Int64 {
        get { Int64(quota.sevenResetsAt) * 1000 }
        set { quota.sevenResetsAt = Int(newValue / 1000) }
    }

    /// Windows that have reset by `now`, in milliseconds, begin anew.
    mutating func advance(to now: Int64) { _ = quota.pass(to: Int(now / 1000)) }
}
