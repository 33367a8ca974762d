// `rotator simulate` through the built binary: without a service, the same each
// time, and over a history written as the service writes it.

import Foundation
import HistoryStore
import RotationCore
import RotationEngine
import Support
import Testing

@testable import rotator

/// An environment without a service, with a data directory of its own.
private struct Desk {
    let home = TemporaryDirectory()
    var data: String { home.file("data") }

    func run(_ arguments: [String]) async throws -> Run {
        try await Program.run(
            Program.rotator(), ["simulate"] + arguments,
            environment: [
                "HOME": home.path, "PATH": "/usr/bin:/bin", "ROTATOR_DATA_DIR": data,
            ])
    }

    func body(_ arguments: [String]) async throws -> SimulationBody {
        let run = try await run(arguments + ["--json"])
        try #require(run.code == 0, "\(run)")
        return try JSONDecoder().decode(SimulationBody.self, from: Data(run.output.utf8))
    }

    static let names = ["alice", "bob"]
    static func id(_ name: String) -> AccountID {
        AccountID(accountUUID: "\(name)-0001", organizationUUID: "\(name)-0002")
    }

    /// Alice at work for four hours of each of so many days, twelve points an
    /// hour, with bob parked; written as the service writes it.
    func record(days: Int64, until now: Timestamp) async throws {
        home.makeDirectory("data")
        let history = SQLiteHistory(path: data + "/rotator.sqlite")
        defer { history.close() }
        for name in Self.names {
            let identity = AccountIdentity(id: Self.id(name), email: "\(name)@example.com")
            let details = CredentialDetails(
                kind: .login, canRefresh: true, accessTokenExpiresAt: nil)
            try await history.save(
                AccountRecord(
                    identity: identity,
                    slot: Slot(
                        identity: identity, details: details, generation: Generation(1),
                        capturedAt: now, refreshedAt: nil)), at: now)
        }
        var tick: Int64 = 0
        for day in stride(from: days, to: 0, by: -1) {
            let start = now.adding(seconds: -day * 86_400)
            for minute in stride(from: Int64(0), through: 240, by: 10) {
                tick += 1
                let at = start.adding(seconds: minute * 60)
                var usage = [Self.id("alice"): facts(40 + Double(minute) / 5, at, from: start)]
                if minute % 30 == 0 { usage[Self.id("bob")] = facts(20, at, from: start) }
                _ = try await history.append(
                    DecisionEntry(
                        tick: tick, at: at, trigger: .schedule,
                        verdict: Verdict(
                            outcome: .stayed, reason: .belowThreshold, sentence: "It stays.",
                            from: Self.id("alice")),
                        emails: [:], usage: usage, rotation: nil, nudges: nil))
            }
        }
    }

    private func facts(_ used: Double, _ at: Timestamp, from start: Timestamp) -> UsageFacts {
        var facts = UsageFacts()
        facts.reading = Reading(
            readAt: at, source: .usageEndpoint,
            windows: [
                UsageWindow(
                    key: .fiveHour, utilization: used, resetsAt: start.adding(seconds: 18_000)),
                UsageWindow(
                    key: .sevenDay, utilization: 30, resetsAt: start.adding(seconds: 400_000)),
            ])
        return facts
    }
}

private func wholeSeconds() -> Timestamp {
    Timestamp(seconds: Int64(Date().timeIntervalSince1970))
}

@Suite struct SimulateTests {
    @Test func `it needs no service, and the same arguments print the same`() async throws {
        let desk = Desk()
        let arguments = ["--nights", "3", "--hours", "1", "--seed", "9", "--threshold", "90,95"]
        let (one, same) = (try await desk.run(arguments), try await desk.run(arguments))
        #expect(one.code == 0 && one.output == same.output)
        #expect(one.errors.isEmpty && one.output.contains("seeds 9 to 11"))
        #expect(one.output.contains("Recommended: "))
        #expect(one.output.contains("*  drain-first     97 "))
        // What was run, a title, eleven combinations, what it means, what to do.
        #expect(one.output.split(separator: "\n").count == 15)
        #expect(desk.home.names("").isEmpty)
    }

    @Test func `the body has every figure of every combination`() async throws {
        let body = try await Desk().body([
            "--nights", "2", "--hours", "1", "--accounts", "2", "--strategy",
            "least-used,soonest-reset", "--threshold", "95", "--dwell", "0,60", "--models",
            "--outages", "--plans", "--status-line",
        ])
        #expect(body.source == "simulated" && body.nights == 2 && body.seeds == [1, 2])
        #expect(body.accounts == [2] && body.hours == 1 && body.recording == nil)
        #expect(body.options == ["models", "outages", "plans", "status-line"])
        #expect(body.combinations.map(\.configured) == [true, false, false, false, false])
        #expect(
            body.combinations.map(\.combination.strategy) == [
                "drain-first", "least-used", "least-used", "soonest-reset", "soonest-reset",
            ])
        #expect(body.combinations.map(\.combination.dwellSeconds) == [300, 0, 60, 0, 60])
        #expect(body.combinations.map(\.combination.threshold) == [97, 95, 95, 95, 95])
        for trial in body.combinations {
            #expect(
                trial.figures.keys.sorted() == [
                    "cachesLost", "lapsedPoints", "limitErrors", "servedOfOracle",
                    "stalledMinutes", "stalledMinutesWithAlternate", "swaps", "usage429",
                    "usageRequests",
                ])
            for figure in trial.figures.values { #expect(figure.p10 <= figure.p90) }
        }
        #expect(["better", "alike"].contains(body.recommendation.verdict))
    }

    @Test(arguments: [
        ["--nights", "0"], ["--nights", "100001"], ["--nights", "x"], ["--hours", "0"],
        ["--hours", "49"], ["--accounts", "2,,3"], ["--accounts", "0"], ["--accounts", "101"],
        ["--strategy", "best"], ["--strategy", ""], ["--threshold", "0"], ["--threshold", "101"],
        ["--threshold", "95,"], ["--dwell", "-1"], ["--dwell", "3601"], ["--dwell", "1.5"],
        ["--seed", "-1"], ["--seed", "18446744073709551615"], ["--since", "14d"],
        ["--replay", "--since", "a week"], ["--replay", "--nights", "3"],
        ["--replay", "--seed", "1"], ["--replay", "--plans"],
    ])
    func `wrong arguments are 64`(arguments: [String]) async throws {
        let run = try await Desk().run(arguments)
        #expect(run.code == 64 && run.output.isEmpty, "\(run)")
    }

    // MARK: The back-test

    @Test func `without a history it says what to do, and makes none`() async throws {
        let desk = Desk()
        let run = try await desk.run(["--replay"])
        #expect(run.code == 1 && run.errors.contains("rotator serve"), "\(run)")
        #expect(desk.home.names("").isEmpty)
    }

    @Test(arguments: [(0, "0.0 h in 0 nights"), (2, "8.0 h in 2 nights")] as [(Int64, String)])
    func `too little recorded is 2, with how much there is`(
        days: Int64, said: String
    ) async throws {
        let desk = Desk()
        try await desk.record(days: days, until: wholeSeconds())
        for format in [[], ["--json"]] {
            let run = try await desk.run(["--replay"] + format)
            #expect(run.code == 2 && run.output.isEmpty)
            #expect(run.errors.contains(said) && run.errors.contains("10.0 h in 2 nights"))
        }
    }

    @Test func `recorded nights replay to what was burned`() async throws {
        let (desk, now) = (Desk(), wholeSeconds())
        try await desk.record(days: 3, until: now)
        let before = desk.home.names("data").filter { $0.hasSuffix(".sqlite") }
        let body = try await desk.body(["--replay", "--threshold", "50,97"])
        let recording = try #require(body.recording)
        #expect(body.source == "recorded" && body.nights == 3 && body.seeds == nil)
        #expect(recording.nights.count == 3 && recording.replayedHours == 12)
        #expect(abs(recording.workPoints - 144) < 1e-6 && recording.unplacedPoints == 0)
        #expect(recording.nights.first == now.adding(seconds: -259_200).rfc3339)
        #expect(recording.knownHours == 12 && recording.unknownHours == 40)
        #expect(recording.unknownAccounts.isEmpty && body.combinations.count == 10)
        for trial in body.combinations {
            #expect(trial.figures["servedOfOracle"]?.mean == 1)
            // From 40 on, 48 points: past 50 % on the way, and never past 97.
            let swaps = trial.figures["swaps"]?.mean ?? -1
            #expect(trial.combination.threshold == 97 ? swaps == 0 : swaps > 0)
        }
        #expect(desk.home.names("data").filter { $0.hasSuffix(".sqlite") } == before)
        let lines = try await desk.run(["--replay", "--since", "14d"])
        #expect(lines.code == 0 && lines.output.contains("3 recorded nights, 12.0 h"))
        let short = try await desk.run(["--replay", "--since", "40h"])
        #expect(short.code == 2 && short.errors.contains("4.0 h in 1 night "), "\(short)")
    }

    @Test func `the service may have the history open meanwhile`() async throws {
        let (desk, now) = (Desk(), wholeSeconds())
        try await desk.record(days: 3, until: now)
        let open = SQLiteHistory(path: desk.data + "/rotator.sqlite")
        _ = try await open.load()
        try await open.recordOptIn(enabled: true, at: now)
        #expect(try await desk.run(["--replay", "--strategy", "round-robin"]).code == 0)
        try await open.recordOptIn(enabled: false, at: now)
        open.close()
    }

    @Test func `a history without a file reads alike`() async throws {
        let history = InMemoryHistory()
        let none = try await RecordedNights.read(
            history, since: Timestamp(seconds: 0), now: wholeSeconds(), bounds: Bounds())
        #expect(none.nights.isEmpty && !none.isEnough)
        #expect(RecordedNights.tooLittle(none, seconds: 7200).contains("of the last 2.0 h"))
    }

    @Test(arguments: [
        (0, 2, "0.00"), (1.005, 1, "1.0"), (-0.04, 1, "0.0"), (-0.05, 1, "-0.1"),
        (99.999, 2, "100.00"),
        (12.5, 0, "13"), (0.07, 2, "0.07"),
    ])
    func `figures are rounded for people`(value: Double, places: Int, text: String) {
        #expect(SimulationReport.decimals(value, places) == text)
    }
}
