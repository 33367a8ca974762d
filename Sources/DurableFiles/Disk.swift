// The few things the stores ask of a file system, as a protocol, so that a
// simulated disk can lose, tear and refuse writes where a real one would.
// SystemDisk is the real one; it adds nothing to DurableFile.

package protocol Disk: Sendable {
    /// The whole content; nil when it is proven that nothing is there.
    func read(_ path: String, limitBytes: Int) throws(DurableFileError) -> [UInt8]?

    /// Replaces the content durably: whoever looks sees the old or the new.
    func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(DurableFileError)

    /// Adds a line durably; see `DurableFile.append`.
    func append(_ line: [UInt8], to path: String) throws(DurableFileError)

    /// Removes a file; succeeds when there is none. Without `durably` a power
    /// cut may bring it back.
    func remove(_ path: String, durably: Bool) throws(DurableFileError)

    /// The names in a directory, sorted; empty when there is no directory.
    func names(in directory: String) throws(DurableFileError) -> [String]

    /// Makes a directory for its owner only. With `unlessThere` one that
    /// exists keeps its mode.
    func makePrivateDirectory(_ path: String, unlessThere: Bool) throws(DurableFileError)

    /// Permission bits of what the path leads to; nil when nothing is there.
    func mode(of path: String) throws(DurableFileError) -> UInt32?
}

/// The machine's file system.
package struct SystemDisk: Disk {
    package init() {}

    package func read(_ path: String, limitBytes: Int) throws(DurableFileError) -> [UInt8]? {
        try DurableFile.read(path, limitBytes: limitBytes)
    }

    package func replace(
        _ path: String, with bytes: [UInt8], mode: UInt32
    ) throws(DurableFileError) {
        try DurableFile.replace(path, with: bytes, mode: mode)
    }

    package func append(_ line: [UInt8], to path: String) throws(DurableFileError) {
        try DurableFile.append(line, to: path)
    }

    package func remove(_ path: String, durably: Bool) throws(DurableFileError) {
        try DurableFile.remove(path, durably: durably)
    }

    package func names(in directory: String) throws(DurableFileError) -> [String] {
        try DurableFile.names(in: directory)
    }

    package func makePrivateDirectory(
        _ path: String, unlessThere: Bool
    ) throws(DurableFileError) {
        if unlessThere {
            try DurableFile.makePrivateDirectoryIfMissing(path)
        } else {
            try DurableFile.makePrivateDirectory(path)
        }
    }

    package func mode(of path: String) throws(DurableFileError) -> UInt32? {
        try FileFacts.of(path, following: true)?.mode
    }
}
