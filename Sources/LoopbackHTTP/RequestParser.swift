// Bytes to requests, strictly: RFC 9112 read so that every byte has one
// meaning, and what could be read two ways is refused. A pure value, fed in
// pieces of any size; each byte is looked at once until its head is complete.

/// A complete request without what only the connection knows.
struct ParsedRequest: Equatable {
    var head: RequestHead
    var body: [UInt8]
}

struct RequestParser {
    private let limits: HTTPLimits
    private var buffer: [UInt8] = []
    /// The current message's first byte.
    private var start = 0
    /// The next byte to look at, and the first of its line.
    private var scan = 0
    private var lineStart = 0
    private var hasSkippedEmptyLine = false
    /// A head whose body is not complete.
    private var pending: RequestHead?

    init(limits: HTTPLimits) { self.limits = limits }

    mutating func append(_ bytes: UnsafeRawBufferPointer) { buffer.append(contentsOf: bytes) }

    /// Bytes received and not yet made into a request.
    var unreadCount: Int { buffer.count - start }
    /// A head is complete and its body is not.
    var isAwaitingBody: Bool { pending != nil }

    /// The client waits for `100 Continue` before it sends its body
    /// (RFC 9110 §10.1.1); true once per request.
    mutating func takeContinueRequest() -> Bool {
        guard pending?.expectsContinue == true, unreadCount == 0 else { return false }
        pending?.expectsContinue = false
        return true
    }

    /// The next request; nil when more bytes are needed. After an error the
    /// parser is of no further use.
    mutating func next() throws(ProtocolError) -> ParsedRequest? {
        if pending == nil {
            guard let end = try scanHead() else { return nil }
            let head = try buffer.withUnsafeBufferPointer {
                bytes throws(ProtocolError) in
                var reader = HeadReader(bytes: bytes, position: start, end: end, limits: limits)
                return try reader.read()
            }
            pending = head
            start = end
        }
        guard let head = pending, unreadCount >= head.contentLength else { return nil }
        let body = Array(buffer[start..<start + head.contentLength])
        begin(at: start + head.contentLength)
        return ParsedRequest(head: head, body: body)
    }

    private mutating func begin(at position: Int) {
        pending = nil
        hasSkippedEmptyLine = false
        if position == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= 65536)
            start = 0
        } else if position > 65536 {
            buffer.removeFirst(position)
            start = 0
        } else {
            start = position
        }
        scan = start
        lineStart = start
    }

    /// Looks for the empty line that ends the head; answers the position after
    /// it. One empty line before the request line is skipped (RFC 9112 §2.2).
    private mutating func scanHead() throws(ProtocolError) -> Int? {
        while scan < buffer.count {
            guard scan - start < limits.headBytes else {
                throw .headTooLarge(limit: limits.headBytes)
            }
            let isAfterCR = scan > lineStart && buffer[scan - 1] == 0x0D
            if buffer[scan] != 0x0A {
                guard !isAfterCR else { throw .malformed("a CR is not followed by LF") }
                scan += 1
                continue
            }
            guard isAfterCR else { throw .malformed("a line does not end with CRLF") }
            let isEmpty = scan - 1 == lineStart
            scan += 1
            if !isEmpty {
                lineStart = scan
            } else if lineStart > start {
                return scan
            } else {
                guard !hasSkippedEmptyLine else { throw .malformed("the request line is empty") }
                hasSkippedEmptyLine = true
                start = scan
                lineStart = scan
            }
        }
        return nil
    }
}
