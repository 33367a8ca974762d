// The service in the foreground, until SIGINT or SIGTERM.

import ArgumentParser
import CSystem
import HostFacts
import RotationEngine

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the service in the foreground.",
        discussion: Examples.text("rotator serve", "rotator serve --store file --port 0"))
    @OptionGroup var common: CommonOptions
    @Option(name: .long, help: "TCP port on loopback; 0 picks a free one.") var port: String?
    @Option(
        name: .long, help: "Credential store: auto, keychain, file or secret-service.",
        completion: .list(["auto", "keychain", "file", "secret-service"]))
    var store: String?
    @Flag(name: .long, help: "Log to rotator.log instead of standard error.") var logToFile = false
    @Flag(name: .long, help: "Log one line for every request.") var logRequests = false

    func run() async throws {
        csystem_forbid_core_dumps()
        var flags: [SettingKey: String] = [:]
        if let port { flags[.port] = port }
        if let store { flags[.store] = store }
        if logRequests { flags[.logRequests] = "true" }
        let configuration = try common.configuration(flags)
        let clock = SystemClock()
        let log = ServiceLog(
            logToFile ? configuration.dataDirectory + "/rotator.log" : nil,
            minimum: LogLine.Level(rawValue: configuration.text(.logLevel)) ?? .notice,
            requests: configuration.text(.logRequests) == "true",
            now: { clock.now() })
        let stopSignal = csystem_signal_pipe()
        let service: Service
        do {
            service = try await Service(
                configuration: configuration, environment: CommonOptions.environment,
                clock: clock, log: log)
        } catch {
            Output.error(error.message)
            throw ExitStatus.code(.failed)
        }
        Output.line(
            "rotator \(Version.current) listens on http://127.0.0.1:\(service.port) and "
                + configuration.socketPath)
        await ThreadWait.untilReadable(stopSignal)
        await service.stop()
    }
}

/// Waits for a byte on a thread of its own: the pool's threads are few.
enum ThreadWait {
    private final class Waiter: Sendable {
        let fd: Int32
        let done: CheckedContinuation<Void, Never>
        init(_ fd: Int32, _ done: CheckedContinuation<Void, Never>) {
            self.fd = fd
            self.done = done
        }
    }

    static func untilReadable(_ fd: Int32) async {
        await withCheckedContinuation { done in
            let box = Unmanaged.passRetained(Waiter(fd, done)).toOpaque()
            let failed = csystem_thread_start(
                { argument in
                    guard let argument else { return }
                    let waiter = Unmanaged<Waiter>.fromOpaque(argument).takeRetainedValue()
                    csystem_await_byte(waiter.fd)
                    waiter.done.resume()
                }, box)
            precondition(failed == 0, "a thread to wait for signals could not be started")
        }
    }
}
