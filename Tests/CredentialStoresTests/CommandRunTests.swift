// One program run to its end: what it is given, what comes back, and what is
// left of it afterwards, which is nothing.

import CSystem
import RotationEngine
import Support
import Testing

@testable import CredentialStores

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct CommandRunTests {
    /// Long enough for any machine; only what hangs comes near it.
    static let patience: Int64 = 60_000

    private func shell(
        _ script: String, _ arguments: [String] = [], environment: [String: String] = [:],
        input: [UInt8] = [], deadline: Int64 = patience, limit: Int = 1 << 20
    ) async -> Seen {
        let run = CommandRun(
            executable: "/bin/sh", arguments: ["-c", script, "sh"] + arguments,
            environment: environment, input: Secret(input), deadlineMilliseconds: deadline,
            outputLimit: limit)
        return Seen(await run.outcome())
    }

    @Test func `code and both outputs come back whole`() async {
        let seen = await shell("printf 'a\\n\\n'; printf b >&2; exit 7")
        #expect(seen == .exited(7, "a\n\n", "b"))
        #expect(await shell("") == .exited(0, "", ""))
        #expect(await shell("exit 255") == .exited(255, "", ""))
    }

    @Test func `arguments arrive as they are`() async {
        let odd = ["", " a  b ", "\"'$HOME`x`\\", "é\n"]
        let seen = await shell("printf '<%s>' \"$@\"", odd)
        #expect(seen == .exited(0, odd.map { "<\($0)>" }.joined(), ""))
    }

    @Test func `the environment is the one given and no more`() async {
        let run = CommandRun(
            executable: "/usr/bin/env", arguments: [], environment: ["B": "2=3", "A": ""],
            deadlineMilliseconds: Self.patience)
        #expect(Seen(await run.outcome()) == .exited(0, "A=\nB=2=3\n", ""))
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 1 << 20])
    func `input of any length passes through`(count: Int) async {
        let text = (0..<count).map { UInt8(0x61 + $0 % 26) }
        let seen = await shell("cat", input: text)
        #expect(seen == .exited(0, String(decoding: text, as: UTF8.self), ""))
    }

    @Test func `a child that does not want its input is no error`() async {
        let text = [UInt8](repeating: 0x61, count: 1 << 20)
        #expect(await shell("exec <&-; echo done", input: text) == .exited(0, "done\n", ""))
        #expect(await shell("exit 3", input: text) == .exited(3, "", ""))
    }

    @Test(arguments: [-1, 0, 1])
    func `output is taken up to the limit`(over: Int) async {
        let seen = await shell(
            "printf '%s' \"$1\"", [String(repeating: "x", count: 1000)], limit: 1000 - over)
        if over <= 0 {
            #expect(seen == .exited(0, String(repeating: "x", count: 1000), ""))
        } else {
            #expect(seen == .broken)
        }
        #expect(await shell("cat >&2", input: [1, 2, 3], limit: 2) == .broken)
        #expect(await shell("while :; do echo x; done", limit: 100_000) == .broken)
    }

    @Test func `a program that is not there was not started`() async {
        for path in ["/nonexistent/program", "/etc/passwd", "/"] {
            let run = CommandRun(
                executable: path, arguments: [], environment: [:],
                deadlineMilliseconds: Self.patience)
            #expect(Seen(await run.outcome()) == .notStarted, "\(path)")
        }
    }

    @Test func `an end by a signal is no exit`() async {
        #expect(await shell("kill -KILL $$") == .broken)
        // Neither ignored nor blocked in the child, although both are here.
        #expect(await shell("kill -PIPE $$; echo alive") == .broken)
    }

    @Test func `what hangs is killed at the deadline with all it started, and reaped`() async throws
    {
        let directory = TemporaryDirectory()
        let script = "echo $$ >\"$1/a\"; sleep 600 & echo $! >\"$1/b\"; wait"
        #expect(await shell(script, [directory.path], deadline: 2000) == .timedOut)
        let child = try #require(directory.read("a").flatMap { Int32($0.dropLast()) })
        // A zombie would still be there for kill(2).
        #expect(kill(child, 0) == -1 && errno == ESRCH)
        let grandchild = try #require(directory.read("b").flatMap { Int32($0.dropLast()) })
        await untilGone(grandchild)
    }

    @Test func `an output held open by somebody else is not waited for beyond the deadline`()
        async throws
    {
        let directory = TemporaryDirectory()
        let seen = await shell("sleep 600 & echo $! >\"$1/b\"", [directory.path], deadline: 2000)
        #expect(seen == .timedOut)
        let grandchild = try #require(directory.read("b").flatMap { Int32($0.dropLast()) })
        await untilGone(grandchild)
    }

    @Test func `a child that closes its outputs and lives on is killed at the deadline`() async {
        #expect(await shell("exec >&- 2>&-; exec sleep 600", deadline: 300) == .timedOut)
    }

    @Test func `a deadline that has passed is a time-out`() async {
        #expect(await shell("exec sleep 600", deadline: 0) == .timedOut)
    }

    // In a process of its own, where nobody else opens any.
    @Test func `descriptors do not pile up`() async {
        await #expect(processExitsWith: .success) {
            func openCount() -> Int { (0..<8192).count { fcntl(Int32($0), F_GETFD) >= 0 } }
            func run(_ program: String, deadline: Int64) async {
                _ = await CommandRun(
                    executable: program, arguments: [], environment: [:],
                    input: Secret([0x61]), deadlineMilliseconds: deadline
                ).outcome()
            }
            func runs(_ count: Int) async {
                for _ in 0..<count {
                    await run("/bin/cat", deadline: 0)
                    await run("/bin/cat", deadline: CommandRunTests.patience)
                    await run("/nonexistent", deadline: 1)
                }
            }
            // What a process opens once is open by then.
            await runs(1)
            let before = openCount()
            await runs(50)
            #expect(openCount() <= before)
        }
    }

    @Test func `many run at once`() async {
        let results = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<24 {
                group.addTask {
                    let text = Array("\(number)".utf8)
                    return await shell("cat", input: text) == .exited(0, "\(number)", "")
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(results == Array(repeating: true, count: 24))
    }

    @Test func `what it wrote cannot be printed`() async {
        let run = CommandRun(
            executable: "/bin/echo", arguments: ["canary"], environment: [:],
            input: Secret(Array("canary".utf8)), deadlineMilliseconds: Self.patience)
        let outcome = await run.outcome()
        #expect(!"\(outcome)".contains("canary") && !String(reflecting: outcome).contains("canary"))
    }

    /// Killed, but reaped by whoever inherited it, in its own time.
    private func untilGone(_ pid: pid_t) async {
        let end = csystem_uptime_ms() + Self.patience
        while kill(pid, 0) == 0, csystem_uptime_ms() < end {
            #if os(Linux)
                // Where nobody reaps orphans it stays as a zombie.
                if processState(pid) == "Z" { return }
            #endif
            await Task.yield()
        }
        #expect(csystem_uptime_ms() < end)
    }

    #if os(Linux)
        private func processState(_ pid: pid_t) -> String? {
            guard let stream = fopen("/proc/\(pid)/stat", "r") else { return nil }
            defer { fclose(stream) }
            var buffer = [UInt8](repeating: 0, count: 512)
            let count = fread(&buffer, 1, buffer.count, stream)
            let text = String(decoding: buffer[..<count], as: UTF8.self)
            return text.split(separator: ")").last?.split(separator: " ").first.map(String.init)
        }
    #endif
}

/// An outcome that can be compared.
private enum Seen: Equatable {
    case exited(Int32, String, String)
    case timedOut, notStarted, broken

    init(_ outcome: CommandRun.Outcome) {
        switch outcome {
        case .exited(let code, let output, let errors):
            self = .exited(
                code, output.withBytes { String(decoding: $0, as: UTF8.self) },
                errors.withBytes { String(decoding: $0, as: UTF8.self) })
        case .timedOut: self = .timedOut
        case .notStarted(let reason): self = reason.isEmpty ? .broken : .notStarted
        case .broken: self = .broken
        }
    }
}
