// Requests that two parsers could read differently, generated: every way of
// saying where a body ends, crossed with every way of ending a line, writing
// a name, and what follows; after the request smuggling of CWE-444.

enum SmugglingCorpus {
    /// What follows is a request of its own, or the body's rest, as one reads.
    private static let hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"

    static let requestLines = [
        "POST / HTTP/1.1", "GET /a?b=c HTTP/1.1", "POST / HTTP/1.0", "HEAD / HTTP/1.1",
        "OPTIONS * HTTP/1.1", "POST http://a/ HTTP/1.1", "POST  / HTTP/1.1", "POST / HTTP/1.1 ",
        " POST / HTTP/1.1", "POST\t/ HTTP/1.1", "POST /\0 HTTP/1.1", "POST /#f HTTP/1.1",
        "POST / HTTP/1.9", "POST / HTTP/2.0", "POST / http/1.1", "POST /", "CONNECT a:1 HTTP/1.1",
        "POST * HTTP/1.1", "POST //a/../b HTTP/1.1", "POST /\u{80} HTTP/1.1", "PoST / HTTP/1.1",
        "POST /%0d%0aX:%20y HTTP/1.1", "\r\nPOST / HTTP/1.1", "\r\n\r\nPOST / HTTP/1.1",
        "\nPOST / HTTP/1.1", "POST /\"<>\\^`{|} HTTP/1.1", "POST / HTTP/1.1\u{B}",
    ]

    /// Sizes and codings: each says where the body ends.
    static let framings: [[String]] = {
        let lengths = [
            "Content-Length: 4", "content-length:4", "Content-Length: 4 ", "Content-Length:\t4",
            "Content-Length: 04", "Content-Length: +4", "Content-Length: -4",
            "Content-Length: 4, 4", "Content-Length: 4,5", "Content-Length: 0x4",
            "Content-Length: 4.0", "Content-Length: 4e0", "Content-Length:", "Content-Length: 4 4",
            "Content-Length : 4", " Content-Length: 4", "Content-Length\0: 4",
            "Content-Length: 4\0",
            "Content_Length: 4", "Content-Length;: 4", "Content-Length: 99999999999999999999",
            "Content-Length: 18446744073709551620", "Content-Length: \"4\"",
            "X: y\nContent-Length: 4",
            "X: y\rContent-Length: 4", "Content-Length:\r\n 4", "X:\r\n Content-Length: 4",
            "Content-Length: ٤", "Content-Length: 0", "Content-Length: 00000000000000000000004",
        ]
        let codings = [
            "Transfer-Encoding: chunked", "transfer-encoding:chunked", "Transfer-Encoding: Chunked",
            "Transfer-Encoding : chunked", "Transfer-Encoding:\u{B}chunked",
            "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity", "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked;q=1", "Transfer-Encoding:\r\n chunked",
            "X: y\nTransfer-Encoding: chunked", "X: y\r\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: chunked\0",
            "Transfer-Encoding\t: chunked", "\u{0}Transfer-Encoding: chunked",
            "Transfer_Encoding: chunked", "Transfer-Encoding: cow", "Transfer-Encoding:",
            "Transfer-Encoding: chunked ", "Transfer-Encoding: ,chunked",
        ]
        var all: [[String]] = [[]]
        all += lengths.map { [$0] } + codings.map { [$0] }
        for length in lengths {
            for coding in codings { all += [[length, coding], [coding, length]] }
        }
        for first in lengths {
            all += [[first, "Content-Length: 4"], [first, "Content-Length: 5"]]
        }
        for coding in codings { all.append([coding, "Transfer-Encoding: chunked"]) }
        return all
    }()

    static let others = [
        [], ["Connection: close"], ["Connection: keep-alive, close"],
        ["Connection: close, keep-alive"], ["Connection: keep-alive"], ["Connection: c lose"],
        ["Connection: closed"], ["Connection:, ,close"], ["Connection: content-length"],
        ["Connection: Upgrade", "Upgrade: h2c"], ["Expect: 100-continue"], ["Host: b"],
        ["A: b\r\n\r\nGET /hidden HTTP/1.1"], ["A"], [": b"], ["A:"], ["A: \u{FF}\u{80}"],
        ["A: \u{7F}"], ["A: \u{1}"], ["A\u{80}: b"], ["A(: b"], ["A: b\tc"], ["Trailer: X"],
    ]

    static let bodies = [
        "", "abcd", "abcde", "abcd" + hidden, "0\r\n\r\n" + hidden,
        "4\r\nabcd\r\n0\r\n\r\n" + hidden,
        "4;x=\"\r\n\"\r\nabcd\r\n0\r\n\r\n", "4\nabcd\n0\n\n", "0004\r\nabcd\r\n0\r\nX: y\r\n\r\n",
        "ffffffffffffffff4\r\nabcd\r\n0\r\n\r\n", "-1\r\nabcd", "0x4\r\nabcd\r\n0\r\n\r\n",
        "4 \r\nabcd\r\n0\r\n\r\n" + hidden, "4\r\nabcdef\r\n0\r\n\r\n",
    ]

    static func request(_ line: String, _ fields: [String], _ body: String) -> [UInt8] {
        let host = "Host: a\r\n"
        return Array("\(line)\r\n\(host)".utf8) + fields.flatMap { latin($0) + [0x0D, 0x0A] }
            + [0x0D, 0x0A] + Array(body.utf8)
    }

    /// One byte a character where there is one, so that a case may hold any.
    private static func latin(_ text: String) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar in
            scalar.value < 0x100 ? [UInt8(scalar.value)] : Array(String(scalar).utf8)
        }
    }

    /// All framings with all bodies; all request lines, and all other fields,
    /// with the plain ones.
    static let all: [[UInt8]] = {
        var all: [[UInt8]] = []
        for framing in framings {
            for body in bodies { all.append(request("POST / HTTP/1.1", framing, body)) }
            all.append(request("POST / HTTP/1.0", framing, "abcd" + hidden))
            all.append(request("GET / HTTP/1.1", framing, "abcd" + hidden))
        }
        for line in requestLines {
            for other in others {
                for framing in [[], ["Content-Length: 4"], ["Transfer-Encoding: chunked"]] {
                    for body in bodies.prefix(6) {
                        all.append(request(line, other + framing, body))
                    }
                }
            }
        }
        return all
    }()
}
