// Responses as this service gives them: JSON or a problem (RFC 9457), never
// stored by anyone, never sniffed, never framed.

import ControlWire
import LoopbackHTTP

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

enum Answers {
    /// On every response of ours, but that a file of the dashboard may be kept.
    static let guardFields = securityFields + [.init(name: "Cache-Control", value: "no-store")]

    private static let securityFields: [HTTPFields.Line] = [
        .init(name: "X-Content-Type-Options", value: "nosniff"),
        .init(name: "Content-Security-Policy", value: contentSecurityPolicy),
        .init(name: "Referrer-Policy", value: "same-origin"),
        .init(name: "Cross-Origin-Resource-Policy", value: "same-origin"),
    ]

    private static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static let jsonFields = fields("application/json")

    /// `caching`: what is of the user is kept by nobody; the program's own
    /// files may be, and are asked about each time.
    static func fields(
        _ contentType: String?, extra: [HTTPFields.Line] = [], caching: String = "no-store"
    ) -> HTTPFields {
        let type = contentType.map { [HTTPFields.Line(name: "Content-Type", value: $0)] } ?? []
        let caching = HTTPFields.Line(name: "Cache-Control", value: caching)
        return HTTPFields(type + [caching] + securityFields + extra)
    }

    static func json(_ bytes: [UInt8], status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, fields: jsonFields, body: .bytes(bytes))
    }

    static func json(_ body: some Encodable, status: Int = 200) -> HTTPResponse {
        guard let bytes = encode(body) else {
            return problem(.internalError, "the answer could not be written as JSON")
        }
        return json(bytes, status: status)
    }

    /// Members sorted, so that equal values are equal bytes.
    static func encode(_ body: some Encodable) -> [UInt8]? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(body)).map { Array($0) + [0x0A] }
    }

    static func text(_ text: String, _ contentType: String) -> HTTPResponse {
        HTTPResponse(status: 200, fields: fields(contentType), body: .bytes(Array(text.utf8)))
    }

    static func noContent(extra: [HTTPFields.Line] = []) -> HTTPResponse {
        HTTPResponse(status: 204, fields: fields(nil, extra: extra))
    }

    static func problem(
        _ code: ProblemCode, _ detail: String, extra: [HTTPFields.Line] = []
    ) -> HTTPResponse {
        problem(ProblemBody(code: code, detail: detail), extra: extra)
    }

    static func problem(
        _ body: ProblemBody, extra: [HTTPFields.Line] = []
    ) -> HTTPResponse {
        HTTPResponse(
            status: body.status, fields: fields("application/problem+json", extra: extra),
            body: .bytes(encode(body) ?? []))
    }

    /// Decodes a request's JSON body; an empty one is `{}`.
    static func decode<Body: Decodable>(
        _ type: Body.Type, from request: HTTPRequest
    ) throws(ProblemBody) -> Body {
        guard !request.body.isEmpty else { return try decode(type, Array("{}".utf8)) }
        let sent = request.fields.single("Content-Type") ?? ""
        let media = sent.prefix { $0 != ";" }.lowercased()
        guard media.filter({ $0 != " " }) == "application/json" else {
            throw ProblemBody(
                code: .unsupportedMediaType,
                detail: "send the body as JSON, with `Content-Type: application/json`")
        }
        return try decode(type, request.body)
    }

    private static func decode<Body: Decodable>(
        _ type: Body.Type, _ bytes: [UInt8]
    ) throws(ProblemBody) -> Body {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw ProblemBody(code: .badRequest, detail: meaning(of: error))
        } catch {
            throw ProblemBody(code: .badRequest, detail: "the body is not JSON")
        }
    }

    /// Names the member, never its value.
    private static func meaning(of error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, _): "the body lacks `\(key.stringValue)`"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "the member `\(path(context))` of the body has the wrong type"
        default: "the body is not a JSON object this route understands"
        }
    }
}
