// openapi.yaml as the tests walk it: operations, parameters, answers, schemas,
// references followed.

import Foundation

package struct Contract: Sendable {
    package static let text: Result<String, any Error> = Result {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "openapi.yaml")
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
    package static let read = Result { Contract(root: try Tree(parsing: try text.get())) }

    package let root: Tree

    /// What `$ref` names, however often; its siblings are notes for people.
    package func resolved(_ node: Tree) -> Tree {
        guard let reference = node["$ref"]?.text else { return node }
        let found = reference.dropFirst(2).split(separator: "/").reduce(root as Tree?) {
            $0?[String($1)]
        }
        return found.map(resolved) ?? .null
    }

    /// The name of the schema a `$ref` names.
    package static func name(_ node: Tree) -> String? {
        node["$ref"]?.text?.split(separator: "/").last.map(String.init)
    }

    package var schemas: [String: Tree] { root["components"]?["schemas"]?.members ?? [:] }

    package struct Operation: Sendable {
        /// Upper case.
        package let method: String
        package let path: String
        package let node: Tree
        package var id: String { node["operationId"]?.text ?? "" }
        package var route: String { "\(method) \(path)" }
        package var responses: [String: Tree] { node["responses"]?.members ?? [:] }
        /// Status codes of success.
        package var successes: [String] { responses.keys.filter { $0.hasPrefix("2") }.sorted() }
        /// Status codes a problem of this route has.
        package var refusals: [Int: Tree] {
            let numbered = responses.compactMap { key, value in
                Int(key).flatMap { $0 >= 400 ? ($0, value) : nil }
            }
            return Dictionary(numbered, uniquingKeysWith: { $1 })
        }
    }

    /// Sorted by path and method.
    package var operations: [Operation] {
        (root["paths"]?.members ?? [:]).sorted { $0.key < $1.key }.flatMap { path, item in
            item.members.sorted { $0.key < $1.key }.map { method, node in
                Operation(method: method.uppercased(), path: path, node: node)
            }
        }
    }

    package struct Parameter {
        package let name: String
        /// `path`, `query` or `header`.
        package let place: String
        package let isRequired: Bool
        package let schema: Tree
        package let example: Tree?
    }

    package func parameters(of operation: Operation) -> [Parameter] {
        (operation.node["parameters"]?.items ?? []).map(resolved).map { node in
            Parameter(
                name: node["name"]?.text ?? "", place: node["in"]?.text ?? "",
                isRequired: node["required"] == .bool(true),
                schema: resolved(node["schema"] ?? .null), example: node["example"])
        }
    }

    /// The schema of a request's body, by reference.
    package func body(of operation: Operation) -> Tree? {
        operation.node["requestBody"]?["content"]?["application/json"]?["schema"]
    }

    /// The first example of a body's schema.
    package func example(of schema: Tree) -> Tree? { resolved(schema)["examples"]?.items.first }

    /// The fields an answer must and may have, beside those of the framing and
    /// of its body.
    package func fields(of response: Tree) -> [String: (isRequired: Bool, schema: Tree)] {
        (response["headers"]?.members ?? [:]).mapValues(resolved).mapValues {
            ($0["required"] == .bool(true), $0["schema"] ?? .null)
        }
    }

    /// `-` and letters between back-ticks.
    package static func codes(in description: String) -> [String] {
        description.matches(of: #/`([a-z-]+)`/#).map { String($0.1) }
    }

    /// Every `enum`, by where it is: `Schema`, `Schema.member` or a parameter's
    /// name.
    package var enums: [String: [String]] {
        var found: [String: [String]] = [:]
        func walk(_ node: Tree, _ place: [String]) {
            if let cases = node["enum"] {
                found[place.joined(separator: ".")] = cases.items.filter { $0 != .null }.map(\.word)
            }
            for (key, child) in node.members where key != "enum" && key != "examples" {
                let isName = !["properties", "schema", "items"].contains(key)
                walk(child, isName ? place + [key] : place)
            }
            for (index, child) in node.items.enumerated() {
                walk(child, place + [child["name"]?.text ?? "\(index)"])
            }
        }
        for (name, schema) in schemas { walk(schema, [name]) }
        for operation in operations { walk(operation.node["parameters"] ?? .null, []) }
        return found
    }
}

extension Tree {
    /// A case of an enum, as text.
    package var word: String { text ?? json }
}
