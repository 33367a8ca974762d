// The one way a file is replaced in this house (decision 9): written beside the
// old one with its final mode, made durable, renamed over it, the directory
// made durable. Whoever looks sees the old bytes or the new, never half.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package enum DurableFile {
    /// The moments a replacement can fail at; tests fail it at each.
    package enum Step: String, CaseIterable, Sendable {
        case create, setMode, write, syncFile, rename, syncDirectory
    }

    /// The whole content; nil when nothing is there. Follows a symbolic link;
    /// one that leads nowhere is refused, because what it stands for may only
    /// be out of reach (a volume not mounted). Refuses what is not a regular
    /// file or belongs to another user.
    package static func read(
        _ path: String, limitBytes: Int
    ) throws(DurableFileError) -> [UInt8]? {
        let fd = retried { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard fd >= 0 else {
            let code = errno
            guard code == ENOENT else { throw DurableFileError(path, "open", errno: code) }
            guard try FileFacts.of(path) == nil else { throw leadsNowhere(path) }
            return nil
        }
        defer { close(fd) }
        var facts = stat()
        guard fstat(fd, &facts) == 0 else {
            throw DurableFileError(path, "stat", errno: errno)
        }
        try check(FileFacts(facts), of: path)
        return try readAll(fd, path, limitBytes: limitBytes)
    }

    /// Replaces the content durably. A symbolic link stays; what it leads to is
    /// replaced, if that is ours. The file has `mode` before its first byte.
    /// When it throws, the old content or (if only the directory could not be
    /// made durable) the new one is there. What a writer that was killed left
    /// beside the file is cleared away.
    package static func replace(
        _ path: String, with bytes: [UInt8], mode: UInt32 = 0o600,
        before: (Step) throws(DurableFileError) -> Void = { _ in }
    ) throws(DurableFileError) {
        let target = try replaceable(path)
        let temporary = Leftovers.temporaryName(for: target)
        try before(.create)
        let fd = retried {
            open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        }
        guard fd >= 0 else { throw DurableFileError(path, "create", errno: errno) }
        do throws(DurableFileError) {
            defer { close(fd) }
            try before(.setMode)
            guard fchmod(fd, mode_t(mode)) == 0 else {
                throw DurableFileError(path, "chmod", errno: errno)
            }
            try before(.write)
            try writeAll(fd, bytes, path)
            try before(.syncFile)
            try sync(fd, path)
        } catch {
            unlink(temporary)
            throw error
        }
        do throws(DurableFileError) {
            try before(.rename)
            guard rename(temporary, target) == 0 else {
                throw DurableFileError(path, "rename", errno: errno)
            }
        } catch {
            unlink(temporary)
            throw error
        }
        Leftovers.clear(besides: target)
        try before(.syncDirectory)
        try syncDirectory(of: target)
    }

    /// Removes a file (of a symbolic link, the link); succeeds when there is
    /// none. What a killed writer left beside it goes too. Without `durably` a
    /// power cut may bring it back.
    package static func remove(
        _ path: String, durably: Bool = true
    ) throws(DurableFileError) {
        Leftovers.clear(besides: path)
        guard unlink(path) == 0 else {
            if errno == ENOENT { return }
            throw DurableFileError(path, "unlink", errno: errno)
        }
        if durably { try syncDirectory(of: path) }
    }

    /// Makes a directory, and those above it, for its owner only. One that is
    /// there already and open to others is closed to them.
    package static func makePrivateDirectory(_ path: String) throws(DurableFileError) {
        if let facts = try FileFacts.of(path, following: true) {
            guard facts.kind == .directory else {
                throw refusal(path, "is not a directory")
            }
            guard facts.owner == geteuid() else {
                throw refusal(path, "belongs to another user")
            }
            guard facts.mode & 0o077 == 0 || chmod(path, 0o700) == 0 else {
                throw DurableFileError(path, "chmod", errno: errno)
            }
            return
        }
        let parent = directory(of: path)
        if parent != path, try FileFacts.of(parent, following: true) == nil {
            try makePrivateDirectory(parent)
        }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw DurableFileError(path, "mkdir", errno: errno)
        }
    }

    /// The names in a directory, sorted; empty when there is no directory.
    package static func names(in path: String) throws(DurableFileError) -> [String] {
        guard let stream = opendir(path) else {
            if errno == ENOENT { return [] }
            throw DurableFileError(path, "opendir", errno: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            // readdir(3) ends and fails alike; only errno tells which.
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw DurableFileError(path, "readdir", errno: errno) }
        return names.sorted()
    }

    /// The part of a path before its last slash; `.` when there is none.
    package static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    // MARK: -

    private static func refusal(_ path: String, _ reason: String) -> DurableFileError {
        DurableFileError(kind: .refused, path: path, operation: "check", reason: reason)
    }

    private static func leadsNowhere(_ path: String) -> DurableFileError {
        refusal(path, "is a symbolic link that leads nowhere")
    }

    static func check(_ facts: FileFacts, of path: String) throws(DurableFileError) {
        guard facts.kind == .file else { throw refusal(path, "is not a regular file") }
        guard facts.owner == geteuid() else { throw refusal(path, "belongs to another user") }
    }

    /// The path to rename over: through a link, if what it leads to is ours.
    private static func replaceable(_ path: String) throws(DurableFileError) -> String {
        guard let facts = try FileFacts.of(path) else { return path }
        guard facts.kind == .symbolicLink else {
            try check(facts, of: path)
            return path
        }
        guard let target = canonicalPath(path), let facts = try FileFacts.of(target) else {
            throw leadsNowhere(path)
        }
        try check(facts, of: target)
        return target
    }

    private static func readAll(
        _ fd: Int32, _ path: String, limitBytes: Int
    ) throws(DurableFileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = readOnce(fd, &buffer)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw DurableFileError(path, "read", errno: errno)
            }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limitBytes else {
                throw DurableFileError(
                    kind: .tooLarge, path: path, operation: "read",
                    reason: "holds more than \(limitBytes) bytes")
            }
        }
    }

    static func writeAll(
        _ fd: Int32, _ bytes: [UInt8], _ path: String
    ) throws(DurableFileError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(fd, $0.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw DurableFileError(path, "write", errno: errno)
            }
            guard count > 0 else { throw DurableFileError(path, "write", errno: EIO) }
            written += count
        }
    }

    /// On macOS fsync(2) does not reach the medium; F_FULLFSYNC does.
    static func sync(_ fd: Int32, _ path: String) throws(DurableFileError) {
        #if canImport(Darwin)
            if fcntl(fd, F_FULLFSYNC) == 0 { return }
        #endif
        guard retried({ fsync(fd) }) == 0 else {
            throw DurableFileError(path, "fsync", errno: errno)
        }
    }

    static func syncDirectory(of path: String) throws(DurableFileError) {
        let directory = directory(of: path)
        let fd = retried { open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard fd >= 0 else { throw DurableFileError(directory, "open", errno: errno) }
        defer { close(fd) }
        try sync(fd, directory)
    }
}

extension DurableFile {
    /// Makes a directory for its owner only unless something is there; what is
    /// there keeps its mode, because it is somebody else's to decide.
    package static func makePrivateDirectoryIfMissing(
        _ path: String
    ) throws(DurableFileError) {
        guard try FileFacts.of(path, following: true) == nil else { return }
        try makePrivateDirectory(path)
    }
}

/// The call, again for as long as a signal interrupts it (signal(7)).
func retried(_ call: () -> Int32) -> Int32 {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}

/// read(2); outside the type, where its name is not hidden by ours.
private func readOnce(_ fd: Int32, _ buffer: inout [UInt8]) -> Int {
    buffer.withUnsafeMutableBytes { read(fd, $0.baseAddress, $0.count) }
}
