// POSTs a tick, starting the service when nothing answers, and prints what
// needs a person, once and again when it worsens. Made to be run every minute
// or so by something that is alive anyway; there is no launchd agent.

import ArgumentParser
import CSystem
import ControlWire
import DurableFiles
import LoopbackHTTP

struct Heartbeat: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "POST a tick, starting the service if it is not there; print each nudge once.",
        discussion: Examples.text("rotator heartbeat"))
    @OptionGroup var common: CommonOptions

    private static let startSeconds: Int32 = 10

    func run() throws {
        let configuration = try common.configuration()
        let client = ServiceClient(configuration)
        if !isThere(client) { try start(configuration, client) }
        let bytes = try client.bytes(
            "POST", "/tick?trigger=heartbeat&announce=true", timeoutSeconds: 120)
        if common.json { return Output.bytes(bytes) }
        for nudge in try client.decode(TickBody.self, bytes).announced {
            Output.line(Report.nudge(nudge))
        }
    }

    private func isThere(_ client: ServiceClient) -> Bool {
        do {
            _ = try client.exchange("GET", "/health", timeoutSeconds: 5)
            return true
        } catch {
            return error != .notListening
        }
    }

    /// One starter at a time: the others wait and find it running.
    private func start(_ configuration: Configuration, _ client: ServiceClient) throws {
        do {
            try DurableFile.makePrivateDirectory(configuration.dataDirectory)
        } catch {
            Output.error(
                "the data directory: \(error.message); make it usable, or name another with "
                    + "--data-dir"
            )
            throw ExitStatus.code(.serviceUnreachable)
        }
        let lock = csystem_lock_file(
            configuration.dataDirectory + "/start.lock", Self.startSeconds * 1000)
        defer { if lock >= 0 { _ = csystem_close(lock) } }
        if isThere(client) { return }
        let log = configuration.dataDirectory + "/rotator.log"
        guard spawn(configuration, log: log) > 0, waitUntilThere(client) else {
            Output.error("the service could not be started; \(log) may say why")
            throw ExitStatus.code(.serviceUnreachable)
        }
    }

    private func spawn(_ configuration: Configuration, log: String) -> Int32 {
        guard let program = OwnProgram.path else { return -1 }
        var arguments = ["rotator", "serve", "--log-to-file"]
        arguments += ["--data-dir", configuration.dataDirectory]
        if let config = common.config { arguments += ["--config", config] }
        let copies = arguments.map { argument in
            let bytes = Array(argument.utf8CString)
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
            copy.initialize(from: bytes, count: bytes.count)
            return copy
        }
        defer { for copy in copies { copy.deallocate() } }
        var list = copies.map { UnsafeMutablePointer<CChar>?($0) } + [nil]
        return csystem_spawn_detached(program, &list, log)
    }

    private func waitUntilThere(_ client: ServiceClient) -> Bool {
        let deadline = csystem_uptime_ms() + Int64(Self.startSeconds) * 1000
        while csystem_uptime_ms() < deadline {
            if isThere(client) { return true }
            csystem_pause(10)
        }
        return false
    }
}
