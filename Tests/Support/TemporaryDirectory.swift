// A directory of a test's own, removed with everything in it.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package final class TemporaryDirectory: Sendable {
    package let path: String

    package init() {
        var template = Array("/tmp/rotator-test-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "a temporary directory can be made")
        path = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.removeTree(path) }

    package func file(_ name: String) -> String { path + "/" + name }

    package func makeDirectory(_ name: String, mode: mode_t = 0o700) {
        mkdir(file(name), mode)
    }

    package func write(_ name: String, _ text: String, mode: mode_t = 0o600) {
        write(name, Array(text.utf8), mode: mode)
    }

    package func write(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o600) {
        // Close on exec: a program somebody else starts meanwhile would keep a script
        // open for writing, and nobody could run it ("text file busy").
        guard let stream = fopen(file(name), "we") else { return }
        bytes.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, stream) }
        fclose(stream)
        chmod(file(name), mode)
    }

    /// Nil when there is no such file.
    package func read(_ name: String) -> String? {
        guard let stream = fopen(file(name), "re") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        while true {
            let byte = fgetc(stream)
            guard byte != EOF else { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(UInt8(truncatingIfNeeded: byte))
        }
    }

    package func mode(_ name: String) -> mode_t? {
        var facts = stat()
        return stat(file(name), &facts) == 0 ? facts.st_mode & 0o777 : nil
    }

    /// Sorted.
    package func names(_ directory: String = "") -> [String] { Self.names(file(directory)) }

    package func link(_ name: String, to target: String) { symlink(target, file(name)) }

    /// The same files, modes, links and times in another directory: what a
    /// disk holds when the writer is killed now.
    package func copy() -> TemporaryDirectory {
        let twin = TemporaryDirectory()
        Self.copyTree(path, to: twin.path)
        return twin
    }

    /// Makes every file whose name ends so look older; answers how many.
    package func age(suffix: String, seconds: Int) -> Int {
        Self.ageTree(path, suffix: suffix, to: time(nil) - seconds)
    }

    private static func copyTree(_ source: String, to target: String) {
        for name in names(source) {
            let (from, to) = (source + "/" + name, target + "/" + name)
            var facts = stat()
            guard lstat(from, &facts) == 0 else { continue }
            switch facts.st_mode & S_IFMT {
            case S_IFDIR:
                mkdir(to, facts.st_mode & 0o777)
                copyTree(from, to: to)
            case S_IFLNK:
                if let resolved = realpath(from, nil) {
                    symlink(String(cString: resolved), to)
                    free(resolved)
                }
            default:
                copyFile(from, to)
                chmod(to, facts.st_mode & 0o777)
            }
            setTime(to, facts)
        }
    }

    private static func copyFile(_ source: String, _ target: String) {
        guard let reader = fopen(source, "re"), let writer = fopen(target, "we") else { return }
        defer {
            fclose(reader)
            fclose(writer)
        }
        while true {
            let byte = fgetc(reader)
            guard byte != EOF else { return }
            fputc(byte, writer)
        }
    }

    private static func setTime(_ path: String, _ facts: stat) {
        #if canImport(Glibc)
            let time = facts.st_mtim
        #else
            let time = facts.st_mtimespec
        #endif
        _ = utimensat(AT_FDCWD, path, [time, time], AT_SYMLINK_NOFOLLOW)
    }

    private static func ageTree(_ path: String, suffix: String, to second: Int) -> Int {
        var count = 0
        for name in names(path) {
            let entry = path + "/" + name
            var facts = stat()
            guard lstat(entry, &facts) == 0 else { continue }
            if facts.st_mode & S_IFMT == S_IFDIR {
                count += ageTree(entry, suffix: suffix, to: second)
            } else if name.hasSuffix(suffix) {
                let time = timespec(tv_sec: second, tv_nsec: 0)
                if utimensat(AT_FDCWD, entry, [time, time], 0) == 0 { count += 1 }
            }
        }
        return count
    }

    private static func names(_ path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func removeTree(_ path: String) {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return }
        if facts.st_mode & S_IFMT == S_IFDIR {
            chmod(path, 0o700)
            for name in names(path) { removeTree(path + "/" + name) }
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
