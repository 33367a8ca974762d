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
    /// Seconds to wait while another program holds the file's lock.
    var busySeconds: Double = 5
    /// Nothing of the database is made, brought up to date or written; the
    /// service may have it open meanwhile.
    var isReadOnly = false

    func open() throws(HistoryError) -> DatabaseQueue {
        if isReadOnly { try findRegular() } else { try createPrivately() }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(busySeconds)
            configuration.readonly = isReadOnly
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            do {
                try prepare(queue)
            } catch {
                try? queue.close()
                throw error
            }
            return queue
        } catch let error as HistoryError {
            throw error
        } catch {
            throw HistoryError(error, path: path)
        }
    }

    /// One connection from the check to the last write: nothing is written,
    /// not even the switch to WAL, before the file is known to be ours.
    private func prepare(_ queue: DatabaseQueue) throws {
        try queue.read { db in try check(db) }
        if isReadOnly { return try queue.read { db in try checkIsCurrent(db) } }
        guard chmod(path, 0o600) == 0 else { throw Self.refusal(path) }
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            // Without it an INSERT OR REPLACE deletes rows and no trigger of
            // ours is asked (sqlite.org/lang_conflict.html).
            try db.execute(sql: "PRAGMA recursive_triggers = ON")
        }
        try queue.write { db in try migrate(db) }
    }

    /// A new file is for its owner only before SQLite sees it; its `-wal` and
    /// `-shm` files get the mode of the database. One that is there is not
    /// opened here: closing any descriptor of it would drop the locks SQLite
    /// holds for this process (sqlite.org/howtocorrupt.html, 2.2).
    private func createPrivately() throws(HistoryError) {
        var facts = stat()
        if lstat(path, &facts) == 0 {
            guard facts.st_mode & S_IFMT == S_IFREG else {
                throw .unavailable("\(path) is not a regular file; move it aside")
            }
            return
        }
        guard errno == ENOENT else { throw Self.refusal(path) }
        let fd = Self.create(path)
        guard fd >= 0 else {
            if errno == EEXIST { return }
            throw Self.refusal(path)
        }
        close(fd)
    }

    private func findRegular() throws(HistoryError) {
        var facts = stat()
        guard lstat(path, &facts) == 0 else {
            guard errno == ENOENT else { throw Self.refusal(path) }
            throw .unavailable("\(path) is not there; the service makes it")
        }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            throw .unavailable("\(path) is not a regular file; move it aside")
        }
    }

    private func checkIsCurrent(_ db: Database) throws {
        let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version == Schema.version else {
            throw HistoryError.unavailable(
                "\(path) has schema \(version), of an older version; the service brings it up to "
                    + "\(Schema.version) when it starts")
        }
    }

    /// With errno as the failed call left it.
    private static func refusal(_ path: String) -> HistoryError {
        .unavailable(
            "\(path) cannot be opened: \(String(cString: strerror(errno))); check that the data "
                + "directory is there and can be written")
    }

    private static func create(_ path: String) -> Int32 {
        #if canImport(Glibc)
            Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        #else
            Darwin.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        #endif
    }

    private func check(_ db: Database) throws {
        let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if tables == 0, version == 0, application == 0 { return }
        guard application == Schema.applicationID else {
            throw HistoryError.corrupt(
                "\(path) is a database of another program (application id \(application), not "
                    + "\(Schema.applicationID)); move it aside and restart")
        }
        guard version <= Schema.version else {
            throw HistoryError.newerSchema(
                "\(path) has schema \(version) and this program knows \(Schema.version); "
                    + "install the newer version, or move the file aside to start a new history")
        }
        guard version >= 1 else {
            throw HistoryError.corrupt(
                "\(path) has schema \(version), which never was; move it aside and restart")
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
            self = .unavailable("\(path): stopped before it was done (\(type(of: error)))")
            return
        }
        let reason = "SQLite \(error.resultCode.rawValue) \(error.message ?? "")"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .corrupt(
                "\(path) is damaged (\(reason)); nothing was moved. Move the file aside "
                    + "and restart: credentials are not in it, only the history starts anew")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .unavailable("\(path) is locked by another program (\(reason)); close it there")
        case .SQLITE_FULL:
            self = .unavailable("\(path): the disk is full (\(reason)); free some space")
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            self = .unavailable(
                "\(path) cannot be written (\(reason)); check the owner and mode of it and of its "
                    + "directory")
        default: self = .unavailable("\(path): \(reason)")
        }
    }
}
