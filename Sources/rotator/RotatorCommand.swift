// The front door: one binary, one verb each. Verbs are clients of the service
// but `serve`, `demo`, `config` and `heartbeat`.

import ArgumentParser

@main
struct RotatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotator",
        abstract: "Keeps an unattended Claude Code session working, by rotating its credential "
            + "among your own accounts before one reaches a limit.",
        version: Version.current,
        subcommands: [
            Serve.self, On.self, Off.self, Status.self, Accounts.self, KnownEmails.self,
            Capture.self, Switch.self, Forget.self, Tick.self, HistoryVerb.self, Decisions.self,
            Why.self, Nudges.self, Heartbeat.self, Demo.self, ConfigVerb.self, Floor.self,
        ])
}
