// Decisions with their considerations, rotations and nudges, as rows.

import GRDB
import RotationCore
import RotationEngine

enum DecisionRows {
    static func record(_ row: Row, _ db: Database) throws -> DecisionRecord {
        let id: Int64 = row["id"]
        let verdict = Verdict(
            outcome: Outcome(rawValue: row["outcome"]) ?? .failed,
            reason: Reason(rawValue: row["reason"]) ?? .liveUnknown, sentence: row["sentence"],
            from: row.account("from_account"), to: row.account("to_account"),
            considerations: try considerations(of: id, db),
            earliestReset: row.instant("earliest_reset"))
        return DecisionRecord(
            id: id, tick: row["tick"], at: Timestamp(milliseconds: row["at"]),
            trigger: Trigger(rawValue: row["trigger"]) ?? .request, verdict: verdict,
            fromEmail: row["from_email"], toEmail: row["to_email"], repeats: row["repeats"],
            lastAt: Timestamp(milliseconds: row["last_at"]))
    }

    private static func considerations(
        of decision: Int64, _ db: Database
    ) throws -> [Consideration] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM considerations WHERE decision_id = ? ORDER BY position",
            arguments: [decision]
        ).compactMap { row in
            guard let account = row.account("account_id") else { return nil }
            let tightest = (row["utilization"] as Double?).map { used in
                TightestWindow(
                    key: WindowKey(name: row["window_name"] ?? "", model: row["window_model"]),
                    utilization: used)
            }
            return Consideration(
                account: account, email: row["email"],
                outcome: ConsiderationOutcome(rawValue: row["outcome"]) ?? .unusable,
                reason: Reason(rawValue: row["reason"]) ?? .readingUnknown,
                sentence: row["sentence"], tightest: tightest)
        }
    }

    /// Rotations with what their decisions say of them.
    static let rotations = """
        SELECT rotations.*, decisions.trigger, decisions.reason, decisions.sentence,
            decisions.from_email, decisions.to_email
        FROM rotations JOIN decisions ON decisions.id = rotations.decision_id
        """

    static func rotation(_ row: Row) -> RotationRecord {
        RotationRecord(
            id: row["id"], at: Timestamp(milliseconds: row["at"]),
            from: row.account("from_account"), fromEmail: row["from_email"],
            to: row.account("to_account") ?? AccountID(accountUUID: "", organizationUUID: ""),
            toEmail: row["to_email"] ?? "", trigger: Trigger(rawValue: row["trigger"]) ?? .request,
            reason: Reason(rawValue: row["reason"]) ?? .operatorRequest,
            sentence: row["sentence"], tookMilliseconds: row["took_milliseconds"])
    }
}

enum NudgeRows {
    static func all(_ db: Database) throws -> [StandingNudge] {
        try Row.fetchAll(db, sql: "SELECT * FROM nudges ORDER BY code, email").compactMap { row in
            guard let code = NudgeCode(rawValue: row["code"]),
                let severity = NudgeSeverity(rawValue: row["severity"])
            else { return nil }
            let email: String = row["email"]
            return StandingNudge(
                nudge: Nudge(
                    code: code, email: email.isEmpty ? nil : email, severity: severity,
                    message: row["message"], command: row["command"]),
                since: Timestamp(milliseconds: row["since"]), acknowledged: row["is_acknowledged"])
        }
    }

    /// Makes exactly these stand. One that stood keeps its `since`, and its
    /// acknowledgement unless it got worse.
    /// Answers what a listener is told of it.
    static func replace(
        _ nudges: [Nudge], at now: Timestamp, _ db: Database
    ) throws -> [EventContent] {
        let before = try all(db)
        try db.execute(sql: "DELETE FROM nudges")
        for nudge in nudges {
            let known = before.first {
                $0.nudge.code == nudge.code && $0.nudge.email == nudge.email
            }
            let isWorse = known.map { $0.nudge.severity.rank < nudge.severity.rank } ?? true
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO nudges (code, email, severity, message, command, since,
                        is_acknowledged) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    nudge.code.rawValue, nudge.email ?? "", nudge.severity.rawValue,
                    nudge.message, nudge.command, (known?.since ?? now).milliseconds,
                    !isWorse && known?.acknowledged == true,
                ])
        }
        return StandingNudge.changes(from: before, to: try all(db))
    }
}
