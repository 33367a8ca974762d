// What a sign-in is to be done with, as the composition root knows it.

import RotationCore
import RotationEngine

package struct LoginSettings: Sendable {
    /// Ours; profiles, logs and private directories lie in it.
    package var dataDirectory: String
    /// The service's own; the client and the browser get it, but for what pins
    /// an authentication.
    package var environment: [String: String]
    /// Names that must not reach the client.
    package var pinningVariables: Set<String>
    /// The official client; empty: looked for.
    package var client = ""
    /// Chrome or Chromium; empty: looked for.
    package var browser = ""
    /// Given to the browser before all else.
    package var browserArguments: [String] = []
    package var pages = AuthorizationPages.vendor
    /// From the beginning to giving up.
    package var timeoutSeconds: Int64 = 300
    /// Whether the tick may begin one.
    package var bootstraps = false
    /// Whether the page's button is pressed for the user in one the tick began.
    package var pressesConsent = false
    /// Whether one the tick began, and whose button is pressed, has no window.
    package var isHeadless = false

    package init(
        dataDirectory: String, environment: [String: String],
        pinningVariables: Set<String> = []
    ) {
        self.dataDirectory = dataDirectory
        self.environment = environment
        self.pinningVariables = pinningVariables
    }

    var signInDirectory: String { dataDirectory + "/sign-ins" }
    var profileDirectory: String { dataDirectory + "/profiles" }

    func profile(of email: String) -> String { profileDirectory + "/" + FileNames.name(email) }
    func log(of email: String) -> String {
        dataDirectory + "/logs/login-" + FileNames.name(email) + ".log"
    }
}

/// E-mails as file names.
enum FileNames {
    private static let plain = Set("abcdefghijklmnopqrstuvwxyz0123456789.-_+@".utf8)

    /// One name per address regardless of case, no separator and no hidden
    /// file in it.
    static func name(_ email: String) -> String {
        var name = ""
        for (at, byte) in email.lowercased().utf8.enumerated() {
            if plain.contains(byte), at > 0 || byte != UInt8(ascii: ".") {
                name.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return name
    }

    /// The e-mail a name stands for, in lower case; nil when it stands for
    /// none.
    static func email(_ name: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        let email = String(decoding: bytes, as: UTF8.self)
        return EmailAddress.isPlausible(email) && self.name(email) == name ? email : nil
    }
}
