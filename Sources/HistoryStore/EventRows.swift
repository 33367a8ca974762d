// Events as rows: what listeners are told, written in the transaction of what
// it tells of. A row points at a decision, a rotation or an opt-in change, or
// holds the few words itself; a trigger keeps the table bounded.

import GRDB
import RotationCore
import RotationEngine

/// What an event is made from when it is written.
enum NewEvent {
    case decision(Int64)
    case rotation(Int64)
    case optIn(Int64)
    case accounts([String])
    case nudge(EventContent, StandingNudge)
    case pause(Pause?)
    case login(SignIn)
}

enum EventRows {
    static func insert(_ event: NewEvent, at now: Timestamp, _ db: Database) throws {
        switch event {
        case .decision(let id): try insert("decision", at: now, ["row_id": id], db)
        case .rotation(let id): try insert("rotation", at: now, ["row_id": id], db)
        case .optIn(let id): try insert("opt-in", at: now, ["row_id": id], db)
        case .accounts(let emails):
            guard !emails.isEmpty else { return }
            let text = Set(emails).sorted().joined(separator: "\n")
            try insert("accounts", at: now, ["emails": text], db)
        case .nudge(let content, let standing):
            let nudge = standing.nudge
            try insert(
                content.kind, at: now,
                [
                    "code": nudge.code.rawValue, "emails": nudge.email,
                    "severity": nudge.severity.rawValue, "message": nudge.message,
                    "urgency": nudge.urgency.rawValue, "nudge_kind": nudge.kind,
                    "command": nudge.command, "since": standing.since.milliseconds,
                ], db)
        case .pause(let pause):
            try insert(
                "pause", at: now,
                ["since": pause?.since.milliseconds, "until": pause?.until?.milliseconds], db)
        case .login(let signIn):
            try insert(
                "login", at: now,
                [
                    "emails": signIn.email, "state": signIn.state.rawValue,
                    "failure": signIn.failure?.rawValue, "filed_as": signIn.filedAs,
                    "is_unattended": signIn.isUnattended, "message": signIn.detail,
                    "since": signIn.startedAt.milliseconds, "until": signIn.endsAt.milliseconds,
                ], db)
        }
    }

    static func insert(_ changes: [EventContent], at now: Timestamp, _ db: Database) throws {
        for change in changes {
            switch change {
            case .nudgeRaised(let nudge), .nudgeCleared(let nudge), .nudgeAcknowledged(let nudge):
                try insert(.nudge(change, nudge), at: now, db)
            case .decision, .rotation, .accounts, .optIn, .pause, .login, .unknown: break
            }
        }
    }

    private static func insert(
        _ kind: String, at now: Timestamp, _ columns: [String: (any DatabaseValueConvertible)?],
        _ db: Database
    ) throws {
        let names = columns.keys.sorted()
        let list = names.map { ", \($0)" }.joined()
        let marks = names.map { _ in ", ?" }.joined()
        try db.execute(
            sql: "INSERT INTO events (at, kind\(list)) VALUES (?, ?\(marks))",
            arguments: StatementArguments(
                [now.milliseconds, kind] + names.map { columns[$0] ?? nil }))
    }

    // MARK: Reading

    /// Read in every transaction that writes: both ends of the primary key.
    static func newest(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT max(id) FROM events") ?? 0
    }

    static func page(
        after: Int64, through: Int64, limit: Int, _ db: Database
    ) throws -> EventPage {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM events WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
            arguments: [after, through, limit])
        let items = try rows.map { row in
            EventRecord(
                id: row["id"], at: Timestamp(milliseconds: row["at"]),
                content: try content(row, db))
        }
        return EventPage(
            items: items, oldest: try Int64.fetchOne(db, sql: "SELECT min(id) FROM events"))
    }

    private static func content(_ row: Row, _ db: Database) throws -> EventContent {
        let kind: String = row["kind"]
        let found: EventContent?
        switch kind {
        case "decision": found = try decision(row, db)
        case "rotation": found = try rotation(row, db)
        case "opt-in": found = try optIn(row, db)
        case "accounts":
            let emails: String = row["emails"] ?? ""
            found = .accounts(emails.split(separator: "\n").map(String.init))
        case "nudge-raised": found = nudge(row).map(EventContent.nudgeRaised)
        case "nudge-cleared": found = nudge(row).map(EventContent.nudgeCleared)
        case "nudge-acknowledged": found = nudge(row).map(EventContent.nudgeAcknowledged)
        case "pause":
            found = .pause(
                row.instant("since").map { Pause(since: $0, until: row.instant("until")) })
        case "login": found = login(row).map(EventContent.login)
        default: found = nil
        }
        return found ?? .unknown(kind: kind)
    }

    private static func decision(_ row: Row, _ db: Database) throws -> EventContent? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM decisions WHERE id = ?", arguments: [row["row_id"] as Int64?]
        ).map { .decision(try DecisionRows.record($0, db)) }
    }

    private static func rotation(_ row: Row, _ db: Database) throws -> EventContent? {
        try Row.fetchOne(
            db, sql: DecisionRows.rotations + " WHERE rotations.id = ?",
            arguments: [row["row_id"] as Int64?]
        ).map { .rotation(DecisionRows.rotation($0)) }
    }

    private static func optIn(_ row: Row, _ db: Database) throws -> EventContent? {
        try Bool.fetchOne(
            db, sql: "SELECT enabled FROM opt_in_changes WHERE id = ?",
            arguments: [row["row_id"] as Int64?]
        ).map { .optIn(enabled: $0) }
    }

    private static func login(_ row: Row) -> SignIn? {
        guard let state = (row["state"] as String?).flatMap(SignIn.State.init(rawValue:)),
            let startedAt = row.instant("since"), let endsAt = row.instant("until")
        else { return nil }
        var signIn = SignIn(
            email: row["emails"] ?? "", isUnattended: row["is_unattended"] ?? false,
            startedAt: startedAt, endsAt: endsAt, detail: row["message"] ?? "")
        signIn.state = state
        signIn.changedAt = Timestamp(milliseconds: row["at"])
        signIn.failure = (row["failure"] as String?).flatMap(SignIn.Failure.init(rawValue:))
        signIn.filedAs = row["filed_as"]
        return signIn
    }

    private static func nudge(_ row: Row) -> StandingNudge? {
        guard let code = (row["code"] as String?).flatMap(NudgeCode.init(rawValue:)),
            let severity = (row["severity"] as String?).flatMap(NudgeSeverity.init(rawValue:)),
            let urgency = (row["urgency"] as String?).flatMap(NudgeUrgency.init(rawValue:)),
            let since = row.instant("since")
        else { return nil }
        let isAcknowledged = (row["kind"] as String) == "nudge-acknowledged"
        return StandingNudge(
            nudge: Nudge(
                code: code, email: row["emails"], severity: severity, urgency: urgency,
                kind: row["nudge_kind"], message: row["message"] ?? "", command: row["command"]),
            since: since, acknowledged: isAcknowledged)
    }
}
