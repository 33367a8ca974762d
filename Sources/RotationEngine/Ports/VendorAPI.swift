// The port to the vendor's endpoints. Every outcome is a value; a token, or a
// body that could hold one, never leaves the adapter.

import RotationCore

package enum ProfileAnswer: Hashable, Sendable {
    case identity(AccountIdentity)
    case unauthorized
    case revoked
    case restricted
    case scopeMissing
    case rateLimited(retryAfter: Timestamp?)
    case unreachable(UnreachableKind)
}

/// A refreshed pair (RFC 6749 §6). Not printable.
package struct RefreshedTokens: Sendable {
    package let accessToken: Secret
    /// Nil when the answer brought none: keep the old one.
    package let refreshToken: Secret?
    /// Seconds from the answer on; nil when not said.
    package let expiresInSeconds: Int64?
    package let refreshTokenExpiresInSeconds: Int64?
    /// Space-separated in the answer; nil: keep the old ones.
    package let scopes: [String]?
    /// `account.uuid` of the answer, when it names one.
    package let accountUUID: String?

    package init(
        accessToken: Secret, refreshToken: Secret?, expiresInSeconds: Int64?,
        refreshTokenExpiresInSeconds: Int64?, scopes: [String]?, accountUUID: String?
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiresInSeconds = expiresInSeconds
        self.refreshTokenExpiresInSeconds = refreshTokenExpiresInSeconds
        self.scopes = scopes
        self.accountUUID = accountUUID
    }
}

package enum RefreshAnswer: Sendable {
    case tokens(RefreshedTokens)
    /// `invalid_grant`: the only answer that proves a grant dead.
    case invalidGrant
    /// `invalid_client` and other OAuth errors: systemic, not the account's.
    case oauthError(code: String)
    case rateLimited(retryAfter: Timestamp?)
    /// No usable answer. `mayHaveRotated` is true when the request was sent
    /// and the vendor may have issued a pair nobody received.
    case unreachable(UnreachableKind, mayHaveRotated: Bool)
}

package protocol VendorAPI: Sendable {
    /// GET /api/oauth/usage. No inference cost.
    func readUsage(_ token: Secret) async -> UsageAnswer
    /// Reads a body of that shape from elsewhere; asks nobody. Nil when it is
    /// not understood.
    func decodeUsage(_ body: [UInt8]) -> UsageAnswer?
    /// The same request, with what its answer says of extra usage.
    func readUsageReport(_ token: Secret) async -> UsageReport
    /// GET /api/oauth/profile.
    func readProfile(_ token: Secret) async -> ProfileAnswer
    /// POST of the refresh grant to the token endpoint.
    func refresh(_ token: Secret) async -> RefreshAnswer
    /// Seconds our clock is ahead of the vendor's, by the Date field (RFC 9110
    /// §6.6.1) of its last answer; nil before the first.
    var clockAheadSeconds: Int64? { get }
}

extension VendorAPI {
    package var clockAheadSeconds: Int64? { nil }
}
