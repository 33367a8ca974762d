// The port to what Claude Code itself keeps of an account's usage. The body is
// of the usage endpoint's shape and is read by whoever knows that one (decision
// 14); the rest is who and when.

import RotationCore

/// `cachedUsageUtilization` of `.claude.json`.
package struct CachedUtilization: Hashable, Sendable {
    package let accountUUID: String
    /// The organization of the account Claude Code shows, when that is the
    /// same account.
    package let organizationUUID: String?
    package let fetchedAt: Timestamp
    /// JSON; see `VendorAPI.decodeUsage`.
    package let body: [UInt8]

    package init(
        accountUUID: String, organizationUUID: String?, fetchedAt: Timestamp, body: [UInt8]
    ) {
        self.accountUUID = accountUUID
        self.organizationUUID = organizationUUID
        self.fetchedAt = fetchedAt
        self.body = body
    }
}

package protocol UsageCache: Sendable {
    /// What is there now; nil when there is nothing, or nothing understood.
    /// One reading of one file, which is never written.
    func read() async -> CachedUtilization?
}

/// Where Claude Code keeps none.
package struct NoUsageCache: UsageCache {
    package init() {}
    package func read() async -> CachedUtilization? { nil }
}
