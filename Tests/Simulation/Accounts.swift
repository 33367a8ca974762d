// The vendor's side of a simulated world: accounts, what they have used, and
// single-use refresh tokens whose reuse revokes the family.

import RotationCore

/// What the vendor knows of one account. Token number n of account k reads
/// `at-k-n` and `rt-k-n`, so that whose and how old a token is can be seen.
struct SimulatedLogin: Sendable {
    let index: Int
    /// Of the newest pair issued.
    var issued = 1
    /// Access tokens before this number are good no longer.
    var accessExpiresAt: Int64
    var loginExpiresAt: Int64
    var fiveHour: Double
    var sevenDay: Double
    var fiveHourResetsAt: Int64
    /// Set by the reuse of a spent refresh token: no token of it is good.
    var isRevoked = false
    /// The newest pair reached nobody who keeps it (a lost answer, somebody
    /// else's crash or overwriting): its loss is not ours.
    var isExcused = false

    var id: AccountID { AccountID(accountUUID: "account-\(index)", organizationUUID: "o") }
    var email: String { "a\(index)@example.com" }
    var access: String { "at-\(index)-\(issued)" }
    var refresh: String { "rt-\(index)-\(issued)" }
}

/// A token, read.
struct TokenName: Hashable, Sendable, CustomStringConvertible {
    let isRefresh: Bool
    let account: Int
    let number: Int

    var description: String { "\(isRefresh ? "rt" : "at")-\(account)-\(number)" }

    init?(_ text: String) {
        let parts = text.split(separator: "-")
        guard parts.count == 3, let account = Int(parts[1]), let number = Int(parts[2]) else {
            return nil
        }
        isRefresh = parts[0] == "rt"
        self.account = account
        self.number = number
    }
}

/// The texts of a world.
enum Texts {
    static func oauth(_ login: SimulatedLogin) -> String {
        #"{"accessToken":"\#(login.access)","refreshToken":"\#(login.refresh)","expiresAt":"#
            + #"\#(login.accessExpiresAt),"refreshTokenExpiresAt":\#(login.loginExpiresAt),"#
            + #""scopes":["user:inference","user:profile"],"subscriptionType":"max"}"#
    }

    static func live(oauth: String?, machine: Int) -> [UInt8] {
        let credential = oauth.map { #""claudeAiOauth":\#($0),"# } ?? ""
        return Array("{\(credential)\(Texts.machine(machine))}".utf8)
    }

    static func machine(_ number: Int) -> String { #""mcpOAuth":{"server":{"n":\#(number)}}"# }

    /// The value of a string member, wherever it stands.
    static func member(_ name: String, of text: [UInt8]) -> String? {
        let key = Array("\"\(name)\":\"".utf8)
        guard text.count > key.count else { return nil }
        var at = 0
        while at + key.count <= text.count {
            if text[at] == 0x22, text[at..<(at + key.count)].elementsEqual(key) {
                let rest = text[(at + key.count)...]
                guard let end = rest.firstIndex(of: 0x22) else { return nil }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            at += 1
        }
        return nil
    }

    /// The value of a number member, wherever it stands.
    static func number(_ name: String, of text: [UInt8]) -> Int64? {
        let text = String(decoding: text, as: UTF8.self)
        guard let start = text.firstRange(of: "\"\(name)\":")?.upperBound else { return nil }
        return Int64(text[start...].prefix { $0.isNumber })
    }

    static func contains(_ part: String, in text: [UInt8]) -> Bool {
        let part = Array(part.utf8)
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { start in
            text[start..<(start + part.count)].elementsEqual(part)
        }
    }
}
