// The nudges that stand, as rows, and what was told of them where. Neither is
// history: what is over goes.

import GRDB
import RotationCore
import RotationEngine

enum NudgeRows {
    static func all(_ db: Database) throws -> [StandingNudge] {
        try Row.fetchAll(db, sql: "SELECT * FROM nudges ORDER BY code, email").compactMap { row in
            guard let code = NudgeCode(rawValue: row["code"]),
                let severity = NudgeSeverity(rawValue: row["severity"]),
                let urgency = NudgeUrgency(rawValue: row["urgency"])
            else { return nil }
            let email: String = row["email"]
            return StandingNudge(
                nudge: Nudge(
                    code: code, email: email.isEmpty ? nil : email, severity: severity,
                    urgency: urgency, kind: row["kind"], message: row["message"],
                    command: row["command"]),
                since: Timestamp(milliseconds: row["since"]), acknowledged: row["is_acknowledged"])
        }
    }

    /// Makes exactly these stand. One that stood keeps its `since`, and its
    /// acknowledgement unless it got worse. Answers what a listener is told.
    static func replace(
        _ nudges: [Nudge], at now: Timestamp, _ db: Database
    ) throws -> [EventContent] {
        let before = try all(db)
        try db.execute(sql: "DELETE FROM nudges")
        for nudge in nudges { try insert(nudge, before, at: now, db) }
        try AnnouncementRows.keep(nudges, at: now, db)
        return StandingNudge.changes(from: before, to: try all(db))
    }

    static func raise(_ nudge: Nudge, at now: Timestamp, _ db: Database) throws {
        let before = try all(db)
        try insert(nudge, before, at: now, db)
        let changes = StandingNudge.changes(from: before, to: try all(db))
        try EventRows.insert(changes, at: now, db)
    }

    private static func insert(
        _ nudge: Nudge, _ before: [StandingNudge], at now: Timestamp, _ db: Database
    ) throws {
        let known = before.first {
            $0.nudge.code == nudge.code && $0.nudge.email == nudge.email
        }
        let isWorse = known.map { nudge.isWorse(than: $0.nudge) } ?? true
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO nudges (code, email, severity, message, command, since,
                    is_acknowledged, urgency, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                nudge.code.rawValue, nudge.email ?? "", nudge.severity.rawValue, nudge.message,
                nudge.command, (known?.since ?? now).milliseconds,
                !isWorse && known?.acknowledged == true, nudge.urgency.rawValue, nudge.kind,
            ])
    }
}

enum AnnouncementRows {
    static func pending(
        _ channel: AnnouncementChannel, _ db: Database
    ) throws -> [StandingNudge] {
        try NudgeRows.all(db).filter { standing in
            guard !standing.acknowledged else { return false }
            return standing.nudge.isNews(after: try told(of: standing.nudge, channel, db))
        }
    }

    static func mark(
        _ nudges: [Nudge], _ channel: AnnouncementChannel, at now: Timestamp, _ db: Database
    ) throws -> [Nudge] {
        try nudges.filter { nudge in
            guard nudge.isNews(after: try told(of: nudge, channel, db)) else { return false }
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO nudge_announcements (channel, code, email, kind,
                        severity, urgency, stood_at) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    channel.rawValue, nudge.code.rawValue, nudge.email ?? "", nudge.kind ?? "",
                    nudge.severity.rawValue, nudge.urgency.rawValue, now.milliseconds,
                ])
            return true
        }
    }

    /// Forgets what has been over for a while.
    static func keep(_ nudges: [Nudge], at now: Timestamp, _ db: Database) throws {
        for nudge in nudges {
            try db.execute(
                sql: "UPDATE nudge_announcements SET stood_at = ? WHERE code = ? AND email = ?",
                arguments: [now.milliseconds, nudge.code.rawValue, nudge.email ?? ""])
        }
        try db.execute(
            sql: "DELETE FROM nudge_announcements WHERE stood_at <= ?",
            arguments: [now.adding(seconds: -Bounds.announcementMemorySeconds).milliseconds])
    }

    private static func told(
        of nudge: Nudge, _ channel: AnnouncementChannel, _ db: Database
    ) throws -> [Announced] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM nudge_announcements WHERE channel = ? AND code = ? AND email = ?
                """,
            arguments: [channel.rawValue, nudge.code.rawValue, nudge.email ?? ""]
        ).compactMap { row in
            guard let severity = NudgeSeverity(rawValue: row["severity"]),
                let urgency = NudgeUrgency(rawValue: row["urgency"])
            else { return nil }
            let kind: String = row["kind"]
            return Announced(
                severity: severity, urgency: urgency, kind: kind.isEmpty ? nil : kind)
        }
    }
}
