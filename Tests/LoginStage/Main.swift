// The simulated vendor as a program: two accounts, the authorization pages, and
// a line of standard input for what they are to show next. Driven by
// scripts/login-test; answers each line with one of its own.

import VendorSimulator

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@main
enum LoginStage {
    static func main() async throws {
        let simulator = VendorSimulator(
            accounts: ["alice", "bob"].map(account), clockMilliseconds: milliseconds,
            seed: UInt64(milliseconds()))
        say("port \(try simulator.start())")
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            say(answer(words, simulator))
        }
        await simulator.stop()
    }

    private static func answer(_ words: [String], _ simulator: VendorSimulator) -> String {
        switch words.first {
        case "page":
            guard let page = words.dropFirst().first.flatMap(AuthorizationPage.init) else { break }
            simulator.authorizationPage = page
            return "ok"
        case "revoke":
            // Nothing of this account is good any more, as after 30 days.
            guard words.count == 2 else { break }
            simulator.spendGrant(of: words[1])
            return "ok"
        case "behave":
            guard words.count == 3 else { break }
            simulator.change(words[1]) { account in
                account.behaviour = words[2] == "normal" ? .normal : .serverError
            }
            return "ok"
        case "seen":
            // How often a path was asked for.
            guard words.count == 2 else { break }
            return "\(simulator.requestLog.count { $0.path == words[1] })"
        case "secrets":
            return simulator.issuedSecrets.joined(separator: " ")
        default: break
        }
        return "what?"
    }

    /// Not buffered: the other side waits for it.
    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
    }

    private static func milliseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    private static func account(_ name: String) -> SimulatedAccount {
        SimulatedAccount(
            email: "\(name)@example.com", accountUUID: "\(name)-0000-4000-8000-000000000001",
            organizationUUID: "\(name)-0000-4000-8000-000000000002", fiveHour: 10, sevenDay: 10,
            now: milliseconds())
    }
}
