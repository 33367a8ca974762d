// Temporary files of a replacement, and what is left of them when a writer was
// killed between making and renaming one. They hold what the file would have
// held, so they are not left to lie about.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum Leftovers {
    /// Seconds after which a temporary file has no living writer any more: a
    /// replacement takes milliseconds, on a slow disk seconds.
    static let abandonedAfterSeconds: Int64 = 600

    private static let mark = ".durable-"
    private static let ending = ".tmp"

    /// In the same directory, because rename(2) does not cross file systems.
    static func temporaryName(for target: String) -> String {
        "\(target)\(mark)\(getpid())-\(UInt32.random(in: 0...(.max)))\(ending)"
    }

    /// Removes abandoned temporary files of `target`. Nothing depends on its
    /// success: the next replacement tries again.
    static func clear(
        besides target: String, olderThanSeconds: Int64 = abandonedAfterSeconds
    ) {
        let prefix = (target.split(separator: "/").last.map(String.init) ?? target) + mark
        clear(in: DurableFile.directory(of: target), olderThanSeconds: olderThanSeconds) {
            $0.hasPrefix(prefix)
        }
    }

    static func clear(
        in directory: String, olderThanSeconds: Int64, where isMeant: (String) -> Bool
    ) {
        let now = Int64(time(nil))
        for name in (try? DurableFile.names(in: directory)) ?? []
        where name.contains(mark) && name.hasSuffix(ending) && isMeant(name) {
            let path = directory + "/" + name
            guard let facts = (try? FileFacts.of(path)) ?? nil, facts.kind == .file,
                facts.owner == geteuid(),
                now - facts.modifiedMilliseconds / 1000 > olderThanSeconds
            else { continue }
            unlink(path)
        }
    }
}

extension DurableFile {
    /// Removes what killed writers left beside these files, however young. Only
    /// for who knows that nobody else writes them now.
    package static func clearLeftovers(besides files: [String]) {
        for file in files { Leftovers.clear(besides: file, olderThanSeconds: .min) }
    }

    /// The same beside every file of a directory that is ours alone.
    package static func clearLeftovers(in directory: String) {
        Leftovers.clear(in: directory, olderThanSeconds: .min) { _ in true }
    }
}
