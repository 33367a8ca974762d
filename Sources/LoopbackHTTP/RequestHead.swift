// The head of a request: request line and fields, and what they say of the
// body's length and the connection (RFC 9112 §3, §5, §6, §9).

struct RequestHead: Equatable {
    var method: String
    var target: String
    var fields: HTTPFields
    /// 0 or 1.
    var minorVersion: Int
    var contentLength: Int
    var isPersistent: Bool
    var expectsContinue: Bool
}

/// Reads one complete head. Every line is known to end with CRLF and to hold
/// no other CR or LF.
struct HeadReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position: Int
    let end: Int
    let limits: HTTPLimits

    mutating func read() throws(ProtocolError) -> RequestHead {
        let method = try token(until: 0x20, what: "the method", limit: 32)
        let target = try target(of: method)
        let minorVersion = try version()
        var lines: [HTTPFields.Line] = []
        while position < end - 2 {
            guard lines.count < limits.fieldCount else {
                throw .headTooLarge(limit: limits.headBytes)
            }
            lines.append(try field())
        }
        return try head(method, target, HTTPFields(lines), minorVersion)
    }

    // MARK: Request line

    private mutating func target(of method: String) throws(ProtocolError) -> String {
        let first = position
        while bytes[position] != 0x20 {
            guard (0x21...0x7E).contains(bytes[position]) else {
                throw .malformed("the request target holds a byte that is not visible ASCII")
            }
            position += 1
        }
        guard position - first <= limits.targetBytes else {
            throw .targetTooLong(limit: limits.targetBytes)
        }
        let target = text(first, position)
        position += 1
        guard target.utf8.first == 0x2F || (target == "*" && method == "OPTIONS") else {
            throw .malformed("the request target is not in origin form")
        }
        return target
    }

    private mutating func version() throws(ProtocolError) -> Int {
        let first = position
        while bytes[position] != 0x0D { position += 1 }
        let version = text(first, position)
        position += 2
        switch version {
        case "HTTP/1.1": return 1
        case "HTTP/1.0": return 0
        default: break
        }
        let parts = Array(version.utf8)
        guard parts.count == 8, version.hasPrefix("HTTP/"), isDigit(parts[5]), parts[6] == 0x2E,
            isDigit(parts[7])
        else { throw .malformed("the request line does not end with an HTTP version") }
        throw .versionNotSupported
    }

    // MARK: Fields

    private mutating func field() throws(ProtocolError) -> HTTPFields.Line {
        guard bytes[position] != 0x20, bytes[position] != 0x09 else {
            throw .malformed("a header field is folded over two lines")
        }
        let name = try token(until: 0x3A, what: "a field name", limit: 256)
        var first = position
        while bytes[position] != 0x0D {
            let byte = bytes[position]
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
                throw .malformed("the field \(name) holds a control character")
            }
            position += 1
        }
        var last = position
        position += 2
        while first < last, isBlank(bytes[first]) { first += 1 }
        while last > first, isBlank(bytes[last - 1]) { last -= 1 }
        return HTTPFields.Line(name: name, value: text(first, last))
    }

    private mutating func token(
        until delimiter: UInt8, what: String, limit: Int
    ) throws(ProtocolError) -> String {
        let first = position
        while bytes[position] != delimiter {
            guard isTokenByte(bytes[position]) else {
                throw .malformed("\(what) holds a byte that is not allowed there")
            }
            position += 1
        }
        guard (1...limit).contains(position - first) else {
            throw .malformed("\(what) is empty or too long")
        }
        defer { position += 1 }
        return text(first, position)
    }

    // MARK: What the fields say

    private func head(
        _ method: String, _ target: String, _ fields: HTTPFields, _ minorVersion: Int
    ) throws(ProtocolError) -> RequestHead {
        let hosts = fields.all("host").count
        guard hosts == 1 || (hosts == 0 && minorVersion == 0) else {
            throw .malformed("a request has exactly one Host field")
        }
        let length = try contentLength(fields, minorVersion)
        let options = fields.all("connection")
            .flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }.map(option)
        var expectsContinue = false
        if let expectation = fields.all("expect").first, minorVersion == 1 {
            guard expectation.lowercased() == "100-continue" else { throw .expectationFailed }
            expectsContinue = length > 0
        }
        return RequestHead(
            method: method, target: target, fields: fields, minorVersion: minorVersion,
            contentLength: length,
            isPersistent: !options.contains(Array("close".utf8))
                && (minorVersion == 1 || options.contains(Array("keep-alive".utf8))),
            expectsContinue: expectsContinue)
    }

    private func contentLength(
        _ fields: HTTPFields, _ minorVersion: Int
    ) throws(ProtocolError) -> Int {
        let lengths = fields.all("content-length")
        let codings = fields.all("transfer-encoding")
        if !codings.isEmpty {
            guard lengths.isEmpty, minorVersion == 1 else {
                throw .malformed("Transfer-Encoding with Content-Length or in HTTP/1.0")
            }
            let isChunked = codings.count == 1 && codings[0].lowercased() == "chunked"
            throw isChunked ? .lengthRequired : .unknownTransferCoding
        }
        guard let length = lengths.first else { return 0 }
        guard lengths.count == 1, !length.isEmpty, length.utf8.allSatisfy(isDigit) else {
            throw .malformed("Content-Length is not one whole number")
        }
        guard let count = Int(length), count <= limits.bodyBytes else {
            throw .bodyTooLarge(limit: limits.bodyBytes)
        }
        return count
    }

    // MARK: Bytes

    private func text(_ first: Int, _ last: Int) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[first..<last]), as: UTF8.self)
    }
}

/// A member of a list without the white space around it (RFC 9110 §5.6.1), in
/// lower case. By bytes: a comma before a combining mark is a comma, and only
/// ASCII has cases here.
private func option(_ member: Substring.UTF8View) -> [UInt8] {
    var bytes = member
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// `tchar` of RFC 9110 §5.6.2.
private func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0x21, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E:
        true
    default: false
    }
}
