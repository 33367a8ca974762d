// What the token endpoint's answer to a refresh grant means (RFC 6749 §5, §6;
// reference C). Its body holds tokens: nothing of it leaves but as `Secret`,
// and an error's code only when it looks like one.

import RotationCore
import RotationEngine

extension RefreshAnswer {
    init(_ response: TransferResponse, now: Timestamp) {
        switch response.status {
        case 200: self = Self.tokens(in: response.body)
        case 429:
            self = .rateLimited(retryAfter: Refusal.retryAfter(response.retryAfter, now: now))
        case 400..<500: self = Self.refusal(response)
        // An outage's answer does not say whether a pair was issued.
        case 500...: self = .unreachable(.serverError, mayHaveRotated: true)
        default: self = .unreachable(.malformed, mayHaveRotated: false)
        }
    }

    /// Only the OAuth member `error` counts; a text never proves a grant dead.
    private static func refusal(_ response: TransferResponse) -> RefreshAnswer {
        let value = JSONValue(response.body)
        guard let code = value?["error"]?.string else {
            let isEdge = value == nil && response.status == 403
            return .unreachable(isEdge ? .refusedByEdge : .malformed, mayHaveRotated: false)
        }
        // RFC 6749 §5.2: 400, or 401 where the client authenticated.
        let isGrant = code == "invalid_grant" && [400, 401].contains(response.status)
        return isGrant ? .invalidGrant : .oauthError(code: printable(code))
    }

    /// Error codes are shown; anything that is not shaped like one is not.
    private static func printable(_ code: String) -> String {
        let isCode =
            (1...64).contains(code.utf8.count)
            && code.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
        return isCode ? code : "unrecognized"
    }

    private static func tokens(in body: [UInt8]) -> RefreshAnswer {
        guard let value = JSONValue(body), let access = secret(value["access_token"]) else {
            return .unreachable(.malformed, mayHaveRotated: true)
        }
        return .tokens(
            RefreshedTokens(
                accessToken: access, refreshToken: secret(value["refresh_token"]),
                expiresInSeconds: seconds(value["expires_in"]),
                refreshTokenExpiresInSeconds: seconds(value["refresh_token_expires_in"]),
                scopes: value["scope"]?.string.map { $0.split(separator: " ").map(String.init) },
                accountUUID: value["account"]?["uuid"]?.string))
    }

    private static func secret(_ value: JSONValue?) -> Secret? {
        let secret = Secret(Array((value?.string ?? "").utf8))
        return secret.isToken ? secret : nil
    }

    /// Whole seconds, 1 to ten years; anything else was not said.
    private static func seconds(_ value: JSONValue?) -> Int64? {
        guard let number = value?.number, (1...315_360_000).contains(number) else { return nil }
        return Int64(number)
    }
}

extension Secret {
    /// Can be sent as a token: not empty, visible ASCII only (RFC 6750 §2.1 is
    /// narrower). A line break in one would end the header field it is in.
    var isToken: Bool {
        withBytes { bytes in !bytes.isEmpty && bytes.allSatisfy { (0x21...0x7E).contains($0) } }
    }
}
