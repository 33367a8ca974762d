// A throw-away home with a signed-in Claude Code, a simulated vendor, and the
// real service as a process of its own.

import ControlWire
import Foundation
import LoopbackHTTP
import RotationCore
import Support
import Testing
import VendorSimulator

final class World: Sendable {
    static let names = ["alice", "bob", "carol"]
    static let machine = #""mcpOAuth":{ "server" : {"kept" : [1.0]} },"pluginSecrets":{"a":"b"}"#

    let home = TemporaryDirectory()
    let simulator: VendorSimulator
    let environment: [String: String]
    let data: String

    /// Alice at 98/40, bob at 12/20, carol at 60/90 unless told otherwise.
    init(
        _ usage: [(Double, Double)] = [(98, 40), (12, 20), (60, 90)], store: String = "file",
        more: [String: String] = [:]
    ) throws {
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        let accounts = zip(Self.names, usage).map { name, used in
            SimulatedAccount(
                email: Self.email(name), accountUUID: "\(name)-0001",
                organizationUUID: "\(name)-0002", fiveHour: used.0, sevenDay: used.1, now: now)
        }
        simulator = VendorSimulator(
            accounts: accounts,
            clockMilliseconds: { Int64(Date().timeIntervalSince1970 * 1000) },
            seed: UInt64.random(in: 1...UInt64.max))
        let base = "http://127.0.0.1:\(try simulator.start())"
        data = home.file("janitor-data/oauth-rotator")
        environment = [
            "HOME": home.path, "PATH": "/usr/bin:/bin", "ROTATOR_PORT": "0",
            "ROTATOR_STORE": store, "ROTATOR_API_BASE_URL": base,
            "ROTATOR_TOKEN_URL": base + "/v1/oauth/token",
            "CLAUDE_PLUGIN_DATA": home.file("janitor-data"),
        ].merging(more) { $1 }
        for name in [".claude", ".claude/sessions", "janitor-data"] { home.makeDirectory(name) }
        home.write(".claude/sessions/\(ProcessInfo.processInfo.processIdentifier).json", "{}")
        home.write(".claude.json", #"{"numStartups":3,"oauthAccount":{},"z":[ 1 ]}"#)
    }

    static func email(_ name: String) -> String { "\(name)@example.com" }

    func rotator(_ arguments: String..., more: [String: String] = [:]) async throws -> Run {
        try await Program.run(
            Program.rotator(), arguments, environment: environment.merging(more) { $1 })
    }

    func signIn(_ name: String) {
        let oauth = simulator.claudeAiOauth(of: Self.email(name)) ?? "{}"
        home.write(
            ".claude/.credentials.json", #"{"claudeAiOauth":\#(oauth), \#(Self.machine)}"#)
    }

    var credentials: String { home.read(".claude/.credentials.json") ?? "" }

    /// Whose token is in Claude Code's file.
    var live: String? {
        Self.names.first { name in
            simulator.account(Self.email(name)).map { credentials.contains($0.accessToken) }
                ?? false
        }
    }

    /// Every token there is.
    var tokens: [String] {
        Self.names.compactMap { simulator.account(Self.email($0)) }
            .flatMap { [$0.accessToken, $0.refreshToken] }
    }

    var client: HTTPClient { HTTPClient(.unixSocket(path: data + "/rotator.sock")) }

    func health() throws(HTTPClientError) -> HealthBody? {
        let answer = try client.exchange(
            method: "GET", target: "/health", timeoutMilliseconds: 60_000)
        return try? JSONDecoder().decode(HealthBody.self, from: Data(answer.body))
    }

    /// Starts the service and returns when it listens.
    func serve(_ arguments: [String] = []) async throws -> RunningProgram {
        let service = try Program.start(
            Program.rotator(), ["serve"] + arguments, environment: environment)
        let isListening = await service.output.untilFirstLine()
        try #require(isListening, "\(service.errors.text)")
        return service
    }

    /// Runs `body` with the service up, and ends it however `body` ends.
    func serving(_ body: (RunningProgram) async throws -> Void) async throws {
        let service = try await serve()
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(service))
        } catch {
            result = .failure(error)
        }
        service.terminate()
        _ = await service.ended()
        await simulator.stop()
        try result.get()
    }

    /// Signs in to each and files it; alice stays live.
    func enrol() async throws {
        for name in Self.names.reversed() {
            signIn(name)
            #expect(try await rotator("capture").code == 0)
        }
    }
}
