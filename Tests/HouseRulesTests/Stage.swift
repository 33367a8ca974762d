// Where the skills and the hook are tried: a directory of their own, and a `curl`
// that only says what it was told to.

import Foundation
import Testing

/// A throw-away directory with a `curl` that answers as told and writes down
/// how it was called.
struct Stage {
    let directory = FileManager.default.temporaryDirectory
        .appending(path: "skills-\(UUID().uuidString)")
    let answer: String
    let code: Int32

    init(answer: String = "", code: Int32 = 0) throws {
        (self.answer, self.code) = (answer, code)
        let plugin = directory.appending(path: "janitor-data/oauth-rotator")
        try FileManager.default.createDirectory(at: plugin, withIntermediateDirectories: true)
        // Links, not copies: a file just written may be busy (ETXTBSY).
        for name in ["curl", "date", "rotator"] {
            try FileManager.default.createSymbolicLink(
                at: directory.appending(path: name),
                withDestinationURL: SourceTree.root.appending(
                    path: "Tests/HouseRulesTests/StandIns/\(name)"))
        }
    }

    func remove() { try? FileManager.default.removeItem(at: directory) }

    func path(_ name: String) -> String { directory.appending(path: name).path }
    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
    func write(_ name: String) throws {
        try "on".write(toFile: path(name), atomically: true, encoding: .utf8)
    }

    /// Seconds since the epoch that scripts are told from now on; else it is the clock's.
    func tell(time: Int) throws {
        try "\(time)".write(toFile: path("now"), atomically: true, encoding: .utf8)
    }

    var calls: [Substring] {
        let text = (try? String(contentsOfFile: path("calls"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n")
    }

    /// What `curl` answers, one call after the other: a body and a status.
    func answers(_ bodies: [(String, Int)]) throws {
        let folder = directory.appending(path: "answers")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (index, (body, status)) in bodies.enumerated() {
            try "\(body)\n\(status)".write(
                to: folder.appending(path: "\(index + 1)"), atomically: true, encoding: .utf8)
        }
    }

    /// `script` is below `skills/janitor-auto-manage-oauth-`.
    func run(
        _ script: String, _ more: [String: String] = [:]
    ) throws -> (code: Int32, output: String, errors: String) {
        try run("skills/janitor-auto-manage-oauth-\(script)", arguments: [], more)
    }

    func run(
        _ script: String, arguments: [String], _ more: [String: String] = [:]
    ) throws -> (code: Int32, output: String, errors: String) {
        let process = Process()
        let pipes = (Pipe(), Pipe())
        // As its first line says: the hook is for any sh, the skills are for bash.
        process.executableURL = SourceTree.root.appending(path: script)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.environment = [
            "PATH": directory.path + ":/usr/bin:/bin", "STAGE": directory.path, "ANSWER": answer,
            "CODE": "\(code)", "ROTATOR_BIN": "/usr/bin/false", "HOME": directory.path,
            "CLAUDE_PLUGIN_DATA": path("janitor-data"),
        ].merging(more) { $1 }
        (process.standardOutput, process.standardError) = pipes
        try process.run()
        process.waitUntilExit()
        func text(_ pipe: Pipe) -> String {
            String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        return (process.terminationStatus, text(pipes.0), text(pipes.1))
    }
}
