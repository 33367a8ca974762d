// The document tried on the routes: what its examples ask for is answered as
// it says, and what its schemas forbid is refused. Walks the document, so that
// a new route is tried without a line here unless it needs a house of its own.

import ControlWire
import OpenAPI
import RotationCore
import RotationEngine
import Support
import Testing

@testable import ControlServer
@testable import LoopbackHTTP

/// Another rotator's data, with one credential nobody can prove.
private struct TheirData: ImportSource {
    func find(in directory: String?) async throws(ImportError) -> ImportFinding {
        let one = ImportCandidate(label: "dave@example.com", origin: "a", content: .setupToken)
        return ImportFinding(source: "/theirs", candidates: [one], plaintext: [], stillOn: nil)
    }
    func remove(_ file: PlaintextFile) async throws(ImportError) {}
}

@Suite struct AnswerContractTests {
    private let contract: Contract

    init() throws { contract = try Contract.read.get() }

    static let operations = (try? Contract.read.get())?.operations.map(\.id) ?? []

    private func operation(_ id: String) throws -> Contract.Operation {
        try #require(contract.operations.first { $0.id == id })
    }

    /// A house in which the examples of an operation hold: carol is live.
    private func house(for operation: String) async -> ServerHarness {
        let house = await ServerHarness(
            rateLimits: .unlimited, imports: TheirData(), signIns: StubDesk())
        _ = await house.send("POST", "/tick")
        house.clock.advance(seconds: 60)
        switch operation {
        case "acknowledge":
            for name in ["alice", "bob"] { _ = await house.send("DELETE", "/accounts/\(name).org") }
            _ = await house.send("POST", "/tick")
        case "observe":
            let first = #"{"session":"1f0c0b7e","windows":[{"name":"five_hour","utilization":60}]}"#
            _ = await house.send("POST", "/observations", body: first)
        case "getLogin", "cancelLogin":
            _ = await house.send("POST", "/accounts/bob@example.com/login")
        case "addSetupToken":
            house.vendor.set(profile: .scopeMissing, forToken: Array("sk-ant-oat01-example".utf8))
        default: break
        }
        return house
    }

    private func target(
        _ operation: Contract.Operation, query: (name: String, value: String)? = nil
    ) -> String {
        let path = contract.parameters(of: operation).filter { $0.place == "path" }
            .reduce(operation.path) {
                $0.replacing("{\($1.name)}", with: $1.example?.text ?? "")
            }
        return query.map { "\(path)?\($0.name)=\($0.value)" } ?? path
    }

    private func body(_ operation: Contract.Operation) -> Tree? {
        contract.body(of: operation).flatMap(contract.example)
    }

    @Test(arguments: operations)
    func `what the examples ask for succeeds, as the document says`(id: String) async throws {
        let operation = try operation(id)
        let house = await house(for: id)
        let answer = await house.send(
            operation.method, target(operation), body: body(operation)?.json ?? "")
        #expect(operation.successes.contains("\(answer.status)"), "\(answer.text)")
    }

    @Test(arguments: operations)
    func `query parameters are read, within their bounds`(id: String) async throws {
        let operation = try operation(id)
        for parameter in contract.parameters(of: operation) where parameter.place == "query" {
            let house = await house(for: id)
            func status(_ value: String) async -> Int {
                let target = target(operation, query: (parameter.name, value))
                return await house.send(operation.method, target).status
            }
            for value in ["moon", ""] {
                let refused = parameter.name == "account" ? 404 : 400
                #expect(await status(value) == refused, "\(parameter.name)=\(value)")
            }
            if let example = parameter.example { #expect(await status(example.word) == 200) }
            let schema = parameter.schema
            for value in schema["enum"]?.items ?? [] { #expect(await status(value.word) == 200) }
            if let least = schema["minimum"]?.whole {
                #expect(await status("\(least)") == 200)
                #expect(await status("\(least - 1)") == 400)
            }
            if let most = schema["maximum"]?.whole {
                #expect(await status("\(most)") == 200)
                #expect(await status("\(Double(most) + 1)") == 400)
                if most < .max { #expect(await status("\(most + 1)") == 400) }
            }
            if schema["type"] == .string("boolean") {
                for value in ["true", "false"] { #expect(await status(value) == 200) }
            }
        }
    }

    @Test(arguments: operations)
    func `a body is JSON, of the members its schema names`(id: String) async throws {
        let operation = try operation(id)
        guard let reference = contract.body(of: operation) else { return }
        let house = await house(for: id)
        let target = target(operation)
        func status(_ body: String, type: String = "application/json") async -> Int {
            var request = house.request(operation.method, target)
            request.body = Array(body.utf8)
            request.fields.append("Content-Type", type)
            return Answer(await house.send(request)).status
        }
        let isRequired = operation.node["requestBody"]?["required"] == .bool(true)
        let empty = await status("")
        #expect((empty == 400) == isRequired)
        #expect(await status("{}", type: "text/plain") == 415)
        for text in ["[]", "1", "{", "\"\""] { #expect(await status(text) == 400, "\(text)") }
        let schema = contract.resolved(reference)
        guard case .object(let example) = try #require(body(operation)) else { return }
        for (name, says) in schema["properties"]?.members ?? [:] {
            func with(_ value: Tree) async -> Int {
                await status(Tree.object(example.merging([name: value]) { $1 }).json)
            }
            let isWrong = SchemaCheck(contract: contract).faults(.object([:]), says)
            #expect(!isWrong.isEmpty)
            #expect(await with(.object([:])) == 400, "\(name)")
            let allowsNull = SchemaCheck(contract: contract).faults(.null, says).isEmpty
            let code = await with(.null)
            #expect((code != 400) == allowsNull, "\(name) is null")
            if let least = says["minimum"]?.whole {
                #expect(await with(.integer(least)) != 400, "\(name) at least")
                #expect(await with(.integer(least - 1)) == 400, "\(name) below")
            }
            if let most = says["maximum"]?.whole {
                let more: Tree = most < .max ? .integer(most + 1) : .number(Double(most) * 2)
                #expect(await with(.integer(most)) != 400, "\(name) at most")
                #expect(await with(more) == 400, "\(name) above")
            }
        }
        for name in schema["required"]?.items.compactMap(\.text) ?? [] {
            let without = Tree.object(example.filter { $0.key != name })
            #expect(await status(without.json) == 400, "without \(name)")
        }
        let more = Tree.object(example.merging(["more": .list([.integer(1)])]) { $1 })
        let code = await status(more.json)
        #expect(code < 500 && code != 400, "a member more")
    }

    @Test func `what the HTTP layer refuses with is the document's Refusal`() throws {
        let errors: [ProtocolError] = [
            .malformed("a line does not end with CRLF"), .lengthRequired, .bodyTooLarge(limit: 1),
            .targetTooLong(limit: 1), .expectationFailed, .headTooLarge(limit: 1),
            .unknownTransferCoding, .tooManyConnections, .versionNotSupported,
        ]
        let refusal = contract.schemas["Refusal"] ?? .null
        let members = refusal["properties"]
        #expect(members?["code"]?["enum"]?.items.map(\.word) == errors.map(\.code))
        #expect(members?["status"]?["enum"]?.items.map(\.whole) == errors.map { Int64($0.status) })
        let says = contract.fields(
            of: contract.root["components"]?["responses"]?["Refusal"] ?? .null)
        for error in errors {
            let answer = Answer(error.response)
            let body = try Tree(parsing: answer.text)
            #expect(SchemaCheck(contract: contract).faults(body, refusal) == [])
            #expect(answer.fields.single("Content-Type") == "application/problem+json")
            let others = answer.fields.lines.filter { $0.name != "Content-Type" }
            for line in others { #expect(says[line.name]?.schema["const"] == .string(line.value)) }
            let required = says.filter { $0.value.isRequired }.keys
            #expect(Set(required) == Set(others.map(\.name)))
        }
    }

    // MARK: The checks themselves

    private func faults(
        _ status: Int, _ body: String, fields: [HTTPFields.Line] = Answers.guardFields,
        type: String = "application/json"
    ) -> [String] {
        let request = HTTPRequest(
            method: "GET", target: "/pause", fields: HTTPFields(), body: [],
            connection: HTTPConnectionInfo(transport: .unixSocket, peer: .unknown))
        let response = HTTPResponse(
            status: status, fields: HTTPFields(fields + [.init(name: "Content-Type", value: type)]),
            body: .bytes(Array(body.utf8)))
        return AnswerCheck(contract: contract).faults(request, response)
    }

    @Test func `an answer that is not in the document is told`() {
        let right = #"{"paused":false,"since":null,"until":null}"#
        #expect(faults(200, right) == [])
        #expect(faults(201, right).count == 1)
        #expect(faults(200, right, type: "text/plain").count == 1)
        #expect(faults(200, right, fields: Array(Answers.guardFields.dropFirst())).count == 1)
        let more = HTTPFields.Line(name: "X-More", value: "1")
        #expect(faults(200, right, fields: Answers.guardFields + [more]).count == 1)
        for wrong in [
            #"{"paused":false,"since":null}"#, #"{"paused":0,"since":null,"until":null}"#,
            #"{"paused":false,"since":"now","until":null}"#,
            #"{"paused":false,"since":null,"until":null,"more":1}"#,
        ] { #expect(faults(200, wrong).count == 1, "\(wrong)") }
        let problem =
            #"{"type":"about:blank","title":"t","status":503,"detail":"d","code":"stopping"}"#
        #expect(faults(503, problem, type: "application/problem+json").count == 1)
    }

    @Test func `each keyword of a schema is applied`() throws {
        let check = SchemaCheck(contract: contract)
        for (schema, right, wrong) in [
            (
                "{type: [integer, \"null\"], minimum: 1, maximum: 3}", ["1", "3", "null"],
                ["0", "4", "1.5", "true"]
            ),
            ("{type: string, minLength: 1, maxLength: 2}", ["\"ö\""], ["\"\"", "\"abc\"", "1"]),
            ("{type: string, pattern: '^/'}", ["\"/a\""], ["\"a/\""]),
            ("{type: string, format: date-time}", ["\"2026-09-21T14:13:20Z\""], ["\"2026-09-21\""]),
            ("{type: integer, format: int32}", ["2147483647"], ["2147483648"]),
            ("{enum: [a, b]}", ["\"b\""], ["\"c\""]), ("{const: a}", ["\"a\""], ["\"b\""]),
            ("{oneOf: [{type: number}, {type: integer}]}", ["1.5"], ["1"]),
            ("{anyOf: [{type: number}, {type: integer}]}", ["1"], ["\"1\""]),
            (
                "{type: object, required: [a], properties: {a: {type: boolean}}}", ["{\"a\":true}"],
                ["{}", "{\"a\":1}", "{\"a\":true,\"b\":1}"]
            ),
            (
                "{type: array, items: {type: integer}, contains: {const: 1}, maxContains: 1}",
                ["[1,2]"], ["[]", "[1,1]", "[1,\"2\"]"]
            ),
            ("{nullable: true}", [], ["1"]), ("{format: email}", [], ["\"a\""]),
        ] {
            let schema = try Tree(parsing: schema)
            for value in right { #expect(check.faults(try Tree(parsing: value), schema) == []) }
            for value in wrong {
                #expect(check.faults(try Tree(parsing: value), schema).count == 1, "\(value)")
            }
        }
    }
}
