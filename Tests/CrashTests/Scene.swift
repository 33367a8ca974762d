// One run: a throw-away home, the vendor, and the service in it. Alice is
// live at 98 %; bob is the more drained alternate, carol the fresher one, and
// carol's access token ends in two minutes.

#if os(Linux)
    import Foundation
    import LoopbackHTTP
    import Support
    import VendorSimulator

    final class Scene {
        static let names = ["alice", "bob", "carol"]
        /// Members of the live store that belong to the machine, as text.
        static let machine = [
            (key: "mcpOAuth", text: #"{ "server" : {"kept" : [1.0]} }"#),
            (key: "pluginSecrets", text: #"{"a":"b"}"#),
        ]

        let home = TemporaryDirectory()
        /// What is the harness's own and no part of the home.
        let outside = TemporaryDirectory()
        let vendor: Vendor
        private(set) var child: Child?
        /// The history before the service was started.
        private let mark: HistoryMark?

        static func email(_ name: String) -> String { "\(name)@example.com" }

        init(entries: [Template.Entry], mark: HistoryMark? = nil) throws {
            let usage = [("alice", 98.0, 40.0), ("bob", 60, 90), ("carol", 12, 20)]
            vendor = try Vendor(
                usage.map { name, fiveHour, sevenDay in
                    SimulatedAccount(
                        email: Self.email(name), accountUUID: "\(name)-0001",
                        organizationUUID: "\(name)-0002", fiveHour: fiveHour,
                        sevenDay: sevenDay, now: Template.madeAt)
                })
            self.mark = mark
            let soon = Int64(Date().timeIntervalSince1970 * 1000) + 120_000
            vendor.simulator.change(Self.email("carol")) { $0.accessTokenExpiresAt = soon }
            for entry in entries {
                guard let bytes = entry.bytes else {
                    home.makeDirectory(entry.path, mode: mode_t(entry.mode))
                    continue
                }
                var text = [UInt8](bytes)
                if entry.path.hasPrefix("data/slots/carol") {
                    text = Array(
                        String(decoding: text, as: UTF8.self)
                            .replacing(Template.laterInSlot, with: "\(soon)").utf8)
                }
                home.write(entry.path, text, mode: mode_t(entry.mode))
            }
        }

        /// From the template.
        convenience init() throws {
            let template = try Template.shared.get()
            try self.init(entries: template.entries, mark: template.mark)
        }

        /// Ends what was started. Once, and always.
        func close() {
            child?.kill()
            child = nil
            vendor.stop()
        }

        // MARK: The service

        /// Starts it; false when it ended before it listened.
        func start(_ fault: Fault? = nil) throws -> Bool {
            var environment = [
                "HOME": home.path, "PATH": "/usr/bin:/bin", "ROTATOR_PORT": "0",
                "ROTATOR_STORE": "file", "ROTATOR_API_BASE_URL": vendor.address,
                "ROTATOR_TOKEN_URL": vendor.address + Vendor.tokenPath,
                "ROTATOR_DATA_DIR": home.file("data"), "ROTATOR_LOG_LEVEL": "debug",
                "ROTATOR_TICK_INTERVAL_SECONDS": "3600",
                "LD_PRELOAD": try Product.path("libCFaults.so"),
            ]
            if let fault {
                environment.merge(
                    fault.environment(
                        home: home.path, armFile: outside.file("armed"),
                        log: outside.file("hits"))
                ) { $1 }
            }
            let child = try Child(
                Product.rotator(), ["serve"], environment: environment,
                log: outside.file("log"))
            self.child = child
            return child.saysItListens()
        }

        /// SIGTERM; the code it ended with.
        func stop() -> Int32? {
            child?.terminate()
            return child?.ended()
        }

        /// From now on calls count.
        func arm() { armer() }

        /// The same for another thread.
        var armer: @Sendable () -> Void {
            let outside = outside
            return { outside.write("armed", "") }
        }

        /// From now on nothing fails.
        func lift() { unlink(outside.file("armed")) }

        /// The call that was hit, if one was.
        var hit: String? {
            outside.read("hits").map { $0.replacing(home.path, with: "~").trimmed }
        }

        var log: String { outside.read("log") ?? "" }

        var startFailure: HarnessError {
            HarnessError(description: "the service did not start: \(log)")
        }

        /// Waits until the tick every start makes is in the history, so that
        /// it is not counted among the calls.
        func untilFirstTick() throws { _ = try historyMark(after: mark) }

        func historyMark(after before: HistoryMark?) throws -> HistoryMark {
            struct Page: Decodable {
                struct Row: Decodable {
                    let id: Int64
                    let repeats: Int64
                }
                let decisions: [Row]
            }
            let deadline = Date().addingTimeInterval(Double(Child.patience))
            while deadline.timeIntervalSinceNow > 0 {
                let answer = try ask("GET", "/decisions?limit=1")
                if let row = answer.decoded(Page.self)?.decisions.first {
                    let mark = HistoryMark(id: row.id, repeats: row.repeats)
                    if mark != before { return mark }
                }
                sched_yield()
            }
            throw HarnessError(description: "no tick came: \(log)")
        }

        /// One request over the unix socket. Throws when the service is gone.
        func ask(_ method: String, _ target: String, _ body: String = "") throws -> Answer {
            try Self.ask(home.file("data/rotator.sock"), method, target, body)
        }

        /// The same from any thread.
        static func ask(
            _ socket: String, _ method: String, _ target: String, _ body: String = ""
        ) throws -> Answer {
            let fields: [HTTPFields.Line] =
                body.isEmpty ? [] : [.init(name: "Content-Type", value: "application/json")]
            let answer = try HTTPClient(.unixSocket(path: socket)).exchange(
                method: method, target: target, fields: HTTPFields(fields),
                body: Array(body.utf8), timeoutMilliseconds: Int64(Child.patience) * 1000)
            return Answer(
                status: answer.status, type: answer.fields.single("Content-Type") ?? "",
                text: String(decoding: answer.body, as: UTF8.self))
        }

        // MARK: Claude Code

        var credentials: String { home.read(".claude/.credentials.json") ?? "" }

        /// Whose valid access token is in Claude Code's file.
        var live: String? {
            Self.names.first { name in
                vendor.simulator.account(Self.email(name)).map {
                    credentials.contains($0.accessToken)
                } ?? false
            }
        }

        func signIn(_ name: String) {
            let oauth = vendor.simulator.claudeAiOauth(of: Self.email(name)) ?? "{}"
            let machine = Self.machine.map { #""\#($0.key)":\#($0.text)"# }
                .joined(separator: ",")
            writeCredentials(#"{"claudeAiOauth":\#(oauth), \#(machine)}"#)
        }

        /// Claude Code renews the credential that is live, as it does when its
        /// access token runs out.
        func claudeCodeRenews() throws {
            guard let live, let before = vendor.simulator.account(Self.email(live)) else {
                return
            }
            try vendor.renew(before.email)
            guard let after = vendor.simulator.account(before.email) else { return }
            writeCredentials(
                credentials.replacing(before.accessToken, with: after.accessToken)
                    .replacing(before.refreshToken, with: after.refreshToken)
                    .replacing(
                        "\(before.accessTokenExpiresAt)", with: "\(after.accessTokenExpiresAt)"))
        }

        /// Whole or not at all, as Claude Code writes it.
        private func writeCredentials(_ text: String) {
            home.write(".claude/.credentials.json.new", text)
            rename(
                home.file(".claude/.credentials.json.new"),
                home.file(".claude/.credentials.json"))
        }
    }

    struct Answer: Sendable {
        let status: Int
        let type: String
        let text: String

        func decoded<Body: Decodable>(_ type: Body.Type) -> Body? {
            try? JSONDecoder().decode(type, from: Data(text.utf8))
        }

        private struct Problem: Decodable { let code: String, detail: String, title: String }
        private struct Tick: Decodable {
            struct Decision: Decodable { let sentence: String }
            let outcome: String
            let decision: Decision
        }

        /// Of problem details (RFC 9457); nil when it is none.
        var problem: String? {
            type.hasPrefix("application/problem+json") ? decoded(Problem.self)?.code : nil
        }

        /// Of a tick.
        var outcome: String? { status == 200 ? decoded(Tick.self)?.outcome : nil }

        /// What it says, for a human.
        var sentence: String {
            decoded(Tick.self).map { "\($0.outcome): \($0.decision.sentence)" } ?? text
        }
    }

    extension String {
        var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
    }
#endif
