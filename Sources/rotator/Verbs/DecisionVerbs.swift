// Ticks, what was decided and why, and what needs a person.

import ArgumentParser
import ControlWire

struct Tick: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One tick now. Exit 2 when stuck, 8 when the credential is locked, 1 when it "
            + "failed.",
        discussion: Examples.text("rotator tick", "rotator tick --fresh --even-if-not-running"))
    @OptionGroup var common: CommonOptions
    @Flag(name: .long, help: "Even when Claude Code does not run.") var evenIfNotRunning = false
    @Flag(name: .long, help: "Read usage anew, unless the budget forbids.") var fresh = false

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let bytes = try client.bytes(
            "POST", "/tick?only-if-claude-running=\(!evenIfNotRunning)&fresh=\(fresh)")
        let body = try client.decode(TickBody.self, bytes)
        if common.json {
            Output.bytes(bytes)
        } else {
            Output.line("\(body.outcome): \(body.decision.sentence)")
            for nudge in body.nudges { Output.line(Report.nudge(nudge)) }
        }
        switch body.outcome {
        case "stuck": throw ExitStatus.code(.nothingToDoItWith)
        case "deferred" where body.decision.reason == "credential-locked":
            throw ExitStatus.code(.credentialUnavailable)
        case "failed": throw ExitStatus.code(.failed)
        default: break
        }
    }
}

struct HistoryVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Every rotation, newest first.",
        discussion: Examples.text("rotator history --limit 5"))
    @OptionGroup var common: CommonOptions
    @Option(name: .long, help: "How many, 1 to 500.") var limit = 20

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let bytes = try client.bytes("GET", "/history?limit=\(limit)")
        if common.json { return Output.bytes(bytes) }
        let face = Presentation.current(nil)
        for rotation in try client.decode(HistoryBody.self, bytes).rotations {
            Output.line(
                "\(face.time(rotation.at))  \(rotation.from ?? "nobody") -> \(rotation.to)  "
                    + rotation.sentence)
        }
    }
}

struct Decisions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Every decision, newest first.",
        discussion: Examples.text("rotator decisions --limit 5"))
    @OptionGroup var common: CommonOptions
    @Option(name: .long, help: "How many, 1 to 500.") var limit = 20

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let bytes = try client.bytes("GET", "/decisions?limit=\(limit)")
        if common.json { return Output.bytes(bytes) }
        let face = Presentation.current(nil)
        for decision in try client.decode(DecisionsBody.self, bytes).decisions {
            Output.lines(Report.decision(decision, face))
        }
    }
}

struct Why: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The last decision, explained.",
        discussion: Examples.text("rotator why", "rotator why bob@example.com"))
    @OptionGroup var common: CommonOptions
    @Argument(help: "Only what was thought of this account.", completion: .accounts)
    var email: String?

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let bytes = try client.bytes("GET", "/decisions/latest")
        if common.json { return Output.bytes(bytes) }
        let decision = try client.decode(DecisionBody.self, bytes)
        guard let email else {
            return Output.lines(Report.why(decision, .current(nil)))
        }
        let wanted = email.lowercased()
        let found = decision.considerations.filter { $0.email.lowercased() == wanted }
        guard !found.isEmpty else {
            Output.error(
                "the last decision did not consider \(email); `rotator accounts` lists who is known"
            )
            throw ExitStatus.code(.unknownAccount)
        }
        for one in found { Output.line("\(one.sentence) [\(one.reason)]") }
    }
}

struct Nudges: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What only a person can do.", discussion: Examples.text("rotator nudges"))
    @OptionGroup var common: CommonOptions

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let bytes = try client.bytes("GET", "/nudges")
        if common.json { return Output.bytes(bytes) }
        for nudge in try client.decode(NudgesBody.self, bytes).nudges {
            Output.line(Report.nudge(nudge))
        }
    }
}
