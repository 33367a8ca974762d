// Everything one decision leaves behind, written together or not at all.

import GRDB
import RotationCore
import RotationEngine

struct Appending {
    let db: Database
    let entry: DecisionEntry

    func append() throws -> DecisionRecord {
        for (account, facts) in entry.usage.sorted(by: { $0.key < $1.key }) {
            try UsageRows.save(facts, of: account, db)
        }
        for (account, facts) in entry.refreshes.sorted(by: { $0.key < $1.key }) {
            try RefreshRows.save(facts, of: account, db)
        }
        try tell(.accounts(entry.usage.keys.compactMap { entry.emails[$0] }))
        let record = try repeatLast() ?? appended()
        if let nudges = entry.nudges {
            let changes = try NudgeRows.replace(nudges, at: entry.at, db)
            try EventRows.insert(changes, at: entry.at, db)
        }
        return record
    }

    private func tell(_ event: NewEvent) throws {
        try EventRows.insert(event, at: entry.at, db)
    }

    private func appended() throws -> DecisionRecord {
        let id = try insertDecision()
        try insertConsiderations(of: id)
        try tell(.decision(id))
        if let rotation = entry.rotation {
            try tell(.rotation(try insert(rotation, of: id)))
        }
        return try record(id)
    }

    /// An unbroken run of ticks that looked at nothing is one row.
    private func repeatLast() throws -> DecisionRecord? {
        guard entry.verdict.outcome.repeats, entry.tick != nil,
            let last = try Row.fetchOne(
                db, sql: "SELECT id, outcome, tick FROM decisions ORDER BY id DESC LIMIT 1"),
            last["outcome"] == entry.verdict.outcome.rawValue, last["tick"] as Int64? != nil
        else { return nil }
        let id: Int64 = last["id"]
        try db.execute(
            sql: "UPDATE decisions SET repeats = repeats + 1, last_at = ? WHERE id = ?",
            arguments: [entry.at.milliseconds, id])
        return try record(id)
    }

    private func record(_ id: Int64) throws -> DecisionRecord {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT * FROM decisions WHERE id = ?", arguments: [id])
        else { throw HistoryError.unavailable("a decision just written is not there") }
        return try DecisionRows.record(row, db)
    }

    private func insertDecision() throws -> Int64 {
        let verdict = entry.verdict
        try db.execute(
            sql: """
                INSERT INTO decisions (tick, at, trigger, outcome, reason, sentence, from_account,
                    from_email, to_account, to_email, earliest_reset, repeats, last_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
                """,
            arguments: [
                entry.tick, entry.at.milliseconds, entry.trigger.rawValue,
                verdict.outcome.rawValue, verdict.reason.rawValue, verdict.sentence,
                verdict.from?.description, verdict.from.flatMap { entry.emails[$0] },
                verdict.to?.description, verdict.to.flatMap { entry.emails[$0] },
                verdict.earliestReset?.milliseconds, entry.at.milliseconds,
            ])
        return db.lastInsertedRowID
    }

    private func insertConsiderations(of decision: Int64) throws {
        for (position, one) in entry.verdict.considerations.enumerated() {
            try db.execute(
                sql: """
                    INSERT INTO considerations (decision_id, position, account_id, email, outcome,
                        reason, sentence, window_name, window_model, utilization)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    decision, position, one.account.description, one.email, one.outcome.rawValue,
                    one.reason.rawValue, one.sentence, one.tightest?.key.name,
                    one.tightest?.key.model, one.tightest?.utilization,
                ])
        }
    }

    private func insert(
        _ rotation: DecisionEntry.Rotation, of decision: Int64
    ) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO rotations (decision_id, at, from_account, to_account,
                    took_milliseconds, is_automatic) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                decision, (rotation.automatic?.at ?? entry.at).milliseconds,
                rotation.from?.description, rotation.to.description, rotation.tookMilliseconds,
                rotation.automatic != nil,
            ])
        let id = db.lastInsertedRowID
        if let automatic = rotation.automatic {
            try WindowRows.insert(
                automatic.leftWindows, into: "left_windows", key: "rotation_id", id, db)
        }
        return id
    }
}
