// Accounts and their slots.

import ArgumentParser
import ControlWire

struct Accounts: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every known account, as a table.")
    @OptionGroup var common: CommonOptions

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let bytes = try client.bytes("GET", "/accounts")
        if common.json { return Output.bytes(bytes) }
        let body = try client.decode(AccountsBody.self, bytes)
        for line in Report.accounts(body) { Output.line(line) }
    }
}

struct KnownEmails: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The e-mail of every account with a slot, one a line.")
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
        abstract: "File the credential Claude Code is signed in with into its slot.")
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
    static let configuration = CommandConfiguration(abstract: "Make an account live now.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its e-mail or id.") var account: String
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
        abstract: "Remove an account's slot; never the live one's.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its e-mail or id.") var account: String

    func run() throws {
        let client = ServiceClient(try common.configuration())
        _ = try client.bytes("DELETE", "/accounts/" + ServiceClient.segment(account))
        if !common.json { Output.line("The slot of \(account) is forgotten.") }
    }
}

struct Lineage: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who wrote an account's credentials, and who spent its refresh token.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its e-mail or id.") var account: String
    @Option(name: .long, help: "How many lines, 1 to 500.") var limit = 20

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let path = "/accounts/\(ServiceClient.segment(account))/lineage?limit=\(limit)"
        let bytes = try client.bytes("GET", path)
        if common.json { return Output.bytes(bytes) }
        for entry in try client.decode(LineageBody.self, bytes).entries {
            let mark = entry.generation.prefix(8)
            Output.line("\(entry.at)  \(mark)  \(entry.event): \(entry.sentence)")
        }
    }
}
