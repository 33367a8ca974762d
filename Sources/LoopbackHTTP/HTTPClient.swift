// The command line's client: one request on one connection, blocking, with a
// deadline for the whole exchange. Loopback and the unix socket only.

import CSystem

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package enum HTTPClientError: Error, Hashable, Sendable {
    /// Nobody listens there, or there is no socket file.
    case notListening
    case timedOut
    /// Closed or reset before a whole answer came.
    case connectionLost
    /// What came is not an HTTP answer.
    case malformed
}

package struct HTTPClientResponse: Sendable {
    package let status: Int
    package let fields: HTTPFields
    package let body: [UInt8]
}

package struct HTTPClient: Sendable {
    package enum Address: Hashable, Sendable {
        case unixSocket(path: String)
        case ipv4(port: UInt16)
    }

    private let address: Address
    /// Bytes of an answer at most.
    static let answerLimit = 16 << 20

    package init(_ address: Address) { self.address = address }

    package func exchange(
        method: String, target: String, fields: HTTPFields = HTTPFields(), body: [UInt8] = [],
        timeoutMilliseconds: Int64
    ) throws(HTTPClientError) -> HTTPClientResponse {
        let deadline = csystem_uptime_ms() + timeoutMilliseconds
        let fd = try connect(timeoutMilliseconds)
        defer { _ = csystem_close(fd) }
        try send(request(method, target, fields, body), on: fd, by: deadline)
        var reader = ResponseReader(isHead: method == "HEAD")
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            guard csystem_wait(fd, 0, remaining(deadline)) == 1 else { throw .timedOut }
            let count = buffer.withUnsafeMutableBytes {
                csystem_receive(fd, $0.baseAddress, $0.count)
            }
            if count < 0 {
                if isTemporary(count) { continue }
                throw .connectionLost
            }
            reader.append(buffer[..<count])
            guard reader.count <= Self.answerLimit else { throw .malformed }
            if let response = try reader.response(isAtEnd: count == 0) { return response }
            guard count > 0 else { throw .connectionLost }
        }
    }

    func connect(_ timeoutMilliseconds: Int64) throws(HTTPClientError) -> Int32 {
        let timeout = Int32(clamping: timeoutMilliseconds)
        let fd =
            switch address {
            case .unixSocket(let path): csystem_connect_unix(path, timeout)
            case .ipv4(let port): csystem_connect_ipv4(port, timeout)
            }
        guard fd < 0 else { return fd }
        throw -fd == ETIMEDOUT ? .timedOut : .notListening
    }

    func request(
        _ method: String, _ target: String, _ fields: HTTPFields, _ body: [UInt8]
    ) -> [UInt8] {
        let host =
            switch address {
            case .unixSocket: "localhost"
            case .ipv4(let port): "127.0.0.1:\(port)"
            }
        var head = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
        for line in fields.lines { head += "\(line.name): \(line.value)\r\n" }
        if !body.isEmpty { head += "Content-Length: \(body.count)\r\n" }
        return Array((head + "\r\n").utf8) + body
    }

    func send(
        _ bytes: [UInt8], on fd: Int32, by deadline: Int64
    ) throws(HTTPClientError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                csystem_send(fd, $0.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            if count > 0 {
                sent += count
            } else if isTemporary(count) {
                guard csystem_wait(fd, 1, remaining(deadline)) == 1 else { throw .timedOut }
            } else {
                // The answer may be there already: a server may refuse early.
                return
            }
        }
    }

    func remaining(_ deadline: Int64) -> Int32 {
        Int32(clamping: max(0, deadline - csystem_uptime_ms()))
    }
}

/// Collects an answer and takes it apart when it is whole.
struct ResponseReader {
    let isHead: Bool
    private var bytes: [UInt8] = []

    init(isHead: Bool) { self.isHead = isHead }

    var count: Int { bytes.count }

    mutating func append(_ more: ArraySlice<UInt8>) { bytes.append(contentsOf: more) }

    /// Nil when more must come.
    func response(isAtEnd: Bool) throws(HTTPClientError) -> HTTPClientResponse? {
        guard let (status, fields, end) = try head() else { return nil }
        guard let body = try body(from: end, status, fields, isAtEnd: isAtEnd) else { return nil }
        return HTTPClientResponse(status: status, fields: fields, body: body)
    }

    /// Status, fields, and where the body begins; nil when more must come.
    func head() throws(HTTPClientError) -> (status: Int, fields: HTTPFields, end: Int)? {
        guard let end = headEnd() else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw .malformed
        }
        var fields = HTTPFields()
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw .malformed }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            fields.append(String(line[..<colon]), String(value))
        }
        return (status, fields, end)
    }

    /// What has come behind `position`.
    func rest(from position: Int) -> ArraySlice<UInt8> { bytes[position...] }

    private func body(
        from start: Int, _ status: Int, _ fields: HTTPFields, isAtEnd: Bool
    ) throws(HTTPClientError) -> [UInt8]? {
        if isHead || status == 204 || status == 304 { return [] }
        if fields.single("Transfer-Encoding")?.lowercased() == "chunked" {
            return try dechunked(from: start)
        }
        guard let text = fields.single("Content-Length") else {
            return isAtEnd ? Array(bytes[start...]) : nil
        }
        guard let length = Int(text), length >= 0 else { throw .malformed }
        guard bytes.count - start >= length else { return nil }
        return Array(bytes[start..<start + length])
    }

    private func dechunked(from start: Int) throws(HTTPClientError) -> [UInt8]? {
        var body: [UInt8] = []
        var position = start
        while let lineEnd = lineEnd(from: position) {
            let line = bytes[position..<lineEnd].prefix { $0 != 0x3B }
            guard let size = Int(String(decoding: line, as: UTF8.self), radix: 16), size >= 0
            else { throw .malformed }
            position = lineEnd + 2
            guard size > 0 else { return body }
            guard bytes.count >= position + size + 2 else { return nil }
            body.append(contentsOf: bytes[position..<position + size])
            position += size + 2
        }
        return nil
    }

    private func headEnd() -> Int? {
        var position = 0
        while let end = lineEnd(from: position) {
            if end == position { return end + 2 }
            position = end + 2
        }
        return nil
    }

    private func lineEnd(from position: Int) -> Int? {
        guard let end = bytes[position...].firstIndex(of: 0x0A), end > position else { return nil }
        return bytes[end - 1] == 0x0D ? end - 1 : nil
    }
}
