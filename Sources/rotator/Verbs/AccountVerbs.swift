// Accounts and their slots.

import ArgumentParser
import ControlWire

struct Accounts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Every known account, as a table.",
        discussion: Examples.text("rotator accounts", "rotator accounts --watch"))
    @OptionGroup var common: CommonOptions
    @Flag(name: .long, help: "Again whenever it changes, until Ctrl-C.") var watch = false

    func run() throws {
        let configuration = try common.configuration()
        let client = ServiceClient(configuration)
        if watch { return try follow(client, configuration) }
        let bytes = try client.bytes("GET", "/accounts")
        if common.json { return Output.bytes(bytes) }
        let body = try client.decode(AccountsBody.self, bytes)
        Output.lines(Report.accounts(body, .current(configuration)))
    }

    private func follow(_ client: ServiceClient, _ configuration: Configuration) throws {
        guard let watch = AccountsWatch(client) else {
            Output.error("no pipe could be made; end some programs and try again")
            throw ExitStatus.code(.failed)
        }
        try watch.run(json: common.json) { .current(configuration) }
    }
}

struct KnownEmails: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The e-mail of every account with a slot, one a line.",
        discussion: Examples.text("rotator known-emails"))
    @OptionGroup var common: CommonOptions

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let bytes = try client.bytes("GET", "/accounts")
        if common.json { return Output.bytes(bytes) }
        let body = try client.decode(AccountsBody.self, bytes)
        for account in body.accounts where account.slot != nil { Output.line(account.email) }
    }
}

struct Capture: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "File the credential Claude Code is signed in with into its slot.",
        discussion: Examples.text("rotator capture"))
    @OptionGroup var common: CommonOptions

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let bytes = try client.bytes("POST", "/captures")
        if common.json { return Output.bytes(bytes) }
        let account = try client.decode(AccountBody.self, bytes)
        Output.line("\(account.email) is filed.")
    }
}

struct Switch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make an account live now.",
        discussion: Examples.text(
            "rotator switch bob@example.com", "rotator switch bob@example.com --force"))
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its e-mail or id.", completion: .accounts) var account: String
    @Flag(name: .long, help: "Even when it is at its threshold or its token has lapsed.")
    var force = false

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let request = SwapRequestBody(email: account, force: force)
        let bytes = try client.bytes("PUT", "/live", body: request)
        if common.json { return Output.bytes(bytes) }
        Output.line(try client.decode(DecisionBody.self, bytes).sentence)
    }
}

struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove an account's slot; never the live one's.",
        discussion: Examples.text("rotator forget bob@example.com"))
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its e-mail or id.", completion: .accounts) var account: String

    func run() throws {
        let client = ServiceClient(try common.configuration())
        _ = try client.bytes("DELETE", "/accounts/" + ServiceClient.segment(account))
        if !common.json { Output.line("The slot of \(account) is forgotten.") }
    }
}

struct Lineage: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who wrote an account's credentials, and who spent its refresh token.",
        discussion: Examples.text("rotator lineage bob@example.com --limit 5"))
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its e-mail or id.", completion: .accounts) var account: String
    @Option(name: .long, help: "How many lines, 1 to 500.") var limit = 20

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let path = "/accounts/\(ServiceClient.segment(account))/lineage?limit=\(limit)"
        let bytes = try client.bytes("GET", path)
        if common.json { return Output.bytes(bytes) }
        let face = Presentation.current(nil)
        for entry in try client.decode(LineageBody.self, bytes).entries {
            let mark = entry.generation.prefix(8)
            Output.line("\(face.time(entry.at))  \(mark)  \(entry.event): \(entry.sentence)")
        }
    }
}
