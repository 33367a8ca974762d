// The service's log: one line an event, to standard error and to
// `rotator.log`. Kept small: at 5 MB it is renamed to `rotator.log.1`.

import RotationCore
import RotationEngine
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

final class ServiceLog: EngineLog {
    private let path: String?
    private let minimum: LogLine.Level
    private let now: @Sendable () -> Timestamp
    private let turn = Mutex(())
    private static let sizeLimit = 5 << 20

    /// Without a path only standard error is written.
    init(path: String?, minimum: LogLine.Level, now: @escaping @Sendable () -> Timestamp) {
        self.path = path
        self.minimum = minimum
        self.now = now
    }

    func write(_ line: LogLine) {
        guard line.level.rank >= minimum.rank else { return }
        let text = "\(now().rfc3339) \(line.level.rawValue) \(line.message)\n"
        turn.withLock { _ in
            if let path { append(text, to: path) } else { Self.put(2, Array(text.utf8)) }
        }
    }

    private func append(_ text: String, to path: String) {
        var facts = stat()
        if stat(path, &facts) == 0, facts.st_size > Self.sizeLimit { rename(path, path + ".1") }
        let fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard fd >= 0 else { return }
        Self.put(fd, Array(text.utf8))
        close(fd)
    }

    private static func put(_ fd: Int32, _ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            #if canImport(Glibc)
                _ = Glibc.write(fd, bytes.baseAddress, bytes.count)
            #else
                _ = Darwin.write(fd, bytes.baseAddress, bytes.count)
            #endif
        }
    }
}

extension LogLine.Level {
    var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .notice: 2
        case .warning: 3
        case .error: 4
        }
    }
}
