// Decisions with their considerations, and rotations, as rows.

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
