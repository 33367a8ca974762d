// What lstat(2) and stat(2) say of a path.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package struct FileFacts: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case file, directory, symbolicLink, other }

    package let kind: Kind
    /// Permission bits only.
    package let mode: UInt32
    package let owner: UInt32
    package let inode: UInt64
    package let size: Int64
    /// Milliseconds since the epoch; what is outside the years 1970…9999
    /// counts as their start or end.
    package let modifiedMilliseconds: Int64

    private static let latestSecond: Int64 = 253_402_300_799

    /// True when nobody but the owner may read, write or search it.
    package var isPrivate: Bool { mode & 0o077 == 0 }

    init(_ facts: stat) {
        kind =
            switch facts.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        mode = UInt32(facts.st_mode & 0o7777)
        owner = facts.st_uid
        inode = UInt64(facts.st_ino)
        size = Int64(facts.st_size)
        #if canImport(Glibc)
            let time = facts.st_mtim
        #else
            let time = facts.st_mtimespec
        #endif
        // Some file systems keep any 64-bit number of seconds.
        let seconds = min(max(Int64(time.tv_sec), 0), Self.latestSecond)
        modifiedMilliseconds = seconds * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Nil when nothing is there. A symbolic link is looked at, not through,
    /// unless `following` is set.
    package static func of(
        _ path: String, following: Bool = false
    ) throws(DurableFileError) -> FileFacts? {
        var facts = stat()
        let result = following ? stat(path, &facts) : lstat(path, &facts)
        if result == 0 { return FileFacts(facts) }
        if errno == ENOENT { return nil }
        throw DurableFileError(path, "stat", errno: errno)
    }
}

/// Sets a path's modification time, in milliseconds since the epoch; false
/// when that failed.
package func setModified(_ path: String, milliseconds: Int64) -> Bool {
    let time = timespec(
        tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
    return utimensat(AT_FDCWD, path, [time, time], 0) == 0
}

/// The path without symbolic links; nil when it does not exist.
package func canonicalPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}
