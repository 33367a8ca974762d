// Opening the file: for its owner only, known to be ours, of a version we
// know, brought up to date. What is not is named and left exactly as it is.

import GRDB
import RotationEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct Opening {
    let path: String

    func open() throws(HistoryError) -> DatabaseQueue {
        try createPrivately()
        do {
            // Without WAL first: switching it on writes to the file, and a file
            // that is not ours is not written to.
            let probe = try DatabaseQueue(path: path, configuration: configuration(wal: false))
            try probe.read { db in try check(db) }
            try probe.close()
            let queue = try DatabaseQueue(path: path, configuration: configuration(wal: true))
            try queue.write { db in try migrate(db) }
            return queue
        } catch let error as HistoryError {
            throw error
        } catch {
            throw HistoryError(error, path: path)
        }
    }

    /// SQLite gives its `-wal` and `-shm` files the mode of the database.
    private func createPrivately() throws(HistoryError) {
        let fd = Self.create(path)
        guard fd >= 0 else {
            throw .unavailable(
                "\(path) cannot be opened: \(String(cString: strerror(errno))); check the data "
                    + "directory")
        }
        fchmod(fd, 0o600)
        close(fd)
    }

    private static func create(_ path: String) -> Int32 {
        #if canImport(Glibc)
            Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        #else
            Darwin.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        #endif
    }

    private func configuration(wal: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            guard wal else { return }
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return configuration
    }

    private func check(_ db: Database) throws {
        let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if tables == 0, version == 0 { return }
        guard application == Schema.applicationID else {
            throw HistoryError.corrupt(
                "\(path) is a database of another program; move it aside and restart")
        }
        guard version <= Schema.version else {
            throw HistoryError.newerSchema(
                "\(path) has schema \(version) and this program knows \(Schema.version); "
                    + "install the newer version, or move the file aside to start a new history")
        }
    }

    private func migrate(_ db: Database) throws {
        let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version < Schema.version else { return }
        for step in Schema.steps[Int(version)...] { try db.execute(sql: step) }
        try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(Schema.version)")
    }
}

extension HistoryError {
    init(_ error: any Error, path: String) {
        guard let error = error as? DatabaseError else {
            self = .unavailable("\(path): \(type(of: error))")
            return
        }
        let reason = "\(error.resultCode.rawValue) \(error.message ?? "")"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .corrupt(
                "\(path) is damaged (SQLite \(reason)); nothing was moved. Move the file aside "
                    + "and restart: credentials are not in it, only the history starts anew")
        default: self = .unavailable("\(path): SQLite \(reason)")
        }
    }
}
