// What ControlWire says about problems and exits, read from its text, and
// what docs/SCRIPTING.md must therefore print. Text, because a test of the
// house sees no room.

import Foundation

struct WireTables {
    /// Table rows as the document must have them, in the order of the code.
    let problems: [String]
    let exits: [String]

    /// `wire` is the text of Sources/ControlWire/Problem.swift.
    init(wire: String) {
        let parts = wire.components(separatedBy: "package enum ExitCode")
        let problemCode = parts[0].components(separatedBy: "enum ProblemCode").last ?? ""
        let exitCode = parts.last ?? ""
        var names: [(name: String, code: String)] = []
        for match in problemCode.matches(of: #/\n    case (\w+)(?: = "([\w-]+)")?(?=\n)/#) {
            names.append((String(match.1), String(match.2 ?? match.1)))
        }
        let numbers = Dictionary(
            exitCode.matches(of: #/case (\w+) = (\d+)/#).map { (String($0.1), String($0.2)) },
            uniquingKeysWith: { first, _ in first })
        let statuses = Self.answers(of: problemCode, #/case (\.[^:]+):\s*(\d+)/#)
        let exits = Self.answers(of: exitCode, #/case (\.[^:]+):\s*\.(\w+)/#)
        problems = names.map { name, code in
            let exit = exits[name].flatMap { numbers[$0] } ?? "?"
            return "| `\(code)` | \(statuses[name] ?? "?") | \(exit) |"
        }
        self.exits = exitCode.matches(of: #/case \w+ = (\d+)/#).map { String($0.1) }
    }

    /// A switch as a dictionary: `.a, .b: answer`.
    private static func answers(
        of text: String, _ pattern: Regex<(Substring, Substring, Substring)>
    ) -> [String: String] {
        var answers: [String: String] = [:]
        for match in text.matches(of: pattern) {
            for name in match.1.matches(of: #/\.(\w+)/#) {
                answers[String(name.1)] = String(match.2)
            }
        }
        return answers
    }

    /// What the document says otherwise, row by row.
    func complaints(about document: [String]) -> [String] {
        let rows = document.filter { $0.wholeMatch(of: #/\| `[\w-]+` \| \d+ \| \d+ \|/#) != nil }
        let table = document.compactMap { $0.wholeMatch(of: #/\| (\d+) \| [^|]+ \|/#)?.1 }
        var wrong: [String] = []
        if rows != problems {
            let difference = Set(rows).symmetricDifference(problems).sorted()
            wrong.append("problem codes: \(difference.joined(separator: "; "))")
        }
        if table.map(String.init) != exits { wrong.append("exit codes: \(table) and \(exits)") }
        return wrong
    }
}
