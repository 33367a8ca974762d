// Where the vendor is reached. Tokens are sent there, so an address is checked
// before anything else: https, the vendor's own host unless the user said
// otherwise, plain http to this machine only.

package enum EndpointError: Error, Hashable, Sendable {
    /// Not an absolute http(s) URL, or one with user, query or fragment. Those
    /// parts may be secret: they are not in it.
    case malformed(String)
    /// Plain http to another machine would show the tokens to everybody.
    case insecure(String)
    /// An https host other than the vendor's, without leave.
    case otherHost(String)

    /// What is wrong and what to do.
    package var message: String {
        switch self {
        case .malformed(let url):
            "\(url) is not an absolute http or https URL without user, query and fragment"
        case .insecure(let url):
            "\(url): plain http is accepted for this machine only; use https"
        case .otherHost(let host):
            "\(host) is not the vendor's host; set upstream.allow-other-hosts to send tokens there"
        }
    }
}

package struct VendorEndpoints: Hashable, Sendable {
    package static let defaultAPIBaseURL = "https://api.anthropic.com"
    package static let defaultTokenURL = "https://platform.claude.com/v1/oauth/token"

    package let usageURL: String
    package let profileURL: String
    package let tokenURL: String
    /// A host that is neither the vendor's nor this machine, if one is used.
    package let otherHost: String?
    let apiIsLoopback: Bool
    let tokenIsLoopback: Bool

    package init(
        apiBaseURL: String = defaultAPIBaseURL, tokenURL: String = defaultTokenURL,
        allowOtherHosts: Bool = false
    ) throws(EndpointError) {
        let api = try Address(apiBaseURL)
        let token = try Address(tokenURL)
        let others = [api, token].filter { !$0.isLoopback && !$0.isVendor }.map(\.host)
        if let other = others.first, !allowOtherHosts { throw .otherHost(other) }
        let base = apiBaseURL.hasSuffix("/") ? String(apiBaseURL.dropLast()) : apiBaseURL
        usageURL = base + "/api/oauth/usage"
        profileURL = base + "/api/oauth/profile"
        self.tokenURL = tokenURL
        otherHost = others.first
        apiIsLoopback = api.isLoopback
        tokenIsLoopback = token.isLoopback
    }
}

/// The parts of a URL that decide whether a token may be sent there.
struct Address {
    let host: String
    let isLoopback: Bool
    var isVendor: Bool { host == "api.anthropic.com" || host == "platform.claude.com" }

    /// A webhook's may have a query.
    init(_ url: String, allowsQuery: Bool = false) throws(EndpointError) {
        let isSecure = url.hasPrefix("https://")
        guard isSecure || url.hasPrefix("http://"),
            url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !url.contains(where: { "@?#\\\"<>".contains($0) && !(allowsQuery && $0 == "?") })
        else { throw Self.malformed(url) }
        let rest = url.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let port: Substring
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { throw Self.malformed(url) }
            host = String(authority[...end]).lowercased()
            port = authority[authority.index(after: end)...]
        } else {
            host = String(authority.prefix { $0 != ":" }).lowercased()
            port = authority.dropFirst(host.count)
        }
        guard !host.isEmpty, Self.isPort(port) else { throw Self.malformed(url) }
        isLoopback = ["127.0.0.1", "[::1]", "localhost"].contains(host)
        guard isSecure || isLoopback else { throw .insecure(url) }
    }

    /// Nothing, or a colon and 1 to 65535.
    private static func isPort(_ text: Substring) -> Bool {
        if text.isEmpty { return true }
        let digits = text.dropFirst()
        let isNumber = digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return text.first == ":" && isNumber && UInt16(digits).map { $0 > 0 } == true
    }

    private static func malformed(_ url: String) -> EndpointError {
        let shown = url.prefix { $0 != "?" && $0 != "#" }
        guard let at = shown.lastIndex(of: "@") else { return .malformed(String(shown)) }
        return .malformed("…" + shown[at...])
    }
}
