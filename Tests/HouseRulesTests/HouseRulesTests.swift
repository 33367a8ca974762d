// The house keeps its own rules; and every rule is seen to fail once, on a
// sample that breaks it.

import Foundation
import Testing

@Suite struct HouseRulesTests {
    private func sample(_ path: String, _ text: String) -> SourceFile {
        SourceFile(path: path, lines: text.split(separator: "\n").map(String.init))
    }

    @Test func `the whole tree is looked at`() {
        #expect(SourceTree.swift.count > 100)
        #expect(Set(SourceTree.swift.filter(\.isSource).map(\.room)) == Set(Rules.imports.keys))
    }

    @Test func `rooms import only what their table says`() {
        #expect(SourceTree.swift.flatMap(Rules.imports) == [])
    }

    @Test(arguments: [
        ("RotationCore", "import Foundation", "Foundation"),
        ("Upstream", "@testable import CredentialStores", "CredentialStores"),
        ("Upstream", "internal import GRDB", "GRDB"),
        ("ControlServer", "import struct HistoryStore.Row", "HistoryStore"),
        ("LoopbackHTTP", "import CSystem; import Foundation", "Foundation"),
        ("HistoryStore", "@preconcurrency public import Yams", "Yams"),
        ("LoopbackHTTP", "let x = \"\"\"", nil), ("ControlServer", "import Foundation", nil),
        ("ControlServer", "import struct Foundation.Data", nil),
        ("Upstream", "// import Yams", nil),
    ])
    func `a wrong import is found, however it is written`(
        room: String, line: String, module: String?
    ) {
        let path = "Sources/\(room)/X.swift"
        let complaint = module.map { "\(path):2: \(room) may not import \($0)" }
        #expect(Rules.imports(sample(path, "// a\n" + line)) == (complaint.map { [$0] } ?? []))
    }

    @Test func `a room without a row in the table is found`() {
        #expect(Rules.imports(sample("Sources/Cellar/X.swift", "let x = 1")).count == 1)
    }

    @Test func `files, functions and lines are small`() {
        #expect(SourceTree.swift.flatMap(Rules.sizes) == [])
    }

    @Test(arguments: [70, 71, 72])
    func `a long function is found`(lines: Int) {
        let body = String(repeating: "    x()\n", count: lines - 1)
        let file = sample("Sources/A/X.swift", "func f() {\n\(body)}\n")
        #expect(Rules.sizes(file).isEmpty == (lines <= 70))
    }

    @Test(arguments: [(100, 400), (101, 400), (100, 401)])
    func `a long line and a long file are found`(columns: Int, lines: Int) {
        let line = String(repeating: "a", count: columns)
        let text = Array(repeating: line, count: lines).joined(separator: "\n")
        let isFine = columns <= 100 && lines <= 400
        #expect(Rules.sizes(sample("Sources/A/X.swift", text)).isEmpty == isFine)
    }

    @Test func `banned words are not used`() {
        #expect(SourceTree.swift.flatMap(Rules.words) == [])
    }

    @Test(arguments: [
        ("let x = try! f()", 1), ("final class A: @unchecked Sendable {}", 1),
        ("nonisolated(unsafe) var x = 1", 1), ("fatalError()", 1), ("public let x = 1", 1),
        ("open class A {}", 1), ("let x = try! f(\"\"\"", 1), ("\"\"\"; try! f()", 0),
        ("let x = \"\\\\\" + try! f()", 1), ("// a \"\"\" mark\nlet x = try! f()", 1),
        ("// try! this", 0), ("let x = \"try! f()\"", 0), ("let try_ = 1", 0),
    ])
    func `a banned word is found in code, not in words`(line: String, count: Int) {
        #expect(Rules.words(sample("Sources/A/X.swift", line)).count == count)
    }

    @Test func `every exception still exists`() {
        for (path, reason) in Rules.allowed.merging(Rules.generated, uniquingKeysWith: { $1 }) {
            #expect(SourceTree.file(path) != nil && !reason.isEmpty, "\(path)")
        }
    }

    @Test func `no test waits on the clock`() {
        #expect(SourceTree.swift.flatMap(Rules.sleeping) == [])
        #expect(Rules.sleeping(sample("Tests/A/X.swift", "await Task" + ".sleep(x)")).count == 1)
    }

    @Test func `every file says what lives in it`() {
        #expect(SourceTree.swift.flatMap(Rules.header) == [])
        for (lines, count) in [(0, 1), (1, 0), (10, 0), (11, 1)] {
            let text = String(repeating: "// a\n", count: lines) + "import B"
            #expect(Rules.header(sample("Sources/A/X.swift", text)).count == count)
        }
    }

    @Test func `no open ends and no path of one machine`() {
        #expect(SourceTree.text.flatMap(Rules.text) == [])
        #expect(Rules.text(sample("README.md", "see /ro" + "ot/x")).count == 1)
        #expect(Rules.text(sample("README.md", "TO" + "DO")).count == 1)
    }

    @Test func `no script pipes into what leaves before all is written`() {
        #expect(SourceTree.text.flatMap(Rules.pipes) == [])
        for (line, count) in [
            ("say | grep -qxF a || x", 1), ("    | grep -q 'ok' \\", 1), ("| grep -q a", 1),
            ("grep -q a <<<\"$b\"", 0), ("# a | grep -q", 0), ("say | grep -c a", 0),
            ("a || grep -q b c", 0),
        ] { #expect(Rules.pipes(sample("scripts/x", line)).count == count, "\(line)") }
    }

    @Test func `links lead somewhere`() {
        func exists(_ path: String) -> Bool {
            FileManager.default.fileExists(atPath: SourceTree.root.appending(path: path).path)
        }
        #expect(SourceTree.text.flatMap { Rules.links($0, exists: exists) } == [])
        let broken = sample(
            "docs/X.md",
            "[a](../README.md#x) [b](nowhere.md) [c](gone.md#y) [d](#z) [e](https://e.org/f)")
        #expect(
            Rules.links(broken) { $0 == "docs/../README.md" } == [
                "docs/X.md:1: leads nowhere: nowhere.md", "docs/X.md:1: leads nowhere: gone.md#y",
            ])
    }

    @Test func `README names the two commands, and they can be run`() throws {
        let readme = try #require(SourceTree.file("README.md")).lines
        for command in ["scripts/demo", "scripts/test"] {
            #expect(readme.contains("    " + command))
            let path = SourceTree.root.appending(path: command).path
            #expect(FileManager.default.isExecutableFile(atPath: path))
        }
        #expect(try #require(SourceTree.file(".ci/run")).lines.joined().contains("scripts/test"))
        #expect(try #require(SourceTree.file("Makefile")).lines.count <= 90)
    }
}
