// The demo's throw-away home: a signed-in Claude Code that "runs", and the
// data directory of the service. Removed at the end.

import DurableFiles
import VendorSimulator

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct DemoHome {
    static let emails = ["alice@example.com", "bob@example.com", "carol@example.com"]

    let path: String
    private var credentials: String { path + "/.claude/.credentials.json" }

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        path = try DurableFile.makeTemporaryDirectory(base + "/rotator-demo-")
        try DurableFile.makePrivateDirectory(path + "/.claude/sessions")
        // The mark of a running session: this very process stands in for it.
        try DurableFile.replace(
            path + "/.claude/sessions/\(getpid()).json",
            with: Array(#"{"pid":\#(getpid()),"kind":"interactive"}"#.utf8))
        try DurableFile.replace(path + "/.claude.json", with: Array(#"{"numStartups":1}"#.utf8))
    }

    var environment: [String: String] { ["HOME": path, "ROTATOR_DATA_DIR": path + "/rotator"] }

    /// `now` is in milliseconds since the epoch.
    static func accounts(now: Int64) -> [SimulatedAccount] {
        func account(_ name: String, _ fiveHour: Double, _ sevenDay: Double) -> SimulatedAccount {
            SimulatedAccount(
                email: "\(name)@example.com", accountUUID: "\(name)-0000-4000-8000-000000000001",
                organizationUUID: "\(name)-0000-4000-8000-000000000002", fiveHour: fiveHour,
                sevenDay: sevenDay, now: now)
        }
        return [account("alice", 91, 40), account("bob", 12, 20), account("carol", 60, 90)]
    }

    /// As `/login` in Claude Code would leave it.
    func signIn(_ claudeAiOauth: String) throws {
        let text = #"{"claudeAiOauth":\#(claudeAiOauth),"mcpOAuth":{"demo":{"kept":true}}}"#
        try DurableFile.replace(credentials, with: Array(text.utf8))
    }

    /// Whose credential is in Claude Code's file.
    func liveEmail(_ simulator: VendorSimulator) -> String? {
        guard let bytes = try? DurableFile.read(credentials, limitBytes: 1 << 20) else {
            return nil
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return Self.emails.first { email in
            simulator.account(email).map { text.contains("\"\($0.accessToken)\"") } ?? false
        }
    }

    func remove() { DurableFile.removeTree(path) }
}
