// The service as a process: started with a fault or without, waited for,
// killed. Everything has a deadline; nothing sleeps.

#if os(Linux)
    import Dispatch
    import Foundation
    import Synchronization

    final class Child: Sendable {
        let pid: Int32
        private let output: Int32
        private let exit = Exit()

        /// Seconds within which a process does what it does in milliseconds,
        /// on a machine with other things to do.
        static let patience = 60

        /// Its end, as waitpid(2) told it.
        private final class Exit: Sendable {
            let status = Mutex<Int32?>(nil)
            let ended = DispatchSemaphore(value: 0)
        }

        /// Standard error is appended to `log`.
        init(
            _ program: String, _ arguments: [String], environment: [String: String], log: String
        ) throws {
            // A named pipe, because the ends of a nameless one would be inherited
            // by whatever another thread starts just now.
            let pipe = log + ".pipe"
            unlink(pipe)
            guard mkfifo(pipe, 0o600) == 0 else {
                throw HarnessError(description: "no pipe: errno \(errno)")
            }
            defer { unlink(pipe) }
            output = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
            pid = try Self.spawn(
                [program] + arguments, environment.map { "\($0)=\($1)" }, output: pipe, log)
            let (pid, exit) = (pid, exit)
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(pid, &status, 0) < 0, errno == EINTR {}
                exit.status.withLock { $0 = status }
                exit.ended.signal()
            }
        }

        deinit {
            kill()
            _ = ended()
            close(output)
        }

        /// Whether it wrote a line; false when it ended without one.
        func saysItListens() -> Bool {
            let deadline = Date().addingTimeInterval(Double(Self.patience))
            while true {
                let left = deadline.timeIntervalSinceNow
                guard left > 0 else { return false }
                var wanted = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
                guard poll(&wanted, 1, Int32(left * 1000)) > 0 else { continue }
                var bytes = [UInt8](repeating: 0, count: 1024)
                let count = read(output, &bytes, bytes.count)
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                guard count > 0 else { return false }
                if bytes[..<count].contains(0x0A) { return true }
            }
        }

        /// Still there.
        var runs: Bool { exit.status.withLock { $0 } == nil }

        /// Kills it as a power cut would: no handler runs. A process that ended
        /// is left alone, because its number may be another's.
        func kill() { send(SIGKILL) }

        func terminate() { send(SIGTERM) }

        private func send(_ signal: Int32) {
            exit.status.withLock { status in
                if status == nil { _ = Foundation.kill(pid, signal) }
            }
        }

        /// The code it ended with, negative for a signal; nil when it does not
        /// end.
        func ended() -> Int32? {
            guard exit.ended.wait(timeout: .now() + .seconds(Self.patience)) == .success
            else { return nil }
            exit.ended.signal()
            return exit.status.withLock { status in
                status.map { $0 & 0x7F == 0 ? ($0 >> 8) & 0xFF : -($0 & 0x7F) }
            }
        }

        private static func spawn(
            _ arguments: [String], _ environment: [String], output: String, _ log: String
        ) throws -> Int32 {
            var files = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&files)
            defer { posix_spawn_file_actions_destroy(&files) }
            posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY, 0)
            posix_spawn_file_actions_addopen(
                &files, 2, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            let words = arguments.map { strdup($0) } + [nil]
            let variables = environment.map { strdup($0) } + [nil]
            defer { for word in words + variables { free(word) } }
            var pid: pid_t = 0
            let failed = posix_spawn(&pid, arguments[0], &files, nil, words, variables)
            guard failed == 0 else {
                throw HarnessError(description: "\(arguments[0]) not started: errno \(failed)")
            }
            return pid
        }
    }
#endif
