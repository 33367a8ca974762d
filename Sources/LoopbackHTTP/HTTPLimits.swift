// Every bound of the HTTP server, with unit and reason.

package struct HTTPLimits: Sendable {
    /// Bytes of a request head, request line included. RFC 9112 §3 asks for
    /// at least 8000 for the request line alone.
    package var headBytes = 16384
    /// Bytes of a request target; longer is 414.
    package var targetBytes = 8192
    /// Header fields of one request; more is 431.
    package var fieldCount = 100
    /// Bytes of a request body; longer is 413.
    package var bodyBytes = 65536
    /// Connections at most; the descriptor limit may allow fewer.
    package var connections = 4096
    /// Milliseconds from a head's first byte to its last.
    package var headMilliseconds: Int64 = 10_000
    /// Milliseconds from a head's end to its body's.
    package var bodyMilliseconds: Int64 = 10_000
    /// Milliseconds a connection may idle between requests.
    package var idleMilliseconds: Int64 = 75_000
    /// Milliseconds without progress in writing an answer.
    package var writeMilliseconds: Int64 = 10_000
    /// Milliseconds to read on after closing our side (RFC 9112 §9.6), so that
    /// the answer is not lost in a reset.
    package var lingerMilliseconds: Int64 = 1000
    /// The same while the server stops, which must not wait for clients.
    package var lastLingerMilliseconds: Int64 = 100
    /// Bytes read on and thrown away at most: a client that sends a body of
    /// any size after it was refused costs no more than this.
    package var lingerBytes = 4 << 20
    /// Bytes of unsent answers at which a slow reader is dropped. A stream's
    /// never come near: one piece waits at most.
    package var unsentBytes = 4 << 20

    package init() {}
    package static let standard = HTTPLimits()
}
