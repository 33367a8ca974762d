// The plan of the night.

import ArgumentParser
import ControlWire
import HostFacts
import RotationCore

struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who is live when, when every account is full, and whether it lasts.",
        discussion: Examples.text("rotator plan", "rotator plan --until 08:00"))
    @OptionGroup var common: CommonOptions
    @Option(
        name: .long,
        help: "HH:MM, local time, or an RFC 3339 time. Ten hours from now when left out.")
    var until: String?

    func run() throws {
        var target = "/plan"
        if let until {
            guard let time = LocalTime.parse(until, after: SystemClock().now()) else {
                throw ValidationError(
                    "\(until) is no time; --until takes HH:MM or an RFC 3339 time")
            }
            target += "?until=\(time.rfc3339)"
        }
        let client = ServiceClient(try common.configuration())
        let bytes = try client.bytes("GET", target)
        if common.json { return Output.bytes(bytes) }
        let body = try client.decode(PlanBody.self, bytes)
        Output.lines(PlanReport(body, width: Presentation.current(nil).width).lines)
    }
}
