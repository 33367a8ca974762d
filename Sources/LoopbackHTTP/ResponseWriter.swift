// Responses to bytes. The writer adds what framing needs (Content-Length or
// Transfer-Encoding, Connection, Date); field values are the handler's.

struct ResponseWriter {
    private var dateSecond: Int64 = .min
    private var dateLine: [UInt8] = []

    /// How an answer's body is delimited.
    enum Framing {
        case length(Int)
        case chunked
        /// HTTP/1.0 readers of a stream: the close is the end.
        case close
    }

    /// Appends status line and fields. `wallSeconds` is the time of day for
    /// `Date`.
    mutating func writeHead(
        _ response: HTTPResponse, framing: Framing, isLast: Bool, wallSeconds: Int64,
        to output: inout [UInt8]
    ) {
        output.append(contentsOf: "HTTP/1.1 ".utf8)
        Self.append(response.status, to: &output)
        output.append(0x20)
        output.append(contentsOf: Self.reasonPhrase(response.status).utf8)
        output.append(contentsOf: "\r\n".utf8)
        if wallSeconds != dateSecond {
            dateSecond = wallSeconds
            dateLine = Array("Date: \(HTTPDate.text(wallSeconds))\r\n".utf8)
        }
        output.append(contentsOf: dateLine)
        for line in response.fields.lines {
            precondition(
                !line.value.utf8.contains { $0 < 0x20 && $0 != 0x09 },
                "a field value may not break the line")
            output.append(contentsOf: line.name.utf8)
            output.append(contentsOf: ": ".utf8)
            output.append(contentsOf: line.value.utf8)
            output.append(contentsOf: "\r\n".utf8)
        }
        switch framing {
        case .length(let count) where response.status != 204 && response.status != 304:
            output.append(contentsOf: "Content-Length: ".utf8)
            Self.append(count, to: &output)
            output.append(contentsOf: "\r\n".utf8)
        case .length, .close: break
        case .chunked: output.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8)
        }
        output.append(contentsOf: isLast ? Self.closeLine : Self.keepAliveLine)
    }

    static func writeChunk(_ bytes: [UInt8], to output: inout [UInt8]) {
        // An empty chunk would end the body.
        guard !bytes.isEmpty else { return }
        output.append(contentsOf: String(bytes.count, radix: 16).utf8)
        output.append(contentsOf: "\r\n".utf8)
        output.append(contentsOf: bytes)
        output.append(contentsOf: "\r\n".utf8)
    }

    static let lastChunk = Array("0\r\n\r\n".utf8)
    static let continueResponse = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
    private static let closeLine = Array("Connection: close\r\n\r\n".utf8)
    private static let keepAliveLine = Array("Connection: keep-alive\r\n\r\n".utf8)

    private static func append(_ number: Int, to output: inout [UInt8]) {
        output.append(contentsOf: String(number).utf8)
    }

    /// RFC 9110 §15; empty for a code this house does not use.
    static func reasonPhrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 202: "Accepted"
        case 204: "No Content"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 417: "Expectation Failed"
        case 423: "Locked"
        case 424: "Failed Dependency"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }
}

/// IMF-fixdate (RFC 9110 §5.6.7).
enum HTTPDate {
    static func text(_ seconds: Int64) -> String {
        let days = seconds / 86400
        let second = seconds % 86400
        // Howard Hinnant's civil_from_days.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let year =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilYear = year + era * 400 + (month >= 10 ? 1 : 0)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(weekdays[Int((days + 4) % 7)]), \(two(day)) \(months[Int(month)]) \(civilYear) "
            + "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    /// From March on, as the algorithm counts.
    private static let months = [
        "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb",
    ]
}
