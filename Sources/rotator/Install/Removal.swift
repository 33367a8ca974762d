// Removes files that are named, and directories that are empty then. Nothing is
// removed because of where it is, and no link is followed.

import DurableFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct Removal {
    private(set) var removed: [String] = []
    /// Why something named is still there.
    private(set) var failures: [String] = []

    /// A file or a link; absent is as good as removed.
    mutating func file(_ path: String) {
        guard unlink(path) != 0 else { return removed.append(path) }
        if errno != ENOENT { failures.append("\(path): \(String(cString: strerror(errno)))") }
    }

    /// Only when nothing is in it.
    mutating func emptyDirectory(_ path: String) {
        guard rmdir(path) != 0 else { return removed.append(path) }
        if ![ENOENT, ENOTEMPTY, EEXIST].contains(errno) {
            failures.append("\(path): \(String(cString: strerror(errno)))")
        }
    }

    /// With all that is in it; a link is removed, not what it leads to.
    mutating func tree(_ path: String) {
        guard let facts = (try? FileFacts.of(path)) ?? nil else { return }
        guard facts.kind == .directory else { return file(path) }
        for name in (try? DurableFile.names(in: path)) ?? [] { tree(path + "/" + name) }
        emptyDirectory(path)
    }
}
