// What the document says an answer looks like, held against an answer: status,
// problem code, fields, media type and body. Every answer a route test gets
// passes through here (see ServerHarness).

import ControlWire
import Foundation
import LoopbackHTTP
import OpenAPI

@testable import ControlServer

struct AnswerCheck {
    let contract: Contract

    /// What is wrong with the answer to a request; a method or a path that is
    /// nobody's gets the `default` every route has.
    func faults(_ request: HTTPRequest, _ response: HTTPResponse) -> [String] {
        let answer = Answer(response)
        let route = Self.route(request)
        let method = request.method == "HEAD" ? "GET" : request.method
        let operation = contract.operations.first {
            $0.method == method && $0.path == route?.template
        }
        if request.method == "OPTIONS", answer.status == 204 {
            return answer.fields.all("Allow").count == 1 ? [] : ["OPTIONS: no Allow"]
        }
        let fallback = contract.operations[0].responses["default"] ?? .null
        let written = operation?.responses["\(answer.status)"] ?? fallback
        if written == fallback, answer.status < 400 {
            return ["\(request.method) \(request.target): \(answer.status) is not in the document"]
        }
        let says = contract.resolved(written)
        let faults =
            fields(answer, says) + body(answer, says)
            + problem(answer, route, isListed: written != fallback)
        return faults.map { "\(request.method) \(request.target) \(answer.status): \($0)" }
    }

    private static func route(_ request: HTTPRequest) -> Route? {
        guard let target = RequestTarget(request.target) else { return nil }
        let method = request.method == "HEAD" ? "GET" : request.method
        return Route.all.first { $0.method == method && $0.match(target.path) != nil }
    }

    private func fields(_ answer: Answer, _ says: Tree) -> [String] {
        let written = contract.fields(of: says)
        let missing = written.filter { $0.value.isRequired }.keys
            .filter { answer.fields.all($0).isEmpty }.map { "lacks \($0)" }
        let ofHTTPLayer = contract.resolved(.object(["$ref": .string(Self.problem)]))
        let wrong = answer.fields.lines.flatMap { line -> [String] in
            guard line.name != "Content-Type" else { return [] }
            // A refusal of the router has what any problem has.
            let says = written[line.name] ?? contract.fields(of: ofHTTPLayer)[line.name]
            guard let says else { return ["\(line.name) is not in the document"] }
            let isNumber = says.schema["type"] == .string("integer")
            let value = isNumber ? Int64(line.value).map { Tree.integer($0) } : nil
            return SchemaCheck(contract: contract)
                .faults(value ?? .string(line.value), says.schema, at: line.name)
        }
        return missing.sorted() + wrong
    }

    private static let problem = "#/components/responses/Problem"

    private func body(_ answer: Answer, _ says: Tree) -> [String] {
        let content = says["content"]?.members ?? [:]
        let type = answer.fields.single("Content-Type").map { String($0.prefix { $0 != ";" }) }
        guard let type else { return content.isEmpty ? [] : ["has no Content-Type"] }
        guard let schema = content[type]?["schema"] else {
            return ["\(type) is not in the document"]
        }
        // Its schema is of an event; EventRouteTests reads streams.
        if type == "text/event-stream" { return [] }
        do {
            let isText = type.hasPrefix("text/") || type == "image/svg+xml"
            let value = isText ? Tree.string(answer.text) : try Tree(parsing: answer.text)
            return SchemaCheck(contract: contract).faults(value, schema)
        } catch {
            return ["the body cannot be read: \(error)"]
        }
    }

    /// What is no answer of a route is one of the gate's or the router's.
    private func problem(_ answer: Answer, _ route: Route?, isListed: Bool) -> [String] {
        guard answer.status >= 400 else { return [] }
        let router: [ProblemCode] = [
            .badRequest, .notFound, .methodNotAllowed, .internalError,
        ]
        let gate: [ProblemCode] = [.forbidden, .unauthorized]
        let allowed = isListed ? route?.problems ?? gate : router + gate
        let code = answer.code ?? "none"
        return allowed.contains { $0.rawValue == code } ? [] : ["\(code) is not its problem"]
    }
}
