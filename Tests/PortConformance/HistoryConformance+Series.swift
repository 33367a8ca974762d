// The laws of readings thinned out: the highest of each step, with its own time,
// and stalls in their whole length.

import RotationCore
import RotationEngine
import Testing

extension HistoryConformance {
    private static func keep(
        _ world: any HistoryWorld, _ told: [(AccountID, Int64, Double?)]
    ) async throws {
        for (index, (account, seconds, used)) in told.enumerated() {
            var facts = UsageFacts()
            facts.reading = Reading(
                readAt: now.adding(seconds: seconds), source: .usageEndpoint,
                windows: [
                    UsageWindow(
                        key: .fiveHour, utilization: used,
                        resetsAt: now.adding(seconds: 9000 + seconds)),
                    UsageWindow(key: .sevenDay, utilization: 1, resetsAt: nil),
                    UsageWindow(
                        key: WindowKey(name: "five_hour", model: "Fable"), utilization: 77,
                        resetsAt: nil),
                ])
            _ = try await world.history.append(
                entry(tick: Int64(index + 1), at: seconds, usage: [account: facts]))
        }
    }

    private static func query(
        _ from: Int64, _ to: Int64, step: Int64, window: WindowKey = .fiveHour,
        of account: AccountID? = nil
    ) -> SeriesQuery {
        SeriesQuery(
            window: window, since: now.adding(seconds: from), until: now.adding(seconds: to),
            stepSeconds: step, account: account)
    }

    private static func point(_ seconds: Int64, _ used: Double?) -> SeriesPoint {
        SeriesPoint(
            at: now.adding(seconds: seconds), utilization: used,
            resetsAt: now.adding(seconds: 9000 + seconds))
    }

    static func series(_ world: any HistoryWorld) async throws {
        // `now` is a multiple of 10 s from the epoch, so a step of 10 begins there.
        #expect(query(0, 1, step: 10).step(of: now) * 10 == now.seconds)
        try await keep(
            world,
            [
                (a, -1, 50), (a, 0, 10), (a, 4, 30), (a, 9, 20), (b, 9, 5), (a, 10, nil),
                (a, 19, nil), (a, 25, 0), (a, 26, nil), (a, 30, 99),
            ])
        let again = try await world.reopened()
        let all = try await again.series(query(0, 30, step: 10))
        #expect(all.points[b] == [point(9, 5)])
        let own = try #require(all.points[a])
        #expect(own.map(\.utilization) == [30, nil, 0, 99])
        #expect(own[0] == point(4, 30) && own[2] == point(25, 0) && own[3] == point(30, 99))
        let fine = try await again.series(query(-1, 29, step: 1, of: a))
        #expect(fine.points[b] == nil)
        #expect(fine.points[a]?.map(\.utilization) == [50, 10, 30, 20, nil, nil, 0, nil])
        let seven = try await again.series(query(0, 30, step: 3600, window: .sevenDay))
        #expect(seven.points[a]?.map(\.utilization) == [1] && all.stalls.isEmpty)
        #expect(try await again.series(query(31, 99, step: 10)).points.isEmpty)
    }

    static func stalls(_ world: any HistoryWorld) async throws {
        let outcomes: [(Int64, Outcome)] = [
            (0, .stayed), (60, .stuck), (120, .stuck), (180, .rotated), (240, .stayed),
            (300, .stuck), (360, .off), (420, .off), (480, .stuck), (540, .stuck),
        ]
        for (tick, (seconds, outcome)) in outcomes.enumerated() {
            _ = try await world.history.append(
                entry(tick: Int64(tick + 1), outcome, at: seconds))
        }
        let again = try await world.reopened()
        func told(_ from: Int64, _ to: Int64) async throws -> [[Int64?]] {
            try await again.series(query(from, to, step: 60)).stalls.map { stall in
                [stall.from.seconds(since: now), stall.to?.seconds(since: now)]
            }
        }
        #expect(try await told(0, 540) == [[60, 180], [300, 360], [480, nil]])
        #expect(try await told(-600, 179) == [[60, nil]])
        #expect(try await told(120, 299) == [[60, 180]])
        #expect(try await told(180, 299) == [[60, 180]])
        #expect(try await told(181, 299) == [])
        #expect(try await told(541, 9999) == [[480, nil]])
        #expect(try await told(-600, -1) == [])
    }
}
