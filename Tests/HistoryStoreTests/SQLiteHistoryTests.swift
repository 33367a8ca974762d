// What is special about a history in a file: its schema, its mode, that it is
// append-only by itself, and what happens when it is damaged or not ours.

import Foundation
import GRDB
import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

@testable import HistoryStore

@Suite struct SQLiteHistoryTests {
    @Test(arguments: HistoryConformance.laws.map(\.name))
    func `a file is a history`(law: String) async throws {
        let check = try #require(HistoryConformance.laws.first { $0.name == law }).check
        try await check(FileWorld())
    }

    @Test func `the schema is the one written down`() async throws {
        let world = FileWorld()
        _ = try await world.file.load()
        let made = try world.query(
            String.self, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
        let text = made.joined(separator: ";\n\n") + ";\n"
        let golden = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Goldens/schema-\(Schema.version).sql")
        #expect(text == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
    }

    @Test(arguments: 1..<Schema.version)
    func `a file of an older schema becomes one of this`(version: Int32) async throws {
        let world = FileWorld()
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Goldens")
        let older = String(
            decoding: try Data(contentsOf: folder.appending(path: "schema-\(version).sql")),
            as: UTF8.self)
        // SQLite makes these by itself.
        let made = older.components(separatedBy: ";\n\n")
            .filter { !$0.contains("sqlite_sequence") }
        // Tables before what is made on them.
        let tables = made.filter { $0.hasPrefix("CREATE TABLE") }
        let others = made.filter { !$0.hasPrefix("CREATE TABLE") }
        let queue = try DatabaseQueue(path: world.path)
        try await queue.write { db in
            for statement in tables + others { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(version)")
        }
        try queue.close()
        _ = try await world.file.load()
        let now = try world.query(
            String.self, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
        let golden = try Data(contentsOf: folder.appending(path: "schema-\(Schema.version).sql"))
        #expect(now.joined(separator: ";\n\n") + ";\n" == String(decoding: golden, as: UTF8.self))
    }

    @Test func `readings are found by time without looking at the others`() async throws {
        let world = FileWorld()
        _ = try await world.file.load()
        let queue = try DatabaseQueue(path: world.path)
        let steps = try await queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN SELECT id, account_id, read_at, source FROM readings
                    WHERE read_at >= 1 AND (read_at > 1 OR id > 1) ORDER BY read_at, id LIMIT 9
                    """
            ).map { $0["detail"] as String }
        }
        #expect(steps == ["SEARCH readings USING INDEX readings_read_at (read_at>?)"])
    }

    @Test func `a series is found by time without looking at the others`() async throws {
        let world = FileWorld()
        _ = try await world.file.load()
        let queue = try DatabaseQueue(path: world.path)
        let steps = try await queue.read { db in
            try Row.fetchAll(
                db, sql: "EXPLAIN QUERY PLAN " + SeriesRows.sql,
                arguments: [
                    "name": "five_hour", "model": "", "since": 1, "until": 2, "account": nil,
                    "step": 1,
                ]
            ).map { $0["detail"] as String }
        }
        #expect(
            steps.prefix(2) == [
                "SEARCH readings USING INDEX readings_read_at (read_at>? AND read_at<?)",
                "SEARCH told USING PRIMARY KEY (reading_id=? AND name=? AND model=?)",
            ])
    }

    @Test func `no column is for a secret`() async throws {
        let world = FileWorld()
        _ = try await world.file.load()
        let columns = try world.query(
            String.self,
            "SELECT c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c")
        #expect(columns.count > 50)
        for word in ["token", "secret", "credential", "password"] {
            #expect(!columns.contains { $0.contains(word) })
        }
    }

    @Test func `every file of it is for its owner only`() async throws {
        let world = FileWorld()
        _ = try await world.file.append(HistoryConformance.entry(tick: 1))
        #expect(world.directory.names().count == 3)
        for name in world.directory.names() { #expect(world.directory.mode(name) == 0o600) }
    }

    @Test(arguments: [
        "DELETE FROM decisions", "UPDATE decisions SET outcome = 'rotated'",
        "UPDATE decisions SET sentence = 'x'", "DELETE FROM considerations",
        "UPDATE considerations SET reason = 'x'", "DELETE FROM rotations",
        "UPDATE rotations SET to_account = 'x'", "DELETE FROM left_windows",
        "DELETE FROM readings", "UPDATE reading_windows SET utilization = 0",
        "DELETE FROM opt_in_changes", "UPDATE opt_in_changes SET enabled = 0",
        "UPDATE left_windows SET utilization = 0", "UPDATE readings SET read_at = 0",
    ])
    func `what happened cannot be unsaid`(sql: String) async throws {
        let world = FileWorld()
        let windows = [UsageWindow(key: .fiveHour, utilization: 1, resetsAt: nil)]
        let facts = UsageFacts().recording(
            .windows(windows), at: HistoryConformance.now, bounds: Bounds())
        let swap = AutomaticSwap(
            at: HistoryConformance.now, from: HistoryConformance.a, to: HistoryConformance.b,
            leftWindows: windows)
        let rotation = DecisionEntry.Rotation(
            to: HistoryConformance.b, from: HistoryConformance.a, tookMilliseconds: 1,
            automatic: swap)
        _ = try await world.file.append(
            HistoryConformance.entry(
                tick: 1, .rotated, usage: [HistoryConformance.a: facts], rotation: rotation))
        try await world.file.recordOptIn(enabled: true, at: HistoryConformance.now)
        #expect(throws: DatabaseError.self) { try world.execute(sql) }
    }

    @Test func `an enum of a newer version is read as unknown`() async throws {
        let world = FileWorld()
        _ = try await world.file.load()
        try world.execute(
            """
            INSERT INTO decisions (tick, at, trigger, outcome, reason, sentence, repeats, last_at)
            VALUES (1, 0, 'moon', 'levitated', 'because', 's', 1, 0);
            INSERT INTO usage_facts (account_id, last_answer, rate_limits, rejections, asked_at)
            VALUES ('a.o', 'telepathy', 0, 0, '');
            """)
        #expect(try await world.file.decisions(limit: 1, before: nil).items.count == 1)
        let usage = try await world.file.load().remembered.usage
        #expect(usage[HistoryConformance.a]?.lastAnswer == nil)
    }

    @Test func `an empty file is a new history`() async throws {
        let world = FileWorld()
        world.directory.write("rotator.sqlite", "", mode: 0o644)
        _ = try await world.file.load()
        #expect(world.directory.mode("rotator.sqlite") == 0o600)
    }

    @Test func `a file that is no database is named, and left as it is`() async throws {
        let world = FileWorld()
        let text = String(repeating: "not a database ", count: 100)
        world.directory.write("rotator.sqlite", text)
        for _ in 0..<2 {
            do {
                _ = try await world.file.load()
                Issue.record("it was loaded")
            } catch {
                guard case .corrupt(let advice) = error else {
                    Issue.record("\(error)")
                    return
                }
                #expect(advice.contains(world.path) && advice.contains("Move the file aside"))
            }
        }
        #expect(world.directory.read("rotator.sqlite") == text)
        #expect(world.directory.names() == ["rotator.sqlite"])
    }

    @Test func `a damaged database is named, and works again when it was moved aside`()
        async throws
    {
        let world = FileWorld()
        for tick in 1...200 {
            _ = try await world.file.append(HistoryConformance.entry(tick: Int64(tick)))
        }
        world.file.close()
        var bytes = try Data(contentsOf: URL(filePath: world.path))
        bytes.replaceSubrange(4096..<12288, with: Data(repeating: 0xA5, count: 8192))
        try bytes.write(to: URL(filePath: world.path))
        do {
            _ = try await world.file.load()
            Issue.record("it was loaded")
        } catch {
            guard case .corrupt = error else {
                Issue.record("\(error)")
                return
            }
        }
        // The service still runs: the next load finds what the human made.
        for name in world.directory.names() {
            try FileManager.default.removeItem(atPath: world.directory.file(name))
        }
        #expect(try await world.file.load().lastTick == 0)
    }

    @Test func `a directory that is not there is said`() async {
        let history = SQLiteHistory(path: "/nonexistent/rotator.sqlite")
        do {
            _ = try await history.load()
            Issue.record("it was loaded")
        } catch {
            guard case .unavailable = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
