// A file is replaced whole or not at all, and nothing is left beside it.

import DurableFiles
import Support
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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

    @Test func `a link to nowhere is refused, not taken for absence`() {
        let directory = TemporaryDirectory()
        directory.link("dangling", to: directory.file("nowhere"))
        let error = #expect(throws: DurableFileError.self) {
            try DurableFile.read(directory.file("dangling"), limitBytes: 9)
        }
        #expect(error?.kind == .refused)
        #expect(directory.names() == ["dangling"])
    }

    @Test func `a link in a circle is refused`() {
        let directory = TemporaryDirectory()
        directory.link("a", to: directory.file("b"))
        directory.link("b", to: directory.file("a"))
        #expect(throws: DurableFileError.self) {
            try DurableFile.read(directory.file("a"), limitBytes: 9)
        }
        #expect(throws: DurableFileError.self) {
            try DurableFile.replace(directory.file("a"), with: [])
        }
    }

    /// Root may give a file away; anybody else finds one of root's.
    @Test func `another user's file is neither read nor replaced, linked or not`() {
        let directory = TemporaryDirectory()
        directory.write("theirs", "old")
        let isGiven = chown(directory.file("theirs"), 1, 1) == 0
        let foreign = isGiven ? directory.file("theirs") : "/etc/passwd"
        directory.link("link", to: foreign)
        for path in [foreign, directory.file("link")] {
            let reading = #expect(throws: DurableFileError.self) {
                try DurableFile.read(path, limitBytes: 1 << 20)
            }
            #expect(reading?.kind == .refused)
            let writing = #expect(throws: DurableFileError.self) {
                try DurableFile.replace(path, with: Array("new".utf8))
            }
            #expect(writing?.kind == .refused)
        }
        #expect(directory.read("theirs") == "old")
        #expect(directory.names() == ["link", "theirs"])
    }

    @Test(arguments: [(590, true), (602, false)])
    func `what a killed writer left goes with the next replacement, a living one's stays`(
        age: Int64, stays: Bool
    ) throws {
        let directory = TemporaryDirectory()
        let left = "x.durable-1-2.tmp"
        let others = ["x.tmp", "y.durable-1-2.tmp", "x.durable-1-2.tmp.keep"]
        for name in others + [left] {
            directory.write(name, "")
            let then = (Int64(time(nil)) - age) * 1000
            #expect(setModified(directory.file(name), milliseconds: then))
        }
        try DurableFile.replace(directory.file("x"), with: [])
        #expect(directory.names() == (others + (stays ? [left] : []) + ["x"]).sorted())
    }

    @Test func `removing a file removes what a killed writer left of it`() throws {
        let directory = TemporaryDirectory()
        directory.write("x", "")
        directory.write("x.durable-1-2.tmp", "")
        #expect(setModified(directory.file("x.durable-1-2.tmp"), milliseconds: 1000))
        try DurableFile.remove(directory.file("x"))
        #expect(directory.names().isEmpty)
    }

    @Test func `many bytes are written whole`() throws {
        let directory = TemporaryDirectory()
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try DurableFile.replace(directory.file("x"), with: bytes)
        #expect(try DurableFile.read(directory.file("x"), limitBytes: bytes.count) == bytes)
    }

    @Test func `a file gets its mode whatever the old one and the umask were`() throws {
        let directory = TemporaryDirectory()
        directory.write("x", "old", mode: 0o666)
        try DurableFile.replace(directory.file("x"), with: [])
        #expect(directory.mode("x") == 0o600)
        try DurableFile.replace(directory.file("x"), with: [], mode: 0o644)
        #expect(directory.mode("x") == 0o644)
    }

    @Test(arguments: [(0o600, true), (0o700, true), (0o640, false), (0o604, false), (0o601, false)])
    func `a file is private when only its owner may touch it`(mode: Int, isPrivate: Bool) throws {
        let directory = TemporaryDirectory()
        directory.write("x", "", mode: mode_t(mode))
        #expect(try FileFacts.of(directory.file("x"))?.isPrivate == isPrivate)
    }

    @Test func `a time beyond every calendar is a time`() throws {
        let directory = TemporaryDirectory()
        directory.write("x", "")
        for second in [Int.max / 1000, -5] {
            _ = setModified(directory.file("x"), milliseconds: Int64(second) * 1000)
            let facts = try #require(try FileFacts.of(directory.file("x")))
            #expect((0...253_402_300_799_999).contains(facts.modifiedMilliseconds))
        }
    }

    @Test func `the names of a directory that is not one are an error, of none are none`() throws {
        let directory = TemporaryDirectory()
        directory.write("x", "")
        #expect(try DurableFile.names(in: directory.file("nothing")).isEmpty)
        #expect(throws: DurableFileError.self) { try DurableFile.names(in: directory.file("x")) }
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
