// What the operator forbids: hold, reserve, pause, and lifting it again.

import ArgumentParser
import ControlWire

struct Hold: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Never take an account by itself, nor leave it. `switch` still does.",
        discussion: Examples.text(
            "rotator hold bob@example.com", "rotator hold bob@example.com --release"))
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its e-mail or id.", completion: .accounts) var account: String
    @Flag(name: .long, help: "Lift the hold.") var release = false

    func run() throws {
        try setPolicy(common, account, PolicyRequestBody(hold: !release))
    }
}

struct Reserve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep a part of an account's windows unused; 0 keeps none.",
        discussion: Examples.text("rotator reserve bob@example.com 20"))
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its e-mail or id.", completion: .accounts) var account: String
    @Argument(help: "Percent, 0 to 99.") var percent: Double

    func run() throws {
        try setPolicy(common, account, PolicyRequestBody(reservePercent: percent))
    }
}

private func setPolicy(
    _ common: CommonOptions, _ account: String, _ request: PolicyRequestBody
) throws {
    let client = ServiceClient(try common.configuration())
    let path = "/accounts/\(ServiceClient.segment(account))/policy"
    let bytes = try client.bytes("PUT", path, body: request)
    if common.json { return Output.bytes(bytes) }
    let body = try client.decode(AccountBody.self, bytes)
    Output.line("\(body.email): \(Report.policy(body.policy) ?? "neither held nor reserved").")
}

struct PauseVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Swap nothing for a while; ticks still look and back up. `switch` still swaps.",
        discussion: Examples.text(
            "rotator pause", "rotator pause --for 1h30m",
            "rotator pause --until 2026-11-25T06:00:00Z"))
    @OptionGroup var common: CommonOptions
    @Option(name: .long, help: "When it ends: 2026-11-25T06:00:00Z.") var until: String?
    @Option(name: .customLong("for"), help: "How long: 90m, 2h, 1h30m, 1d.") var span: String?

    func validate() throws {
        if until != nil, span != nil {
            throw ValidationError("--until and --for say two ends; give one of them")
        }
        if let span, SpanText.seconds(span) == nil {
            throw ValidationError(
                "\(span) is no duration; give --for one such as 90m, 2h, 1h30m or 1d")
        }
    }

    func run() throws {
        let request = PauseRequestBody(until: until, forSeconds: span.flatMap(SpanText.seconds))
        try printPause(common, "PUT", request)
    }
}

struct Resume: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lift the pause.", discussion: Examples.text("rotator resume"))
    @OptionGroup var common: CommonOptions

    func run() throws { try printPause(common, "DELETE", nil) }
}

private func printPause(
    _ common: CommonOptions, _ method: String, _ request: PauseRequestBody?
) throws {
    let client = ServiceClient(try common.configuration())
    let bytes = try client.bytes(method, "/pause", body: request)
    if common.json { return Output.bytes(bytes) }
    let body = try client.decode(PauseBody.self, bytes)
    guard body.paused else { return Output.line("Swaps are not paused.") }
    let end = body.until.map(Presentation.current(nil).time)
    Output.line("Swaps are paused until \(end ?? "`rotator resume`").")
}
