// The part of JSON Schema 2020-12 that openapi.yaml uses, applied strictly: a
// member an object's schema does not name is a fault, and so is a keyword this
// does not know, so that nothing in the document goes unchecked. The document
// itself is held against the whole standard by `make contract`.

import RotationCore

package struct SchemaCheck {
    let contract: Contract
    /// Without it, members beside the named ones are allowed, as a request's are.
    let isClosed: Bool

    package init(contract: Contract, isClosed: Bool = true) {
        self.contract = contract
        self.isClosed = isClosed
    }

    private static let annotations: Set<String> = [
        "description", "default", "examples", "title", "writeOnly",
    ]

    /// What is wrong with a value, and where.
    package func faults(_ value: Tree, _ schema: Tree, at path: String = "$") -> [String] {
        guard schema["$ref"] == nil else {
            return faults(value, contract.resolved(schema), at: path)
        }
        guard case .object(let keywords) = schema else { return ["\(path): no schema"] }
        return keywords.sorted { $0.key < $1.key }.flatMap { keyword, says in
            check(value, keyword, says, of: schema, at: path)
        }
    }

    private func check(
        _ value: Tree, _ keyword: String, _ says: Tree, of schema: Tree, at path: String
    ) -> [String] {
        func fault(_ isFault: Bool) -> [String] {
            isFault
                ? ["\(path): \(value.json.prefix(80)) is not \(keyword) \(says.json.prefix(80))"]
                : []
        }
        func passes(_ schema: Tree) -> Bool { faults(value, schema, at: path).isEmpty }
        switch keyword {
        case _ where Self.annotations.contains(keyword): return []
        case "type":
            let types = says.text.map { [$0] } ?? says.items.compactMap(\.text)
            return fault(!types.contains { value.isOf(type: $0) })
        case "const": return fault(value != says)
        case "enum": return fault(!says.items.contains(value))
        case "allOf": return says.items.flatMap { faults(value, $0, at: path) }
        case "anyOf": return fault(!says.items.contains(where: passes))
        case "oneOf": return fault(says.items.count(where: passes) != 1)
        case "required":
            guard case .object(let members) = value else { return [] }
            return says.items.compactMap(\.text).filter { members[$0] == nil }
                .map { "\(path): lacks \($0)" }
        case "properties": return properties(value, says, of: schema, at: path)
        case "items":
            return value.items.enumerated().flatMap { faults($1, says, at: "\(path)[\($0)]") }
        case "contains":
            guard case .list(let items) = value else { return [] }
            let count = items.count { faults($0, says, at: path).isEmpty }
            let least = schema["minContains"]?.whole ?? 1
            let most = schema["maxContains"]?.whole ?? .max
            return fault(!(least...most).contains(Int64(count)))
        case "minContains", "maxContains": return []
        default: return checkScalar(value, keyword, says, at: path, fault)
        }
    }

    private func properties(
        _ value: Tree, _ says: Tree, of schema: Tree, at path: String
    ) -> [String] {
        let named = says.members
        let isObject = schema["type"] == .string("object")
        return value.members.sorted { $0.key < $1.key }.flatMap { name, member in
            guard let schema = named[name] else {
                return isObject && isClosed ? ["\(path): \(name) is not in the document"] : []
            }
            return faults(member, schema, at: "\(path).\(name)")
        }
    }

    private func checkScalar(
        _ value: Tree, _ keyword: String, _ says: Tree, at path: String,
        _ fault: (Bool) -> [String]
    ) -> [String] {
        let bound = says.real ?? 0
        switch keyword {
        case "minimum": return fault(value.real.map { $0 < bound } ?? false)
        case "maximum": return fault(value.real.map { $0 > bound } ?? false)
        case "minLength":
            return fault(value.text.map { Double($0.unicodeScalars.count) < bound } ?? false)
        case "maxLength":
            return fault(value.text.map { Double($0.unicodeScalars.count) > bound } ?? false)
        case "pattern":
            guard let text = value.text else { return [] }
            guard let pattern = try? Regex(says.text ?? "") else {
                return ["\(path): a pattern that cannot be read"]
            }
            return fault(text.firstMatch(of: pattern) == nil)
        case "format":
            switch says.text {
            case "date-time":
                return fault(value.text.map { Timestamp(rfc3339: $0) == nil } ?? false)
            case "int32": return fault(value.whole.map { Int32(exactly: $0) == nil } ?? false)
            case "int64": return []
            default: return ["\(path): a format that is not known: \(says.json)"]
            }
        default: return ["\(path): a keyword that is not known: \(keyword)"]
        }
    }
}

extension Tree {
    fileprivate func isOf(type: String) -> Bool {
        switch (self, type) {
        case (.null, "null"), (.bool, "boolean"), (.integer, "integer"), (.integer, "number"),
            (.number, "number"), (.string, "string"), (.list, "array"), (.object, "object"):
            true
        default: false
        }
    }
}
