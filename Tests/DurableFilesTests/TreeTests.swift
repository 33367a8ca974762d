// Directories that are thrown away: nobody else's while they are there, and
// nothing but themselves when they go.

import DurableFiles
import Support
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct TreeTests {
    @Test func `a temporary directory is its owner's alone, and each is another`() throws {
        let parent = TemporaryDirectory()
        let made = try [0, 1].map { _ in
            try DurableFile.makeTemporaryDirectory(parent.file("a-"))
        }
        #expect(made[0] != made[1] && made.allSatisfy { $0.hasPrefix(parent.file("a-")) })
        #expect(parent.names().allSatisfy { parent.mode($0) == 0o700 } && parent.names().count == 2)
    }

    @Test func `one that cannot be made is an error that says where`() throws {
        let parent = TemporaryDirectory()
        let error = #expect(throws: DurableFileError.self) {
            try DurableFile.makeTemporaryDirectory(parent.file("gone/a-"))
        }
        #expect(error?.message.contains(parent.file("gone/a-")) == true)
    }

    @Test func `a tree goes with all that is in it, and a link alone`() throws {
        let parent = TemporaryDirectory()
        for name in ["kept", "tree", "tree/b"] { parent.makeDirectory(name) }
        parent.write("kept/x", "x")
        parent.write("tree/b/y", "y")
        #expect(symlink(parent.file("kept"), parent.file("tree/b/link")) == 0)
        #expect(symlink(parent.file("nowhere"), parent.file("tree/dangling")) == 0)
        DurableFile.removeTree(parent.file("tree"))
        #expect(parent.names() == ["kept"] && parent.read("kept/x") == "x")
        DurableFile.removeTree(parent.file("tree"))
    }
}
