// Stops the service: what runs is finished, nothing new is taken. A heartbeat
// starts it again, so that an upgrade is `rotator stop && rotator heartbeat`.

import ArgumentParser
import ControlWire

struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Stop the service; what it is doing is finished first. A heartbeat starts it "
            + "again.",
        discussion: Examples.text("rotator stop", "rotator stop --seconds 5"))
    @OptionGroup var common: CommonOptions
    @Option(name: .long, help: "How long to wait for it, 1 to 600.") var seconds: Int64 = 60

    func validate() throws {
        guard (1...600).contains(seconds) else {
            throw ValidationError("--seconds is out of range; give 1 to 600")
        }
    }

    func run() throws {
        let client = ServiceClient(try common.configuration())
        switch try RunningService.end(client, withinSeconds: seconds) {
        case .stopped(let pid):
            Output.line(
                common.json
                    ? #"{"pid":\#(pid),"stopped":true}"#
                    : "The service (process \(pid)) has stopped.")
        case .notRunning:
            Output.line(
                common.json
                    ? #"{"pid":null,"stopped":false}"# : "The service is not running.")
        case .stillThere(let pid):
            Output.error(
                "the service (process \(pid)) has not ended after \(seconds) s; it finishes what "
                    + "it does and then ends, `rotator stop` waits again")
            throw ExitStatus.code(.failed)
        }
    }
}
