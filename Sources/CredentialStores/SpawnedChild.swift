// A child process on three pipes: how it is spawned, listened to and reaped.
// Nothing else of ours is open in it (close-on-exec), its signals are the
// default ones, and it leads a process group of its own, so that a key pressed
// in our terminal does not tear a write, and killing it kills what it started.

import CSystem
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package struct SpawnError: Error {
    /// An errno.
    package let code: Int32
}

package struct SpawnedChild {
    package enum End {
        /// Both outputs were closed.
        case closed
        case deadline
        case tooMuch
        /// An errno of poll(2).
        case failed(Int32)
    }

    private let pid: pid_t
    private var input: Int32
    private var streams: [Stream]

    private struct Stream {
        var fd: Int32
        var bytes: [UInt8] = []
    }

    package var output: [UInt8] { streams[0].bytes }
    package var errors: [UInt8] { streams[1].bytes }

    // MARK: Spawning

    /// Two children are not spawned at once: between pipe(2) and fcntl(2) a
    /// pipe is not close-on-exec, and would be open in the other child.
    private static let spawning = Mutex<Void>(())

    /// `executable` is absolute; `environment` is all it gets.
    package static func start(
        _ executable: String, _ arguments: [String], _ environment: [String: String]
    ) -> Result<SpawnedChild, SpawnError> {
        spawning.withLock { _ in
            var pipes: [Pipe] = []
            for _ in 0..<3 {
                switch Pipe.make() {
                case .success(let pipe): pipes.append(pipe)
                case .failure(let error):
                    for pipe in pipes { pipe.closeBoth() }
                    return .failure(error)
                }
            }
            let theirs = [pipes[0].readEnd, pipes[1].writeEnd, pipes[2].writeEnd]
            let ours = [pipes[0].writeEnd, pipes[1].readEnd, pipes[2].readEnd]
            var pid: pid_t = 0
            let code = spawn(&pid, executable, arguments, environment, theirs)
            for fd in theirs { close(fd) }
            guard code == 0 else {
                for fd in ours { close(fd) }
                return .failure(SpawnError(code: code))
            }
            for fd in ours { _ = fcntl(fd, F_SETFL, O_NONBLOCK) }
            return .success(
                SpawnedChild(
                    pid: pid, input: ours[0],
                    streams: [Stream(fd: ours[1]), Stream(fd: ours[2])]))
        }
    }

    private static func spawn(
        _ pid: inout pid_t, _ executable: String, _ arguments: [String],
        _ environment: [String: String], _ standard: [Int32]
    ) -> Int32 {
        #if canImport(Glibc)
            var files = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            let closing: Int32 = 0
        #else
            var files: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let closing = POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        posix_spawn_file_actions_init(&files)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&files)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, fd) in standard.enumerated() {
            posix_spawn_file_actions_adddup2(&files, fd, Int32(number))
        }
        // The service ignores SIGPIPE, and this thread blocks it; a child would
        // inherit both.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(
                Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGDEF)
                    | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(closing)))
        let names = environment.map { "\($0.key)=\($0.value)" }.sorted()
        return withStrings([executable] + arguments) { arguments in
            withStrings(names) { environment in
                posix_spawn(&pid, executable, &files, &attributes, arguments, environment)
            }
        }
    }

    /// Lends a NULL-terminated list of C strings.
    private static func withStrings(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
    ) -> Int32 {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }

    // MARK: Conversing

    /// Writes all of `bytes` and reads both outputs until they are closed. A
    /// child that does not want its input is no error.
    package mutating func converse(
        _ bytes: [UInt8], outputLimit: Int, until deadline: Int64
    ) -> End {
        var rest = bytes[...]
        while streams.contains(where: { $0.fd >= 0 }) {
            if rest.isEmpty { closeInput() }
            let left = deadline - csystem_uptime_ms()
            guard left > 0 else { return .deadline }
            var polls = streams.map { pollfd(fd: $0.fd, events: Int16(POLLIN), revents: 0) }
            polls.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0))
            let ready = poll(&polls, nfds_t(polls.count), Int32(min(left, 60_000)))
            if ready < 0, errno != EINTR { return .failed(errno) }
            guard ready > 0 else { continue }
            if polls[2].revents != 0 { send(&rest) }
            for index in streams.indices where polls[index].revents != 0 {
                guard receive(index, limit: outputLimit) else { return .tooMuch }
            }
        }
        return .closed
    }

    private mutating func send(_ rest: inout ArraySlice<UInt8>) {
        let count = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
        if count >= 0 {
            rest = rest.dropFirst(count)
        } else if errno != EINTR, errno != EAGAIN {
            closeInput()
        }
    }

    /// False when there is more than `limit`.
    private mutating func receive(_ index: Int, limit: Int) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16384)
        let fd = streams[index].fd
        let count = buffer.withUnsafeMutableBytes { read(fd, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR || errno == EAGAIN { return true }
        guard count > 0 else {
            close(fd)
            streams[index].fd = -1
            return true
        }
        streams[index].bytes += buffer[..<count]
        return streams[index].bytes.count <= limit
    }

    private mutating func closeInput() {
        guard input >= 0 else { return }
        close(input)
        input = -1
    }

    package mutating func closeAll() {
        closeInput()
        for index in streams.indices where streams[index].fd >= 0 {
            close(streams[index].fd)
            streams[index].fd = -1
        }
    }

    // MARK: Reaping

    /// What waitpid(2) tells of its end, which then is reaped; nil at the
    /// deadline. Closing its outputs and ending are two moments, but near ones.
    package func status(until deadline: Int64) -> Int32? {
        while true {
            var status: Int32 = 0
            let result = waitpid(pid, &status, WNOHANG)
            if result == pid { return status }
            // Reaped by somebody else (SIGCHLD ignored): how it ended is lost,
            // which is told as an end by a signal, never as a success.
            if result < 0, errno != EINTR { return SIGKILL }
            guard csystem_uptime_ms() < deadline else { return nil }
            csystem_pause(1)
        }
    }

    /// Kills it with all it started, and reaps it.
    package func kill() {
        killProcess(-pid)
        killProcess(pid)
        while waitpid(pid, nil, 0) < 0, errno == EINTR {}
    }
}

/// kill(2); outside the type, where its name is not hidden by ours.
private func killProcess(_ pid: pid_t) { _ = kill(pid, SIGKILL) }

/// Both ends above the standard descriptors and close-on-exec.
private struct Pipe {
    let readEnd: Int32
    let writeEnd: Int32

    func closeBoth() {
        close(readEnd)
        close(writeEnd)
    }

    static func make() -> Result<Pipe, SpawnError> {
        var fds: [Int32] = [-1, -1]
        guard pipe(&fds) == 0 else { return .failure(SpawnError(code: errno)) }
        let moved = fds.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
        let code = errno
        for fd in fds { close(fd) }
        guard moved.allSatisfy({ $0 >= 0 }) else {
            for fd in moved where fd >= 0 { close(fd) }
            return .failure(SpawnError(code: code))
        }
        return .success(Pipe(readEnd: moved[0], writeEnd: moved[1]))
    }
}
