// Whatever the command line fails with says what failed; what to do.

import Testing

@Suite struct ErrorFormTests {
    /// The literals given to whatever reports an error, with the line each
    /// begins on; what is passed on from elsewhere is none.
    private func errors(in code: String) -> [String] {
        let literal =
            #/
            (?:Output\.error|ValidationError)\(\s*
            (?<text> "(?:[^"\\]|\\.)*" (?:\s*\+\s*"(?:[^"\\]|\\.)*")* )
            /#
        return code.matches(of: literal).map { match in
            String(match.text).replacing(#/"\s*\+\s*"/#, with: "")
        }
    }

    private func isInForm(_ text: String) -> Bool {
        text.contains("; ") || text.contains("bug worth reporting")
    }

    @Test func `every error of the command line says what to do`() {
        let files = SourceTree.swift.filter { $0.path.hasPrefix("Sources/rotator/") }
        let found = files.flatMap { file in
            errors(in: file.lines.joined(separator: "\n")).map { "\(file.path): \($0)" }
        }
        #expect(found.count > 25)
        #expect(found.filter { !isInForm($0) } == [])
    }

    @Test func `an error that only says what failed is seen`() {
        let code =
            "Output.error(\n  \"it \\(x) \"\n  + \"failed\")\nthrow ValidationError(\"a; b\")"
        #expect(errors(in: code).map(isInForm) == [false, true])
    }
}
