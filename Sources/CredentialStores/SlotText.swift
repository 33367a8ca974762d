// A slot file: whose credential it holds, since when, and the credential's own
// members as the bytes they were.

import RotationCore
import RotationEngine

struct SlotText {
    var identity: AccountIdentity
    var capturedAt: Timestamp
    var refreshedAt: Timestamp?
    /// The account's members of the live store.
    var credential: JSONObjectText
    /// `oauthAccount` of Claude Code's configuration as it was while this
    /// account was live; nil when it was not known to be this account's.
    var oauthAccount: [UInt8]?

    static let format: Int64 = 1

    /// `<account uuid>.<organization uuid>.json`; nil unless both are plain.
    static func fileName(_ account: AccountID) -> String? {
        let parts = [account.accountUUID, account.organizationUUID]
        let isPlain = parts.allSatisfy { part in
            (1...64).contains(part.utf8.count)
                && part.utf8.allSatisfy {
                    (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                        || (0x61...0x7A).contains($0) || $0 == 0x2D
                }
        }
        return isPlain ? "\(account).json" : nil
    }

    init(
        identity: AccountIdentity, capturedAt: Timestamp, credential: JSONObjectText,
        oauthAccount: [UInt8]?
    ) {
        self.identity = identity
        self.capturedAt = capturedAt
        self.credential = credential
        self.oauthAccount = oauthAccount
    }

    init(_ text: [UInt8]) throws(JSONTextError) {
        let object = try JSONObjectText(text)
        guard JSONText.integer(object["format"]) == Self.format else {
            throw JSONTextError(reason: "it is of another format than \(Self.format)")
        }
        guard let who = object["identity"], let credential = object["credential"] else {
            throw JSONTextError(reason: "it lacks identity or credential")
        }
        identity = try Self.identity(JSONObjectText(who))
        guard let captured = JSONText.instant(object["capturedAt"]) else {
            throw JSONTextError(reason: "it lacks capturedAt")
        }
        capturedAt = captured
        refreshedAt = JSONText.instant(object["refreshedAt"])
        self.credential = try JSONObjectText(credential)
        oauthAccount = object["oauthAccount"]
    }

    var text: [UInt8] {
        var object = JSONObjectText()
        object.set("format", Array("\(Self.format)".utf8))
        object.set("identity", identityText)
        object.set("capturedAt", Array("\(capturedAt.milliseconds)".utf8))
        if let refreshedAt {
            object.set("refreshedAt", Array("\(refreshedAt.milliseconds)".utf8))
        }
        object.set("credential", credential.text)
        if let oauthAccount { object.set("oauthAccount", oauthAccount) }
        return object.text + [0x0A]
    }

    /// The credential's tokens and dates; throws when it is not one Claude Code
    /// could be given.
    func oauth() throws(JSONTextError) -> (text: OAuthText, tokens: OAuthText.Tokens) {
        guard let oauth = try CredentialText(credential.text).oauth, let tokens = oauth.tokens
        else { throw JSONTextError(reason: "its credential holds no token") }
        guard oauth.missing.isEmpty else {
            let missing = oauth.missing.joined(separator: ", ")
            throw JSONTextError(reason: "its credential lacks \(missing)")
        }
        return (oauth, tokens)
    }

    // MARK: Identity

    private static func identity(
        _ object: JSONObjectText
    ) throws(JSONTextError) -> AccountIdentity {
        guard let account = JSONText.string(object["accountUUID"]),
            let organization = JSONText.string(object["organizationUUID"]),
            let email = JSONText.string(object["email"])
        else { throw JSONTextError(reason: "its identity is incomplete") }
        return AccountIdentity(
            id: AccountID(accountUUID: account, organizationUUID: organization), email: email,
            displayName: JSONText.string(object["displayName"]),
            organizationName: JSONText.string(object["organizationName"]),
            organizationType: JSONText.string(object["organizationType"]),
            rateLimitTier: JSONText.string(object["rateLimitTier"]))
    }

    private var identityText: [UInt8] {
        Self.object([
            ("accountUUID", identity.id.accountUUID),
            ("organizationUUID", identity.id.organizationUUID), ("email", identity.email),
            ("displayName", identity.displayName),
            ("organizationName", identity.organizationName),
            ("organizationType", identity.organizationType),
            ("rateLimitTier", identity.rateLimitTier),
        ])
    }

    /// `oauthAccount` as Claude Code would know this account, where it is not
    /// known from Claude Code itself.
    var composedOAuthAccount: [UInt8] {
        oauthAccount
            ?? Self.object([
                ("accountUuid", identity.id.accountUUID), ("emailAddress", identity.email),
                ("organizationUuid", identity.id.organizationUUID),
                ("organizationName", identity.organizationName),
                ("displayName", identity.displayName),
                ("organizationType", identity.organizationType),
                ("organizationRateLimitTier", identity.rateLimitTier),
            ])
    }

    private static func object(_ members: [(String, String?)]) -> [UInt8] {
        var object = JSONObjectText()
        for (key, value) in members {
            if let value { object.set(key, JSONText.quoted(value)) }
        }
        return object.text
    }
}
