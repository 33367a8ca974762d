// The front door: one binary, one verb each. Verbs are clients of the service
// but `serve`, `demo`, `simulate`, `config`, `doctor`, `token`, `support-bundle`,
// `heartbeat`, `statusline` and `uninstall`.

import ArgumentParser
import CSystem

struct RotatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotator",
        abstract: "Keeps an unattended Claude Code session working, by rotating its credential "
            + "among your own accounts before one reaches a limit.",
        version: Version.current,
        subcommands: [
            Serve.self, On.self, Off.self, Status.self, Accounts.self, KnownEmails.self, Top.self,
            Login.self, Capture.self, ImportVerb.self, AddToken.self, Switch.self, Forget.self,
            Lineage.self,
            Hold.self,
            Reserve.self, PauseVerb.self, Resume.self, Tick.self, HistoryVerb.self,
            Decisions.self, Why.self, Events.self, Plan.self, Simulate.self, Nudges.self,
            Heartbeat.self, StatusLine.self, Demo.self, ConfigVerb.self, Doctor.self,
            TokenVerb.self, SupportBundle.self, Stop.self, Uninstall.self, Floor.self,
        ])

    /// The words after `rotator`.
    static var verbs: Set<String> { Set(configuration.subcommands.map { $0._commandName }) }
}

/// The verbs that are called often and by scripts are parsed by themselves:
/// the whole tree of commands costs more than the exchange with the service.
/// Whatever does not parse goes through the tree, for its help and its errors.
@main
enum FrontDoor {
    private static let quick: [String: any ParsableCommand.Type] = [
        "status": Status.self, "accounts": Accounts.self, "known-emails": KnownEmails.self,
        "tick": Tick.self, "heartbeat": Heartbeat.self, "nudges": Nudges.self, "why": Why.self,
        "statusline": StatusLine.self, "on": On.self, "off": Off.self, "capture": Capture.self,
        "switch": Switch.self, "forget": Forget.self, "lineage": Lineage.self, "hold": Hold.self,
        "reserve": Reserve.self, "pause": PauseVerb.self, "resume": Resume.self, "top": Top.self,
        "history": HistoryVerb.self, "decisions": Decisions.self,
        "plan": Plan.self, "import": ImportVerb.self, "add-token": AddToken.self,
        "config": ConfigVerb.self, "events": Events.self, "token": TokenVerb.self,
    ]

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let verb = arguments.first.flatMap({ quick[$0] }),
            var command = try? verb.parseAsRoot(Array(arguments.dropFirst()))
        {
            csystem_terminal_unblock()
            do {
                try command.run()
            } catch {
                verb.exit(withError: error)
            }
            return
        }
        await RotatorCommand.main(arguments)
    }
}
