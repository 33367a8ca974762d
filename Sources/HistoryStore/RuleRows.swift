// The operator's rules as rows; the whole set is replaced when it changes.

import GRDB
import RotationCore
import RotationEngine

enum RuleRows {
    static func replace(
        _ rules: OperatorRules, at now: Timestamp, _ db: Database
    ) throws {
        let before = try all(db)
        try write(rules, db)
        let touched = Set(before.accounts.keys).union(rules.accounts.keys)
            .filter { before[$0] != rules[$0] }
        try EventRows.insert(
            .accounts(try touched.compactMap { try AccountRows.email($0, db) }), at: now, db)
        guard before.pause != rules.pause else { return }
        try EventRows.insert(.pause(rules.pause), at: now, db)
    }

    private static func write(_ rules: OperatorRules, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM account_policies")
        for (account, policy) in rules.accounts.sorted(by: { $0.key < $1.key }) {
            try db.execute(
                sql: """
                    INSERT INTO account_policies (account_id, is_held, reserve_percent)
                    VALUES (?, ?, ?)
                    """,
                arguments: [account.description, policy.isHeld, policy.reservePercent])
        }
        try db.execute(sql: "DELETE FROM pauses")
        guard let pause = rules.pause else { return }
        try db.execute(
            sql: "INSERT INTO pauses (id, since, until) VALUES (1, ?, ?)",
            arguments: [pause.since.milliseconds, pause.until?.milliseconds])
    }

    static func all(_ db: Database) throws -> OperatorRules {
        var accounts: [AccountID: AccountPolicy] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT * FROM account_policies") {
            guard let account = row.account("account_id") else { continue }
            accounts[account] = AccountPolicy(
                isHeld: row["is_held"], reservePercent: row["reserve_percent"])
        }
        let pause = try Row.fetchOne(db, sql: "SELECT * FROM pauses").map { row in
            Pause(
                since: Timestamp(milliseconds: row["since"]), until: row.instant("until"))
        }
        return OperatorRules(accounts: accounts, pause: pause)
    }
}
