// The table of events by itself: bounded, found by number, and nothing of it
// unsaid.

import GRDB
import PortConformance
import RotationCore
import RotationEngine
import Testing

@testable import HistoryStore

@Suite struct EventRowsTests {
    private func filled(_ world: FileWorld, to count: Int64) async throws {
        _ = try await world.file.load()
        try world.execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
            INSERT INTO events (at, kind) SELECT i, 'moon' FROM n
            """)
    }

    @Test func `the newest 20000 are kept, and numbers are never used twice`() async throws {
        let world = FileWorld()
        try await filled(world, to: EventPage.kept)
        let full = try await world.file.events(after: 0, through: .max, limit: 1)
        #expect(full.oldest == 1)
        try await world.file.recordOptIn(enabled: true, at: HistoryConformance.now)
        let page = try await world.file.events(after: 0, through: .max, limit: 1)
        #expect(page.oldest == 2 && page.items.map(\.id) == [2])
        #expect(try world.query(Int64.self, "SELECT count(*) FROM events") == [EventPage.kept])
        #expect(world.file.newestEvent == EventPage.kept + 1)
    }

    @Test(arguments: [
        "DELETE FROM events", "DELETE FROM events WHERE id = 1", "UPDATE events SET at = 0",
    ])
    func `what was told cannot be unsaid`(sql: String) async throws {
        let world = FileWorld()
        try await world.file.recordOptIn(enabled: true, at: HistoryConformance.now)
        #expect(throws: DatabaseError.self) { try world.execute(sql) }
    }

    @Test func `what a newer version told, or a row that is gone, is told as unknown`() async throws
    {
        let world = FileWorld()
        _ = try await world.file.load()
        try world.execute(
            """
            INSERT INTO events (at, kind, row_id) VALUES (1, 'decision', 7), (2, 'rotation', 7),
                (3, 'opt-in', 7), (4, 'moon', NULL), (5, 'nudge-raised', NULL);
            INSERT INTO events (at, kind, code, severity, since)
                VALUES (6, 'nudge-raised', 'x', 'y', 0)
            """)
        let items = try await world.file.events(after: 0, through: .max, limit: 9).items
        #expect(
            items.map(\.content) == [
                .unknown(kind: "decision"), .unknown(kind: "rotation"), .unknown(kind: "opt-in"),
                .unknown(kind: "moon"), .unknown(kind: "nudge-raised"),
                .unknown(kind: "nudge-raised"),
            ])
    }

    @Test func `events are found by number without looking at the others`() async throws {
        let world = FileWorld()
        _ = try await world.file.load()
        let queue = try DatabaseQueue(path: world.path)
        for (sql, expected) in [
            (
                "SELECT * FROM events WHERE id > 1 AND id <= 9 ORDER BY id LIMIT 5",
                "SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"
            ), ("SELECT max(id) FROM events", "SEARCH events"),
            ("SELECT min(id) FROM events", "SEARCH events"),
            (
                "DELETE FROM events WHERE id <= 7",
                "SEARCH events USING INTEGER PRIMARY KEY (rowid<?)"
            ),
        ] {
            let steps = try await queue.read { db in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql)
                    .map { $0["detail"] as String }
            }
            #expect(steps.first == expected, "\(sql)")
        }
    }

    @Test func `which event is the newest is not known before the file was read`() async throws {
        let world = FileWorld()
        try await world.file.recordOptIn(enabled: true, at: HistoryConformance.now)
        let again = SQLiteHistory(path: world.path)
        #expect(again.newestEvent == nil)
        _ = try await again.load()
        #expect(again.newestEvent == 1)
        again.close()
        #expect(again.newestEvent == nil)
    }

    @Test func `a decision and its events are written together or not at all`() async throws {
        let world = FileWorld()
        _ = try await world.file.load()
        try world.execute(
            """
            CREATE TRIGGER refuse BEFORE INSERT ON events WHEN NEW.kind = 'nudge-raised'
            BEGIN SELECT RAISE(ABORT, 'no'); END
            """)
        let nudge = Nudge(
            code: .noAlternates, email: nil, severity: .info, message: "m", command: nil)
        await #expect(throws: HistoryError.self) {
            try await world.file.append(HistoryConformance.entry(tick: 1, nudges: [nudge]))
        }
        #expect(try await world.file.decisions(limit: 1, before: nil).items.isEmpty)
        #expect(try await world.file.events(after: 0, through: .max, limit: 9).items.isEmpty)
        #expect(world.file.newestEvent == 0)
    }
}
