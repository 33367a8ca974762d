// `rotator doctor`: every finding by the facts that make it, and the built
// program on machines that have something wrong.

import ControlWire
import CredentialStores
import Foundation
import HostFacts
import RotationCore
import RotationEngine
import Support
import Testing

@testable import rotator

@Suite struct DiagnosisTests {
    private func findings(_ change: (inout MachineFacts) -> Void) -> Diagnosis {
        var facts = MachineFacts()
        facts.service = .running(version: "1", optedIn: true, lastTickSeconds: 5, skewSeconds: 0)
        facts.port = .ours
        facts.claude = .init(path: "/usr/bin/claude", version: "2.1.300")
        facts.browser = "/usr/bin/chromium"
        change(&facts)
        return Diagnosis(facts)
    }

    @Test func `a machine in order has nothing but what is in order, and ends with 0`() {
        let diagnosis = findings { _ in }
        #expect(diagnosis.findings.allSatisfy { $0.severity == .ok }, "\(diagnosis.findings)")
        #expect(diagnosis.exitCode == .done)
    }

    private typealias Change = @Sendable (inout MachineFacts) -> Void

    /// What is wrong, what it is called, how bad it is, and what it ends with.
    private static let wrongs: [(Change, FindingCode, FindingSeverity, ExitCode)] = [
        ({ $0.configurationError = "port takes" }, .configuration, .error, .badArguments),
        (
            {
                $0.service = .notRunning; $0.flagIsOn = true
            }, .service, .warning, .done
        ),
        ({ $0.service = .notRunning }, .service, .info, .done),
        ({ $0.service = .silent("no") }, .service, .error, .serviceUnreachable),
        ({ $0.service = running(599) }, .ticks, .ok, .done),
        ({ $0.service = running(600) }, .ticks, .error, .failed),
        (
            {
                $0.service = running(600); $0.tickIntervalSeconds = 300
            }, .ticks, .ok, .done
        ),
        ({ $0.service = running(nil) }, .ticks, .info, .done),
        ({ $0.port = .taken }, .port, .error, .failed),
        ({ $0.port = .free }, .port, .ok, .done), ({ $0.port = .notFixed }, .port, .info, .done),
        ({ $0.store = .unsupported(advice: "a") }, .store, .error, .unsupportedPlatform),
        ({ $0.store = .notLookedAt(name: "k") }, .store, .info, .done),
        ({ $0.store = .signedOut(name: "f") }, .store, .warning, .done),
        ({ $0.store = .unusable(name: "f", "w") }, .store, .error, .credentialUnavailable),
        ({ $0.damagedSlots = ["x.json"] }, .slots, .warning, .done),
        ({ $0.slots = 1 }, .slots, .warning, .done), ({ $0.slots = 2 }, .slots, .ok, .done),
        ({ $0.locks = [lock(5, false)] }, .locks, .info, .done),
        ({ $0.locks = [lock(99, true)] }, .locks, .error, .credentialUnavailable),
        (
            { $0.exposed = [.init(path: "/d/x", mode: 0o644, wanted: 0o600)] }, .permissions,
            .error,
            .failed
        ),
        ({ $0.database = .absent }, .database, .info, .done),
        ({ $0.database = .older("o") }, .database, .info, .done),
        ({ $0.database = .newer("n") }, .database, .error, .failed),
        ({ $0.database = .damaged("d") }, .database, .error, .failed),
        ({ $0.database = .unavailable("u") }, .database, .error, .failed),
        ({ $0.pinning = [pin(.serviceEnvironment)] }, .pinning, .error, .pinnedEnvironment),
        ({ $0.pinning = [pin(.settingsFile("/s.json"))] }, .pinning, .error, .pinnedEnvironment),
        (
            { $0.pinnedSessions = [PinnedSession(pid: 7, variables: ["V"])] }, .pinnedSession,
            .warning, .done
        ),
        (
            { $0.elsewhere = [ClaudeElsewhere(pid: 8, directory: "/other")] }, .configDirectory,
            .warning, .done
        ),
        ({ $0.claude = nil }, .claude, .warning, .done),
        ({ $0.claude?.version = nil }, .claude, .warning, .done),
        ({ $0.service = running(5, skew: nil) }, .clock, .info, .done),
        ({ $0.service = running(5, skew: 59) }, .clock, .ok, .done),
        ({ $0.service = running(5, skew: 60) }, .clock, .warning, .done),
        ({ $0.service = running(5, skew: -60) }, .clock, .warning, .done),
        ({ $0.browser = nil }, .browser, .info, .done),
        ({ $0.missingLibraries = ["libcurl is not installed"] }, .libraries, .error, .failed),
    ]

    private static func running(_ tick: Int64?, skew: Int64? = 0) -> MachineFacts.Service {
        .running(version: "1", optedIn: true, lastTickSeconds: tick, skewSeconds: skew)
    }

    private static func lock(_ age: Int64, _ isStale: Bool) -> LockSighting {
        LockSighting(path: "/c/.lock", ageSeconds: age, isStale: isStale)
    }

    private static func pin(_ place: PinningFinding.Place) -> PinningFinding {
        PinningFinding(variable: "ANTHROPIC_API_KEY", place: place)
    }

    @Test func `every finding has its severity, its remedy and its exit code`() throws {
        for (change, code, severity, exit) in Self.wrongs {
            let diagnosis = findings(change)
            let found = try #require(diagnosis.findings.first { $0.code == code }, "\(code)")
            #expect(found.severity == severity, "\(found)")
            #expect(diagnosis.exitCode == exit, "\(found)")
            #expect((found.remedy != nil) == (severity.rank > 1), "\(found)")
            #expect((found.command != nil) == (severity.rank > 1), "\(found)")
        }
        let codes = Set(Self.wrongs.map { $0.1 })
        #expect(codes == Set(FindingCode.allCases), "every code has its case")
    }

    @Test func `a remedy names a verb of this program, or a tool that is everywhere`() {
        let tools: Set = ["chmod", "mv", "rm", "unset", "date", "claude"]
        for (change, _, _, _) in Self.wrongs {
            for command in findings(change).findings.compactMap(\.command) {
                let words = command.split(separator: " ").map(String.init)
                if tools.contains(words[0]) { continue }
                #expect(words[0] == "rotator", "\(command)")
                #expect(
                    RotatorCommand.verbs.contains(words[1]) || words[1] == "--version",
                    "\(command)")
            }
        }
    }

    @Test func `the first error is what it ends with`() {
        let diagnosis = findings {
            $0.service = .notRunning
            $0.flagIsOn = true
            $0.locks = [Self.lock(99, true)]
            $0.pinning = [Self.pin(.serviceEnvironment)]
        }
        #expect(diagnosis.exitCode == .credentialUnavailable)
    }
}

@Suite(.serialized) struct DoctorTests {
    private func finding(_ run: Run, _ code: String) throws -> [String: Any] {
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        let findings = (json as? [String: Any])?["findings"] as? [[String: Any]]
        return try #require(findings?.first { $0["code"] as? String == code }, "\(run)")
    }

    @Test func `it works with the service down and up, and shows no secret`() async throws {
        let world = try World()
        world.signIn("alice")
        let down = try await world.rotator("doctor", "--json")
        #expect(try finding(down, "service")["severity"] as? String == "info")
        #expect(try finding(down, "store")["severity"] as? String == "ok")
        #expect(try finding(down, "database")["severity"] as? String == "info")
        #expect(down.code == 0, "\(down)")
        #expect(world.home.names("janitor-data") == [], "it writes nothing")
        try await world.serving { _ in
            try await world.enrol()
            let up = try await world.rotator("doctor")
            #expect(up.code == 0, "\(up)")
            for text in [
                "ok      service", "ok      slots: 3", "ok      database", "ok      clock",
            ] {
                #expect(up.output.contains(text), "\(up.output)")
            }
            let said = down.output + up.output + up.errors
            #expect(world.tokens.allSatisfy { !said.contains($0) })
        }
    }

    @Test func `it looks for the programs a sign-in would take`() async throws {
        let world = try World(more: ["PATH": "/nowhere"])
        world.signIn("alice")
        for (variable, code) in [("ROTATOR_CLAUDE", "claude"), ("ROTATOR_BROWSER", "browser")] {
            let missing = try await world.rotator("doctor", "--json", more: [variable: "/no/such"])
            #expect(try finding(missing, code)["severity"] as? String != "ok")
            let there = try await world.rotator("doctor", "--json", more: [variable: "/bin/sh"])
            let text = try finding(there, code)["message"] as? String
            #expect(text?.contains("/bin/sh") == true, "\(there)")
        }
        await world.simulator.stop()
    }

    @Test func `what is wrong is found, with its exit code`() async throws {
        let world = try World()
        world.signIn("alice")
        let canary = "canary-value"
        let pinned = try await world.rotator(
            "doctor", "--json", more: ["ANTHROPIC_API_KEY": canary])
        #expect(pinned.code == 3)
        #expect(!(pinned.output + pinned.errors).contains(canary))
        #expect(try finding(pinned, "pinning")["command"] as? String == "unset ANTHROPIC_API_KEY")
        let store = try await world.rotator("doctor", more: ["ROTATOR_STORE": "auto"])
        #expect(store.code == 4)
        let wrong = try await world.rotator("doctor", more: ["ROTATOR_PORT": "x"])
        #expect(wrong.code == 64 && wrong.output.contains("ROTATOR_PORT"), "\(wrong)")
        world.home.write(".claude/.credentials.json", #"{"claudeAiOauth":{"accessToken":7}}"#)
        let malformed = try await world.rotator("doctor")
        #expect(malformed.code == 8, "\(malformed)")
        world.signIn("alice")
        let exposed = world.home.file(".claude/.credentials.json")
        #expect(chmod(exposed, 0o644) == 0)
        let open = try await world.rotator("doctor", "--json")
        #expect(open.code == 1)
        #expect(
            try finding(open, "permissions")["command"] as? String == "chmod 600 '\(exposed)'")
        #expect(chmod(exposed, 0o600) == 0)
        world.home.makeDirectory("janitor-data/oauth-rotator")
        world.home.write("janitor-data/oauth-rotator/rotator.sqlite", "no database at all, no no")
        let damaged = try await world.rotator("doctor", "--json")
        #expect(try finding(damaged, "database")["severity"] as? String == "error", "\(damaged)")
        await world.simulator.stop()
    }
}
