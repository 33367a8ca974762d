// Ends the service that answers at our socket, as its own operator would: a
// signal to the process it says it is, and patience until that is gone.

import CSystem
import ControlWire
import LoopbackHTTP

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

enum RunningService {
    enum Ending: Equatable {
        case stopped(pid: Int32)
        case notRunning
        /// It still finishes what it does; the signal was sent.
        case stillThere(pid: Int32)
    }

    /// The socket is in a directory of ours alone, so what it says is ours.
    /// Throws what a verb throws when something else, or nothing sensible, answers.
    static func end(_ client: ServiceClient, withinSeconds seconds: Int64) throws -> Ending {
        let response: HTTPClientResponse
        do {
            response = try client.exchange("GET", "/health", timeoutSeconds: 10)
        } catch {
            if error == .notListening { return .notRunning }
            throw client.unreachable(error)
        }
        let health = try client.decode(HealthBody.self, client.accepted(response))
        guard health.pid > 1, kill(health.pid, SIGTERM) == 0 else {
            Output.error("process \(health.pid) could not be told to stop; end it by hand")
            throw ExitStatus.code(.failed)
        }
        let deadline = csystem_uptime_ms() + seconds * 1000
        while csystem_uptime_ms() < deadline {
            if kill(health.pid, 0) != 0, errno == ESRCH { return .stopped(pid: health.pid) }
            csystem_pause(5)
        }
        return .stillThere(pid: health.pid)
    }
}
