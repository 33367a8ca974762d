// Values of the core as columns and back. An enum case a newer version wrote
// is read as the nearest unknown, never a crash.

import GRDB
import RotationCore
import RotationEngine

extension Row {
    func instant(_ column: String) -> Timestamp? {
        (self[column] as Int64?).map(Timestamp.init(milliseconds:))
    }

    func account(_ column: String) -> AccountID? {
        (self[column] as String?).flatMap { AccountID($0) }
    }
}

enum WindowRows {
    static func insert(
        _ windows: [UsageWindow], into table: String, key: String, _ id: Int64, _ db: Database
    ) throws {
        for window in windows {
            try db.execute(
                sql: """
                    INSERT INTO \(table)
                        (\(key), name, model, utilization, resets_at, carried_from)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, window.key.name, window.key.model ?? "", window.utilization,
                    window.resetsAt?.milliseconds, window.carriedFrom?.milliseconds,
                ])
        }
    }

    static func all(
        _ table: String, key: String, _ id: Int64, _ db: Database
    ) throws -> [UsageWindow] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM \(table) WHERE \(key) = ? ORDER BY name, model",
            arguments: [id]
        ).map(window)
    }

    static func window(_ row: Row) -> UsageWindow {
        let model: String = row["model"]
        return UsageWindow(
            key: WindowKey(name: row["name"], model: model.isEmpty ? nil : model),
            utilization: row["utilization"], resetsAt: row.instant("resets_at"),
            carriedFrom: row.instant("carried_from"))
    }
}

enum UsageRows {
    static func save(_ facts: UsageFacts, of account: AccountID, _ db: Database) throws {
        let readingID = try facts.reading.map { try save($0, of: account, db) }
        let (answer, retryAfter) = text(facts.lastAnswer)
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO usage_facts (account_id, reading_id, last_answer,
                    retry_after, last_asked_at, not_before, rate_limits, rejections,
                    rejected_since, asked_at, throttled_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                account.description, readingID, answer, retryAfter?.milliseconds,
                facts.lastAskedAt?.milliseconds, facts.notBefore?.milliseconds,
                facts.consecutiveRateLimits, facts.consecutiveRejections,
                facts.rejectedSince?.milliseconds,
                facts.askedAt.map { "\($0.milliseconds)" }.joined(separator: " "),
                facts.throttledAt?.milliseconds,
            ])
    }

    /// Readings are appended once.
    private static func save(
        _ reading: Reading, of account: AccountID, _ db: Database
    ) throws -> Int64 {
        let known = try Int64.fetchOne(
            db,
            sql: "SELECT id FROM readings WHERE account_id = ? AND read_at = ? AND source = ?",
            arguments: [
                account.description, reading.readAt.milliseconds, reading.source.rawValue,
            ])
        if let known { return known }
        try db.execute(
            sql: "INSERT INTO readings (account_id, read_at, source) VALUES (?, ?, ?)",
            arguments: [
                account.description, reading.readAt.milliseconds, reading.source.rawValue,
            ])
        let id = db.lastInsertedRowID
        try WindowRows.insert(
            reading.windows, into: "reading_windows", key: "reading_id", id, db)
        return id
    }

    static func all(_ db: Database) throws -> [AccountID: UsageFacts] {
        var all: [AccountID: UsageFacts] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT * FROM usage_facts") {
            guard let account = row.account("account_id") else { continue }
            all[account] = try facts(row, db)
        }
        return all
    }

    private static func facts(_ row: Row, _ db: Database) throws -> UsageFacts {
        var facts = UsageFacts()
        if let id = row["reading_id"] as Int64? {
            facts.reading = try reading(id, db)
            // Since when each percent is told is not kept; at the latest since then.
            for window in facts.reading?.windows ?? [] where window.carriedFrom == nil {
                facts.firstTold[window.key] = facts.reading?.readAt
            }
        }
        facts.lastAnswer = answer(
            row["last_answer"], retryAfter: row.instant("retry_after"), facts.reading)
        facts.lastAskedAt = row.instant("last_asked_at")
        facts.notBefore = row.instant("not_before")
        facts.throttledAt = row.instant("throttled_at")
        facts.consecutiveRateLimits = row["rate_limits"]
        facts.consecutiveRejections = row["rejections"]
        facts.rejectedSince = row.instant("rejected_since")
        facts.askedAt = (row["asked_at"] as String).split(separator: " ")
            .compactMap { Int64($0) }.map(Timestamp.init(milliseconds:))
        return facts
    }

    private static func reading(_ id: Int64, _ db: Database) throws -> Reading? {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT * FROM readings WHERE id = ?", arguments: [id]),
            let readAt = row.instant("read_at"),
            let source = ReadingSource(rawValue: row["source"])
        else { return nil }
        return Reading(
            readAt: readAt, source: source,
            windows: try WindowRows.all("reading_windows", key: "reading_id", id, db))
    }

    /// The windows of an answer are those of the reading it made.
    private static func text(_ answer: UsageAnswer?) -> (String?, Timestamp?) {
        switch answer {
        case nil: (nil, nil)
        case .windows: ("windows", nil)
        case .noWindows: ("no-windows", nil)
        case .rateLimited(let retryAfter): ("rate-limited", retryAfter)
        case .unauthorized: ("unauthorized", nil)
        case .revoked: ("revoked", nil)
        case .restricted: ("restricted", nil)
        case .scopeMissing: ("scope-missing", nil)
        case .unreachable(let kind): ("unreachable:\(kind.rawValue)", nil)
        }
    }

    private static func answer(
        _ text: String?, retryAfter: Timestamp?, _ reading: Reading?
    ) -> UsageAnswer? {
        switch text {
        case "windows": reading.map { .windows($0.windows) }
        case "no-windows": .noWindows
        case "rate-limited": .rateLimited(retryAfter: retryAfter)
        case "unauthorized": .unauthorized
        case "revoked": .revoked
        case "restricted": .restricted
        case "scope-missing": .scopeMissing
        default:
            text.flatMap { UnreachableKind(rawValue: String($0.dropFirst(12))) }
                .map(UsageAnswer.unreachable)
        }
    }
}

enum AccountRows {
    static func save(_ account: AccountRecord, at now: Timestamp, _ db: Database) throws {
        let id = account.identity.id
        let before = try one(id, db)
        try write(account, db)
        guard try one(id, db) != before else { return }
        try EventRows.insert(.accounts([account.identity.email]), at: now, db)
    }

    private static func write(_ account: AccountRecord, _ db: Database) throws {
        let identity = account.identity
        try db.execute(
            sql: """
                INSERT INTO accounts (id, account_uuid, organization_uuid, email, display_name,
                    organization_name, organization_type, rate_limit_tier)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET email = excluded.email,
                    display_name = excluded.display_name,
                    organization_name = excluded.organization_name,
                    organization_type = excluded.organization_type,
                    rate_limit_tier = excluded.rate_limit_tier
                """,
            arguments: [
                identity.id.description, identity.id.accountUUID, identity.id.organizationUUID,
                identity.email, identity.displayName, identity.organizationName,
                identity.organizationType, identity.rateLimitTier,
            ])
        if let slot = account.slot { return try save(slot, db) }
        try db.execute(
            sql: "DELETE FROM slots WHERE account_id = ?", arguments: [identity.id.description])
    }

    private static func save(_ slot: Slot, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO slots (account_id, kind, can_refresh, access_expires_at,
                    login_expires_at, plan, rate_limit_tier, captured_at, refreshed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                slot.identity.id.description, slot.details.kind.rawValue, slot.details.canRefresh,
                slot.details.accessTokenExpiresAt?.milliseconds,
                slot.details.loginExpiresAt?.milliseconds, slot.details.plan,
                slot.details.rateLimitTier, slot.capturedAt.milliseconds,
                slot.refreshedAt?.milliseconds,
            ])
    }

    /// Every account that was not forgotten. Generations are not kept: 0 equals
    /// none that a vault gives.
    static func all(_ db: Database) throws -> [AccountRecord] {
        try Row.fetchAll(
            db,
            sql: select + """
                 WHERE accounts.forgotten_at IS NULL OR slots.account_id IS NOT NULL
                ORDER BY accounts.id
                """
        ).compactMap(record)
    }

    private static let select = """
        SELECT accounts.*, slots.*, slots.rate_limit_tier AS slot_tier
        FROM accounts LEFT JOIN slots ON slots.account_id = accounts.id
        """

    private static func one(_ id: AccountID, _ db: Database) throws -> AccountRecord? {
        try Row.fetchOne(
            db, sql: select + " WHERE accounts.id = ?", arguments: [id.description]
        ).flatMap(record)
    }

    /// Nil for one that was never known.
    static func email(_ id: AccountID, _ db: Database) throws -> String? {
        try String.fetchOne(
            db, sql: "SELECT email FROM accounts WHERE id = ?", arguments: [id.description])
    }

    private static func record(_ row: Row) -> AccountRecord? {
        guard let id = row.account("id") else { return nil }
        let identity = AccountIdentity(
            id: id, email: row["email"], displayName: row["display_name"],
            organizationName: row["organization_name"],
            organizationType: row["organization_type"], rateLimitTier: row["rate_limit_tier"])
        return AccountRecord(identity: identity, slot: slot(of: identity, row))
    }

    /// Nil when there is none, or one of a kind this version does not know.
    private static func slot(of identity: AccountIdentity, _ row: Row) -> Slot? {
        guard let capturedAt = row.instant("captured_at"),
            let kind = (row["kind"] as String?).flatMap(CredentialKind.init(rawValue:))
        else { return nil }
        let details = CredentialDetails(
            kind: kind, canRefresh: row["can_refresh"],
            accessTokenExpiresAt: row.instant("access_expires_at"),
            loginExpiresAt: row.instant("login_expires_at"), plan: row["plan"],
            rateLimitTier: row["slot_tier"])
        return Slot(
            identity: identity, details: details, generation: Generation(0),
            capturedAt: capturedAt, refreshedAt: row.instant("refreshed_at"))
    }
}
