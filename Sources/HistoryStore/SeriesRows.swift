// Readings of one window over a stretch of time, thinned out by SQLite itself.

import GRDB
import RotationCore
import RotationEngine

enum SeriesRows {
    /// The columns beside a lone `max()` are those of the row that has it
    /// (SQLite, "Bare columns in an aggregate query").
    static let sql = """
        SELECT readings.account_id, readings.read_at, max(told.utilization) AS utilization,
            told.resets_at
        FROM readings JOIN reading_windows AS told
            ON told.reading_id = readings.id AND told.name = :name AND told.model = :model
        WHERE readings.read_at BETWEEN :since AND :until
            AND (:account IS NULL OR readings.account_id = :account)
        GROUP BY readings.account_id, readings.read_at / :step
        ORDER BY readings.account_id, readings.read_at
        """

    static func points(
        _ query: SeriesQuery, _ db: Database
    ) throws -> [AccountID: [SeriesPoint]] {
        var points: [AccountID: [SeriesPoint]] = [:]
        let rows = try Row.fetchCursor(
            db, sql: sql,
            arguments: [
                "name": query.window.name, "model": query.window.model ?? "",
                "since": query.since.milliseconds, "until": query.until.milliseconds,
                "account": query.account?.description, "step": query.stepSeconds * 1000,
            ])
        while let row = try rows.next() {
            guard let account = row.account("account_id"), let at = row.instant("read_at") else {
                continue
            }
            points[account, default: []].append(
                SeriesPoint(
                    at: at, utilization: row["utilization"], resetsAt: row.instant("resets_at")))
        }
        return points
    }
}

/// Stalls are runs of rows; only where one begins or ends leaves SQLite.
enum StallRows {
    static func all(_ query: SeriesQuery, _ db: Database) throws -> [Stall] {
        let first = try start(query.since, db)
        let turns = try Row.fetchAll(
            db,
            sql: """
                SELECT at, is_stalled FROM (
                    SELECT id, at, outcome = 'stuck' AS is_stalled,
                        lag(outcome = 'stuck', 1, 0) OVER (ORDER BY id) AS was_stalled
                    FROM decisions WHERE id >= ? AND at <= ?)
                WHERE is_stalled <> was_stalled ORDER BY id
                """, arguments: [first, query.until.milliseconds])
        var stalls: [Stall] = []
        for turn in turns {
            guard let at = turn.instant("at") else { continue }
            if turn["is_stalled"] {
                stalls.append(Stall(from: at, to: nil))
            } else if !stalls.isEmpty {
                stalls[stalls.count - 1].to = at
            }
        }
        return stalls.filter { $0.to.map { $0 >= query.since } ?? true }
    }

    /// Where to begin to look: at the newest decision before `since` that was
    /// not stuck, so that a stall keeps its beginning.
    private static func start(_ since: Timestamp, _ db: Database) throws -> Int64 {
        try Int64.fetchOne(
            db,
            sql: """
                SELECT id FROM decisions WHERE id < ? AND outcome <> 'stuck'
                ORDER BY id DESC LIMIT 1
                """, arguments: [try firstDecision(since, db)]) ?? 0
    }

    /// The first decision that is not before `since`, found by halving:
    /// numbers grow with time, and time has no index. Where the clock was set
    /// back one of those around it.
    private static func firstDecision(_ since: Timestamp, _ db: Database) throws -> Int64 {
        var low: Int64 = 0
        var high = (try Int64.fetchOne(db, sql: "SELECT max(id) FROM decisions") ?? 0) + 1
        while low < high {
            let middle = low + (high - low) / 2
            let at = try Int64.fetchOne(
                db, sql: "SELECT at FROM decisions WHERE id >= ? ORDER BY id LIMIT 1",
                arguments: [middle])
            if let at, at < since.milliseconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
