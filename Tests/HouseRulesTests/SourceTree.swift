// The repository as text: its Swift files, taken apart into lines that are
// code and lines that are comment.

import Foundation

struct SourceFile: Sendable {
    /// From the repository's root, for example `Sources/RotationCore/Usage.swift`.
    let path: String
    let lines: [String]

    /// The target it belongs to.
    var room: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }
    var isSource: Bool { path.hasPrefix("Sources/") }

    /// Lines with comments and the insides of strings blanked out, so that a
    /// rule about code does not trip over words. Multi-line strings included;
    /// what stands beside their quotes is code.
    var code: [String] {
        var isInText = false
        return lines.map { line in
            var kept = ""
            for (index, part) in line.components(separatedBy: "\"\"\"").enumerated() {
                if index > 0 { isInText.toggle() }
                guard !isInText else { continue }
                let (text, isCommented) = Self.stripped(part)
                kept += text
                if isCommented { break }
            }
            return kept
        }
    }

    /// Also says whether the rest is a comment.
    private static func stripped(_ line: String) -> (String, isCommented: Bool) {
        var result = ""
        var isQuoted = false
        var isEscaped = false
        var previous: Character = " "
        for character in line {
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && character == "\\" && !isEscaped
            if !isQuoted, character == "/", previous == "/" {
                return (String(result.dropLast()), true)
            }
            result.append(isQuoted && character != "\"" ? " " : character)
            previous = character
        }
        return (result, false)
    }
}

enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let swift: [SourceFile] = files(under: ["Sources", "Tests"], ending: ".swift")

    /// Everything a reader sees, this folder's samples excepted.
    static let text: [SourceFile] =
        files(
            under: ["Sources", "Tests", "docs", "scripts", "skills", "hooks", "config", ".ci"],
            ending: "")
        + [
            "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "Package.swift", "openapi.yaml",
            ".gitignore", ".swift-format",
        ].compactMap(file)

    static func file(_ path: String) -> SourceFile? {
        guard let data = try? Data(contentsOf: root.appending(path: path)) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return SourceFile(path: path, lines: lines)
    }

    private static func files(under folders: [String], ending: String) -> [SourceFile] {
        folders.flatMap { folder in
            let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
            return (names?.compactMap { $0 as? String } ?? []).sorted()
                .filter { $0.hasSuffix(ending) }.compactMap { file("\(folder)/\($0)") }
        }
    }
}
