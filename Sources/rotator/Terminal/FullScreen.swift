// The terminal's other screen, for as long as something draws on all of it.
// What was there, the cursor and the mode of the line are given back by
// `leave`, which whoever enters calls however it ends.

import CSystem

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct FullScreen {
    private var before = termios()
    private(set) var isEntered = false

    /// False where standard input or output is no terminal.
    mutating func enter() -> Bool {
        guard isatty(0) == 1, isatty(1) == 1, tcgetattr(0, &before) == 0 else { return false }
        var raw = before
        // Keys one by one and unseen; Ctrl-C and Ctrl-Z stay signals.
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        guard tcsetattr(0, TCSANOW, &raw) == 0 else { return false }
        isEntered = true
        Output.text("\u{1B}[?1049h\u{1B}[?25l")
        return true
    }

    mutating func leave() {
        guard isEntered else { return }
        isEntered = false
        Output.text("\u{1B}[?25h\u{1B}[?1049l")
        tcsetattr(0, TCSAFLUSH, &before)
    }

    /// Over what was drawn before; nothing flickers, because nothing is cleared
    /// that is drawn anew.
    static func draw(_ lines: [String]) {
        Output.text(
            "\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J")
    }
}

/// Runs what blocks on a thread of its own.
enum BlockingThread {
    private final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// False when there is no thread to be had.
    @discardableResult static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
        let box = Unmanaged.passRetained(Work(run)).toOpaque()
        let failed = csystem_thread_start(
            { argument in
                guard let argument else { return }
                Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
            }, box)
        if failed != 0 { Unmanaged<Work>.fromOpaque(box).release() }
        return failed == 0
    }
}

/// What a program that waits for several things was woken by.
enum Awakening: Equatable {
    case signal(Int32)
    case key(UInt8)
    /// Another thread has something to show.
    case news
    case timeout
    /// Standard input is at its end.
    case hangup
}

/// Signals, keys and other threads, waited for together on one thread.
final class WakeUps: Sendable {
    private let signals: Int32
    private let news: (read: Int32, write: Int32)
    private let keys: Int32?

    /// `keys` is read one by one; nil: none is.
    init?(keys: Int32?) {
        signals = csystem_terminal_signals()
        var fds: [Int32] = [-1, -1]
        guard signals >= 0, csystem_pipe(&fds) == 0 else { return nil }
        news = (fds[0], fds[1])
        self.keys = keys
    }

    func wake() { csystem_wake(news.write) }

    func next(timeoutMilliseconds: Int32) -> Awakening {
        var polled = [signals, news.read, keys ?? -1].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let count = poll(&polled, nfds_t(polled.count), timeoutMilliseconds)
        guard count > 0 else { return .timeout }
        var byte: UInt8 = 0
        if polled[0].revents != 0, read(signals, &byte, 1) == 1 { return .signal(Int32(byte)) }
        if polled[2].revents != 0, let keys {
            return read(keys, &byte, 1) == 1 ? .key(byte) : .hangup
        }
        csystem_drain(news.read)
        return .news
    }
}
