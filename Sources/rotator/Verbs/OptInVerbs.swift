// Turning it on and off, and how it stands.

import ArgumentParser
import ControlWire
import HostFacts

struct On: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn rotation on. Refused (3) when a variable pins authentication and (4) "
            + "where no credential store is supported.",
        discussion: Examples.text("rotator on"))
    @OptionGroup var common: CommonOptions
    @Flag(name: .long, help: "Stop with exit code 5 unless CLAUDE_PLUGIN_DATA is our plugin's.")
    var requirePluginData = false

    func run() throws {
        let configuration = try common.configuration()
        if requirePluginData, configuration.pluginDataDirectory == nil {
            Output.error(
                "CLAUDE_PLUGIN_DATA is not this plugin's; Claude Code v2.1+ required")
            throw ExitStatus.code(.pluginDataMissing)
        }
        let pinning = PinningVariables.present(in: CommonOptions.environment)
        let request = OptInRequest(enabled: true, callerPinningVariables: pinning)
        try printOptIn(
            ServiceClient(configuration), "PUT", request, json: common.json)
    }
}

struct Off: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn rotation off.",
        discussion: Examples.text("rotator off"))
    @OptionGroup var common: CommonOptions

    func run() throws {
        try printOptIn(
            ServiceClient(common.configuration()), "DELETE", nil, json: common.json)
    }
}

private func printOptIn(
    _ client: ServiceClient, _ method: String, _ request: OptInRequest?, json: Bool
) throws {
    let bytes = try client.bytes(method, "/opt-in", body: request)
    if json { return Output.bytes(bytes) }
    Output.line(try client.decode(OptInBody.self, bytes).message)
}

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Whether it is on, who is live, what the last decision was.",
        discussion: Examples.text("rotator status", "rotator status --json"))
    @OptionGroup var common: CommonOptions

    func run() throws {
        let configuration = try common.configuration()
        let client = ServiceClient(configuration)
        let face = Presentation.current(configuration)
        let optIn = try client.bytes("GET", "/opt-in")
        if common.json { return Output.bytes(optIn) }
        Output.line(try client.decode(OptInBody.self, optIn).message)
        let accounts = try client.get(AccountsBody.self, "GET", "/accounts")
        Output.lines(Report.accounts(accounts, face))
        if let latest = try? client.exchange("GET", "/decisions/latest"), latest.status == 200 {
            let decision = try client.decode(DecisionBody.self, latest.body)
            Output.line("Last decision: " + Report.decision(decision, face).joined())
        }
        let nudges = try client.get(NudgesBody.self, "GET", "/nudges")
        for nudge in nudges.nudges { Output.line(Report.nudge(nudge)) }
    }
}
