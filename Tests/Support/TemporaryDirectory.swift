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
        guard let stream = fopen(file(name), "w") else { return }
        bytes.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, stream) }
        fclose(stream)
        chmod(file(name), mode)
    }

    /// Nil when there is no such file.
    package func read(_ name: String) -> String? {
        guard let stream = fopen(file(name), "r") else { return nil }
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
