// Claude Code's credential object as we understand it: what is the account's,
// what is the machine's, and what a credential must have to be worth keeping.

import RotationCore
import RotationEngine

/// The content of `.credentials.json`.
struct CredentialText {
    /// These belong to the computer and stay with the live store; every other
    /// member, known or not, travels with its account.
    static let machineMembers: Set<String> = [
        "mcpOAuth", "mcpOAuthClientConfig", "mcpXaaIdp", "mcpXaaIdpConfig", "pluginSecrets",
    ]

    let object: JSONObjectText
    /// Nil when the store is proven to hold no credential: no `claudeAiOauth`,
    /// or one without tokens.
    let oauth: OAuthText?

    init(_ text: [UInt8]) throws(JSONTextError) {
        object = try JSONObjectText(text)
        let value = object["claudeAiOauth"]
        guard !JSONText.isNull(value), let value else {
            oauth = nil
            return
        }
        let parsed = try OAuthText(JSONObjectText(value))
        oauth = parsed.tokens == nil ? nil : parsed
    }

    /// The members that travel with the account.
    var accountMembers: JSONObjectText {
        var account = JSONObjectText()
        for member in object.members where !Self.machineMembers.contains(member.key) {
            account.set(member.key, member.value)
        }
        return account
    }

    /// This store with `account`'s members in place of its own account's; the
    /// machine's members stay as they are, present or absent.
    func installing(_ account: JSONObjectText) -> [UInt8] {
        var result = object
        for member in object.members where !Self.machineMembers.contains(member.key) {
            if account[member.key] == nil { result.remove(member.key) }
        }
        for member in account.members where !Self.machineMembers.contains(member.key) {
            result.set(member.key, member.value)
        }
        return result.text
    }
}

/// The value of `claudeAiOauth`.
struct OAuthText {
    /// Two credentials are the same generation exactly when these are equal.
    struct Tokens: Hashable {
        let access: [UInt8]
        let refresh: [UInt8]
    }

    private let object: JSONObjectText
    /// Nil when there is neither an access nor a refresh token.
    let tokens: Tokens?

    /// A token that is neither absent, null nor a string is not understood,
    /// which is something else than not there.
    init(_ object: JSONObjectText) throws(JSONTextError) {
        self.object = object
        let access = try Self.token(object, "accessToken")
        let refresh = try Self.token(object, "refreshToken")
        let isEmpty = access.isEmpty && refresh.isEmpty
        tokens = isEmpty ? nil : Tokens(access: access, refresh: refresh)
    }

    private static func token(
        _ object: JSONObjectText, _ key: String
    ) throws(JSONTextError) -> [UInt8] {
        let text = object[key]
        if JSONText.isNull(text) { return [] }
        guard let value = JSONText.string(text) else {
            throw JSONTextError(reason: "claudeAiOauth.\(key) is not a string")
        }
        return Array(value.utf8)
    }

    private var scopes: [String]? { JSONText.strings(object["scopes"]) }

    private var canRefresh: Bool { tokens?.refresh.isEmpty == false }
    private var mayReadProfile: Bool { scopes?.contains("user:profile") == true }

    /// A setup-token has no refresh token and cannot read its profile; its
    /// prefix is the same as a login's. What cannot read its profile cannot
    /// read its usage either, so it counts as one whatever else it has.
    var details: CredentialDetails {
        let isLogin = canRefresh && mayReadProfile
        return CredentialDetails(
            kind: isLogin ? .login : .setupToken, canRefresh: canRefresh,
            accessTokenExpiresAt: instant("expiresAt"),
            loginExpiresAt: instant("refreshTokenExpiresAt"),
            plan: JSONText.string(object["subscriptionType"]),
            rateLimitTier: JSONText.string(object["rateLimitTier"]))
    }

    /// What Claude Code itself needs to count as signed in, and what a sign-in
    /// always brings: with the scope of one but no refresh token it is half a
    /// sign-in, without both it is a setup-token.
    var missing: [String] {
        var missing: [String] = []
        if tokens?.access.isEmpty != false { missing.append("accessToken") }
        if mayReadProfile, !canRefresh { missing.append("refreshToken") }
        if scopes?.contains("user:inference") != true { missing.append("scopes") }
        return missing
    }

    /// Epoch milliseconds; 0 and less are what was once written for "unknown".
    private func instant(_ key: String) -> Timestamp? {
        guard let instant = JSONText.instant(object[key]), instant.milliseconds > 0 else {
            return nil
        }
        return instant
    }
}
