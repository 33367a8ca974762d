// A file is replaced whole or not at all, and nothing is left beside it.

import DurableFiles
import Support
import Testing

@Suite struct DurableFileTests {
    @Test func `what was written is read, and nothing is proven absent`() throws {
        let directory = TemporaryDirectory()
        #expect(try DurableFile.read(directory.file("x"), limitBytes: 9) == nil)
        try DurableFile.replace(directory.file("x"), with: [1, 2, 3])
        #expect(try DurableFile.read(directory.file("x"), limitBytes: 9) == [1, 2, 3])
        #expect(directory.mode("x") == 0o600)
        #expect(directory.names() == ["x"])
    }

    @Test(arguments: DurableFile.Step.allCases)
    func `a failure at any step leaves the old bytes or the new, and no other file`(
        step: DurableFile.Step
    ) throws {
        let directory = TemporaryDirectory()
        directory.write("x", "old")
        let fault = DurableFileError(
            kind: .unreachable, path: "x", operation: step.rawValue, reason: "test")
        #expect(throws: fault) {
            try DurableFile.replace(directory.file("x"), with: Array("new".utf8)) {
                reached throws(DurableFileError) in
                if reached == step { throw fault }
            }
        }
        #expect(directory.read("x") == (step == .syncDirectory ? "new" : "old"))
        #expect(directory.names() == ["x"])
    }

    @Test(arguments: [(2, false), (3, true), (4, true)])
    func `a file is read up to a limit`(limit: Int, isRead: Bool) {
        let directory = TemporaryDirectory()
        directory.write("x", "abc")
        let bytes = try? DurableFile.read(directory.file("x"), limitBytes: limit)
        #expect((bytes != nil) == isRead)
    }

    @Test func `a directory or a device is not a file`() throws {
        let directory = TemporaryDirectory()
        directory.makeDirectory("d")
        #expect(throws: DurableFileError.self) {
            try DurableFile.read(directory.file("d"), limitBytes: 9)
        }
        #expect(throws: DurableFileError.self) {
            try DurableFile.replace(directory.file("d"), with: [])
        }
        #expect(throws: DurableFileError.self) { try DurableFile.read("/dev/null", limitBytes: 9) }
    }

    @Test func `a link is followed to a file of ours, a dangling one refused`() throws {
        let directory = TemporaryDirectory()
        directory.write("target", "old")
        directory.link("link", to: directory.file("target"))
        try DurableFile.replace(directory.file("link"), with: Array("new".utf8))
        #expect(directory.read("target") == "new")
        directory.link("dangling", to: directory.file("nowhere"))
        #expect(throws: DurableFileError.self) {
            try DurableFile.replace(directory.file("dangling"), with: [])
        }
    }

    @Test func `a file in a directory that is not there is refused, not half made`() {
        let directory = TemporaryDirectory()
        #expect(throws: DurableFileError.self) {
            try DurableFile.replace(directory.file("no/x"), with: [])
        }
        #expect(directory.names().isEmpty)
    }

    @Test func `a private directory is made with its parents and closed to others`() throws {
        let directory = TemporaryDirectory()
        try DurableFile.makePrivateDirectory(directory.file("a/b"))
        #expect(directory.mode("a") == 0o700)
        #expect(directory.mode("a/b") == 0o700)
        directory.makeDirectory("open", mode: 0o755)
        try DurableFile.makePrivateDirectory(directory.file("open"))
        #expect(directory.mode("open") == 0o700)
        directory.write("file", "")
        #expect(throws: DurableFileError.self) {
            try DurableFile.makePrivateDirectory(directory.file("file"))
        }
    }

    @Test func `removing twice is removing once`() throws {
        let directory = TemporaryDirectory()
        directory.write("x", "")
        try DurableFile.remove(directory.file("x"))
        try DurableFile.remove(directory.file("x"))
        #expect(directory.names().isEmpty)
    }

    @Test func `an error names the path and the operation`() {
        let directory = TemporaryDirectory()
        directory.makeDirectory("d")
        do {
            _ = try DurableFile.read(directory.file("d"), limitBytes: 1)
            Issue.record("it was read")
        } catch {
            #expect(error.message.contains(directory.file("d")))
            #expect(error.kind == .refused)
        }
    }
}
