// Who may ask: only programs of the same user on this machine, and pages this
// service served itself. Everything a browser can be made to send by a foreign
// page is refused here, on every route, before anything is looked up.

import LoopbackHTTP

/// A pure function of a request; the port is the one its listener is bound to.
struct Gate {
    /// The only user whose processes are answered.
    let ownUID: UInt32

    /// Why the request is refused on whatever route; nil when it may pass.
    func refusal(of request: HTTPRequest) -> String? {
        guard request.connection.peer == .uid(ownUID) else {
            return "the other end of this connection is not a process of the user who runs "
                + "this service"
        }
        guard let host = request.fields.single("Host")?.lowercased(),
            hosts(request.connection.transport).contains(host)
        else {
            return "the Host field must name this service exactly, for example "
                + "\(hosts(request.connection.transport)[0])"
        }
        return originRefusal(request.fields, ours: "http://" + host)
    }

    /// Why a request that passed so far may not have what `permission` guards.
    func refusal(of request: HTTPRequest, for permission: Permission) -> String? {
        guard Self.isFromBrowser(request.fields) else { return nil }
        switch permission {
        case .page, .read: return nil
        case .operate:
            // That it is ours was seen already. A browser sends it with every
            // request that can change something (Fetch §3.2.2).
            guard request.fields.single("Origin") == nil else { return nil }
            return "a browser's request that changes something must carry its Origin"
        case .administer:
            return "this is for programs, not for pages; use curl or the command line"
        }
    }

    /// Sec-Fetch fields cannot be left out or set by a page (Fetch Metadata
    /// §2), and every browser of today sends them to a loopback address.
    private static func isFromBrowser(_ fields: HTTPFields) -> Bool {
        fields.lines.contains { line in
            let name = line.name.lowercased()
            return name == "origin" || name == "referer" || name.hasPrefix("sec-fetch-")
        }
    }

    /// DNS rebinding ends here: a page's own host name is never one of these.
    private func hosts(_ transport: HTTPConnectionInfo.Transport) -> [String] {
        switch transport {
        case .tcp(let port): ["localhost:\(port)", "127.0.0.1:\(port)", "[::1]:\(port)"]
        case .unixSocket: ["localhost"]
        }
    }

    private func originRefusal(_ fields: HTTPFields, ours: String) -> String? {
        guard fields.all("Origin").allSatisfy({ $0 == ours }) else {
            return "requests from pages of another origin are refused"
        }
        guard fields.all("Referer").allSatisfy({ $0 == ours || $0.hasPrefix(ours + "/") }) else {
            return "requests referred by pages of another origin are refused"
        }
        let sites = fields.all("Sec-Fetch-Site")
        guard sites.allSatisfy({ $0 == "none" || $0 == "same-origin" }) else {
            return "requests a browser calls cross-site or same-site are refused"
        }
        return nil
    }
}
