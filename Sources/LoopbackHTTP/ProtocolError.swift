// What is wrong with the bytes of a request, told apart by status code. Each
// ends the connection: after a framing error nothing that follows can be
// trusted (RFC 9112 §2.2).

package enum ProtocolError: Error, Hashable, Sendable {
    /// 400; says what.
    case malformed(String)
    case lengthRequired
    case bodyTooLarge(limit: Int)
    case targetTooLong(limit: Int)
    case expectationFailed
    case headTooLarge(limit: Int)
    case unknownTransferCoding
    case versionNotSupported
    /// 503; no descriptor or slot is left for another connection.
    case tooManyConnections

    package var status: Int {
        switch self {
        case .malformed: 400
        case .lengthRequired: 411
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .expectationFailed: 417
        case .headTooLarge: 431
        case .unknownTransferCoding: 501
        case .tooManyConnections: 503
        case .versionNotSupported: 505
        }
    }

    /// Stable, kebab-case.
    var code: String {
        switch self {
        case .malformed: "bad-request"
        case .lengthRequired: "length-required"
        case .bodyTooLarge: "body-too-large"
        case .targetTooLong: "target-too-long"
        case .expectationFailed: "expectation-failed"
        case .headTooLarge: "head-too-large"
        case .unknownTransferCoding: "unknown-transfer-coding"
        case .tooManyConnections: "too-many-connections"
        case .versionNotSupported: "version-not-supported"
        }
    }

    var detail: String {
        switch self {
        case .malformed(let what): what
        case .lengthRequired: "send the body with Content-Length; chunked is not accepted"
        case .bodyTooLarge(let limit): "a request body may hold \(limit) bytes"
        case .targetTooLong(let limit): "a request target may hold \(limit) bytes"
        case .expectationFailed: "the only expectation met is 100-continue"
        case .headTooLarge(let limit): "the head of a request may hold \(limit) bytes"
        case .unknownTransferCoding: "transfer codings are not accepted; send Content-Length"
        case .tooManyConnections: "too many connections; try again in a moment"
        case .versionNotSupported: "HTTP/1.1 and HTTP/1.0 are spoken here"
        }
    }

    /// `application/problem+json` (RFC 9457). The texts hold nothing that
    /// needs escaping.
    var response: HTTPResponse {
        let title = ResponseWriter.reasonPhrase(status)
        let body =
            #"{"code":"\#(code)","detail":"\#(detail)","status":\#(status),"#
            + #""title":"\#(title)","type":"about:blank"}"# + "\n"
        let fields = HTTPFields([
            .init(name: "Content-Type", value: "application/problem+json"),
            .init(name: "X-Content-Type-Options", value: "nosniff"),
            .init(name: "Cache-Control", value: "no-store"),
        ])
        return HTTPResponse(status: status, fields: fields, body: .bytes(Array(body.utf8)))
    }
}
