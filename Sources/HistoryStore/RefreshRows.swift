// Refresh facts as rows.

import GRDB
import RotationCore
import RotationEngine

enum RefreshRows {
    static func save(_ facts: RefreshFacts, of account: AccountID, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO refresh_facts (account_id, last_asked_at, not_before, failures)
                VALUES (?, ?, ?, ?)
                ON CONFLICT (account_id) DO UPDATE SET
                    last_asked_at = excluded.last_asked_at, not_before = excluded.not_before,
                    failures = excluded.failures
                """,
            arguments: [
                account.description, facts.lastAskedAt?.milliseconds,
                facts.notBefore?.milliseconds, facts.failures,
            ])
    }

    static func all(_ db: Database) throws -> [AccountID: RefreshFacts] {
        var all: [AccountID: RefreshFacts] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT * FROM refresh_facts") {
            guard let account = AccountID(row["account_id"] as String) else { continue }
            all[account] = RefreshFacts(
                lastAskedAt: (row["last_asked_at"] as Int64?).map(Timestamp.init(milliseconds:)),
                notBefore: (row["not_before"] as Int64?).map(Timestamp.init(milliseconds:)),
                failures: row["failures"])
        }
        return all
    }
}
