// openapi.yaml and what is built say the same, in both directions: routes,
// problems, fields, parameters, bodies, closed sets, and the copy the service
// serves. How answers look is AnswerContractTests' business.

import ControlWire
import Foundation
import OpenAPI
import RotationCore
import RotationEngine
import Testing

@testable import ControlServer

@Suite struct ContractTests {
    private let contract: Contract

    init() throws { contract = try Contract.read.get() }

    @Test func `the served document is the written one`() throws {
        #expect(try Contract.text.get() == openAPIDocument)
    }

    @Test func `every route is in the document and every path is built`() {
        let written = contract.operations.map(\.route)
        #expect(written.sorted() == Route.all.map(\.name).sorted())
        #expect(Set(contract.operations.map(\.id)).count == written.count)
    }

    @Test func `a route's parameters are those of its path, each with an example`() {
        for operation in contract.operations {
            let parameters = contract.parameters(of: operation)
            let names = parameters.filter { $0.place == "path" }.map(\.name)
            let wanted = operation.path.matches(of: #/\{(\w+)\}/#).map { String($0.1) }
            #expect(names == wanted, "\(operation.route)")
            for parameter in parameters where parameter.place == "path" {
                #expect(parameter.isRequired && parameter.example != nil, "\(parameter.name)")
            }
        }
    }

    @Test func `what the handler reads of a request is in the document`() throws {
        let source = try Self.source("ControlServer")
        func words(_ pattern: Regex<(Substring, Substring)>) -> Set<String> {
            Set(source.matches(of: pattern).map { String($0.1) })
        }
        let parameters = contract.operations.flatMap(contract.parameters)
        let query = Set(parameters.filter { $0.place == "query" }.map(\.name))
        #expect(words(#/target\.(?:flag|number|text)\(\s*"([\w-]+)"/#) == query)
        let fields = words(#/fields\.(?:single|all)\("([\w-]+)"\)/#)
        let header = Set(parameters.filter { $0.place == "header" }.map(\.name))
        let prose = contract.root["info"]?["description"]?.text ?? ""
        #expect(fields.count > 3)
        for field in fields.subtracting(header) where field != "Content-Type" {
            #expect(prose.contains("`\(field)`"), "\(field) is read and nowhere said")
        }
        #expect(header.subtracting(fields) == [], "said and not read")
    }

    /// The codes of a status: those its description lists, or the only one.
    private func codes(_ status: Int, _ response: Tree) -> [String] {
        let listed = Contract.codes(in: response["description"]?.text ?? "")
        let having = ProblemCode.allCases.filter { $0.status == status }
        return listed.isEmpty && having.count == 1 ? [having[0].rawValue] : listed
    }

    @Test func `each route's problems, by status, are its endpoint's`() {
        for route in Route.all {
            guard let operation = contract.operations.first(where: { $0.route == route.name })
            else { continue }
            let built = route.problems
            let byStatus = Dictionary(grouping: built, by: \.status)
                .mapValues { Set($0.map(\.rawValue)) }
            let written = operation.refusals.reduce(into: [:]) {
                $0[$1.key] = Set(codes($1.key, $1.value))
            }
            #expect(written == byStatus, "\(route.name)")
            #expect(built.count == Set(built).count, "\(route.name)")
            for response in operation.refusals.values {
                #expect(Contract.name(response) == "Problem")
            }
            #expect(operation.responses["default"].flatMap(Contract.name) == "Refusal")
        }
    }

    @Test func `every problem code belongs to some route, or to none that exists`() {
        let ofRoutes = Route.all.flatMap(\.problems)
        let elsewhere: Set<ProblemCode> = [.methodNotAllowed, .internalError]
        #expect(Set(ofRoutes).union(elsewhere) == Set(ProblemCode.allCases))
        #expect(elsewhere.isDisjoint(with: ofRoutes))
    }

    @Test func `a status with one code that lists none is named in the introduction`() {
        let prose = contract.root["info"]?["description"]?.text ?? ""
        for operation in contract.operations {
            for (status, response) in operation.refusals
            where Contract.codes(in: response["description"]?.text ?? "").isEmpty {
                for code in codes(status, response) {
                    #expect(prose.replacing("\n", with: " ").contains("`\(code)` with \(status)"))
                }
            }
        }
    }

    @Test func `the fields of every answer are those the answers are given`() {
        for operation in contract.operations {
            for status in operation.successes {
                let fields = contract.fields(of: operation.responses[status] ?? .null)
                // A file may be kept, and asked for anew with its entity-tag.
                let isFile = ["/", "/assets/{name}"].contains(operation.path)
                for line in Answers.guardFields where !isFile || line.name != "Cache-Control" {
                    let says = fields[line.name]
                    #expect(says?.isRequired == true, "\(operation.route) \(line.name)")
                    #expect(says?.schema["const"] == .string(line.value), "\(line.name)")
                }
            }
        }
    }

    @Test func `closed sets are the core's, and no set is closed by hand`() {
        var built = WireTypes.closedSets
        let problems = ProblemCode.allCases.map(\.rawValue)
        built["Problem.code"] = problems
        let written = contract.enums.filter { !$0.key.hasPrefix("Refusal.") }
        #expect(written.keys.sorted() == built.keys.sorted())
        for (place, cases) in built { #expect(written[place] == cases, "\(place)") }
        let refusals = contract.root["paths"]?["/observations"]?["post"]?["description"]?.text ?? ""
        #expect(
            Contract.codes(in: refusals).filter { $0 != "detail" }
                == ObservationRefusal.allCases.map(\.rawValue))
    }

    // MARK: Bodies

    @Test func `every body of the wire has a schema, and every schema a body`() throws {
        let objects = contract.schemas.filter { $0.value["type"] == .string("object") }.keys
        #expect(
            WireTypes.bodies.map(\.schema).sorted() == objects.filter { $0 != "Refusal" }.sorted())
        let source = try Self.source("ControlWire")
        let types = source.matches(of: #/struct (\w+): Codable/#).map { String($0.1) }
        #expect(types.sorted() == WireTypes.bodies.map { "\($0.type)" }.sorted())
    }

    @Test func `every member of every body is what its schema says`() throws {
        let requests = requestSchemas
        for (name, type) in WireTypes.bodies {
            let schema = contract.schemas[name] ?? .null
            let members = try WireShape.members(of: type)
            let properties = schema["properties"]?.members ?? [:]
            #expect(Set(properties.keys) == Set(members.map(\.name)), "\(name)")
            let required = Set(schema["required"]?.items.compactMap(\.text) ?? [])
            #expect(
                required == Set(members.filter { $0.presence != .optional }.map(\.name)), "\(name)")
            for member in members {
                let isNullable =
                    member.presence == .nullable
                    || member.presence == .optional && requests.contains(name)
                let says = properties[member.name] ?? .null
                let fault = mismatch(member.shape, isNullable: isNullable, says)
                #expect(fault == nil, "\(name).\(member.name): \(fault ?? "")")
            }
        }
    }

    /// Schemas a request's body is made of.
    private var requestSchemas: Set<String> {
        var found: Set<String> = []
        func walk(_ node: Tree) {
            if let name = Contract.name(node), found.insert(name).inserted {
                walk(contract.schemas[name] ?? .null)
            }
            for child in Array(node.members.values) + node.items { walk(child) }
        }
        for operation in contract.operations { contract.body(of: operation).map(walk) }
        return found
    }

    private func mismatch(_ shape: WireShape, isNullable: Bool, _ says: Tree) -> String? {
        if let choices = says["oneOf"]?.items {
            guard isNullable, choices.count == 2, choices[1] == .object(["type": .string("null")])
            else { return "a oneOf that is not `or null`" }
            return mismatch(shape, isNullable: false, choices[0])
        }
        if case .orNull(let wrapped) = shape {
            return mismatch(wrapped, isNullable: true, says)
        }
        if case .object(let id, let name) = shape {
            guard !isNullable else { return "\(name) may be null" }
            let schema = WireTypes.bodies.first { ObjectIdentifier($0.type) == id }?.schema
            return Contract.name(says) == schema ? nil : "is not \(schema ?? name)"
        }
        let schema = contract.resolved(says)
        let types = schema["type"]?.text.map { [$0] } ?? schema["type"]?.items.compactMap(\.text)
        guard (types ?? []).contains("null") == isNullable else { return "null: \(!isNullable)" }
        let type = (types ?? []).filter { $0 != "null" }
        switch shape {
        case .string: return type == ["string"] ? nil : "is no string"
        case .boolean: return type == ["boolean"] ? nil : "is no boolean"
        case .number: return type == ["number"] ? nil : "is no number"
        case .integer(let format):
            guard type == ["integer"] else { return "is no integer" }
            return schema["format"]?.text == format ? nil : "is not \(format ?? "without a format")"
        case .array(let element):
            guard type == ["array"] else { return "is no array" }
            return mismatch(element, isNullable: false, schema["items"] ?? .null)
        case .object, .orNull: return nil
        }
    }

    // MARK: Examples and links

    @Test func `every body that is sent has an example that its schema accepts`() throws {
        var bodies: Set<String> = ["Problem", "Refusal"]
        for operation in contract.operations {
            var schemas = [contract.body(of: operation)]
            for status in operation.successes {
                let content = operation.responses[status]?["content"]
                schemas.append(content?["application/json"]?["schema"])
            }
            bodies.formUnion(schemas.compactMap { $0 }.compactMap(Contract.name))
        }
        #expect(bodies.count > 20)
        for name in bodies {
            let schema = contract.schemas[name] ?? .null
            let examples = schema["examples"]?.items ?? []
            #expect(!examples.isEmpty, "\(name) has no example")
            for example in examples {
                #expect(SchemaCheck(contract: contract).faults(example, schema) == [], "\(name)")
            }
        }
        for parameter in contract.operations.flatMap(contract.parameters) {
            guard let example = parameter.example else { continue }
            let faults = SchemaCheck(contract: contract).faults(example, parameter.schema)
            #expect(faults == [], "\(parameter.name)")
        }
    }

    @Test func `links lead from a member there is to a parameter there is`() {
        var count = 0
        for operation in contract.operations {
            for status in operation.successes {
                let response = operation.responses[status] ?? .null
                let schema = response["content"]?["application/json"]?["schema"] ?? .null
                for (name, link) in response["links"]?.members ?? [:] {
                    count += 1
                    let fault = fault(of: contract.resolved(link), from: schema)
                    #expect(fault == nil, "\(operation.route) \(name): \(fault ?? "")")
                }
            }
        }
        #expect(count > 8)
    }

    private func fault(of link: Tree, from schema: Tree) -> String? {
        guard let target = contract.operations.first(where: { $0.id == link["operationId"]?.text })
        else { return "no such operation" }
        let parameters = contract.parameters(of: target).map(\.name)
        var sources = link["parameters"]?.members ?? [:]
        guard Set(sources.keys).isSubset(of: parameters) else { return "no such parameter" }
        if let body = link["requestBody"] {
            let members = contract.body(of: target).map(contract.resolved)?["properties"]?.members
            guard Set(body.members.keys).isSubset(of: members?.keys.map { $0 } ?? []) else {
                return "no such member of its body"
            }
            sources.merge(body.members) { $1 }
        }
        for source in sources.values {
            guard let pointer = source.text?.firstMatch(of: #/\$response\.body#\/([\w\/]+)/#)?.1
            else { continue }
            var node = contract.resolved(schema)
            for step in pointer.split(separator: "/") {
                let next = Int(step) == nil ? node["properties"]?[String(step)] : node["items"]
                guard let next else { return "no such member: \(pointer)" }
                node = contract.resolved(next)
            }
        }
        return nil
    }

    /// Every file of a room, generated ones left out.
    private static func source(_ room: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(
                path: "Sources/\(room)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try names.sorted().filter { $0.hasSuffix(".swift") && $0 != "OpenAPIDocument.swift" }
            .map {
                String(decoding: try Data(contentsOf: folder.appending(path: $0)), as: UTF8.self)
            }
            .joined(separator: "\n")
    }
}

extension Route {
    /// As the document names it.
    var name: String { "\(method) \(template)" }
}
