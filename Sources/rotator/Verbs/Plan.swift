// The plan of the night.

import ArgumentParser
import ControlWire
import HostFacts
import RotationCore

struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who is live when, when every account is full, and whether it lasts.")
    @OptionGroup var common: CommonOptions
    @Option(
        name: .long,
        help: "HH:MM, local time, or an RFC 3339 time. Ten hours from now when left out.")
    var until: String?

    func run() throws {
        var target = "/plan"
        if let until {
            guard let time = LocalTime.parse(until, after: SystemClock().now()) else {
                throw ValidationError("`--until` is HH:MM or an RFC 3339 time, not \(until)")
            }
            target += "?until=\(time.rfc3339)"
        }
        let client = ServiceClient(try common.configuration())
        let bytes = try client.bytes("GET", target)
        if common.json { return Output.bytes(bytes) }
        for line in PlanReport(try client.decode(PlanBody.self, bytes)).lines { Output.line(line) }
    }
}
