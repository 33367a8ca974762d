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
        let parsed = OAuthText(try JSONObjectText(value))
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

    init(_ object: JSONObjectText) { self.object = object }

    /// Nil when there is neither an access nor a refresh token.
    var tokens: Tokens? {
        let access = Array((JSONText.string(object["accessToken"]) ?? "").utf8)
        let refresh = Array((JSONText.string(object["refreshToken"]) ?? "").utf8)
        return access.isEmpty && refresh.isEmpty ? nil : Tokens(access: access, refresh: refresh)
    }

    private var scopes: [String]? { JSONText.strings(object["scopes"]) }

    /// A setup-token has no refresh token and cannot read its profile; its
    /// prefix is the same as a login's.
    var details: CredentialDetails {
        let canRefresh = tokens?.refresh.isEmpty == false
        let isLogin = canRefresh || scopes?.contains("user:profile") == true
        return CredentialDetails(
            kind: isLogin ? .login : .setupToken, canRefresh: canRefresh,
            accessTokenExpiresAt: instant("expiresAt"),
            loginExpiresAt: instant("refreshTokenExpiresAt"),
            plan: JSONText.string(object["subscriptionType"]),
            rateLimitTier: JSONText.string(object["rateLimitTier"]))
    }

    /// What Claude Code itself needs to count as signed in, and what a sign-in
    /// always brings.
    var missing: [String] {
        var missing: [String] = []
        if tokens?.access.isEmpty != false { missing.append("accessToken") }
        if details.kind == .login, !details.canRefresh { missing.append("refreshToken") }
        if scopes?.contains("user:inference") != true { missing.append("scopes") }
        return missing
    }

    /// Epoch milliseconds; 0 and less are what was once written for "unknown".
    private func instant(_ key: String) -> Timestamp? {
        guard let milliseconds = JSONText.integer(object[key]), milliseconds > 0 else {
            return nil
        }
        return Timestamp(milliseconds: milliseconds)
    }
}
