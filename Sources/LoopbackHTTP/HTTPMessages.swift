// Requests and responses as the rest of the house sees them. How bytes become
// these is RequestParser's business; who may ask is ControlServer's.

/// Header fields in order of arrival; names compare case-insensitively
/// (RFC 9110 §5.1).
package struct HTTPFields: Hashable, Sendable {
    package private(set) var lines: [Line]

    package struct Line: Hashable, Sendable {
        package let name: String
        package let value: String
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(_ lines: [Line] = []) { self.lines = lines }

    package mutating func append(_ name: String, _ value: String) {
        lines.append(Line(name: name, value: value))
    }

    /// The only value of a field; nil when it is absent or sent more than once.
    package func single(_ name: String) -> String? {
        let values = all(name)
        return values.count == 1 ? values[0] : nil
    }

    package func all(_ name: String) -> [String] {
        let name = name.lowercased()
        return lines.filter { $0.name.lowercased() == name }.map(\.value)
    }
}

/// A complete request. The body has been read; nothing is decoded beyond what
/// the framing needs.
package struct HTTPRequest: Sendable {
    /// The method token as sent, for example `GET`.
    package var method: String
    /// The request target as sent; always in origin form, or `*` for OPTIONS.
    package var target: String
    package var fields: HTTPFields
    package var body: [UInt8]
    package var connection: HTTPConnectionInfo

    package init(
        method: String, target: String, fields: HTTPFields, body: [UInt8],
        connection: HTTPConnectionInfo
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
        self.connection = connection
    }

    /// The path before `?`, as sent (still percent-encoded).
    package var rawPath: Substring { target.prefix { $0 != "?" } }
}

/// What is known of the connection a request came on.
package struct HTTPConnectionInfo: Hashable, Sendable {
    package enum Transport: Hashable, Sendable {
        /// A loopback TCP listener and the port it is bound to.
        case tcp(port: UInt16)
        case unixSocket
    }

    /// The user on the other end, found once per connection.
    package enum Peer: Hashable, Sendable {
        case uid(UInt32)
        /// The look-up gave no trustworthy answer; treat as somebody else.
        case unknown
    }

    package let transport: Transport
    package let peer: Peer

    package init(transport: Transport, peer: Peer) {
        self.transport = transport
        self.peer = peer
    }
}

/// A response whose body is known, or a stream.
package struct HTTPResponse: Sendable {
    package var status: Int
    /// Without Content-Length, Connection, Date and Transfer-Encoding, which
    /// the writer adds.
    package var fields: HTTPFields
    package var body: Body

    package enum Body: Sendable {
        case bytes([UInt8])
        /// Pieces until the stream ends.
        case stream(HTTPStream)
    }

    package init(status: Int, fields: HTTPFields = HTTPFields(), body: Body = .bytes([])) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// What a handler answers: at once on the reactor's own thread (a snapshot
/// read), or later from a task.
package enum HTTPReply: Sendable {
    case now(HTTPResponse)
    case later(@Sendable () async -> HTTPResponse)
    /// Later, when something happens that may be long in coming. Whoever shuts
    /// its side meanwhile is taken to be gone: its task is cancelled.
    case whenever(@Sendable () async -> HTTPResponse)
}

/// Called on the reactor's thread; must not block. HEAD reaches it as HEAD and
/// the writer drops the body.
package protocol HTTPHandler: Sendable {
    func reply(to request: HTTPRequest) -> HTTPReply
}
