// The whole job on an embedded simulated vendor: three accounts that burn
// quota, a throw-away home, the real service over real HTTP, and a clock that
// runs a minute a second. Touches no real account and no real file.

import ArgumentParser
import CSystem
import ControlWire
import DurableFiles
import LoopbackHTTP
import RotationCore
import RotationEngine
import VendorSimulator

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The whole job on an embedded simulated vendor, in a throw-away home.",
        discussion: Examples.text("rotator demo", "rotator demo --keep --speed 30"))
    @Flag(name: .long, help: "Leave the service and its page running until Ctrl-C.")
    var keep = false
    @Option(name: .long, help: "Seconds of the demo's clock that pass in one real second.")
    var speed: Int64 = 60
    @Option(name: .long, help: "TCP port on loopback; 0 picks a free one.") var port = "0"
    @Flag(name: .long, help: "Print the API's JSON body of the decision.") var json = false

    /// Percent of the 5 h window the live account burns per tick.
    private static let burnPerTick = 1.0

    func run() async throws {
        guard speed >= 1 else {
            throw ValidationError("--speed \(speed) is too slow; give at least 1")
        }
        let home = try DemoHome()
        defer { home.remove() }
        let clock = CompressedClock(speed: speed)
        let simulator = VendorSimulator(
            accounts: DemoHome.accounts(now: clock.now().milliseconds),
            clockMilliseconds: { clock.now().milliseconds }, seed: 1)
        let vendorPort = try simulator.start()
        let stopSignal = csystem_signal_pipe()
        let configuration = try Configuration(
            file: nil, environment: home.environment,
            flags: [
                .port: port, .store: "file", .apiBaseURL: "http://127.0.0.1:\(vendorPort)",
                .tokenURL: "http://127.0.0.1:\(vendorPort)/v1/oauth/token",
            ])
        let service: Service
        do {
            service = try await Service(
                configuration: configuration, environment: home.environment, clock: clock,
                log: ServiceLog(nil, minimum: .error, now: { clock.now() }), limits: .unlimited)
        } catch {
            Output.error(error.message)
            throw ExitStatus.code(.failed)
        }
        let client = ServiceClient(configuration)
        do {
            try enrol(home, simulator, client)
            try await burn(home, simulator, client, clock)
        } catch {
            await service.stop()
            await simulator.stop()
            throw error
        }
        if keep {
            Output.line("\nStatus page: http://127.0.0.1:\(service.port)/  (Ctrl-C ends it)")
            await ThreadWait.untilReadable(stopSignal)
        }
        await service.stop()
        await simulator.stop()
    }

    /// Signs in to each account in turn, as a person with `/login` would, and
    /// turns rotation on.
    private func enrol(
        _ home: DemoHome, _ simulator: VendorSimulator, _ client: ServiceClient
    ) throws {
        say("A simulated vendor, a throw-away home, and three accounts:")
        for email in DemoHome.emails.reversed() {
            try home.signIn(simulator.claudeAiOauth(of: email) ?? "{}")
            _ = try client.bytes("POST", "/captures")
        }
        let optIn = try client.get(
            OptInBody.self, "PUT", "/opt-in", body: OptInRequest(enabled: true))
        say(optIn.message)
    }

    /// Lets the live account burn quota, tick by tick, until it was rotated.
    private func burn(
        _ home: DemoHome, _ simulator: VendorSimulator, _ client: ServiceClient,
        _ clock: CompressedClock
    ) async throws {
        let first = try client.get(TickBody.self, "POST", "/tick")
        show(first, try client.get(AccountsBody.self, "GET", "/accounts"), clock.now())
        for _ in 0..<100 {
            guard let live = home.liveEmail(simulator) else { break }
            simulator.consume(email: live, percent: Self.burnPerTick)
            try await clock.sleep(until: clock.now().adding(seconds: 60))
            let tick = try client.get(TickBody.self, "POST", "/tick")
            let history = try client.get(HistoryBody.self, "GET", "/history")
            guard let rotation = history.rotations.first else {
                say("\(tick.at)  \(tick.outcome): \(tick.decision.sentence)")
                continue
            }
            return try explain(rotation, home.liveEmail(simulator), client, clock)
        }
        Output.error("no rotation happened; this is a bug worth reporting")
        throw ExitStatus.code(.failed)
    }

    private func explain(
        _ rotation: RotationBody, _ live: String?, _ client: ServiceClient,
        _ clock: CompressedClock
    ) throws {
        let page = try client.get(DecisionsBody.self, "GET", "/decisions?limit=20")
        guard let decision = page.decisions.first(where: { $0.outcome == "rotated" }) else {
            Output.error("the rotation has no decision; this is a bug worth reporting")
            throw ExitStatus.code(.failed)
        }
        if json {
            // Not the latest: the service ticks on by itself.
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Output.bytes(Array(try encoder.encode(decision)))
        }
        say("")
        for line in Report.why(decision, .current(nil, now: clock.now())) { say(line) }
        say("")
        show(try client.get(AccountsBody.self, "GET", "/accounts"), clock.now())
        say("")
        say("Claude Code's credential file now holds \(live ?? "nobody")'s credential;")
        say("the swap took \(rotation.tookMilliseconds) ms and made no model request.")
    }

    private func show(_ tick: TickBody, _ accounts: AccountsBody, _ now: Timestamp) {
        show(accounts, now)
        say("")
        say("\(tick.at)  \(tick.outcome): \(tick.decision.sentence)")
    }

    private func show(_ accounts: AccountsBody, _ now: Timestamp) {
        for line in Report.accounts(accounts, .current(nil, now: now)) { say(line) }
    }

    private func say(_ line: String) { if !json { Output.line(line) } }
}
