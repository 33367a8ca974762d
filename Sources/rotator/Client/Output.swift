// Standard output and standard error.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum Output {
    static func line(_ text: String) { write(text + "\n", to: 1) }
    static func lines(_ lines: [String]) { text(lines.map { $0 + "\n" }.joined()) }
    static func text(_ text: String) { write(text, to: 1) }
    static func bytes(_ bytes: [UInt8]) { write(bytes, to: 1) }
    static func error(_ text: String) { write("rotator: \(text)\n", to: 2) }

    /// On standard error, as it is.
    static func note(_ text: String) { write(text + "\n", to: 2) }

    /// In place of what was said so before; nothing clears it.
    static func progress(_ text: String) { write("\r\u{1B}[K\(text)", to: 2) }

    private static func write(_ text: String, to fd: Int32) { write(Array(text.utf8), to: fd) }

    private static func write(_ bytes: [UInt8], to fd: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glue.write(fd, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private enum Glue {
        static func write(_ fd: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
            #if canImport(Glibc)
                Glibc.write(fd, bytes, count)
            #else
                Darwin.write(fd, bytes, count)
            #endif
        }
    }
}
