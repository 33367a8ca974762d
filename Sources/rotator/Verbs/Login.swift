// Signs in to one account: asks the service, then tells how far it has come.
// Ctrl-C ends the sign-in and leaves nothing of it.

import ArgumentParser
import CSystem
import ControlWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct Login: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sign in to an account in a window of its own; your browser stays as it is.",
        discussion: Examples.text(
            "rotator login me@example.com", "rotator login me@example.com --only"))
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its e-mail (or id): one that is known, or a new one.") var account: String
    @Flag(name: .long, help: "File nothing if another account is signed in to.")
    var only = false
    @Flag(name: .long, help: "Begin it and do not wait for its end.") var noWait = false
    @Flag(name: .long, help: "End the one that runs.") var cancel = false

    private var path: String { "/accounts/\(ServiceClient.segment(account))/login" }

    func run() throws {
        let client = ServiceClient(try common.configuration())
        if cancel {
            _ = try client.bytes("DELETE", path)
            if !common.json { Output.line("The sign-in to \(account) is ended.") }
            return
        }
        let interrupted = csystem_signal_pipe()
        var bytes = try client.bytes(
            "POST", path, body: LoginRequestBody(refuseOthers: only ? true : nil))
        var progress = LoginProgress(isQuiet: common.json || noWait)
        while true {
            let login = try client.decode(LoginAnswerBody.self, bytes).login
            progress.show(login)
            if noWait || ["stored", "failed"].contains(login.state) {
                return try finish(login, bytes)
            }
            if csystem_wait(interrupted, 0, 300) == 1 {
                _ = try? client.bytes("DELETE", path)
                progress.end()
                Output.error("the sign-in to \(account) is ended; nothing of it is left")
                throw ExitStatus.code(.failed)
            }
            bytes = try client.bytes("GET", path)
        }
    }

    private func finish(_ login: LoginBody, _ bytes: [UInt8]) throws {
        if common.json {
            Output.bytes(bytes)
        } else if login.state == "stored" {
            let filed = login.filedAs ?? login.email
            let isOther = filed.lowercased() != login.email.lowercased()
            Output.line(
                isOther
                    ? "That was \(filed), not \(login.email): it is filed under its own name."
                    : "\(filed) is signed in and filed.")
        } else if login.state == "failed" {
            Output.error(
                "the sign-in to \(login.email) failed: \(login.detail); `rotator login` begins anew"
            )
        } else {
            Output.line("The sign-in to \(login.email) has begun; `rotator login` tells more.")
        }
        if login.state == "failed" { throw ExitStatus.code(.failed) }
    }
}

/// A line a state on a plain output; on a terminal one line with a spinner.
private struct LoginProgress {
    let isQuiet: Bool
    private let isTerminal = isatty(2) == 1
    private var lastState = ""
    private var turns = 0

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    private static let steps = ["window-open", "signed-in", "authorised", "verified", "stored"]
    private static let spinner = ["|", "/", "-", "\\"]

    mutating func show(_ login: LoginBody) {
        guard !isQuiet else { return }
        turns += 1
        let isOver = ["stored", "failed"].contains(login.state)
        if isTerminal {
            let reached = Self.steps.firstIndex(of: login.state) ?? -1
            let line = Self.steps.enumerated().map { index, step in
                index <= reached ? "[\(step)]" : step
            }.joined(separator: " > ")
            let mark = isOver ? " " : Self.spinner[turns % Self.spinner.count]
            Output.progress("\(mark) \(line)")
            if isOver { end() }
        } else if login.state != lastState, login.state != "failed" {
            Output.note("\(login.state): \(login.detail)")
        }
        lastState = login.state
    }

    func end() { if isTerminal, !isQuiet { Output.note("") } }
}
