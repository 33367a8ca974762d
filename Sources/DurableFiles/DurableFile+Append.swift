// The one way a file grows in this house: a line at a time, made durable, and
// taken back whole when it cannot be. A line a killed writer left half is
// ended, so that it spoils no line but its own.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension DurableFile {
    /// Adds `line` and a line feed, durably; makes the file, for its owner
    /// only, when there is none. When it throws, the file holds what it held,
    /// unless the disk refused that too.
    package static func append(_ line: [UInt8], to path: String) throws(DurableFileError) {
        let isNew = try FileFacts.of(path) == nil
        let fd = retried {
            open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        }
        guard fd >= 0 else { throw DurableFileError(path, "open", errno: errno) }
        defer { close(fd) }
        var facts = stat()
        guard fstat(fd, &facts) == 0 else {
            throw DurableFileError(path, "stat", errno: errno)
        }
        try check(FileFacts(facts), of: path)
        let start = facts.st_size
        var last: UInt8 = 0x0A
        if start > 0 { _ = pread(fd, &last, 1, start - 1) }
        do throws(DurableFileError) {
            try writeAll(fd, (last == 0x0A ? [] : [0x0A]) + line + [0x0A], path)
            try sync(fd, path)
        } catch {
            _ = ftruncate(fd, start)
            throw error
        }
        if isNew { try syncDirectory(of: path) }
    }
}
