// `rotator plan`: the plan in local time, and what it says when it cannot.

import ControlWire
import Foundation
import RotationCore
import Testing

@testable import rotator

private func band(_ likely: Double) -> BandBody {
    BandBody(low: likely / 2, likely: likely, high: likely * 2)
}

/// 2026-11-24T22:14Z; the tests of lines run in the zone of the machine.
private let now = Timestamp(seconds: 1_795_558_440)

private func hours(_ hours: Double) -> String {
    now.adding(seconds: Int64(hours * 3600)).rfc3339
}

private func local(_ hours: Double) -> String {
    LocalTime.text(now.adding(seconds: Int64(hours * 3600)), from: now)
}

@Suite(.serialized) struct PlanTests {
    private func body(_ lasts: String, dry: ReachBody) -> PlanBody {
        let window = WindowForecastBody(
            name: "five_hour", utilization: 57, resetsAt: hours(4), pointsPerHour: band(20),
            thresholdAt: ReachBody(likely: hours(2)), wallAt: ReachBody())
        return PlanBody(
            at: hours(0), until: hours(9), horizon: hours(12), lasts: lasts,
            segments: [
                PlanSegmentBody(
                    email: "alice@example.com", from: hours(0), to: hours(2),
                    reason: "below-threshold"),
                PlanSegmentBody(
                    email: "carol@example.com", from: hours(2), to: hours(9),
                    reason: "drain-first"),
            ], dryAt: dry, firstResetAfter: hours(11),
            burn: BurnBody(
                pointsPerHour: band(20.04), sevenDayShare: 0.11, activeHours: 37, idle: false),
            accounts: [
                ForecastBody(
                    email: "alice@example.com", live: true, readAt: hours(-0.1), ageSeconds: 359,
                    windows: [window])
            ],
            unknown: [UnplannedBody(email: "dave@example.com", reason: "reading-unknown")])
    }

    @Test func `the question, the answer, the band, the table`() {
        let dry = ReachBody(earliest: hours(8), likely: hours(10), latest: nil)
        let lines = PlanReport(body("maybe", dry: dry)).lines
        #expect(
            lines[0] == "Lasts until \(local(9)): likely (dry at \(local(10)), between "
                + "\(local(8)) and after \(local(12))).")
        let width = String(repeating: " ", count: local(0).count - 4)
        #expect(lines[2].hasPrefix("from" + width + "  to"))
        #expect(
            lines[3] == "\(local(0))  \(local(2))  alice@example.com  it is live and below its "
                + "threshold")
        #expect(lines[6] == "Dry at \(local(10)); the first reset after it is at \(local(11)).")
        #expect(lines[7] == "Burn: 20 points an hour (10 to 40.1), from 37 hours of work.")
        #expect(lines[10].hasPrefix("*  alice@example.com  57 %, full \(local(2))  ?    5 min ago"))
        #expect(lines.last == "Not planned on: dave@example.com [reading-unknown]")
    }

    @Test(arguments: [
        ("yes", nil, nil, nil, "yes (not dry before "), ("no", 5, 6, 7, "no (dry at "),
        ("maybe", 5, 8.5, nil, "unlikely (dry at "), ("maybe", 5, 9, nil, "likely (dry at "),
        ("maybe", 5, nil, nil, "likely (dry after "),
    ])
    func `likely is what the likely rate says`(
        lasts: String, earliest: Double?, likely: Double?, latest: Double?, said: String
    ) {
        let dry = ReachBody(
            earliest: earliest.map(hours), likely: likely.map(hours), latest: latest.map(hours))
        let line = PlanReport(body(lasts, dry: dry)).lines[0]
        #expect(line.hasPrefix("Lasts until \(local(9)): \(said)"))
    }

    @Test func `a pause is said at once`() {
        var paused = body("yes", dry: ReachBody())
        paused.pause = PauseBody(paused: true, since: hours(-1), until: hours(1))
        #expect(
            PlanReport(paused).lines[1]
                == "Swaps are paused until \(local(1)); the plan is as if they were not.")
        paused.pause.until = nil
        #expect(PlanReport(paused).lines[1].hasPrefix("Swaps are paused until that is lifted;"))
    }

    @Test func `what is not known is said to be`() {
        let plan = PlanBody(at: hours(0), until: hours(9), horizon: hours(12), lasts: "unknown")
        let lines = PlanReport(plan).lines
        #expect(lines[0].hasSuffix("unknown; how fast the work burns is not known yet."))
        #expect(lines.last == "Burn: not known; too little was read.")
    }

    @Test func `HH:MM is the next time the clock shows it`() throws {
        for text in ["00:00", "8:05", "08:05", "23:59"] {
            let time = try #require(LocalTime.parse(text, after: now))
            #expect(time > now && time.seconds(since: now) <= 25 * 3600)
            #expect(LocalTime.text(time, from: time) == (text == "8:05" ? "08:05" : text))
            let again = try #require(LocalTime.parse(text, after: time))
            #expect(again > time)
        }
        #expect(
            LocalTime.parse("2026-11-25T08:00:00+01:00", after: now)?.rfc3339
                == "2026-11-25T07:00:00Z")
        for text in [
            "24:00", "8:60", "8:5", "8", "08:00:00", ":30", "-1:30", "8:+5", "tomorrow", "",
        ] {
            #expect(LocalTime.parse(text, after: now) == nil, "\(text)")
        }
    }

    @Test func `the verb asks the service in the caller's own time`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            let unknown = try await world.rotator("plan")
            #expect(unknown.code == 0 && unknown.output.contains("unknown; "), "\(unknown)")
            try await world.enrol()
            _ = try await world.rotator("on")
            _ = try await world.rotator("tick")
            for zone in ["UTC", "XYZ-5:30"] {
                let run = try await world.rotator(
                    "plan", "--until", "08:00", "--json", more: ["TZ": zone])
                #expect(run.code == 0, "\(run)")
                let plan = try JSONDecoder().decode(PlanBody.self, from: Data(run.output.utf8))
                #expect(plan.until.hasSuffix(zone == "UTC" ? "T08:00:00Z" : "T02:30:00Z"))
                let lines = try await world.rotator("plan", "--until", "08:00", more: ["TZ": zone])
                #expect(lines.output.contains("08:00: "), "\(lines)")
            }
            let wrong = try await world.rotator("plan", "--until", "25:00")
            #expect(wrong.code == 64 && wrong.errors.contains("HH:MM"))
            let far = try await world.rotator("plan", "--until", "2099-01-01T00:00:00Z")
            #expect(far.code == 64 && far.errors.contains("7 days"))
        }
    }
}
