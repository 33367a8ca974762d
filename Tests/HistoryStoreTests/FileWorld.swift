// A history in a file of a test's own, and a second connection that looks
// behind its back.

import GRDB
import PortConformance
import RotationEngine
import Support

@testable import HistoryStore

struct FileWorld: HistoryWorld {
    let directory = TemporaryDirectory()
    let file: SQLiteHistory
    var history: any HistoryLog { file }
    var path: String { directory.file("rotator.sqlite") }

    init() { file = SQLiteHistory(path: directory.file("rotator.sqlite")) }

    func reopened() async throws -> any HistoryLog { SQLiteHistory(path: path) }

    func query<Value: DatabaseValueConvertible & Sendable>(
        _ type: Value.Type, _ sql: String
    ) throws -> [Value] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in try Value.fetchAll(db, sql: sql) }
    }

    func execute(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        try queue.write { db in try db.execute(sql: sql) }
    }
}
