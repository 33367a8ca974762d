// The laws of the parser: what is a request, what is refused and how, and that
// the pieces bytes come in do not matter.

import Testing

@testable import LoopbackHTTP

enum Outcome: Equatable {
    case requests([ParsedRequest])
    case failure([ParsedRequest], ProtocolError)
}

/// Parses `bytes`, fed in pieces of `size`.
func parse(_ bytes: [UInt8], size: Int = .max, limits: HTTPLimits = .standard) -> Outcome {
    var parser = RequestParser(limits: limits)
    var requests: [ParsedRequest] = []
    var rest = bytes[...]
    do throws(ProtocolError) {
        while !rest.isEmpty {
            let piece = Array(rest.prefix(size))
            rest = rest.dropFirst(piece.count)
            piece.withUnsafeBytes { parser.append($0) }
            while let request = try parser.next() { requests.append(request) }
        }
    } catch {
        return .failure(requests, error)
    }
    return .requests(requests)
}

func parse(_ text: String, limits: HTTPLimits = .standard) -> Outcome {
    let whole = parse(Array(text.utf8), limits: limits)
    #expect(parse(Array(text.utf8), size: 1, limits: limits) == whole)
    return whole
}

private func status(_ text: String, limits: HTTPLimits = .standard) -> Int? {
    guard case .failure(_, let error) = parse(text, limits: limits) else { return nil }
    return error.status
}

private func requests(_ text: String, limits: HTTPLimits = .standard) -> [ParsedRequest]? {
    guard case .requests(let requests) = parse(text, limits: limits) else { return nil }
    return requests
}

private let host = "Host: localhost:9429\r\n"

@Suite struct RequestParserTests {
    @Test func `a request is read as sent`() throws {
        let text =
            "PUT /live?x=%20 HTTP/1.1\r\n\(host)X-Empty:\r\nx-odd:\t a b \r\n"
            + "Content-Length: 3\r\n\r\nabc"
        let request = try #require(requests(text)?.first)
        #expect(request.head.method == "PUT")
        #expect(request.head.target == "/live?x=%20")
        #expect(request.head.fields.single("X-ODD") == "a b")
        #expect(request.head.fields.single("x-empty") == "")
        #expect(request.body == Array("abc".utf8))
        #expect(request.head.isPersistent)
    }

    @Test func `pipelined requests come out in order`() {
        let text =
            "GET /1 HTTP/1.1\r\n\(host)\r\nPOST /2 HTTP/1.1\r\n\(host)Content-Length: 2\r\n\r\nhi"
            + "\r\nGET /3 HTTP/1.1\r\n\(host)\r\n"
        #expect(requests(text)?.map(\.head.target) == ["/1", "/2", "/3"])
    }

    @Test(arguments: [
        ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false),
        ("HTTP/1.1", "Connection: x, CLOSE\r\n", false), ("HTTP/1.0", "", false),
        ("HTTP/1.0", "Connection: Keep-Alive\r\n", true),
        ("HTTP/1.0", "Connection: close, keep-alive\r\n", false),
        ("HTTP/1.0", "Connection: keep-alive\r\nConnection: close\r\n", false),
        ("HTTP/1.1", "Connection: c lose\r\n", true),
        ("HTTP/1.1", "Connection: close,\u{301}\r\n", false),
        ("HTTP/1.0", "Connection: \u{212A}eep-alive\r\n", false),
        ("HTTP/1.1", "Connection:,\t close ,\r\n", false),
    ])
    func `persistence follows version and Connection`(
        version: String, field: String, isPersistent: Bool
    ) {
        let text = "GET / \(version)\r\n\(host)\(field)\r\n"
        #expect(requests(text)?.first?.head.isPersistent == isPersistent)
    }

    @Test(arguments: [
        "GET / HTTP/1.1\n\(host)\r\n", "GET / HTTP/1.1\r\nHost: a\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\rb\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r \r\n\r\n",
        "GET / HTTP/1.1\r\n\(host)A: b\r\n c\r\n\r\n", "GET / HTTP/1.1\r\n\(host)A : b\r\n\r\n",
        "GET / HTTP/1.1\r\n\(host): b\r\n\r\n", "GET / HTTP/1.1\r\n\(host)A\r\n\r\n",
        "GET / HTTP/1.1\r\n\(host)A: b\u{1}\r\n\r\n", "GET / HTTP/1.1\r\n\(host)A: b\0\r\n\r\n",
        "GET / HTTP/1.1\r\n\(host)A: b\u{7F}\r\n\r\n", "GET / HTTP/1.1\r\n\(host)Ä: b\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n\(host)\(host)\r\n",
        "GET  / HTTP/1.1\r\n\(host)\r\n", "GET / HTTP/1.1 \r\n\(host)\r\n",
        "GET /\r\n\(host)\r\n", " GET / HTTP/1.1\r\n\(host)\r\n", "G@T / HTTP/1.1\r\n\(host)\r\n",
        "GET http://localhost/ HTTP/1.1\r\n\(host)\r\n", "GET * HTTP/1.1\r\n\(host)\r\n",
        "CONNECT localhost:80 HTTP/1.1\r\n\(host)\r\n", "GET /\u{7F} HTTP/1.1\r\n\(host)\r\n",
        "GET /ä HTTP/1.1\r\n\(host)\r\n", "GET / http/1.1\r\n\(host)\r\n",
        "GET / HTTP/11\r\n\(host)\r\n", "GET / HTTP/1.1x\r\n\(host)\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\n\(host)\r\n", "\nGET / HTTP/1.1\r\n\(host)\r\n",
        "POST / HTTP/1.1\r\n\(host)Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "POST / HTTP/1.1\r\n\(host)Content-Length: 1, 1\r\n\r\na",
        "POST / HTTP/1.1\r\n\(host)Content-Length: +1\r\n\r\na",
        "POST / HTTP/1.1\r\n\(host)Content-Length: -1\r\n\r\na",
        "POST / HTTP/1.1\r\n\(host)Content-Length: 0x1\r\n\r\na",
        "POST / HTTP/1.1\r\n\(host)Content-Length:\r\n\r\n",
        "POST / HTTP/1.1\r\n\(host)Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0",
        "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0",
        "POST / HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ])
    func `what can be read two ways is a bad request`(text: String) {
        #expect(status(text) == 400)
    }

    @Test(arguments: [
        ("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n", 411),
        ("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: x\r\n\r\n", 501),
        ("GET / HTTP/2.0\r\n\(host)\r\n", 505), ("GET / HTTP/1.2\r\n\(host)\r\n", 505),
        ("GET / HTTP/1.1\r\n\(host)Expect: tea\r\n\r\n", 417),
        ("POST / HTTP/1.1\r\n\(host)Content-Length: 99999999999999999999\r\n\r\n", 413),
    ])
    func `each other failure has its own status`(text: String, expected: Int) {
        #expect(status(text) == expected)
    }

    @Test(arguments: [-1, 0, 1])
    func `a head ends within its limit`(excess: Int) {
        let frame = "GET / HTTP/1.1\r\n\(host)A: \r\n\r\n".utf8.count
        let filler = String(repeating: "a", count: 16384 - frame + excess)
        let text = "GET / HTTP/1.1\r\n\(host)A: \(filler)\r\n\r\n"
        #expect(status(text) == (excess > 0 ? 431 : nil))
    }

    @Test(arguments: [-1, 0, 1])
    func `a target ends within its limit`(excess: Int) {
        let target = "/" + String(repeating: "a", count: 8191 + excess)
        #expect(status("GET \(target) HTTP/1.1\r\n\(host)\r\n") == (excess > 0 ? 414 : nil))
    }

    @Test(arguments: [-1, 0, 1])
    func `a body ends within its limit`(excess: Int) {
        let length = 65536 + excess
        let text = "POST / HTTP/1.1\r\n\(host)Content-Length: \(length)\r\n\r\n"
        #expect(status(text) == (excess > 0 ? 413 : nil))
    }

    @Test(arguments: [-1, 0, 1])
    func `fields are counted`(excess: Int) {
        let fields = String(repeating: "a: b\r\n", count: 99 + excess)
        #expect(status("GET / HTTP/1.1\r\n\(host)\(fields)\r\n") == (excess > 0 ? 431 : nil))
    }

    @Test func `a head that never ends is refused at its limit, not before and not later`() {
        var parser = RequestParser(limits: .standard)
        let line = [UInt8](repeating: 0x61, count: 16384)
        line.withUnsafeBytes { parser.append($0) }
        #expect(throws: Never.self) { try parser.next() }
        [0x61].withUnsafeBytes { parser.append($0) }
        #expect(throws: ProtocolError.headTooLarge(limit: 16384)) { try parser.next() }
    }

    @Test func `OPTIONS may ask of the server itself`() {
        #expect(requests("OPTIONS * HTTP/1.1\r\n\(host)\r\n")?.first?.head.target == "*")
    }

    @Test func `a body is asked for once, and only before it came`() throws {
        let head = "POST / HTTP/1.1\r\n\(host)Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        var parser = RequestParser(limits: .standard)
        Array(head.utf8).withUnsafeBytes { parser.append($0) }
        let early = try parser.next()
        #expect(early == nil)
        let asked = [parser.takeContinueRequest(), parser.takeContinueRequest()]
        #expect(asked == [true, false])
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): every failure prints its seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct RequestParserFuzzTests {
    private static let seeds = [
        "GET /accounts HTTP/1.1\r\nHost: localhost:9429\r\n\r\n",
        "PUT /opt-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        "\r\nHEAD /x?y=%41 HTTP/1.1\r\nhost:b\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
    ]
    private static let spice: [UInt8] = [
        0, 9, 10, 13, 32, 58, 44, 47, 48, 49, 57, 65, 97, 127, 128, 255,
    ]

    private func mutated(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array((Self.seeds.randomElement(using: &generator) ?? "").utf8)
        for _ in 0..<Int.random(in: 0...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let byte = Self.spice.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0...4, using: &generator) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(contentsOf: bytes[index...].prefix(20), at: index)
            default: bytes.removeSubrange(index..<min(bytes.count, index + 7))
            }
        }
        return bytes
    }

    @Test(arguments: UInt64(0)..<8)
    func `the pieces bytes come in never matter`(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        for round in 0..<1500 {
            let bytes = mutated(&generator)
            let whole = parse(bytes)
            for size in [1, 2, 7] where parse(bytes, size: size) != whole {
                Issue.record("seed \(seed) round \(round) size \(size): \(bytes)")
                return
            }
        }
    }
}
