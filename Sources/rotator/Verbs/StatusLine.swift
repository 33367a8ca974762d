// Claude Code's status line command: tells the service what Claude Code says
// of usage, and prints one line. It is run after every answer, so it is quick
// or silent: it never fails, never starts the service and never waits for it.

import ArgumentParser
import CSystem
import ControlWire
import CredentialStores
import HostFacts
import LoopbackHTTP
import RotationCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#endif

struct StatusLine: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statusline",
        abstract: "As Claude Code's status line command: feed the service, print one line.",
        discussion: Examples.text(
            "rotator statusline", "rotator statusline --color --command ~/.claude/line.sh"))
    @OptionGroup var common: CommonOptions
    @Option(
        name: .long, help: "Another status line command: same input, its output printed first.")
    var command: String?
    @Option(name: .long, help: "Milliseconds the service has to answer, 1 to 10000.")
    var answerMilliseconds: Int64 = 8
    @Flag(name: .long, help: "Colour the bars, unless NO_COLOR is set.") var color = false

    /// Milliseconds for the input, and the other command, to end.
    private static let inputMilliseconds: Int64 = 1000
    private static let commandMilliseconds: Int64 = 3000
    /// Bytes of the input, and of what the other command says.
    private static let inputLimit = 1 << 20
    private static let outputLimit = 1 << 16
    /// Set for the other command, so that it may be this one without end.
    private static let nested = "ROTATOR_STATUSLINE_NESTED"

    func validate() throws {
        guard (1...10_000).contains(answerMilliseconds) else {
            throw ValidationError(
                "--answer-milliseconds \(answerMilliseconds) is out of range; give 1 to 10000")
        }
    }

    func run() {
        signal(SIGPIPE, SIG_IGN)
        let bytes = Self.readInput()
        let input = StatusLineInput(bytes)
        let configuration = try? common.read(command.map { [.statusLineCommand: $0] } ?? [:])
        let other = command ?? configuration?.text(.statusLineCommand) ?? ""
        var child = Self.start(other)
        let response = configuration.flatMap { post(input, $0) }
        if child != nil { Self.finish(&child, bytes) }
        if common.json { return Output.bytes(response?.body ?? Array("{}\n".utf8)) }
        let now = SystemClock().now()
        let text = response.flatMap(Self.body).map { StatusLineText($0, input, at: now) }
        let line = (text ?? StatusLineText(input, at: now)).line(
            at: now, palette: palette(configuration))
        Output.line(line)
    }

    private func palette(_ configuration: Configuration?) -> StatusLinePalette? {
        let isForbidden = CommonOptions.environment["NO_COLOR"]?.isEmpty == false
        guard color, !isForbidden else { return nil }
        return StatusLinePalette(bounds: configuration?.bounds ?? Bounds())
    }

    /// What is there until the end, the limit or the deadline.
    private static func readInput() -> [UInt8] {
        let deadline = csystem_uptime_ms() + inputMilliseconds
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16384)
        while bytes.count < inputLimit {
            let left = Int32(clamping: deadline - csystem_uptime_ms())
            guard left > 0, csystem_wait(0, 0, left) == 1 else { break }
            let count = buffer.withUnsafeMutableBytes {
                csystem_receive(0, $0.baseAddress, $0.count)
            }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    // MARK: The service

    private func post(
        _ input: StatusLineInput, _ configuration: Configuration
    ) -> HTTPClientResponse? {
        guard let observation = input.observation,
            let body = try? JSONEncoder().encode(observation)
        else { return nil }
        var fields = HTTPFields(
            authorization: BearerTokenFile(dataDirectory: configuration.dataDirectory))
        fields.append("Content-Type", "application/json")
        return try? HTTPClient(.unixSocket(path: configuration.socketPath)).exchange(
            method: "POST", target: "/observations", fields: fields, body: Array(body),
            timeoutMilliseconds: answerMilliseconds)
    }

    /// What to draw from, whether it counted or not.
    private static func body(_ response: HTTPClientResponse) -> StatusLineBody? {
        let data = Data(response.body)
        guard response.status >= 400 else {
            return try? JSONDecoder().decode(StatusLineBody.self, from: data)
        }
        return (try? JSONDecoder().decode(ProblemBody.self, from: data))?.statusLine
    }

    // MARK: The other command

    private static func start(_ command: String) -> SpawnedChild? {
        var environment = CommonOptions.environment
        guard !command.isEmpty, environment[nested] == nil else { return nil }
        environment[nested] = "1"
        return try? SpawnedChild.start("/bin/sh", ["-c", command], environment).get()
    }

    /// Gives it the same input and prints what it says, if that is anything.
    private static func finish(_ child: inout SpawnedChild?, _ input: [UInt8]) {
        guard var running = child else { return }
        let deadline = csystem_uptime_ms() + commandMilliseconds
        let end = running.converse(input, outputLimit: outputLimit, until: deadline)
        if case .closed = end, running.status(until: deadline) != nil {
        } else {
            running.kill()
        }
        running.closeAll()
        let said = running.output.prefix(outputLimit)
        guard let last = said.lastIndex(where: { $0 != 0x0A && $0 != 0x0D }) else { return }
        Output.bytes(said[...last] + [0x0A])
    }
}
