// Readings thinned out and stalls, the plain way: everything is looked at.

import RotationCore
import RotationEngine

extension InMemoryHistory {
    static func points(
        of records: [ReadingRecord], _ query: SeriesQuery
    ) -> [AccountID: [SeriesPoint]] {
        let told = records.filter { record in
            let isAsked = query.account == nil || query.account == record.account
            return isAsked && record.reading.readAt >= query.since
                && record.reading.readAt <= query.until
        }
        return Dictionary(grouping: told, by: \.account).compactMapValues { records in
            let points = records.compactMap { record in
                record.reading.windows.first { $0.key == query.window }.map { window in
                    SeriesPoint(
                        at: record.reading.readAt, utilization: window.utilization,
                        resetsAt: window.resetsAt)
                }
            }
            let steps = Dictionary(grouping: points) { query.step(of: $0.at) }
            let highest = steps.values.compactMap { step in
                step.max { ($0.utilization ?? -1) < ($1.utilization ?? -1) }
            }
            return highest.isEmpty ? nil : highest.sorted { $0.at < $1.at }
        }
    }

    static func stalls(in decisions: [DecisionRecord], _ query: SeriesQuery) -> [Stall] {
        var stalls: [Stall] = []
        var isStalled = false
        for decision in decisions where decision.at <= query.until {
            switch (decision.verdict.outcome == .stuck, isStalled) {
            case (true, false): stalls.append(Stall(from: decision.at, to: nil))
            case (false, true): stalls[stalls.count - 1].to = decision.at
            case (true, true), (false, false): break
            }
            isStalled = decision.verdict.outcome == .stuck
        }
        return stalls.filter { $0.to.map { $0 >= query.since } ?? true }
    }
}
