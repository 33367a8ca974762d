// What the service starts from.

import GRDB
import RotationCore
import RotationEngine

struct Loading {
    let db: Database

    func load() throws -> LoadedHistory {
        let lastTick = try Row.fetchOne(
            db,
            sql: """
                SELECT tick + repeats - 1 AS number, last_at FROM decisions
                WHERE tick IS NOT NULL ORDER BY tick DESC LIMIT 1
                """)
        let latest = try Row.fetchOne(
            db,
            sql: """
                SELECT * FROM decisions WHERE outcome NOT IN ('off', 'claude-not-running')
                ORDER BY id DESC LIMIT 1
                """)
        let change = try Row.fetchOne(
            db, sql: "SELECT enabled, at FROM opt_in_changes ORDER BY id DESC LIMIT 1")
        var remembered = RememberedState(
            usage: try UsageRows.all(db), left: try left(),
            lastAutomaticSwap: try lastAutomaticSwap(), refreshes: try RefreshRows.all(db))
        remembered.rules = try RuleRows.all(db)
        return LoadedHistory(
            remembered: remembered, accounts: try AccountRows.all(db),
            nudges: try NudgeRows.all(db),
            lastTick: lastTick?["number"] ?? 0, lastTickAt: lastTick?.instant("last_at"),
            lastOptInChange: change.map {
                (enabled: $0["enabled"], at: Timestamp(milliseconds: $0["at"]))
            },
            latestDecision: try latest.map { try DecisionRows.record($0, db) })
    }

    private func lastAutomaticSwap() throws -> AutomaticSwap? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM rotations WHERE is_automatic = 1 ORDER BY id DESC LIMIT 1"
        ).flatMap(swap)
    }

    /// The newest swap away from each account, unless it was swapped in again
    /// or forgotten since.
    private func left() throws -> [AccountID: AutomaticSwap] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM rotations AS away WHERE is_automatic = 1
                AND NOT EXISTS (SELECT 1 FROM rotations AS later WHERE later.id > away.id
                    AND (later.to_account = away.from_account
                        OR (later.from_account = away.from_account AND later.is_automatic = 1)))
                AND NOT EXISTS (SELECT 1 FROM accounts WHERE id = away.from_account
                    AND forgotten_at >= away.at)
                """)
        var left: [AccountID: AutomaticSwap] = [:]
        for swap in try rows.compactMap(swap) { left[swap.from] = swap }
        return left
    }

    private func swap(_ row: Row) throws -> AutomaticSwap? {
        guard let from = row.account("from_account"), let to = row.account("to_account") else {
            return nil
        }
        return AutomaticSwap(
            at: Timestamp(milliseconds: row["at"]), from: from, to: to,
            leftWindows: try WindowRows.all("left_windows", key: "rotation_id", row["id"], db))
    }
}
