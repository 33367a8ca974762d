// What an answer's status, fields and error body mean. Told apart here, so
// that no body gets any further; the tables are reference D and C.

import RotationCore
import RotationEngine

/// What went wrong, before it is known which endpoint was asked.
enum Refusal: Hashable {
    case unauthorized, revoked, restricted, scopeMissing
    case rateLimited(Timestamp?)
    case unreachable(UnreachableKind)

    /// Nil for 200.
    init?(_ response: TransferResponse, now: Timestamp) {
        switch response.status {
        case 200: return nil
        case 401: self = .unauthorized
        case 403: self = Self.forbidden(response.body)
        case 429:
            self = .rateLimited(
                Self.retryAfter(response.retryAfter, now: now)
                    ?? Self.unifiedReset(response.unifiedReset, now: now))
        case 500...: self = .unreachable(.serverError)
        default: self = .unreachable(.malformed)
        }
    }

    var usage: UsageAnswer {
        switch self {
        case .unauthorized: .unauthorized
        case .revoked: .revoked
        case .restricted: .restricted
        case .scopeMissing: .scopeMissing
        case .rateLimited(let retryAfter): .rateLimited(retryAfter: retryAfter)
        case .unreachable(let kind): .unreachable(kind)
        }
    }

    var profile: ProfileAnswer {
        switch self {
        case .unauthorized: .unauthorized
        case .revoked: .revoked
        case .restricted: .restricted
        case .scopeMissing: .scopeMissing
        case .rateLimited(let retryAfter): .rateLimited(retryAfter: retryAfter)
        case .unreachable(let kind): .unreachable(kind)
        }
    }

    /// Restricted only when the vendor says so of the account or the
    /// organization; a page instead of JSON is a gatekeeper's, not the API's.
    private static func forbidden(_ body: [UInt8]) -> Refusal {
        guard let value = JSONValue(body), case .object = value else {
            return .unreachable(.refusedByEdge)
        }
        let said = [
            value["error_code"], value["message"], value["error"],
            value["error_description"], value["error"]?["message"], value["error"]?["type"],
            value["error"]?["details"]?["error_code"],
        ].compactMap { $0?.string?.lowercased() }.joined(separator: "\n")
        func says(_ words: String...) -> Bool { words.contains(where: said.contains) }
        if says("scope") { return .scopeMissing }
        if says("token") && says("revoked", "expired") { return .revoked }
        let isRestricted =
            says("account", "organization") && says("disabled", "restricted", "not allowed")
        return isRestricted ? .restricted : .unreachable(.refusedByEdge)
    }

    /// `Retry-After` of RFC 9110 §10.2.3: seconds or an HTTP-date. The two
    /// obsolete forms of a date are not read.
    static func retryAfter(_ text: String?, now: Timestamp) -> Timestamp? {
        guard let text else { return nil }
        if let seconds = Int64(text), seconds >= 0, seconds < 1 << 32 {
            return now.adding(seconds: seconds)
        }
        return imfFixdate(text)
    }

    /// Seconds since the epoch. The longest window has seven days: what is
    /// further away than eight, or not to come, was not meant.
    static func unifiedReset(_ text: String?, now: Timestamp) -> Timestamp? {
        guard let seconds = text.flatMap({ Int64($0) }), (0..<1 << 40).contains(seconds) else {
            return nil
        }
        let reset = Timestamp(seconds: seconds)
        return reset > now && reset <= now.adding(seconds: 8 * 86400) ? reset : nil
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func imfFixdate(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        guard parts.count == 6, parts[5] == "GMT",
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp(rfc3339: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
    }
}

extension UnreachableKind {
    /// From a CURLcode (libcurl-errors(3)).
    init(curlCode: Int32) {
        self =
            switch curlCode {
            case 28: .timedOut
            case 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91, 98: .tls
            // 1: HTTP/0.9, that is no HTTP at all. 16, 92: broken HTTP/2.
            case 1, 8, 16, 23, 27, 61, 92: .malformed
            default: .offline
            }
    }
}
