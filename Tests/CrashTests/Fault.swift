// What is to go wrong in the service, as Tests/CFaults reads it from the
// environment: which call, counted from one, and what becomes of it.

import Foundation

struct Fault: Sendable, CustomStringConvertible {
    enum Kind: String, CaseIterable, Sendable {
        case open, write, fsync, rename, unlink, mkdir, rmdir, meta, send
        /// All but `send`.
        case any
    }

    enum Effect: Hashable, Sendable {
        case killBefore, killAfter
        /// Of a write only half is written, then the process is killed.
        case killHalfway
        /// The call fails; when `sticky`, so does every one after it, until the
        /// fault is lifted.
        case fail(String, sticky: Bool)

        var kills: Bool {
            if case .fail = self { return false }
            return true
        }
    }

    var kinds: [Kind]
    var effect: Effect
    /// From 1.
    var at = 1
    /// The folder whose files count, below the home; empty for all of it.
    var folder = ""
    /// Files whose path holds this do not count; empty for none.
    var skipping = ""
    /// Whether calls count from the start of the process, or once it has
    /// settled.
    var fromStart = false

    /// SQLite's own files: some hundred calls of a library that is tested for
    /// this by its makers, of which `make check` tries a part.
    static let database = "/rotator.sqlite"

    var description: String {
        let what =
            switch effect {
            case .killBefore: "killed before"
            case .killAfter: "killed after"
            case .killHalfway: "killed halfway through"
            case .fail(let error, let sticky): error + (sticky ? " from" : " at")
            }
        let kind = kinds.map(\.rawValue).joined(separator: ",")
        return "\(what) \(kind) call \(at)" + (fromStart ? " of the start" : "")
    }

    func environment(home: String, armFile: String, log: String) -> [String: String] {
        var variables = [
            "FAULT_AT": "\(at)", "FAULT_KIND": kinds.map(\.rawValue).joined(separator: ","),
            "FAULT_PREFIX": folder.isEmpty ? home : home + "/" + folder, "FAULT_LOG": log,
            "FAULT_ARM_FILE": armFile,
        ]
        if !skipping.isEmpty { variables["FAULT_SKIP"] = skipping }
        switch effect {
        case .killBefore: break
        case .killAfter: variables["FAULT_WHEN"] = "after"
        case .killHalfway: variables["FAULT_SHORT"] = "1"
        case .fail(let error, let sticky):
            variables["FAULT_ERRNO"] = error
            if sticky { variables["FAULT_STICKY"] = "1" }
        }
        return variables
    }
}

/// The products beside the test bundle.
enum Product {
    /// The service: the one just built, or another build of it.
    static func rotator() throws -> String {
        try ProcessInfo.processInfo.environment["ROTATOR_CRASH_PROGRAM"] ?? path("rotator")
    }

    static func path(_ name: String) throws -> String {
        var directory = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<6 {
            let candidate = directory.appending(path: name).path
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
            directory = directory.deletingLastPathComponent()
        }
        let built = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: ".build/debug/\(name)").path
        guard FileManager.default.fileExists(atPath: built) else {
            throw HarnessError(description: "\(name) is not built")
        }
        return built
    }
}
