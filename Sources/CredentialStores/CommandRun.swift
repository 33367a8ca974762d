// One program run to its end: with its arguments, a given environment, bytes on
// its standard input, and a deadline after which it is killed. It runs on a
// thread of its own, so that waiting for it takes none from the cooperative
// pool. What it wrote is a `Secret`: it may hold a credential, and never gets
// into a log or an error text. Spawning itself is in SpawnedChild.

import CSystem
import RotationEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct CommandRun: Sendable {
    enum Outcome: Sendable {
        /// What it wrote on standard output and standard error, whole.
        case exited(Int32, output: Secret, errors: Secret)
        /// It was still running at the deadline, or something it had started
        /// held its output open; it was killed and reaped.
        case timedOut
        /// Why, in words of errno.
        case notStarted(String)
        /// It ended without an answer: by a signal, or because it wrote more
        /// than the limit. For people.
        case broken(String)
    }

    /// Absolute: nothing is looked up in `PATH`.
    let executable: String
    /// Without the program's own name. Visible to every process: no secret.
    let arguments: [String]
    /// All it gets. No secret either.
    let environment: [String: String]
    /// Given on standard input, which is closed after it.
    var input = Secret([])
    let deadlineMilliseconds: Int64
    /// Bytes on each of its outputs at most.
    var outputLimit = 1 << 20

    /// A cancelled task still waits for the end: a write that was begun is
    /// finished, or killed at its deadline.
    func outcome() async -> Outcome {
        await withCheckedContinuation { done in
            let job = Unmanaged.passRetained(Job(self, done))
            let code = csystem_thread_start(
                { argument in
                    guard let argument else { return }
                    let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
                    job.done.resume(returning: job.run.toItsEnd())
                }, job.toOpaque())
            guard code != 0 else { return }
            job.release()
            done.resume(returning: .notStarted(String(cString: strerror(code))))
        }
    }

    private final class Job: Sendable {
        let run: CommandRun
        let done: CheckedContinuation<Outcome, Never>
        init(_ run: CommandRun, _ done: CheckedContinuation<Outcome, Never>) {
            self.run = run
            self.done = done
        }
    }

    /// Blocks; for a thread that ends afterwards, because SIGPIPE stays blocked
    /// in it.
    private func toItsEnd() -> Outcome {
        var pipeSignal = sigset_t()
        sigemptyset(&pipeSignal)
        sigaddset(&pipeSignal, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipeSignal, nil)
        let deadline = csystem_uptime_ms() + deadlineMilliseconds
        var child: SpawnedChild
        switch SpawnedChild.start(executable, arguments, environment) {
        case .success(let started): child = started
        case .failure(let error): return .notStarted(String(cString: strerror(error.code)))
        }
        defer { child.closeAll() }
        let end = input.withBytes { bytes in
            child.converse(bytes, outputLimit: outputLimit, until: deadline)
        }
        switch end {
        case .deadline:
            child.kill()
            return .timedOut
        case .tooMuch:
            child.kill()
            return .broken("wrote more than \(outputLimit) bytes")
        case .failed(let code):
            child.kill()
            return .broken(String(cString: strerror(code)))
        case .closed: break
        }
        guard let status = child.status(until: deadline) else {
            child.kill()
            return .timedOut
        }
        // wait(2): the low seven bits name a signal, the next eight the code.
        guard status & 0x7F == 0 else { return .broken("was ended by signal \(status & 0x7F)") }
        return .exited(
            status >> 8 & 0xFF, output: Secret(child.output), errors: Secret(child.errors))
    }
}
