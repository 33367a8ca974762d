// The simulated vendor's authorization endpoint (RFC 6749 §4.1 with PKCE, RFC
// 7636): a sign-in form, a consent page, and what can stand in their place.
// Sessions are cookies with a date of expiry, codes are good once and only with
// the verifier their challenge was made of.

import CSystem
import LoopbackHTTP

/// What the authorization endpoint shows somebody who is signed in.
package enum AuthorizationPage: String, Sendable, CaseIterable {
    case consent
    /// Asks to prove that a person is there.
    case challenge
    /// The session is not honoured: the form again.
    case form
    /// A page that is something else, at the right address.
    case other
}

struct AuthorizationServer: Sendable {
    struct Grant: Hashable {
        let email: String
        let challenge: String
        let redirectURI: String
        let clientID: String
    }

    var page = AuthorizationPage.consent
    /// Signed-in e-mail per cookie value.
    private var sessions: [String: String] = [:]
    private var codes: [String: Grant] = [:]
    /// Seconds a session lasts.
    static let sessionSeconds = 28 * 86400

    // MARK: Pages

    /// GET /oauth/authorize.
    func authorize(_ target: String, cookie: String?) -> HTTPResponse {
        let query = Self.query(target)
        guard query["response_type"] == "code", let client = query["client_id"], !client.isEmpty,
            query["code_challenge_method"] == "S256", query["code_challenge"]?.isEmpty == false,
            query["state"]?.isEmpty == false, let back = query["redirect_uri"],
            Self.isLoopback(back)
        else { return Self.html(400, "<h1>This request is not one</h1>") }
        switch page {
        case .challenge:
            return Self.html(
                200,
                "<title>Just a moment...</title><h1>Are you a person?</h1>"
                    + #"<div class="cf-turnstile">Tick the box</div>"#)
        case .other: return Self.html(200, "<h1>Something new</h1><p>Read our news.</p>")
        case .consent, .form: break
        }
        guard page != .form, let email = session(cookie) else {
            return Self.redirect("/login?returnTo=" + Self.encoded(target))
        }
        let fields = query.sorted { $0.key < $1.key }.map { name, value in
            #"<input type="hidden" name="\#(Self.escaped(name))" value="\#(Self.escaped(value))">"#
        }
        return Self.html(
            200,
            "<title>Authorize</title><h1>Claude Code would like to connect</h1>"
                + "<p>Signed in as \(Self.escaped(email))</p>"
                + #"<form method="post" action="/oauth/consent">\#(fields.joined())"#
                + #"<button autofocus type="submit">Authorize</button></form>"#
                + #"<form method="get" action="/declined"><button>Decline</button></form>"#)
    }

    /// GET /login.
    func form(_ target: String) -> HTTPResponse {
        let back = Self.escaped(Self.query(target)["returnTo"] ?? "/")
        return Self.html(
            200,
            "<title>Sign in</title><h1>Sign in</h1>"
                + #"<form method="post" action="/login">"#
                + #"<input type="email" name="email" autofocus>"#
                + #"<input type="hidden" name="returnTo" value="\#(back)">"#
                + "<button>Continue</button></form>")
    }

    /// POST /login.
    mutating func signIn(
        _ body: [UInt8], accounts: [String], token: String
    ) -> HTTPResponse {
        let form = Self.parameters(Substring(decoding: body, as: UTF8.self))
        guard let email = form["email"], accounts.contains(email),
            let back = form["returnTo"], back.hasPrefix("/"), !back.hasPrefix("//")
        else { return Self.html(403, "<h1>Nobody of that name</h1>") }
        sessions[token] = email
        if page == .form { page = .consent }
        return Self.redirect(
            back,
            extra: [
                .init(
                    name: "Set-Cookie",
                    value: "sessionKey=\(token); Max-Age=\(Self.sessionSeconds); Path=/; "
                        + "HttpOnly; SameSite=Lax")
            ])
    }

    /// POST /oauth/consent.
    mutating func consent(_ body: [UInt8], cookie: String?, code: String) -> HTTPResponse {
        let form = Self.parameters(Substring(decoding: body, as: UTF8.self))
        guard let email = session(cookie), let challenge = form["code_challenge"],
            let back = form["redirect_uri"], Self.isLoopback(back), let state = form["state"],
            let client = form["client_id"]
        else { return Self.html(403, "<h1>Sign in first</h1>") }
        codes[code] = Grant(
            email: email, challenge: challenge, redirectURI: back, clientID: client)
        let mark = back.contains("?") ? "&" : "?"
        return Self.redirect("\(back)\(mark)code=\(code)&state=\(Self.encoded(state))")
    }

    /// Whose code it is, if everything fits; it is spent either way.
    mutating func redeem(
        code: String, verifier: String, redirectURI: String, clientID: String
    ) -> String? {
        guard let grant = codes.removeValue(forKey: code), grant.redirectURI == redirectURI,
            grant.clientID == clientID, (43...128).contains(verifier.utf8.count),
            Self.challenge(of: verifier) == grant.challenge
        else { return nil }
        return grant.email
    }

    /// BASE64URL(SHA256(ASCII(verifier))), RFC 7636 §4.2.
    static func challenge(of verifier: String) -> String? {
        var digest = [UInt8](repeating: 0, count: 32)
        let bytes = Array(verifier.utf8)
        guard csystem_digest_load() == nil, csystem_sha256(bytes, bytes.count, &digest) == 0
        else { return nil }
        return base64URL(digest)
    }

    // MARK: Sessions

    private func session(_ cookie: String?) -> String? {
        for part in (cookie ?? "").split(separator: ";") {
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0] == "sessionKey" { return sessions[String(pair[1])] }
        }
        return nil
    }

    // MARK: Texts

    private static func isLoopback(_ address: String) -> Bool {
        ["http://localhost:", "http://127.0.0.1:"].contains { address.hasPrefix($0) }
    }

    private static func query(_ target: String) -> [String: String] {
        parameters(target.drop { $0 != "?" }.dropFirst())
    }

    /// application/x-www-form-urlencoded.
    private static func parameters(_ text: Substring) -> [String: String] {
        var result: [String: String] = [:]
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            result[decoded(pair[0])] = decoded(pair[1])
        }
        return result
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func encoded(_ text: String) -> String {
        let plain = Set(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)
        return text.utf8.map { byte in
            plain.contains(byte)
                ? String(UnicodeScalar(byte))
                : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in part { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(8 * (3 - part.count))
            for digit in 0...part.count {
                text.append(alphabet[Int(bits >> UInt32(18 - 6 * digit) & 63)])
            }
        }
        return text
    }

    static func html(_ status: Int, _ body: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            fields: HTTPFields([
                .init(name: "Content-Type", value: "text/html; charset=utf-8"),
                .init(name: "Cache-Control", value: "no-store"),
            ]), body: .bytes(Array(("<!doctype html>" + body).utf8)))
    }

    private static func redirect(
        _ address: String, extra: [HTTPFields.Line] = []
    ) -> HTTPResponse {
        HTTPResponse(
            status: 302,
            fields: HTTPFields([.init(name: "Location", value: address)] + extra))
    }
}
