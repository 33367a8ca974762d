// The optional token of RFC 6750: what is asked, what is compared, and how a
// refusal is said. Where it is kept is CredentialStores' business; it is never
// in an answer, a log or an error.

import ControlWire
import LoopbackHTTP
import RotationEngine

/// Whether a token is asked for now. Looked up for every request, so that a
/// rotation counts from the next one on.
package enum TokenRule: Sendable {
    case off
    case required(Secret)
    /// One is wanted and cannot be compared with; everything that needs one is
    /// refused. Says why and what to do, without its content.
    case unusable(String)
}

enum BearerToken {
    /// The answer to a request that lacks the right token; nil when it may
    /// pass.
    static func refusal(of fields: HTTPFields, under rule: TokenRule) -> HTTPResponse? {
        switch rule {
        case .off: return nil
        case .unusable(let reason):
            return unauthorized("no token can be checked: \(reason)", challenge: nil)
        case .required(let secret):
            let sent = fields.all("Authorization")
            guard sent.count <= 1 else {
                let detail = "the Authorization field was sent \(sent.count) times"
                return Answers.problem(
                    .badRequest, detail, extra: [challenge("invalid_request", detail)])
            }
            guard let token = sent.first.flatMap(token) else {
                return unauthorized(
                    "this service wants its token; `rotator token show-path` names a file for "
                        + "`curl -H @FILE`", challenge: nil)
            }
            let isRight = secret.withBytes { isSame(token, $0) }
            guard !isRight else { return nil }
            return unauthorized(
                "the token is not this service's; was it rotated? `rotator token show-path` "
                    + "names the file that holds it", challenge: "invalid_token")
        }
    }

    /// What follows `Bearer`; nil for another scheme. Schemes are
    /// case-insensitive (RFC 9110 §11.1).
    private static func token(_ value: String) -> Substring.UTF8View? {
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return parts[1].drop { $0 == " " }.utf8
    }

    /// Looks at every byte of what was sent, wherever the first difference is:
    /// the time tells the length of what was sent and nothing of the token.
    static func isSame(_ sent: some Collection<UInt8>, _ token: [UInt8]) -> Bool {
        guard !token.isEmpty else { return false }
        var difference = UInt(bitPattern: sent.count ^ token.count)
        var position = 0
        for byte in sent {
            difference |= UInt(byte ^ token[position])
            position = position + 1 == token.count ? 0 : position + 1
        }
        return difference == 0
    }

    // MARK: RFC 6750 §3

    /// Without an error code where no token was sent at all (§3.1).
    private static func unauthorized(_ detail: String, challenge code: String?) -> HTTPResponse {
        Answers.problem(.unauthorized, detail, extra: [challenge(code, detail)])
    }

    private static func challenge(_ code: String?, _ detail: String) -> HTTPFields.Line {
        let error = code.map { ", error=\"\($0)\"" } ?? ""
        return HTTPFields.Line(name: "WWW-Authenticate", value: "Bearer realm=\"rotator\"\(error)")
    }
}
