// A slot with the pair a refresh brought. What the answer does not say stays
// as it was (RFC 6749 §5.1, §6): the refresh token, the scopes, the date the
// login ends.

import RotationCore
import RotationEngine

extension SlotText {
    func renewed(
        with issued: RefreshedTokens, at now: Timestamp
    ) throws(JSONTextError) -> SlotText {
        guard let value = credential["claudeAiOauth"] else {
            throw JSONTextError(reason: "its credential holds no token")
        }
        var oauth = try JSONObjectText(value)
        oauth.set("accessToken", Self.quoted(issued.accessToken))
        if let token = issued.refreshToken { oauth.set("refreshToken", Self.quoted(token)) }
        if let seconds = issued.expiresInSeconds {
            oauth.set("expiresAt", Self.instant(now.adding(seconds: seconds)))
        }
        if let seconds = issued.refreshTokenExpiresInSeconds {
            oauth.set("refreshTokenExpiresAt", Self.instant(now.adding(seconds: seconds)))
        }
        if let scopes = issued.scopes, !scopes.isEmpty {
            let list = scopes.map { String(decoding: JSONText.quoted($0), as: UTF8.self) }
            oauth.set("scopes", Array("[\(list.joined(separator: ","))]".utf8))
        }
        var renewed = self
        renewed.credential.set("claudeAiOauth", oauth.text)
        renewed.refreshedAt = now
        return renewed
    }

    private static func quoted(_ token: Secret) -> [UInt8] {
        token.withBytes { JSONText.quoted(String(decoding: $0, as: UTF8.self)) }
    }

    private static func instant(_ instant: Timestamp) -> [UInt8] {
        Array("\(instant.milliseconds)".utf8)
    }
}
