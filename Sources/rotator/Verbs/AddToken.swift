// Files a token of `claude setup-token`, read from standard input: a command
// line is visible to every process. On a terminal it is not echoed.

import ArgumentParser
import ControlWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct AddToken: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "File a token of `claude setup-token`, read from standard input.",
        discussion: "It is for inference only: its usage cannot be read, so it is never swapped in "
            + "by itself.\n\n" + Examples.text("rotator add-token me@example.com < token.txt"))
    @OptionGroup var common: CommonOptions
    @Argument(help: "Whose it is; nobody else can say.", completion: .accounts) var email: String

    /// Bytes read at most.
    private static let limit = 8192

    func run() throws {
        let client = ServiceClient(try common.configuration())
        guard let token = Self.readLine() else {
            Output.error(
                "no token on standard input; make one with `claude setup-token` and give it with "
                    + "`rotator add-token \(email) < FILE`")
            throw ExitStatus.badArguments
        }
        let request = SetupTokenRequestBody(email: email, token: token)
        let bytes = try client.bytes("POST", "/setup-tokens", body: request)
        if common.json { return Output.bytes(bytes) }
        let account = try client.decode(AccountBody.self, bytes)
        let end = account.slot?.accessTokenExpiresAt.map { " until about \($0.prefix(10))" } ?? ""
        Output.line(
            "A setup-token of \(account.email) is filed\(end) (an estimate), as \(account.id). It "
                + "is never swapped in by itself; `rotator switch \(account.id) --force` does.")
    }

    /// The first line that is not empty, without spaces around it.
    private static func readLine() -> String? {
        var before = termios()
        let isTerminal = isatty(0) == 1 && tcgetattr(0, &before) == 0
        if isTerminal {
            var silent = before
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(0, TCSAFLUSH, &silent)
            Output.progress("The token of `claude setup-token` (not shown): ")
        }
        defer {
            if isTerminal {
                tcsetattr(0, TCSAFLUSH, &before)
                Output.progress("\n")
            }
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < limit, !(isTerminal && bytes.contains(0x0A)) {
            let count = read(0, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
            .map { $0.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed() }
        return lines.first { !$0.isEmpty }.map { String(decoding: Array($0), as: UTF8.self) }
    }
}
