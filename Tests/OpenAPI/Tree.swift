// A document as a value: YAML and JSON alike, read with Yams, since JSON is
// YAML and one reader of both cannot tell them apart. Numbers keep apart what
// a schema does: an integer is a number without a fraction.

import Foundation
import Yams

package indirect enum Tree: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case list([Tree])
    case object([String: Tree])

    package struct Unreadable: Error { let reason: String }

    package init(parsing text: String) throws {
        guard let node = try Yams.compose(yaml: text) else {
            throw Unreadable(reason: "an empty document")
        }
        self = try Tree(node)
    }

    private init(_ node: Node) throws {
        switch node {
        case .scalar(let scalar):
            self = scalar.style == .plain ? Tree(plain: scalar.string) : .string(scalar.string)
        case .sequence(let sequence): self = .list(try sequence.map { try Tree($0) })
        case .mapping(let mapping):
            var members: [String: Tree] = [:]
            for (key, value) in mapping {
                guard let name = key.string, members[name] == nil else {
                    throw Unreadable(reason: "a key that is no text, or comes twice: \(key)")
                }
                members[name] = try Tree(value)
            }
            self = .object(members)
        case .alias: throw Unreadable(reason: "an alias that was not resolved")
        }
    }

    /// The JSON schema of YAML 1.2, §10.2.
    private init(plain text: String) {
        if text == "null" || text.isEmpty {
            self = .null
        } else if text == "true" || text == "false" {
            self = .bool(text == "true")
        } else if let whole = Int64(text) {
            self = .integer(whole)
        } else if text.first?.isNumber == true || text.first == "-", let real = Double(text) {
            self =
                real == real.rounded() && abs(real) < 9e15 ? .integer(Int64(real)) : .number(real)
        } else {
            self = .string(text)
        }
    }

    package subscript(_ name: String) -> Tree? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    package var members: [String: Tree] {
        guard case .object(let members) = self else { return [:] }
        return members
    }

    package var items: [Tree] {
        guard case .list(let items) = self else { return [] }
        return items
    }

    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    package var whole: Int64? {
        guard case .integer(let whole) = self else { return nil }
        return whole
    }

    package var real: Double? {
        switch self {
        case .integer(let whole): Double(whole)
        case .number(let real): real
        case .null, .bool, .string, .list, .object: nil
        }
    }

    /// As JSON, for a request.
    package var json: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let whole): "\(whole)"
        case .number(let real): "\(real)"
        case .string(let text):
            (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        case .list(let items): "[" + items.map(\.json).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }
                .map { "\(Tree.string($0.key).json):\($0.value.json)" }.joined(separator: ",") + "}"
        }
    }
}
