// Runs the built binary as a user would, in a throw-away home.

import Foundation
import Synchronization
import Testing

/// How a run of a program ended.
struct Run: Sendable {
    let code: Int32
    let output: String
    let errors: String
}

enum Program {
    /// The repository this test was built from.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The product beside the test bundle.
    static func rotator() throws -> URL {
        var directory = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<6 {
            let candidate = directory.appending(path: "rotator")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            directory = directory.deletingLastPathComponent()
        }
        let built = repository.appending(path: ".build/debug/rotator")
        try #require(FileManager.default.isExecutableFile(atPath: built.path))
        return built
    }

    /// Starts it; what it says is gathered as it comes.
    static func start(
        _ program: URL, _ arguments: [String], environment: [String: String],
        input: String = "/dev/null"
    ) throws -> RunningProgram {
        try RunningProgram(program, arguments, environment: environment, input: input)
    }

    /// Runs to the end; `input` is a file that stands for its standard input.
    static func run(
        _ program: URL, _ arguments: [String], environment: [String: String],
        input: String = "/dev/null"
    ) async throws -> Run {
        let running = try start(program, arguments, environment: environment, input: input)
        let code = await running.ended()
        return Run(code: code, output: running.output.text, errors: running.errors.text)
    }
}

/// A program that runs. Nothing here polls: threads that read its pipes and
/// wait for its end wake whoever waits. Spawned by hand, because the pipes must
/// not be inherited by programs started at the same time.
final class RunningProgram: Sendable {
    let output = Gathered()
    let errors = Gathered()
    let pid: Int32
    private let code = Awaited<Int32>()

    struct NotStarted: Error {
        let errno: Int32
    }

    init(
        _ program: URL, _ arguments: [String], environment: [String: String], input: String
    ) throws {
        let pipes = try [Self.pipe(), Self.pipe()]
        pid = try Self.spawn(
            [program.path] + arguments, environment.map { "\($0)=\($1)" },
            input: input, output: pipes[0].write, errors: pipes[1].write)
        for pipe in pipes { close(pipe.write) }
        let (pid, code) = (pid, code)
        for (gathered, pipe) in zip([output, errors], pipes) {
            Thread.detachNewThread { gathered.read(pipe.read) }
        }
        Thread.detachNewThread {
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7F
            code.set(signal == 0 ? (status >> 8) & 0xFF : -signal)
        }
    }

    /// Its exit code, once it has ended and all it said was read; negative for
    /// a signal.
    func ended() async -> Int32 {
        await output.ended()
        await errors.ended()
        return await code.value()
    }

    func terminate() { kill(pid, SIGTERM) }

    private static func pipe() throws -> (read: Int32, write: Int32) {
        var fds: [Int32] = [-1, -1]
        guard Foundation.pipe(&fds) == 0 else { throw NotStarted(errno: errno) }
        for fd in fds { _ = fcntl(fd, F_SETFD, FD_CLOEXEC) }
        return (fds[0], fds[1])
    }

    private static func spawn(
        _ arguments: [String], _ environment: [String], input: String, output: Int32,
        errors: Int32
    ) throws -> Int32 {
        #if os(Linux)
            var files = posix_spawn_file_actions_t()
        #else
            var files: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&files, output, 1)
        posix_spawn_file_actions_adddup2(&files, errors, 2)
        let words = arguments.map { strdup($0) } + [nil]
        let variables = environment.map { strdup($0) } + [nil]
        defer { for word in words + variables { free(word) } }
        var pid: pid_t = 0
        let failed = posix_spawn(&pid, arguments[0], &files, nil, words, variables)
        guard failed == 0 else { throw NotStarted(errno: failed) }
        return pid
    }
}

/// A value somebody will set once.
final class Awaited<Value: Sendable>: Sendable {
    private let state = Mutex<(value: Value?, waiting: [CheckedContinuation<Value, Never>])>(
        (nil, []))

    func set(_ value: Value) {
        let waiting = state.withLock { state in
            guard state.value == nil else { return [CheckedContinuation<Value, Never>]() }
            state.value = value
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.resume(returning: value) }
    }

    func value() async -> Value {
        await withCheckedContinuation { continuation in
            let value = state.withLock { state in
                if state.value == nil { state.waiting.append(continuation) }
                return state.value
            }
            if let value { continuation.resume(returning: value) }
        }
    }
}

/// What comes out of a pipe.
final class Gathered: Sendable {
    private let state = Mutex("")
    private let firstLine = Awaited<Bool>()
    private let end = Awaited<Bool>()

    /// Reads to the end, on the thread it is called on.
    func read(_ fd: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Foundation.read(fd, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            let hasLine = state.withLock { text in
                text += String(decoding: buffer[..<count], as: UTF8.self)
                return text.contains("\n")
            }
            if hasLine { firstLine.set(true) }
        }
        close(fd)
        firstLine.set(false)
        end.set(true)
    }

    var text: String { state.withLock { $0 } }
    func ended() async { _ = await end.value() }
    /// False when it ended without a line.
    func untilFirstLine() async -> Bool { await firstLine.value() }
}
