// What `scripts/install` put where, as it wrote it down beside what it put:
// one `KIND PATH` a line. Only this is ever removed; a line that is not plainly
// a path of such an installation is refused as a whole.

import DurableFiles

struct InstallManifest: Equatable {
    enum Kind: String { case file, directory, configuration }

    struct Entry: Equatable {
        let kind: Kind
        let path: String
    }

    /// A line that is not as `scripts/install` writes them.
    struct Malformed: Error, Equatable {
        let line: Int
    }

    static let name = "share/oauth-rotator/install-manifest"

    let entries: [Entry]

    /// Beside the program at `<prefix>/bin/rotator`.
    static func path(program: String) -> String? {
        let parts = program.split(separator: "/")
        guard program.hasPrefix("/"), parts.count >= 2, parts[parts.count - 2] == "bin" else {
            return nil
        }
        return (parts.dropLast(2).map { "/" + $0 } + ["/" + name]).joined()
    }

    init(text: String) throws(Malformed) {
        var entries: [Entry] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let kind = Kind(rawValue: String(words[0])),
                words[1].hasPrefix("/"), words[1].split(separator: "/").count >= 2,
                !words[1].split(separator: "/").contains("..")
            else { throw Malformed(line: index + 1) }
            entries.append(Entry(kind: kind, path: String(words[1])))
        }
        self.entries = entries
    }

    func paths(_ kind: Kind) -> [String] { entries.filter { $0.kind == kind }.map(\.path) }
}
