// The rules of the house as functions of a file: each answers with what is
// wrong, as `file:line: what`.

import Foundation

enum Rules {
    // MARK: Imports

    private static let system = ["Glibc", "Darwin", "Synchronization"]
    private static let essentials = ["Foundation", "FoundationEssentials"]
    private static let engine = ["RotationCore", "RotationEngine"]

    /// What each room may import; nothing else.
    static let imports: [String: [String]] = [
        "RotationCore": [],
        "RotationEngine": ["RotationCore", "Synchronization"],
        "ControlWire": [],
        "DurableFiles": ["CSystem"] + system,
        "LoopbackHTTP": ["CSystem"] + system,
        "ControlServer": ["ControlWire", "LoopbackHTTP", "Synchronization"] + engine + essentials,
        "Upstream": ["CSystem", "Synchronization"] + engine + essentials,
        "CredentialStores": ["DurableFiles", "CSystem"] + system + engine,
        "HistoryStore": ["GRDB"] + system + engine,
        "HostFacts": ["DurableFiles", "CSystem"] + system + engine + essentials,
        "LoginDesk": ["DurableFiles", "CSystem", "GRDB"] + system + engine + essentials,
        "VendorSimulator": ["CSystem", "LoopbackHTTP", "Synchronization"],
        "Nights": ["RotationCore", "VendorSimulator"],
        "rotator": [
            "ArgumentParser", "Logging", "Yams", "CSystem", "ControlServer", "ControlWire",
            "CredentialStores", "DurableFiles", "HistoryStore", "HostFacts", "LoginDesk",
            "LoopbackHTTP", "Nights", "Upstream", "VendorSimulator",
        ] + system + engine + essentials,
    ]

    /// What may stand between `import` and the module.
    private static let kinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "var", "let",
    ]

    /// `import` is a keyword: wherever it is a word of the code, whatever
    /// stands before it, a module follows.
    static func imports(_ file: SourceFile) -> [String] {
        guard file.isSource else { return [] }
        guard let allowed = imports[file.room] else {
            return ["\(file.path):1: the room \(file.room) is not in the table of imports"]
        }
        return file.code.enumerated().flatMap { index, line in
            line.split(separator: ";").compactMap { statement in
                let words = statement.split(separator: " ")
                guard let start = words.firstIndex(of: "import"),
                    let name = words[(start + 1)...].first(where: { !kinds.contains($0) })
                else { return nil }
                let module = String(name.prefix { $0 != "." })
                guard !allowed.contains(module) else { return nil }
                return "\(file.path):\(index + 1): \(file.room) may not import \(module)"
            }
        }
    }

    // MARK: Sizes

    /// Files of any size, and why: made by a script, so that the one binary needs
    /// no file beside it. The lines are those of what they are made from.
    static let generated = [
        "Sources/ControlServer/OpenAPIDocument.swift":
            "openapi.yaml, word for word (scripts/embed-openapi)",
        "Sources/ControlServer/DashboardFiles.swift":
            "14 files, each as text and compressed (scripts/embed-dashboard, decision 27)",
    ]

    static func sizes(_ file: SourceFile) -> [String] {
        guard generated[file.path] == nil else { return [] }
        var wrong = found(in: file, lines: file.lines) { line in
            line.count > 100 && !line.contains("://") ? "a line of \(line.count) columns" : nil
        }
        if file.lines.count > 400 {
            wrong.append("\(file.path):1: \(file.lines.count) lines")
        }
        return wrong + functions(file)
    }

    /// A function ends where its indentation comes back.
    private static func functions(_ file: SourceFile) -> [String] {
        let code = file.code
        var wrong: [String] = []
        for (index, line) in code.enumerated() {
            let isStart =
                line.contains("func ") || line.contains(" init(") || line.hasPrefix("init(")
            guard isStart, !(line.contains("{") && line.hasSuffix("}")) else { continue }
            let indent = line.prefix { $0 == " " }.count
            let rest = code[(index + 1)...]
            let end = rest.firstIndex { other in
                other.prefix { $0 == " " }.count == indent && other.contains("}")
            }
            guard let end, end - index > 70 else { continue }
            wrong.append("\(file.path):\(index + 1): a function of \(end - index) lines")
        }
        return wrong
    }

    // MARK: Words

    /// Files that may use what is banned, and why.
    static let allowed: [String: String] = [:]

    private static let banned: [(word: String, inTests: Bool)] = [
        ("@unchecked Sendable", true), ("nonisolated(unsafe)", true), ("try!", true),
        ("fatalError(", true), ("print(", false), ("public ", true), ("open class ", true),
        ("open func ", true), ("open var ", true), ("as! ", true), ("NSLog(", true),
        ("dump(", false),
    ]

    static func words(_ file: SourceFile) -> [String] {
        guard allowed[file.path] == nil else { return [] }
        return found(in: file) { line in
            // A word that only ends like one that is banned is another word.
            let line = line.replacing("finger" + "print(", with: "")
            return banned.first { line.contains($0.word) && (file.isSource || $0.inTests) }
                .map { "`\($0.word)` is not used here" }
        }
    }

    /// Tests wait for facts, not for time.
    static func sleeping(_ file: SourceFile) -> [String] {
        guard !file.isSource else { return [] }
        return found(in: file) { line in
            ["Task" + ".sleep", "us" + "leep(", "Thread" + ".sleep", " sleep("]
                .first { line.contains($0) }
                .flatMap { line.contains("func sleep(") ? nil : "\($0) waits on the clock" }
        }
    }

    // MARK: Headers

    /// One to ten lines that say what lives here and why.
    static func header(_ file: SourceFile) -> [String] {
        let header = file.lines.prefix { $0.hasPrefix("//") && !$0.hasPrefix("///") }
        return (1...10).contains(header.count) ? [] : ["\(file.path):1: has no header"]
    }

    // MARK: Text

    private static let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
    private static let machinePaths = [
        "/wo" + "rk/", "/fa" + "rm/", "/ro" + "ot/", "/ho" + "me/", "/tm" + "p/wt",
    ]

    static func text(_ file: SourceFile) -> [String] {
        found(in: file, lines: file.lines) { line in
            if let mark = marks.first(where: line.contains) { return "an open end: \(mark)" }
            let path = machinePaths.first(where: line.contains)
            return path.flatMap { line.contains("/home/u/") ? nil : "a path of one machine: \($0)" }
        }
    }

    /// Relative links of a document lead somewhere; a fragment is not followed.
    static func links(_ file: SourceFile, exists: (String) -> Bool) -> [String] {
        guard file.path.hasSuffix(".md") else { return [] }
        let folder = file.path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        return file.lines.enumerated().flatMap { index, line in
            line.matches(of: #/\]\(([^)\s]+)\)/#).compactMap { match in
                let target = String(match.1.prefix { $0 != "#" })
                guard !target.isEmpty, !match.1.contains("://"), !exists(folder + target)
                else { return nil }
                return "\(file.path):\(index + 1): leads nowhere: \(match.1)"
            }
        }
    }

    // MARK: Scripts

    /// `grep -q` leaves at its first match; who still writes then dies of it, and under
    /// `pipefail` what was found counts as not found. A here string has no writer.
    static func pipes(_ file: SourceFile) -> [String] {
        let isScript = !file.path.hasSuffix(".md") && !file.path.hasSuffix(".swift")
        guard isScript else { return [] }
        return found(in: file, lines: file.lines) { line in
            let isCode = line.contains("grep") && !line.drop { $0 == " " }.hasPrefix("#")
            guard isCode, line.contains(#/(?:^|[^|])\|\s*grep\s+-\w*q/#) else { return nil }
            return "pipes into grep -q"
        }
    }

    // MARK: -

    private static func found(
        in file: SourceFile, lines: [String]? = nil, _ complaint: (String) -> String?
    ) -> [String] {
        (lines ?? file.code).enumerated().compactMap { index, line in
            complaint(line).map { "\(file.path):\(index + 1): \($0)" }
        }
    }
}
