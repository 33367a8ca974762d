// A log file that stays small, whoever writes it: before a line would take it
// over its limit it is renamed to `.1`, in the place of the one before. Other
// processes may append to the same file, and rename it, at any time.

import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

final class LogFile: Sendable {
    /// Bytes of a file; two of them are kept.
    static let standardLimit = 5 << 20

    private let path: String
    private let limit: Int
    /// Called when this writer has found the file full, and when it has
    /// renamed it; for tests.
    private let full: @Sendable () -> Void
    private let renamed: @Sendable () -> Void
    private let turn = Mutex(())
    /// Each try but the last finds that another has just renamed the file.
    private static let tries = 4

    init(
        _ path: String, limitBytes: Int = LogFile.standardLimit,
        full: @escaping @Sendable () -> Void = {}, renamed: @escaping @Sendable () -> Void = {}
    ) {
        self.path = path
        limit = limitBytes
        self.full = full
        self.renamed = renamed
    }

    /// Appends whole or, where the disk takes nothing more, in part; never
    /// waits for another writer and never fails the caller.
    func append(_ bytes: [UInt8]) {
        turn.withLock { _ in
            for attempt in 1...Self.tries {
                let fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
                guard fd >= 0 else { return }
                defer { close(fd) }
                if hasRoom(fd, bytes.count) || attempt == Self.tries || !rename(fd, bytes.count) {
                    return Self.put(fd, bytes)
                }
            }
        }
    }

    /// A line longer than the limit has a file to itself.
    private func hasRoom(_ fd: Int32, _ count: Int) -> Bool {
        var facts = stat()
        guard fstat(fd, &facts) == 0 else { return true }
        return facts.st_size == 0 || Int(facts.st_size) + count <= limit
    }

    /// Moves the file aside, if it is still the one behind `fd`: of two that
    /// find it full only one may, else the second would move a nearly empty
    /// file over the full one. False when another is at it: the line then goes
    /// where the file is, which passes the limit by that line.
    private func rename(_ fd: Int32, _ count: Int) -> Bool {
        full()
        guard flock(fd, LOCK_EX | LOCK_NB) == 0 else { return false }
        var (behind, there) = (stat(), stat())
        guard fstat(fd, &behind) == 0, lstat(path, &there) == 0,
            behind.st_ino == there.st_ino, behind.st_dev == there.st_dev
        else { return true }
        if moveAside() { renamed() }
        return true
    }

    private func moveAside() -> Bool {
        #if canImport(Glibc)
            Glibc.rename(path, path + ".1") == 0
        #else
            Darwin.rename(path, path + ".1") == 0
        #endif
    }

    /// Also for standard error.
    static func put(_ fd: Int32, _ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                #if canImport(Glibc)
                    Glibc.write(fd, bytes.baseAddress, bytes.count)
                #else
                    Darwin.write(fd, bytes.baseAddress, bytes.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
