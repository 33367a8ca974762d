// The back-test's ground: what stored readings say was burned, and nothing
// they do not say; nights cut from it, with the windows as they stood.

import RotationCore
import Testing
import VendorSimulator

@testable import Nights

private let start = Timestamp(seconds: 1_790_000_000)
private let alice = AccountID(accountUUID: "alice", organizationUUID: "1")
private let bob = AccountID(accountUUID: "bob", organizationUUID: "1")

private typealias Line = (account: AccountID, reading: Reading)

/// A reading so many minutes in; resets are in minutes as well.
private func line(
    _ account: AccountID, _ minute: Int64, five: Double?, resetsAt: Int64? = 240,
    seven: Double? = 10, weekResetsAt: Int64? = 5000, carried: Bool = false
) -> Line {
    func at(_ minute: Int64) -> Timestamp { start.adding(seconds: minute * 60) }
    return (
        account,
        Reading(
            readAt: at(minute), source: .usageEndpoint,
            windows: [
                UsageWindow(
                    key: .fiveHour, utilization: five, resetsAt: resetsAt.map(at),
                    carriedFrom: carried ? start : nil),
                UsageWindow(
                    key: .sevenDay, utilization: seven, resetsAt: weekResetsAt.map(at)),
            ])
    )
}

private func burned(
    _ lines: [Line], until: Int64 = 100_000, weights: [AccountID: Double] = [:]
) -> Burned {
    Burned(
        lines, now: start.adding(seconds: until * 60), weights: weights, bounds: Bounds())
}

private func points(_ burned: Burned) -> Double { burned.rises.reduce(0) { $0 + $1.points } }
private func knownMinutes(_ burned: Burned) -> Int64 {
    burned.known.reduce(0) { $0 + $1.upperBound.seconds(since: $1.lowerBound) } / 60
}

@Suite struct BurnedTests {
    @Test func `rises within a window are work, of whoever has them`() {
        let made = burned([
            line(alice, 0, five: 10), line(bob, 0, five: 40), line(alice, 10, five: 14),
            line(alice, 20, five: 14), line(bob, 30, five: 45), line(bob, 40, five: 46),
        ])
        #expect(made.rises.map(\.account) == [alice, bob, bob])
        #expect(made.rises.map(\.points) == [4, 5, 1])
        #expect(made.unplaced == 0 && knownMinutes(made) == 40)
    }

    @Test func `a reset restarts: what is used after it was burned since`() {
        // The window over at 240 began anew at 250 at the earliest.
        let made = burned([
            line(alice, 235, five: 60), line(alice, 255, five: 3, resetsAt: 550),
            line(alice, 265, five: 5, resetsAt: 550),
        ])
        #expect(made.rises.map(\.points) == [3, 2])
        #expect(made.rises[0].from == start.adding(seconds: 250 * 60))
        #expect(knownMinutes(made) == 15)
    }

    @Test(arguments: [nil, 560, 541] as [Int64?])
    func `what is not begun has nothing burned in it`(resetsAt: Int64?) {
        let made = burned([
            line(alice, 235, five: 60), line(alice, 250, five: 0, resetsAt: nil),
            line(alice, 265, five: resetsAt == nil ? 0 : 4, resetsAt: resetsAt),
        ])
        #expect(points(made) == (resetsAt == nil ? 0 : 4))
    }

    @Test(arguments: [(89, true), (90, true), (91, false)])
    func `a gap says how much, not when`(minutes: Int64, isPlaced: Bool) {
        let made = burned([line(alice, 0, five: 10), line(alice, minutes, five: 30)])
        #expect(points(made) == (isPlaced ? 20 : 0))
        #expect(made.unplaced == (isPlaced ? 0 : 20))
        #expect(knownMinutes(made) == (isPlaced ? minutes : 0))
    }

    @Test(arguments: [(19, true), (20, true), (21, false)])
    func `nothing burned is known only where somebody looked often`(
        minutes: Int64, isKnown: Bool
    ) {
        let made = burned([line(alice, 0, five: 10), line(alice, minutes, five: 10)])
        #expect(knownMinutes(made) == (isKnown ? minutes : 0) && points(made) == 0)
    }

    @Test func `a clock that was set back invents no work`() {
        // True order: 10, 20 at 60 and 70; then, set back, 30, 40, 50 from 55 on.
        let made = burned([
            line(alice, 55, five: 30), line(alice, 60, five: 10), line(alice, 65, five: 40),
            line(alice, 70, five: 20), line(alice, 75, five: 50),
        ])
        #expect(points(made) == 20)
        // A reading of the run before, told after one of the next.
        let runs = burned([
            line(alice, 235, five: 60), line(alice, 250, five: 2, resetsAt: 545),
            line(alice, 251, five: 61), line(alice, 260, five: 3, resetsAt: 545),
        ])
        #expect(points(runs) == 3)
        // The same, told by a clock that was ahead, after none had begun.
        let over = burned([
            line(alice, 230, five: 60), line(alice, 245, five: 0, resetsAt: nil),
            line(alice, 250, five: 60),
        ])
        #expect(points(over) == 0)
    }

    /// Seven days of work on one account, looked at now and then, in whole
    /// points, by a clock that is set now and then.
    private func looked(_ generator: inout Generator, steps: Bool) -> ([Line], burned: Double) {
        var (lines, burned, skew) = ([Line](), 0.0, Int64(0))
        var (used, resetsAt) = (0.0, Int64?.none)
        for minute in Int64(0)..<10_080 {
            if let reset = resetsAt, minute >= reset { (used, resetsAt) = (0, nil) }
            if generator.chance(30), used < 100 {
                let points = min(generator.uniform(0...1), 100 - used)
                used += points
                burned += points
                resetsAt = resetsAt ?? minute + 300
            }
            if steps, generator.chance(0.5) { skew = Int64(generator.uniform(-120...120)) }
            guard generator.chance(8) else { continue }
            lines.append(
                line(
                    alice, minute + skew, five: used.rounded(.down), resetsAt: resetsAt,
                    weekResetsAt: 20_000))
        }
        return (lines.sorted { $0.reading.readAt < $1.reading.readAt }, burned)
    }

    @Test(arguments: UInt64(1)...20)
    func `no more is found than was burned, however the clock is set`(seed: UInt64) {
        var generator = Generator(seed)
        for steps in [false, true] {
            let (lines, truth) = looked(&generator, steps: steps)
            let made = burned(lines)
            let found = points(made) + made.unplaced
            // Whole points: less than one too many, for the first run looked at.
            #expect(found < truth + 1, "\(found) of \(truth)")
            // What is lost are points between the last look at a run and its end.
            if !steps { #expect(found > truth * 0.8, "\(found) of \(truth)") }
            for (one, next) in zip(made.known, made.known.dropFirst()) {
                #expect(one.upperBound < next.lowerBound)
            }
        }
    }

    @Test func `what is from the future, twice told or unsaid counts for nothing`() {
        let made = burned(
            [
                line(alice, 0, five: 10), line(alice, 0, five: 15), line(alice, 5, five: nil),
                line(alice, 10, five: 20, carried: true), line(alice, 12, five: 11),
                line(alice, 31, five: 99),
            ], until: 30)
        #expect(points(made) == 1 && knownMinutes(made) == 12)
    }

    @Test func `a point of a larger plan is more work`() {
        let lines = [line(alice, 0, five: 10), line(alice, 10, five: 12)]
        #expect(points(burned(lines, weights: [alice: 20])) == 40)
    }

    @Test func `a week that falls before its time was reset early`() {
        let made = burned([
            line(alice, 0, five: 1, seven: 90), line(alice, 10, five: 1, seven: 88),
            line(alice, 20, five: 1, seven: 4), line(alice, 30, five: 1, seven: 5),
        ])
        #expect(made.earlyResets == [alice: [start.adding(seconds: 1200)]])
        let stated = burned([
            line(alice, 0, five: 1, seven: 90, weekResetsAt: 15),
            line(alice, 20, five: 1, seven: 4),
        ])
        #expect(stated.earlyResets.isEmpty)
    }
}

@Suite struct RecordingTests {
    /// Alice at work from minute 0 for so many minutes, a point each ten, with
    /// bob parked.
    private func work(_ minutes: Int64, from first: Int64 = 0, five: Double = 10) -> [Line] {
        let resetsAt = first + 290
        return stride(from: first, through: first + minutes, by: 10).flatMap { minute in
            let used = five + Double((minute - first) / 10)
            let parked =
                (minute - first) % 30 == 0
                ? [line(bob, minute, five: 20, resetsAt: resetsAt)] : []
            return [line(alice, minute, five: used, resetsAt: resetsAt)] + parked
        }
    }

    private func recording(
        _ lines: [Line], tiers: [AccountID: String] = [:]
    ) -> Recording {
        let slots = tiers.mapValues { tier in
            SlotFacts(
                email: "\(tier)@example.com",
                details: CredentialDetails(
                    kind: .login, canRefresh: true, accessTokenExpiresAt: nil,
                    rateLimitTier: tier), generation: Generation(1))
        }
        return Recording(
            lines, slots: slots, now: start.adding(seconds: 10_000_000), bounds: Bounds())
    }

    @Test func `a night is what was burned, from the windows as they stood`() throws {
        let made = recording(work(120))
        let night = try #require(made.nights.first)
        #expect(made.nights.count == 1 && made.starts == [start])
        #expect(night.seconds == 7200 && night.live == 0)
        #expect(abs(night.demand.reduce(0, +) - 12) < 1e-9)
        #expect(night.accounts.map(\.id) == [alice, bob])
        #expect(night.quotas.map(\.five) == [10, 20] && night.quotas.map(\.seven) == [10, 10])
        #expect(night.quotas[0].fiveResetsAt == 290 * 60)
        #expect(made.unplacedPoints == 0 && made.unknownAccounts.isEmpty)
        #expect(made.replayedSeconds == 7200 && made.knownSeconds == 7200)
        #expect(!made.isEnough)
    }

    @Test func `replayed, it burns what was burned`() throws {
        let night = try #require(recording(work(240, five: 60)).nights.first)
        for strategy in StrategyName.allCases {
            var bounds = Bounds()
            bounds.strategy = strategy
            let score = World.score(.ours, night, bounds: bounds)
            #expect(abs(score.served - 24) < 1e-6 && score.unserved < 1e-9)
        }
    }

    @Test(arguments: [(59, 0, 1), (60, 1, 0), (61, 1, 0)])
    func `an hour is the least`(minutes: Int64, nights: Int, tooShort: Int) {
        let lines = [
            line(alice, 0, five: 1), line(bob, 0, five: 1), line(alice, 30, five: 2),
            line(alice, minutes, five: 3),
        ]
        let made = recording(lines)
        #expect(made.nights.count == nights && made.tooShort == tooShort)
    }

    @Test func `idle hours, and time nobody looked, end a night`() {
        let idle = stride(from: Int64(120), through: 250, by: 10)
            .map { line(alice, $0, five: 22, resetsAt: 290) }
        let long = recording(work(120) + idle + work(120, from: 300))
        #expect(long.starts.count == 2)
        let gap = recording(work(120) + work(120, from: 230))
        // The window read at 230 began at 220: nobody looked from 120 until then.
        #expect(gap.starts.count == 2 && gap.unknownSeconds == 100 * 60)
        #expect(recording(work(120) + work(120, from: 130, five: 22)).starts.count == 1)
    }

    @Test func `work that goes on is cut at ten hours`() {
        let lines = stride(from: Int64(0), to: 1300, by: 260).flatMap { work(250, from: $0) }
        let made = recording(lines)
        #expect(made.nights.first?.seconds == 36_000)
        #expect(made.nights.count == 3)
        let demand = made.nights.reduce(0) { $0 + $1.demand.reduce(0, +) }
        #expect(abs(demand - made.placedPoints) < 1e-6)
    }

    @Test func `a swap in between is the same work`() throws {
        let lines =
            work(60)
            + stride(from: Int64(60), through: 120, by: 10).map {
                line(bob, $0, five: 20 + Double(($0 - 60) / 5), resetsAt: 290)
            }
        let made = recording(lines.sorted { $0.reading.readAt < $1.reading.readAt })
        let night = try #require(made.nights.first)
        #expect(abs(night.demand.reduce(0, +) - 18) < 1e-9)
        #expect(night.live == 0 && night.quotas.map(\.five) == [10, 20])
    }

    @Test func `an account or a window never read is left out, not free`() {
        let parts: [[Line]] = [
            [line(bob, 0, five: nil)], [line(bob, 0, five: 20, seven: nil)],
            // Its window was over when the night began, and nobody looked since.
            [line(bob, -10, five: 20, resetsAt: -5)], [line(bob, -121, five: 20)],
            [line(bob, 121, five: 20)],
        ]
        for part in parts {
            let lines = work(200).filter { $0.account == alice } + part
            let made = recording(lines.sorted { $0.reading.readAt < $1.reading.readAt })
            #expect(made.nights.isEmpty && made.tooFewAccounts == 1, "\(part)")
            #expect(made.unknownAccounts == [bob: 1])
        }
    }

    @Test(arguments: [-120, 0, 100] as [Int64])
    func `a window read a while before or after is known`(minute: Int64) {
        let lines = work(200).filter { $0.account == alice } + [line(bob, minute, five: 20)]
        let made = recording(lines.sorted { $0.reading.readAt < $1.reading.readAt })
        #expect(made.nights.first?.quotas.map(\.five) == [10, 20])
    }

    @Test func `a window that began with the night has used nothing yet`() throws {
        let lines =
            [line(alice, 235, five: 60), line(bob, 250, five: 20, resetsAt: 540)]
            + [line(alice, 255, five: 3, resetsAt: 550), line(alice, 265, five: 5, resetsAt: 550)]
            + [line(alice, 325, five: 15, resetsAt: 550)]
        let night = try #require(recording(lines).nights.first)
        #expect(abs(night.demand.reduce(0, +) - 15) < 1e-9)
        #expect(abs(night.quotas[0].five) < 1e-9 && night.quotas[0].fiveResetsAt == 300 * 60)
        #expect(night.quotas[1].five == 20 && night.quotas[1].fiveResetsAt == 290 * 60)
    }

    @Test func `a week reset early in a recorded night is so in the replay`() throws {
        let lines = work(120).map { made in
            let minute = made.reading.readAt.seconds(since: start) / 60
            return made.account == alice && minute >= 60
                ? line(alice, minute, five: 10 + Double(minute / 10), resetsAt: 290, seven: 1)
                : made
        }
        let night = try #require(recording(lines).nights.first)
        #expect(night.quotas.map(\.earlyReset) == [3600, nil])
    }

    @Test func `plans are capacities where every one is known`() throws {
        let tiers = [alice: "default_claude_max_20x", bob: "default_claude_pro"]
        let night = try #require(recording(work(120), tiers: tiers).nights.first)
        #expect(night.quotas.map(\.capacity) == [20, 1])
        #expect(abs(night.demand.reduce(0, +) - 240) < 1e-6)
        #expect(night.accounts.map(\.tier) == [tiers[alice], tiers[bob]])
        // Of twenty points on the large one, one is all of the small one's.
        var small = night.quotas[1]
        #expect(abs(small.serve(20) - 20) < 1e-9 && small.five == 40)
        let unsaid = try #require(
            recording(work(120), tiers: [alice: "default_claude_max_20x"]).nights.first)
        #expect(unsaid.quotas.map(\.capacity) == [1, 1])
        #expect(abs(unsaid.demand.reduce(0, +) - 12) < 1e-9)
    }

    @Test func `ten hours in two nights are enough, and not a second less`() {
        func nights(_ minutes: [Int64]) -> Recording {
            var (lines, at) = ([Line](), Int64(0))
            for length in minutes {
                lines += work(length, from: at)
                at += length + 300
            }
            return recording(lines)
        }
        // Each but the first begins ten minutes early, with its window.
        let enough = [[240, 230, 110], [240, 230, 100], [240, 240]].map { nights($0).isEnough }
        #expect(enough == [true, false, false])
        #expect(nights([]).nights.isEmpty && nights([]).knownSeconds == 0)
    }
}
