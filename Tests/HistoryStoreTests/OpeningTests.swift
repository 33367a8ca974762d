// Files that are not what they should be, and programs that share one. What
// is not ours keeps every byte and its mode.

import Foundation
import GRDB
import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

@testable import HistoryStore

enum Refusal: Equatable { case none, corrupt, newer, unavailable }

/// What loading came to, and what was said of it.
private func load(_ history: SQLiteHistory) async -> (Refusal, String) {
    do {
        _ = try await history.load()
        return (.none, "")
    } catch {
        return switch error {
        case .corrupt(let text): (.corrupt, text)
        case .newerSchema(let text): (.newer, text)
        case .unavailable(let text): (.unavailable, text)
        }
    }
}

@Suite struct OpeningTests {
    private func bytes(_ world: FileWorld) throws -> Data {
        try Data(contentsOf: URL(filePath: world.path))
    }

    @Test(arguments: [
        (Int32.min, Refusal.corrupt), (-1, .corrupt), (0, .corrupt), (Schema.version, .none),
        (Schema.version + 1, .newer), (Int32.max, .newer),
    ])
    func `a schema that is not ours is refused with both numbers`(
        version: Int32, refusal: Refusal
    ) async throws {
        let world = FileWorld()
        _ = try await world.file.append(HistoryConformance.entry(tick: 1))
        world.file.close()
        try world.execute("PRAGMA user_version = \(version)")
        chmod(world.path, 0o644)
        let before = try bytes(world)
        let (came, text) = await load(SQLiteHistory(path: world.path))
        #expect(came == refusal)
        guard refusal != .none else { return }
        #expect(text.contains(world.path) && text.contains("\(version)"))
        #expect(refusal == .corrupt || text.contains("\(Schema.version)"))
        #expect(text.contains("aside"))
        #expect(try bytes(world) == before)
        #expect(world.directory.mode("rotator.sqlite") == 0o644)
    }

    @Test(arguments: [
        "CREATE TABLE theirs (x)", "PRAGMA application_id = 7", "PRAGMA user_version = 1",
        "CREATE TABLE theirs (x); PRAGMA application_id = 7; PRAGMA user_version = 1",
    ])
    func `another program's database is not touched`(sql: String) async throws {
        let world = FileWorld()
        try world.execute(sql)
        chmod(world.path, 0o644)
        let before = try bytes(world)
        let (came, text) = await load(world.file)
        #expect(came == .corrupt)
        #expect(text.contains("another program") && text.contains("\(Schema.applicationID)"))
        #expect(try bytes(world) == before)
        #expect(world.directory.mode("rotator.sqlite") == 0o644)
        #expect(world.directory.names() == ["rotator.sqlite"])
    }

    /// SQLite takes one byte for an empty file (os_unix.c, unixFileSize).
    @Test(arguments: [2, 99, 100, 101, 4095, 4096, 4097, 20480])
    func `a file that lost its end is damaged`(size: Int) async throws {
        let world = FileWorld()
        _ = try await world.file.append(HistoryConformance.entry(tick: 1))
        world.file.close()
        let kept = try bytes(world).prefix(size)
        try kept.write(to: URL(filePath: world.path))
        let (came, text) = await load(SQLiteHistory(path: world.path))
        #expect(came == .corrupt, "\(size): \(text)")
        #expect(try bytes(world) == kept)
    }

    @Test func `a link is not followed to somebody's file`() async throws {
        let world = FileWorld()
        world.directory.write("elsewhere", "")
        world.directory.link("rotator.sqlite", to: world.directory.file("elsewhere"))
        let (came, text) = await load(world.file)
        #expect(came == .unavailable)
        #expect(text.contains("not a regular file"))
        #expect(world.directory.read("elsewhere") == "")
    }

    @Test func `a directory that cannot be used is said, and tried again`() async {
        let world = FileWorld()
        world.directory.write("data", "a file")
        let history = SQLiteHistory(path: world.directory.file("data/rotator.sqlite"))
        let (came, text) = await load(history)
        #expect(came == .unavailable)
        #expect(text.contains("data directory"))
        unlink(world.directory.file("data"))
        #expect(await load(history).0 == .unavailable)
        world.directory.makeDirectory("data")
        #expect(await load(history).0 == .none)
    }

    @Test func `another program's lock stops writing, not reading`() async throws {
        let world = FileWorld()
        _ = try await world.file.append(HistoryConformance.entry(tick: 1))
        let impatient = SQLiteHistory(Opening(path: world.path, busySeconds: 0))
        _ = try await impatient.load()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: world.path, configuration: configuration)
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        #expect(try await impatient.load().lastTick == 1)
        #expect(try await impatient.decisions(limit: 9, before: nil).items.count == 1)
        #expect(try await impatient.nudges().isEmpty)
        do {
            _ = try await impatient.append(HistoryConformance.entry(tick: 2))
            Issue.record("it was written")
        } catch {
            guard case .unavailable(let text) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(text.contains("locked by another program"))
        }
        try await other.writeWithoutTransaction { db in try db.execute(sql: "COMMIT") }
        #expect(try await impatient.append(HistoryConformance.entry(tick: 2)).tick == 2)
    }

    @Test func `two connections lose nothing of each other`() async throws {
        let world = FileWorld()
        let histories = [world.file, SQLiteHistory(path: world.path)]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, history) in histories.enumerated() {
                group.addTask {
                    for tick in 0..<50 {
                        _ = try await history.append(
                            HistoryConformance.entry(tick: Int64(tick * 2 + index + 1)))
                    }
                }
            }
            try await group.waitForAll()
        }
        let rows = try await world.file.decisions(limit: 500, before: nil).items
        #expect(Set(rows.compactMap(\.tick)) == Set(1...100))
        #expect(rows.allSatisfy { $0.verdict.considerations.count == 2 })
    }

    @Test func `an entry that cannot be kept leaves nothing of itself`() async throws {
        let world = FileWorld()
        let nudge = Nudge(
            code: .noAlternates, email: nil, severity: .info, message: "m", command: nil)
        _ = try await world.file.append(HistoryConformance.entry(tick: 1))
        // The tick is taken: the decision is refused after the nudges were.
        await #expect(throws: HistoryError.self) {
            _ = try await world.file.append(HistoryConformance.entry(tick: 1, nudges: [nudge]))
        }
        #expect(try await world.file.nudges().isEmpty)
        #expect(try await world.file.append(HistoryConformance.entry(tick: 2)).tick == 2)
    }
}

@Suite struct AppendOnlyTests {
    @Test(arguments: [
        "UPDATE decisions SET from_email = 'x'", "UPDATE decisions SET repeats = repeats - 1",
        "UPDATE decisions SET repeats = repeats + 2", "UPDATE decisions SET last_at = 0",
        "UPDATE decisions SET trigger = 'operator', repeats = repeats + 1",
        "UPDATE decisions SET earliest_reset = 0, repeats = repeats + 1",
    ])
    func `a run can only grow by one`(sql: String) async throws {
        let world = FileWorld()
        _ = try await world.file.append(HistoryConformance.entry(tick: 1, .off))
        _ = try await world.file.append(HistoryConformance.entry(tick: 2, .off))
        #expect(throws: DatabaseError.self) { try world.execute(sql) }
        try world.execute("UPDATE decisions SET repeats = repeats + 1, last_at = 9")
    }

    @Test(arguments: [
        "INSERT OR REPLACE INTO decisions (id, at, trigger, outcome, reason, sentence, repeats, "
            + "last_at) VALUES (1, 0, 'x', 'x', 'x', 'x', 1, 0)",
        "REPLACE INTO opt_in_changes (id, enabled, at) VALUES (1, 0, 0)",
        "REPLACE INTO considerations (decision_id, position, account_id, email, outcome, reason, "
            + "sentence) VALUES (1, 0, 'x', 'x', 'x', 'x', 'x')",
    ])
    func `nothing of ours is replaced in passing`(sql: String) async throws {
        let world = FileWorld()
        _ = try await world.file.append(HistoryConformance.entry(tick: 1))
        try await world.file.recordOptIn(enabled: true, at: HistoryConformance.now)
        let queue = try Opening(path: world.path).open()
        let error = #expect(throws: DatabaseError.self) {
            try queue.write { db in try db.execute(sql: sql) }
        }
        #expect(error?.message == "history is append-only")
    }
}
