// The vendor's pages on which an authorization is given (RFC 6749 §3.1), and
// whether an address is one of them. Nothing is opened for the official client
// that is not, and nothing is ever pressed elsewhere.

package struct AuthorizationPages: Hashable, Sendable {
    /// Origin and path of each, for example `https://claude.ai/oauth/authorize`.
    package let addresses: [String]

    /// Where the official client sends people (reference C1); the first leads
    /// on to the second.
    package static let vendor = AuthorizationPages([
        "https://claude.com/cai/oauth/authorize", "https://claude.ai/oauth/authorize",
        "https://platform.claude.com/oauth/authorize",
    ])

    /// The host whose session cookie says that a profile is signed in.
    package var hosts: Set<String> { Set(addresses.compactMap { Address($0)?.host }) }

    package init(_ addresses: [String]) { self.addresses = addresses }

    func holds(_ address: Address) -> Bool {
        addresses.contains { Address($0).map { $0.page == address.page } ?? false }
    }

    /// Why an address is not to be opened for the client; nil when it is.
    func complaint(_ text: String) -> String? {
        guard let address = Address(text), holds(address) else {
            return "it is not one of the vendor's authorization pages"
        }
        guard address.parameter("response_type") == "code",
            address.parameter("code_challenge_method") == "S256",
            address.parameter("code_challenge")?.isEmpty == false
        else { return "it does not ask for a code with PKCE" }
        guard let back = address.parameter("redirect_uri").flatMap({ Address($0) }),
            back.isLoopback, back.scheme == "http"
        else { return "the code would not come back to this machine" }
        return nil
    }
}

/// An absolute http or https address, as far as it matters here (RFC 3986).
struct Address: Hashable {
    let scheme: String
    /// Lower case, without a port.
    let host: String
    let port: String?
    let path: String
    private let query: Substring

    init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let colon = text.firstRange(of: "://")
        else { return nil }
        scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[colon.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        // User information would be taken for the host by a hasty reader.
        guard !authority.isEmpty, !authority.contains("@"), !authority.contains("\\") else {
            return nil
        }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, !parts[0].isEmpty else { return nil }
        host = parts[0].lowercased()
        port = parts.count == 2 ? String(parts[1]) : nil
        let tail = rest.dropFirst(authority.count)
        let path = tail.prefix { $0 != "?" }
        self.path = path.isEmpty ? "/" : String(path)
        query = tail.dropFirst(path.count + 1)
    }

    /// Origin and path.
    var page: String { origin + path }
    var origin: String { "\(scheme)://\(host)" + (port.map { ":" + $0 } ?? "") }
    var isLoopback: Bool { host == "localhost" || host == "127.0.0.1" }

    /// The value of a parameter that is there once.
    func parameter(_ name: String) -> String? {
        let values = query.split(separator: "&").filter {
            $0.prefix { $0 != "=" } == name
        }
        guard values.count == 1 else { return nil }
        return Self.decoded(values[0].dropFirst(name.count + 1))
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else {
                    return nil
                }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
