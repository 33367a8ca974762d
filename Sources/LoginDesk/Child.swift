// A program that runs while a sign-in does: the official client, or the
// browser. It leads a process group of its own; whatever is left of that group
// is killed when it ends, while its number is still its own. On Linux the kernel
// kills it when we end, however that comes.

import CSystem
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct StartFailure: Error {
    /// An errno.
    let code: Int32
    var text: String { String(cString: strerror(code)) }
}

final class Child: Sendable {
    let pid: Int32
    private let state = Mutex<State>(State())

    private struct State {
        /// What waitpid(2) told.
        var status: Int32?
        /// Its number may be another's from now on.
        var isReaped = false
    }

    private init(pid: Int32) { self.pid = pid }

    /// How it ended; nil while it runs.
    var status: Int32? { state.withLock { $0.status } }

    /// For people; nil while it runs.
    var ending: String? {
        status.map { status in
            status & 0x7F == 0
                ? "exited with \(status >> 8 & 0xFF)" : "was ended by signal \(status & 0x7F)"
        }
    }

    /// Starts it and returns when it runs its own program. `descriptors` become
    /// its 0, 1, 2 and so on; a negative one is /dev/null.
    static func start(
        _ program: String, _ arguments: [String], _ environment: [String: String],
        descriptors: [Int32] = [-1, -1, -1]
    ) async -> Result<Child, StartFailure> {
        await withCheckedContinuation { started in
            let job = Unmanaged.passRetained(
                Job(program, arguments, environment, descriptors, started))
            let code = csystem_thread_start(
                { argument in
                    guard let argument else { return }
                    Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run()
                }, job.toOpaque())
            guard code != 0 else { return }
            job.release()
            started.resume(returning: .failure(StartFailure(code: code)))
        }
    }

    /// Asks it to end, with SIGINT or SIGTERM, and kills it with all it started
    /// when it has not within `grace`. Returns when it is gone.
    func end(with number: Int32 = SIGTERM, graceMilliseconds: Int64) async {
        signal(number, group: false)
        let deadline = csystem_uptime_ms() + graceMilliseconds
        while status == nil {
            if csystem_uptime_ms() >= deadline { signal(SIGKILL, group: true) }
            // Cancelled or not: this is how it is known to be gone.
            await Pause.milliseconds(20)
        }
    }

    private func signal(_ number: Int32, group: Bool) {
        state.withLock { state in
            guard !state.isReaped else { return }
            _ = kill(group ? -pid : pid, number)
        }
    }

    /// On a thread of its own that lives as long as the child does: the kernel
    /// takes the end of that thread for ours.
    private final class Job: Sendable {
        private let program: String
        private let arguments: [String]
        private let environment: [String: String]
        private let descriptors: [Int32]
        private let started: CheckedContinuation<Result<Child, StartFailure>, Never>

        init(
            _ program: String, _ arguments: [String], _ environment: [String: String],
            _ descriptors: [Int32],
            _ started: CheckedContinuation<Result<Child, StartFailure>, Never>
        ) {
            self.program = program
            self.arguments = arguments
            self.environment = environment
            self.descriptors = descriptors
            self.started = started
        }

        func run() {
            let names = environment.map { "\($0.key)=\($0.value)" }.sorted()
            let pid = CStrings.lend([program] + arguments) { arguments in
                CStrings.lend(names) { environment in
                    csystem_child_start(
                        program, arguments, environment, descriptors, descriptors.count)
                }
            }
            guard pid > 0 else {
                return started.resume(returning: .failure(StartFailure(code: -pid)))
            }
            let child = Child(pid: pid)
            started.resume(returning: .success(child))
            _ = csystem_child_await(pid)
            child.state.withLock { state in
                _ = kill(-pid, SIGKILL)
                state.status = csystem_child_reap(pid)
                state.isReaped = true
            }
        }
    }
}

enum CStrings {
    /// Lends a NULL-terminated list of C strings.
    static func lend<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

/// Waiting that a cancelled task does too.
enum Pause {
    static func milliseconds(_ count: Int) async {
        await Task.detached { try? await Task.sleep(for: .milliseconds(count)) }.value
    }
}

/// A pipe, each end of which is closed once.
final class PipeEnds: Sendable {
    private let ends: Mutex<(read: Int32, write: Int32)>

    init() throws(StartFailure) {
        var (read, write): (Int32, Int32) = (-1, -1)
        let code = csystem_child_pipe(&read, &write)
        guard code == 0 else { throw StartFailure(code: -code) }
        ends = Mutex((read, write))
    }

    var read: Int32 { ends.withLock { $0.read } }
    var write: Int32 { ends.withLock { $0.write } }

    func closeRead() { ends.withLock { Self.close(&$0.read) } }
    func closeWrite() { ends.withLock { Self.close(&$0.write) } }

    private static func close(_ fd: inout Int32) {
        if fd >= 0 { _ = csystem_close(fd) }
        fd = -1
    }

    deinit {
        closeRead()
        closeWrite()
    }
}
