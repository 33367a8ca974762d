// The history in one SQLite file, opened at the first use and tried again
// after a failure. WAL, so that a reader of the file never stops the service;
// synchronous NORMAL, because what must survive a power cut are credentials,
// and they are not here.

import GRDB
import RotationCore
import RotationEngine
import Synchronization

package final class SQLiteHistory: HistoryLog {
    private let opening: Opening
    private let queue = Mutex<DatabaseQueue?>(nil)
    private let newest = Mutex<Int64?>(nil)

    /// What this program knows; a file of an older one is brought up to it.
    package static let schemaVersion = Schema.version

    /// Nothing is opened yet.
    package init(path: String) { opening = Opening(path: path) }

    init(_ opening: Opening) { self.opening = opening }

    /// One that only looks: the file must be there and of this version, and
    /// whatever would write fails. Where nobody else has it open, SQLite leaves
    /// an empty `-wal` and an `-shm` beside it for the next writer to remove.
    package static func forReading(path: String) -> SQLiteHistory {
        SQLiteHistory(Opening(path: path, isReadOnly: true))
    }

    /// Closes the file; the next call opens it again.
    package func close() {
        let open = queue.withLock { queue in
            defer { queue = nil }
            return queue
        }
        // Another file may be there next time.
        newest.withLock { $0 = nil }
        try? open?.close()
    }

    /// Looks through the whole file (`PRAGMA quick_check`); throws `.corrupt`
    /// where something is wrong with it.
    package func check() async throws(HistoryError) {
        let path = opening.path
        try await look { db in
            let said = try String.fetchAll(db, sql: "PRAGMA quick_check(1)")
            guard said == ["ok"] else {
                throw HistoryError.corrupt(
                    "\(path) is damaged: \(said.first ?? "no answer")")
            }
        }
    }

    // MARK: HistoryLog

    package func load() async throws(HistoryError) -> LoadedHistory {
        let (loaded, newest) = try await look { db in
            (try Loading(db: db).load(), try EventRows.newest(db))
        }
        notice(newest)
        return loaded
    }

    package func append(_ entry: DecisionEntry) async throws(HistoryError) -> DecisionRecord {
        try await run { db in try Appending(db: db, entry: entry).append() }
    }

    package func save(_ account: AccountRecord, at: Timestamp) async throws(HistoryError) {
        try await run { db in try AccountRows.save(account, at: at, db) }
    }

    package func save(_ rules: OperatorRules, at: Timestamp) async throws(HistoryError) {
        try await run { db in try RuleRows.replace(rules, at: at, db) }
    }

    package func forget(_ account: AccountID, at: Timestamp) async throws(HistoryError) {
        try await run { db in
            let id = account.description
            try db.execute(sql: "DELETE FROM slots WHERE account_id = ?", arguments: [id])
            try db.execute(sql: "DELETE FROM usage_facts WHERE account_id = ?", arguments: [id])
            try db.execute(sql: "DELETE FROM refresh_facts WHERE account_id = ?", arguments: [id])
            try db.execute(
                sql: "DELETE FROM account_policies WHERE account_id = ?", arguments: [id])
            try db.execute(
                sql: "UPDATE accounts SET forgotten_at = ? WHERE id = ?",
                arguments: [at.milliseconds, id])
            let email = try AccountRows.email(account, db)
            try EventRows.insert(.accounts(email.map { [$0] } ?? []), at: at, db)
        }
    }

    package func recordOptIn(enabled: Bool, at: Timestamp) async throws(HistoryError) {
        try await run { db in
            try db.execute(
                sql: "INSERT INTO opt_in_changes (enabled, at) VALUES (?, ?)",
                arguments: [enabled, at.milliseconds])
            try EventRows.insert(.optIn(db.lastInsertedRowID), at: at, db)
        }
    }

    package func decisions(
        limit: Int, before: Int64?
    ) async throws(HistoryError) -> Page<DecisionRecord> {
        let limit = limit.asPageLimit
        return try await look { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT * FROM decisions WHERE id < ? ORDER BY id DESC LIMIT ?",
                arguments: [before ?? .max, limit + 1])
            let records = try rows.prefix(limit).map { try DecisionRows.record($0, db) }
            return Page(items: records, next: rows.count > limit ? records.last?.id : nil)
        }
    }

    package func rotations(
        limit: Int, before: Int64?
    ) async throws(HistoryError) -> Page<RotationRecord> {
        let limit = limit.asPageLimit
        return try await look { db in
            let rows = try Row.fetchAll(
                db,
                sql: DecisionRows.rotations
                    + " WHERE rotations.id < ? ORDER BY rotations.id DESC LIMIT ?",
                arguments: [before ?? .max, limit + 1])
            let records = rows.prefix(limit).map { DecisionRows.rotation($0) }
            return Page(items: records, next: rows.count > limit ? records.last?.id : nil)
        }
    }

    package func readings(
        since: Timestamp, after: ReadingCursor?, limit: Int
    ) async throws(HistoryError) -> ReadingPage {
        let limit = limit.asPageLimit
        return try await look { db in
            try ReadingRows.page(since: since, after: after, limit: limit, db)
        }
    }

    package func events(
        after: Int64, through: Int64, limit: Int
    ) async throws(HistoryError) -> EventPage {
        let limit = limit.asPageLimit
        return try await look { db in
            try EventRows.page(after: after, through: through, limit: limit, db)
        }
    }

    package var newestEvent: Int64? { newest.withLock { $0 } }

    package func series(_ query: SeriesQuery) async throws(HistoryError) -> ReadingSeries {
        try await look { db in
            ReadingSeries(
                points: try SeriesRows.points(query, db), stalls: try StallRows.all(query, db))
        }
    }

    package func nudges() async throws(HistoryError) -> [StandingNudge] {
        try await look { db in try NudgeRows.all(db) }
    }

    package func acknowledge(
        _ code: NudgeCode, email: String?, at: Timestamp
    ) async throws(HistoryError) -> Bool {
        try await run { db in
            let standing = try NudgeRows.all(db).first {
                $0.nudge.code == code && $0.nudge.email == email
            }
            guard var standing else { return false }
            guard !standing.acknowledged else { return true }
            try db.execute(
                sql: "UPDATE nudges SET is_acknowledged = 1 WHERE code = ? AND email = ?",
                arguments: [code.rawValue, email ?? ""])
            standing.acknowledged = true
            try EventRows.insert([.nudgeAcknowledged(standing)], at: at, db)
            return true
        }
    }

    package func raise(_ nudge: Nudge, at: Timestamp) async throws(HistoryError) {
        try await run { db in try NudgeRows.raise(nudge, at: at, db) }
    }

    package func tell(_ signIn: SignIn) async throws(HistoryError) {
        try await run { db in try EventRows.insert(.login(signIn), at: signIn.changedAt, db) }
    }

    package func unannounced(
        on channel: AnnouncementChannel
    ) async throws(HistoryError) -> [StandingNudge] {
        try await look { db in try AnnouncementRows.pending(channel, db) }
    }

    package func markAnnounced(
        _ nudges: [Nudge], on channel: AnnouncementChannel, at: Timestamp
    ) async throws(HistoryError) -> [Nudge] {
        try await run { db in try AnnouncementRows.mark(nudges, channel, at: at, db) }
    }

    // MARK: -

    /// One transaction that writes. In a task of its own, because GRDB rolls back
    /// what a cancelled one writes, and a client that leaves or a service that
    /// stops cancels whoever asked.
    private func run<Answer: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Answer
    ) async throws(HistoryError) -> Answer {
        let queue = try connection()
        do {
            let (answer, newest) = try await Task {
                try await queue.write { db in (try body(db), try EventRows.newest(db)) }
            }.value
            notice(newest)
            return answer
        } catch {
            throw failure(error)
        }
    }

    /// Transactions that end one after the other may be noticed in another
    /// order.
    private func notice(_ id: Int64) {
        newest.withLock { $0 = max($0 ?? 0, id) }
    }

    /// One transaction that only reads: it needs no lock another program could
    /// hold, and works on a full disk.
    private func look<Answer: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Answer
    ) async throws(HistoryError) -> Answer {
        let queue = try connection()
        do {
            return try await queue.read(body)
        } catch {
            throw failure(error)
        }
    }

    /// A damaged file is let go, so that the next call opens what the human put
    /// in its place.
    private func failure(_ error: any Error) -> HistoryError {
        let meaning = error as? HistoryError ?? HistoryError(error, path: opening.path)
        if case .corrupt = meaning { close() }
        return meaning
    }

    private func connection() throws(HistoryError) -> DatabaseQueue {
        let opening = opening
        let result: Result<DatabaseQueue, HistoryError> = queue.withLock { queue in
            if let queue { return .success(queue) }
            do throws(HistoryError) {
                let opened = try opening.open()
                queue = opened
                return .success(opened)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

extension Int {
    /// 1...500, whatever was asked for.
    fileprivate var asPageLimit: Int { Swift.min(Swift.max(self, 1), 500) }
}
