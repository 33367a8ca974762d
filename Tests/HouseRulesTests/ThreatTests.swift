// docs/THREATS.md claims a test for every attack: each is there by its name.

import Testing

@Suite struct ThreatTests {
    /// The tests' names, of the whole tree.
    private static let tests: Set<String> = Set(
        SourceTree.swift.filter { !$0.isSource }.flatMap(\.lines).flatMap { line in
            line.matches(of: #/func `([^`]+)`/#).map { String($0.1) }
        })

    /// Rows of the tables with three columns: attack, what happens, test.
    private static func attacks(_ lines: [String]) -> [(line: Int, cells: [String])] {
        lines.enumerated().compactMap { index, line in
            let cells = line.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard line.hasPrefix("| "), cells.count == 3, cells[0] != "attack" else { return nil }
            return (index + 1, cells)
        }
    }

    private static func complaints(_ lines: [String]) -> [String] {
        attacks(lines).compactMap { line, cells in
            let name = cells[2].hasPrefix("`") ? cells[2].dropFirst().dropLast() : ""
            return tests.contains(String(name)) ? nil : "\(line): there is no test \(cells[2])"
        }
    }

    @Test func `every attack names a test that exists`() throws {
        let lines = try #require(SourceTree.file("docs/THREATS.md")).lines
        #expect(Self.attacks(lines).count > 25)
        #expect(Self.complaints(lines) == [])
        let broken = ["| a | b | `no test of this name` |", "| a | b | none |", "| a | b | |"]
        #expect(Self.complaints(broken).count == 2 + (Self.attacks(broken).count - 2))
    }
}
