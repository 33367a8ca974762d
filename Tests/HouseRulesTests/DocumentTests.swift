// What is written down twice says the same twice: tables, lists of names, and
// the codes of refusals.

import Foundation
import Testing

@Suite struct DocumentTests {
    private func text(_ path: String) throws -> String {
        try #require(SourceTree.file(path)).lines.joined(separator: "\n")
    }

    @Test func `the tables of SCRIPTING are the code's`() throws {
        let tables = WireTables(wire: try text("Sources/ControlWire/Problem.swift"))
        let document = try #require(SourceTree.file("docs/SCRIPTING.md")).lines
        #expect(tables.problems.count > 20 && tables.exits.count > 8)
        #expect(!tables.problems.joined().contains("?"))
        #expect(tables.complaints(about: document) == [])
        for (right, wrong) in [
            ("| `forbidden` | 403 | 1 |", "| `forbidden` | 404 | 1 |"),
            ("| `forbidden` | 403 | 1 |", "| `forbidden` | 403 | 2 |"),
            ("| `forbidden` | 403 | 1 |", ""), ("| 0 | done |", "| 9 | done |"),
        ] {
            let broken = document.map { $0 == right ? wrong : $0 }
            #expect(tables.complaints(about: broken).count == 1, "\(wrong)")
        }
    }

    @Test func `what the HTTP layer refuses with is in both documents`() throws {
        let layer = try text("Sources/LoopbackHTTP/ProtocolError.swift")
        let codes = layer.matches(of: #/case \.\w+: "([\w-]+)"/#).map { String($0.1) }
        #expect(codes.count > 5)
        let scripting = try text("docs/SCRIPTING.md")
        #expect(codes.filter { !scripting.contains("`\($0)`") } == [])
        let refusal = try text("openapi.yaml").components(separatedBy: "    Refusal:").last ?? ""
        let listed = try #require(refusal.firstMatch(of: #/code: .*enum: \[([^\]]+)\]/#)).1
        #expect(listed.split(separator: ", ").map(String.init) == codes)
    }

    @Test func `the limits of SCRIPTING are the code's, in its order`() throws {
        let source = try text("Sources/ControlServer/RateLimits.swift")
        let rules = source.matches(of: #/burst: (\d+), everyMilliseconds: ([\d_]+)\)/#).map {
            "\($0.1) \($0.2.filter { $0 != "_" })"
        }
        let rows = try #require(SourceTree.file("docs/SCRIPTING.md")).lines.compactMap { line in
            line.wholeMatch(of: #/\| .+ \| (\d+) \| (\d+) (s|ms) \|/#).map { row in
                "\(row.1) \(row.2)\(row.3 == "s" ? "000" : "")"
            }
        }
        #expect(rules.count == 8 && rows == rules)
    }

    @Test func `the skill knows every variable that pins`() throws {
        let source = try text("Sources/HostFacts/PinningVariables.swift")
        let names = source.matches(of: #/"([A-Z_]{8,})"/#).map { String($0.1) }
            .filter { !$0.hasSuffix("_") }
        let skill = try text("skills/janitor-auto-manage-oauth-on/turn-on.sh")
        let list = try #require(skill.firstMatch(of: #/pinning=\(([^)]+)\)/#)).1
        #expect(names.count > 10)
        #expect(list.split(whereSeparator: \.isWhitespace).map(String.init) == names)
    }
}
