// Directories that are made to be thrown away, with all that is in them.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension DurableFile {
    /// Makes a directory of its owner's alone with a name nobody else has, that
    /// begins with `prefix`, a path (mkdtemp(3)).
    package static func makeTemporaryDirectory(
        _ prefix: String
    ) throws(DurableFileError) -> String {
        // mkdtemp(3) puts a name in the place of six X.
        var template = Array((prefix + String(repeating: "X", count: 6)).utf8CString)
        guard mkdtemp(&template) != nil else {
            throw DurableFileError(prefix, "mkdtemp", errno: errno)
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes it with all that is in it, as far as that can be removed; of a
    /// link the link.
    package static func removeTree(_ path: String) {
        guard let facts = (try? FileFacts.of(path)) ?? nil else { return }
        guard facts.kind == .directory else {
            unlink(path)
            return
        }
        for name in (try? names(in: path)) ?? [] { removeTree(path + "/" + name) }
        rmdir(path)
    }
}
