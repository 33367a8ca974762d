// Who an account is, and what is known of the credential we hold for it.
//
// An account is a pair of account and organization uuid: one person can hold a
// Pro plan and a Team seat under one account uuid (reference: profile
// endpoint). No secret is here; the judge sees opaque generations only.

/// The key of an account. `description` is the `id` of the HTTP API:
/// `<account uuid>.<organization uuid>`.
package struct AccountID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// One object, so that an id is handed on for the price of one: a decision
    /// hands them on all the time.
    private final class Parts: Sendable {
        let account: String
        let organization: String

        init(_ account: String, _ organization: String) {
            self.account = account
            self.organization = organization
        }
    }

    private let parts: Parts
    /// Of both, once, for looking up.
    private let digest: UInt64

    package var accountUUID: String { parts.account }
    package var organizationUUID: String { parts.organization }

    package init(accountUUID: String, organizationUUID: String) {
        parts = Parts(accountUUID, organizationUUID)
        digest = FNV1a.digest(of: [accountUUID, organizationUUID])
    }

    package static func == (left: AccountID, right: AccountID) -> Bool {
        if left.parts === right.parts { return true }
        return left.digest == right.digest && left.accountUUID == right.accountUUID
            && left.organizationUUID == right.organizationUUID
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    /// Parses `description`; nil unless it is two non-empty parts around the
    /// one dot.
    package init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(accountUUID: String(parts[0]), organizationUUID: String(parts[1]))
    }

    package var description: String { "\(accountUUID).\(organizationUUID)" }

    package static func < (left: AccountID, right: AccountID) -> Bool {
        (left.accountUUID, left.organizationUUID) < (right.accountUUID, right.organizationUUID)
    }
}

/// One version of a credential: two generations are equal exactly when their
/// tokens are. The number says nothing else and is not kept between starts.
package struct Generation: Hashable, Sendable {
    package let number: UInt64
    package init(_ number: UInt64) { self.number = number }
}

/// What kind of credential a slot holds.
package enum CredentialKind: String, Sendable, CaseIterable {
    /// From a sign-in: has a refresh token and the `user:profile` scope.
    case login
    /// From `claude setup-token`: no refresh token, inference scope only, so
    /// its usage can never be read.
    case setupToken = "setup-token"
}

/// Everything about a credential that is not secret.
package struct CredentialDetails: Hashable, Sendable {
    package var kind: CredentialKind
    package var canRefresh: Bool
    /// When the access token lapses; nil when the credential does not say.
    package var accessTokenExpiresAt: Timestamp?
    /// When the sign-in itself lapses (about 30 days, refreshes do not move
    /// it); nil when the credential does not say.
    package var loginExpiresAt: Timestamp?
    /// `subscriptionType` as of the sign-in, for example `max`.
    package var plan: String?
    package var rateLimitTier: String?

    package init(
        kind: CredentialKind, canRefresh: Bool, accessTokenExpiresAt: Timestamp?,
        loginExpiresAt: Timestamp? = nil, plan: String? = nil, rateLimitTier: String? = nil
    ) {
        self.kind = kind
        self.canRefresh = canRefresh
        self.accessTokenExpiresAt = accessTokenExpiresAt
        self.loginExpiresAt = loginExpiresAt
        self.plan = plan
        self.rateLimitTier = rateLimitTier
    }

    /// Whether it can be kept alive without a person.
    package var renewsItself: Bool { kind == .login && canRefresh }
}

/// How a slot stands, as the API names it.
package enum SlotState: String, Sendable, CaseIterable {
    /// Can be swapped in now.
    case usable
    /// The access token lapsed; a refresh may bring it back.
    case expired
    /// Only a sign-in by the human helps.
    case needsLogin = "needs-login"
    /// The vendor refused it once; not proven dead.
    case suspect
}

/// What is known of a refresh token.
package enum GrantStanding: Hashable, Sendable {
    case unspent
    /// It was sent and no answer came (a time-out twice, or a crash): it may
    /// be spent, and what was issued for it lost.
    case maybeSpent
    /// `invalid_grant` was said of it.
    case rejected
}
