// Asks the running service over its unix socket. What it refuses becomes a
// line on standard error and the exit code of docs/SCRIPTING.md.

import ArgumentParser
import ControlWire
import CredentialStores
import LoopbackHTTP

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct ServiceClient {
    let socketPath: String
    let token: BearerTokenFile

    init(_ configuration: Configuration) {
        socketPath = configuration.socketPath
        token = BearerTokenFile(dataDirectory: configuration.dataDirectory)
    }

    /// The answer's body; what the service refuses, or its absence, ends the
    /// program with a line that says why.
    func bytes(
        _ method: String, _ target: String, body: (any Encodable)? = nil,
        timeoutSeconds: Int64 = 60
    ) throws -> [UInt8] {
        let response: HTTPClientResponse
        do {
            response = try exchange(method, target, body: body, timeoutSeconds: timeoutSeconds)
        } catch {
            throw unreachable(error)
        }
        return try accepted(response)
    }

    /// The body, unless it says why not.
    func accepted(_ response: HTTPClientResponse) throws -> [UInt8] {
        guard response.status >= 400 else { return response.body }
        let problem = try? JSONDecoder().decode(ProblemBody.self, from: Data(response.body))
        Output.error(
            problem?.detail
                ?? "the service answered \(response.status) and does not say why; see "
                + "`rotator doctor`")
        let code = problem.flatMap { ProblemCode(rawValue: $0.code) }
        throw ExitStatus.code(code.map(ControlWire.ExitCode.init) ?? .failed)
    }

    /// The answer's body, decoded.
    func get<Body: Decodable>(
        _ type: Body.Type, _ method: String, _ target: String, body: (any Encodable)? = nil
    ) throws -> Body {
        try decode(type, bytes(method, target, body: body))
    }

    func decode<Body: Decodable>(_ type: Body.Type, _ bytes: [UInt8]) throws -> Body {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            Output.error(
                "the service answered something this program does not understand; restart it, so "
                    + "that both have one version")
            throw ExitStatus.code(.failed)
        }
    }

    /// Whatever the service answers; throws only when it does not.
    func exchange(
        _ method: String, _ target: String, body: (any Encodable)? = nil,
        ifNoneMatch tag: String? = nil, timeoutSeconds: Int64 = 60
    ) throws(HTTPClientError) -> HTTPClientResponse {
        var fields = HTTPFields(authorization: token)
        if let tag { fields.append("If-None-Match", tag) }
        var bytes: [UInt8] = []
        if let body, let encoded = try? JSONEncoder().encode(body) {
            bytes = Array(encoded)
            fields.append("Content-Type", "application/json")
        }
        return try HTTPClient(.unixSocket(path: socketPath)).exchange(
            method: method, target: target, fields: fields, body: bytes,
            timeoutMilliseconds: timeoutSeconds * 1000)
    }

    func unreachable(_ error: HTTPClientError) -> any Error {
        Output.error(Self.text(of: error))
        return ExitStatus.code(.serviceUnreachable)
    }

    /// What failed, and what to do.
    static func text(of error: HTTPClientError) -> String {
        switch error {
        case .notListening:
            "the service is not running; start it with `rotator serve` or `rotator heartbeat`"
        case .timedOut: "the service did not answer in time; try again, or see `rotator doctor`"
        case .connectionLost:
            "the service closed the connection without an answer; try again, or see "
                + "`rotator doctor`"
        case .malformed:
            "what answers at the socket is not this service; see `rotator doctor`, or name its "
                + "directory with --data-dir"
        }
    }

    /// An e-mail or id as one path segment.
    static func segment(_ text: String) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~@".utf8)
        return text.utf8.map { byte in
            plain.contains(byte)
                ? String(UnicodeScalar(byte))
                : "%" + (byte < 16 ? "0" : "")
                    + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

extension HTTPFields {
    /// The token, if there is one to send.
    init(authorization file: BearerTokenFile) {
        self.init(
            file.authorization.map { [HTTPFields.Line(name: "Authorization", value: $0)] } ?? [])
    }
}
