// Readings by time, over all accounts: what the burn is measured from. A page
// is two queries, however many windows it has.

import GRDB
import RotationCore
import RotationEngine

enum ReadingRows {
    /// `limit` is 1 or more.
    static func page(
        since: Timestamp, after: ReadingCursor?, limit: Int, _ db: Database
    ) throws -> ReadingPage {
        // A cursor from before `since` does not reach behind it.
        let after = after.flatMap { $0.readAt < since ? nil : $0 }
        let from = after?.readAt ?? since
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, account_id, read_at, source FROM readings
                WHERE read_at >= ? AND (read_at > ? OR id > ?) ORDER BY read_at, id LIMIT ?
                """,
            arguments: [
                from.milliseconds, from.milliseconds, after?.id ?? .min, limit + 1,
            ])
        let shown = rows.prefix(limit)
        let windows = try windows(of: shown.map { $0["id"] }, db)
        // A source a newer version wrote is passed over, not the page's end.
        let items = shown.compactMap { row -> ReadingRecord? in
            guard let account = row.account("account_id"), let readAt = row.instant("read_at"),
                let source = ReadingSource(rawValue: row["source"])
            else { return nil }
            return ReadingRecord(
                account: account,
                reading: Reading(
                    readAt: readAt, source: source, windows: windows[row["id"]] ?? []))
        }
        let next = shown.last.flatMap { row in
            row.instant("read_at").map { ReadingCursor(readAt: $0, id: row["id"]) }
        }
        return ReadingPage(items: items, next: rows.count > limit ? next : nil)
    }

    private static func windows(
        of readings: [Int64], _ db: Database
    ) throws -> [Int64: [UsageWindow]] {
        guard !readings.isEmpty else { return [:] }
        let marks = databaseQuestionMarks(count: readings.count)
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM reading_windows WHERE reading_id IN (\(marks))",
            arguments: StatementArguments(readings))
        return Dictionary(grouping: rows) { $0["reading_id"] }
            .mapValues { $0.map(WindowRows.window) }
    }
}
