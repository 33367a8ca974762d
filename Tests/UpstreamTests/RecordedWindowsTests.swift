// Recorded bodies of the endpoint, decided on: a model that is spent, seats
// without windows, and what was spent beside a plan.

import Foundation
import RotationCore
import RotationEngine
import Testing

@testable import Upstream

private enum Recorded {
    static func file(_ name: String, from path: String = #filePath) throws -> Data {
        try Data(
            contentsOf: URL(filePath: path).deletingLastPathComponent()
                .appending(path: "Samples/\(name)"))
    }

    /// Name and what its body decodes to, in the order of the file.
    static func reports() throws -> [(name: String, report: UsageReport?)] {
        let all = try JSONSerialization.jsonObject(with: file("usage-bodies.json"))
        return try (all as? [[String: Any]] ?? []).map { sample in
            let body = try JSONSerialization.data(withJSONObject: sample["payload"] ?? [:])
            return (sample["name"] as? String ?? "", UsageDecoder.report(Array(body)))
        }
    }

    static func answer(_ number: String) throws -> UsageAnswer {
        try #require(reports().first { $0.name.hasPrefix(number) }?.report).answer
    }
}

/// Accounts a, b, … answer with these samples; a is live and its model works.
private func verdict(_ samples: [String], model: String) throws -> Verdict {
    // Before the resets of every sample.
    let now = Timestamp(seconds: 1_770_000_000)
    let ids = samples.indices.map { AccountID(accountUUID: "\($0)", organizationUUID: "o") }
    var slots: [AccountID: SlotFacts] = [:]
    for (id, sample) in zip(ids, samples) {
        let details = CredentialDetails(
            kind: .login, canRefresh: true, accessTokenExpiresAt: now.adding(seconds: 28800))
        slots[id] = SlotFacts(
            email: "\(sample)@example.com", details: details, generation: Generation(1))
    }
    var bounds = Bounds()
    bounds.assumedPace = 0
    var machine = TickMachine(bounds: bounds, remembered: RememberedState())
    for spent in [Int64(1), 2] {
        let line = Observation(
            session: "s", apiMilliseconds: spent, model: model,
            windows: [UsageWindow(key: .fiveHour, utilization: 0, resetsAt: nil)])
        _ = machine.take(line, at: now)
    }
    let live = try #require(slots[ids[0]])
    let answers = try zip(ids, samples).map { ($0, try Recorded.answer($1)) }
    var effects = machine.step(
        .tickRequested(TickRequest(trigger: .request), optedIn: true, at: now))
    while let effect = effects.first {
        switch effect {
        case .lookForClaude:
            effects = machine.step(.claudeLookedFor(ClaudePresence(running: true), at: now))
        case .observeStore:
            effects = machine.step(
                .storeObserved(live: .identified(ids[0], live), slots: slots, at: now))
        case .readUsage:
            let all = Dictionary(uniqueKeysWithValues: answers)
            effects = machine.step(.usageRead(all, at: now))
        case .refresh(let account, _):
            effects = machine.step(.refreshFinished(account, .notDue, at: now))
        case .swap(_, _, let to):
            let facts = try #require(slots[to])
            effects = machine.step(
                .swapFinished(.done(live: facts, tookMilliseconds: 1), at: now))
        case .conclude(let conclusion): return conclusion.verdict
        }
    }
    preconditionFailure("a tick ends with .conclude")
}

@Suite struct RecordedWindowsTests {
    @Test func `Fable at 100 on live, a drained one with some left is taken`() throws {
        // 05: 2, 59, Fable 100. 04: 96, 65, Fable 83. 01: 10, 7, Fable 9.
        let verdict = try verdict(["05", "04", "01"], model: "Fable 5")
        #expect(verdict.outcome == .rotated && verdict.reason == .modelAtThreshold)
        #expect(
            verdict.considerations.map(\.reason) == [
                .modelAtThreshold, .drainFirst, .lessDrained,
            ])
        #expect(
            verdict.sentence.hasPrefix(
                "05@example.com is at 59 % (7 d), but its Fable is at 100 %"))
    }

    @Test func `another model's work does not care`() throws {
        #expect(try verdict(["05", "04", "01"], model: "Sonnet 4.5").reason == .belowThreshold)
    }

    @Test func `a spent target comes after one that has some left, and last is not never`() throws {
        // 11: 100, 56 and no models. 05 is the more drained of the other two.
        let both = try verdict(["11", "05", "01"], model: "claude-fable-5")
        #expect(both.reason == .exhausted && both.considerations[2].outcome == .chosen)
        #expect(both.considerations[1].reason == .modelAtThreshold)
        let alone = try verdict(["11", "05"], model: "claude-fable-5")
        #expect(alone.considerations[1].outcome == .chosen)
    }

    @Test(arguments: ["00", "02"])
    func `a seat billed by use is neither target nor trigger`(seat: String) throws {
        let stuck = try verdict(["11", seat], model: "Fable")
        #expect(stuck.outcome == .stuck && stuck.considerations[1].reason == .noWindows)
        let kept = try verdict([seat, "01"], model: "Fable")
        #expect(kept.outcome == .stayed && kept.reason == .noWindows)
    }

    @Test func `every recorded body says what was spent beside the plan`() throws {
        let made = try Recorded.reports().map { name, report -> String in
            guard let extra = report?.extra else { return "\(name) -" }
            func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "-" }
            return [
                name, extra.isEnabled ? "on" : "off", text(extra.usedMinor),
                text(extra.limitMinor), text(extra.utilization), extra.currency ?? "-",
                extra.decimalPlaces.map { "\($0)" } ?? "-", extra.disabledReason ?? "-",
            ].joined(separator: " ")
        }
        let golden = String(decoding: try Recorded.file("usage-extra.txt"), as: UTF8.self)
        let wanted = golden.split(separator: "\n").map(String.init)
        for (line, expected) in zip(made, wanted) { #expect(line == expected) }
        #expect(made.count == wanted.count)
    }

    @Test(arguments: [
        #"{}"#, #"{"extra_usage":null,"spend":null}"#, #"{"extra_usage":{"used_credits":5}}"#,
        #"{"extra_usage":[],"spend":7}"#, #"{"extra_usage":{"is_enabled":"yes"}}"#,
    ])
    func `what does not say whether it is on says nothing`(body: String) throws {
        #expect(try #require(UsageDecoder.report(Array(body.utf8))).extra == nil)
    }

    @Test func `what is absurd is unknown`() throws {
        let long = String(repeating: "x", count: 65)
        let body =
            #"{"extra_usage":{"is_enabled":true,"used_credits":-1,"monthly_limit":1e13,"#
            + #""utilization":-1,"currency":"usd","decimal_places":2.5,"disabled_reason":""#
            + long + #""}}"#
        let extra = try #require(UsageDecoder.report(Array(body.utf8))).extra
        #expect(extra == ExtraUsage(isEnabled: true))
    }
}
