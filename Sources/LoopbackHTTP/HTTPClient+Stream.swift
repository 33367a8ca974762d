// The client's side of a stream: an answer whose body is handed on as it comes,
// for as long as the server keeps saying something.

import CSystem

extension HTTPClient {
    /// GETs `target`. The body of a 200 is handed on piece by piece, until its
    /// end or until `onPiece` answers false; the body of any other answer is in
    /// what is returned. Throws `timedOut` after `quietMilliseconds` without a
    /// byte, `connectionLost` when the body is cut off.
    package func stream(
        target: String, fields: HTTPFields, quietMilliseconds: Int64,
        onPiece: ([UInt8]) -> Bool
    ) throws(HTTPClientError) -> HTTPClientResponse {
        let fd = try connect(quietMilliseconds)
        defer { _ = csystem_close(fd) }
        try send(
            request("GET", target, fields, []), on: fd,
            by: csystem_uptime_ms() + quietMilliseconds)
        var reader = ResponseReader(isHead: false)
        var decoder: BodyDecoder?
        var head = HTTPClientResponse(status: 0, fields: HTTPFields(), body: [])
        var buffer = [UInt8](repeating: 0, count: 16384)
        while true {
            guard let bytes = try receive(on: fd, into: &buffer, quietMilliseconds) else {
                continue
            }
            var come = bytes
            if decoder == nil {
                reader.append(bytes)
                guard reader.count <= Self.answerLimit else { throw .malformed }
                if let (status, fields, end) = try reader.head(), status == 200 {
                    head = HTTPClientResponse(status: status, fields: fields, body: [])
                    decoder = BodyDecoder(fields)
                    come = reader.rest(from: end)
                } else if let response = try reader.response(isAtEnd: bytes.isEmpty) {
                    return response
                } else if bytes.isEmpty {
                    throw .connectionLost
                }
            }
            if let piece = try decoder?.decode(come), !piece.isEmpty, !onPiece(piece) {
                return head
            }
            if decoder?.isAtEnd == true { return head }
            if bytes.isEmpty {
                if decoder?.endsAtClose == true { return head }
                throw .connectionLost
            }
        }
    }

    /// What has come; empty at the end, nil when it was nothing after all.
    private func receive(
        on fd: Int32, into buffer: inout [UInt8], _ quietMilliseconds: Int64
    ) throws(HTTPClientError) -> ArraySlice<UInt8>? {
        guard csystem_wait(fd, 0, Int32(clamping: quietMilliseconds)) == 1 else {
            throw .timedOut
        }
        let count = buffer.withUnsafeMutableBytes { csystem_receive(fd, $0.baseAddress, $0.count) }
        if count < 0 {
            if isTemporary(count) { return nil }
            throw .connectionLost
        }
        return buffer[..<count]
    }
}

/// Takes the framing off a body that comes in pieces of any size.
struct BodyDecoder {
    private enum State {
        case size, data(left: Int), end(left: Int), done, close, length(left: Int)
    }

    private var state: State
    private var line: [UInt8] = []

    init(_ fields: HTTPFields) {
        if fields.single("Transfer-Encoding")?.lowercased() == "chunked" {
            state = .size
        } else if let length = fields.single("Content-Length").flatMap({ Int($0) }) {
            state = .length(left: length)
        } else {
            state = .close
        }
    }

    var isAtEnd: Bool {
        switch state {
        case .done, .length(left: 0): true
        case .size, .data, .end, .close, .length: false
        }
    }

    var endsAtClose: Bool {
        if case .close = state { return true }
        return false
    }

    mutating func decode(_ bytes: ArraySlice<UInt8>) throws(HTTPClientError) -> [UInt8] {
        var body: [UInt8] = []
        var rest = bytes
        while let first = rest.first {
            switch state {
            case .close:
                body += rest
                rest = []
            case .length(let left), .data(let left):
                let piece = rest.prefix(left)
                body += piece
                rest = rest.dropFirst(piece.count)
                advance(past: piece.count)
                if case .length(left: 0) = state { return body }
            case .end(let left):
                rest = rest.dropFirst()
                state = left > 1 ? .end(left: left - 1) : .size
            case .size:
                rest = rest.dropFirst()
                if first == 0x0A { try beginChunk() } else { line.append(first) }
                guard line.count <= 64 else { throw .malformed }
            case .done: return body
            }
        }
        return body
    }

    private mutating func advance(past count: Int) {
        switch state {
        case .length(let left): state = .length(left: left - count)
        case .data(let left): state = left > count ? .data(left: left - count) : .end(left: 2)
        case .size, .end, .done, .close: break
        }
    }

    private mutating func beginChunk() throws(HTTPClientError) {
        let digits = line.prefix { $0 != 0x3B && $0 != 0x0D }
        line = []
        guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else {
            throw .malformed
        }
        state = size > 0 ? .data(left: size) : .done
    }
}
