// A terminal that is none, and a program in it: what the program draws is
// gathered, keys are typed, the size changes, and the mode of the line can be
// looked at. Nothing here polls.

import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#endif

final class Pseudoterminal: Sendable {
    private let controller: Int32
    private let path: String
    private let screen = Mutex<(text: String, waiting: [Waiter])>(("", []))

    private struct Waiter {
        let isMet: @Sendable (String) -> Bool
        let done: CheckedContinuation<Void, Never>
    }

    init(rows: UInt16 = 24, columns: UInt16 = 120) throws {
        (controller, path) = try Self.open()
        _ = fcntl(controller, F_SETFD, FD_CLOEXEC)
        resize(rows: rows, columns: columns)
    }

    private static func open() throws -> (Int32, String) {
        #if os(Linux)
            // pty(7); the functions of POSIX are hidden from Swift here.
            let (unlock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
            let fd = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var (isLocked, index): (Int32, UInt32) = (0, 0)
            try #require(
                fd >= 0 && ioctl(fd, unlock, &isLocked) == 0 && ioctl(fd, number, &index) == 0)
            return (fd, "/dev/pts/\(index)")
        #else
            let fd = posix_openpt(O_RDWR | O_NOCTTY)
            try #require(fd >= 0 && grantpt(fd) == 0 && unlockpt(fd) == 0)
            return (fd, String(cString: try #require(ptsname(fd))))
        #endif
    }

    /// Starts it in a session of its own, with this as its terminal.
    func start(
        _ program: URL, _ arguments: [String], environment: [String: String]
    ) throws -> pid_t {
        #if os(Linux)
            var files = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            let newSession: Int16 = 0x80
        #else
            var files: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let newSession: Int16 = 0x400
        #endif
        posix_spawn_file_actions_init(&files)
        posix_spawnattr_init(&attributes)
        posix_spawnattr_setflags(&attributes, newSession)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 0, path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&files, 0, 1)
        posix_spawn_file_actions_adddup2(&files, 0, 2)
        let words = ([program.path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for word in words + variables { free(word) } }
        var pid: pid_t = 0
        try #require(
            posix_spawn(&pid, program.path, &files, &attributes, words, variables) == 0)
        Thread.detachNewThread { self.gather() }
        return pid
    }

    /// To the end: every process has let go of the terminal.
    private func gather() {
        var buffer = [UInt8](repeating: 0, count: 65536)
        var bytes: [UInt8] = []
        while true {
            let count = read(controller, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes += buffer[..<count]
            let text = String(decoding: bytes, as: UTF8.self)
            let met = screen.withLock { screen in
                screen.text = text
                let met = screen.waiting.filter { $0.isMet(text) }
                screen.waiting.removeAll { $0.isMet(text) }
                return met
            }
            for waiter in met { waiter.done.resume() }
        }
    }

    /// Everything drawn so far.
    var text: String { screen.withLock { $0.text } }

    /// Until what was drawn is as told; the test's time limit ends the wait.
    func until(_ isMet: @escaping @Sendable (String) -> Bool) async {
        await withCheckedContinuation { done in
            let isMetNow = screen.withLock { screen in
                if !isMet(screen.text) { screen.waiting.append(Waiter(isMet: isMet, done: done)) }
                return isMet(screen.text)
            }
            if isMetNow { done.resume() }
        }
    }

    func until(_ text: String) async { await until { $0.contains(text) } }

    func type(_ keys: String) { _ = write(controller, keys, keys.utf8.count) }

    func resize(rows: UInt16, columns: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    }

    /// Whether lines are edited and keys are shown, as a shell wants it.
    var isAsAShellWantsIt: Bool {
        var mode = termios()
        let wanted = tcflag_t(ICANON | ECHO | ISIG)
        return tcgetattr(controller, &mode) == 0 && mode.c_lflag & wanted == wanted
    }

    /// The next thing that becomes of it: its exit code, or 1000 and the number
    /// of the signal that stopped it; negative for one that ended it.
    static func fate(of pid: pid_t) async -> Int32 {
        await withCheckedContinuation { done in
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(pid, &status, WUNTRACED) < 0, errno == EINTR {}
                let signal = status & 0x7F
                let high = (status >> 8) & 0xFF
                done.resume(returning: signal == 0x7F ? 1000 + high : signal == 0 ? high : -signal)
            }
        }
    }
}
