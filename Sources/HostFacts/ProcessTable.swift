// Processes of one user, as far as they matter: what runs, where its home is,
// what pins its authentication. Linux reads /proc, macOS asks the kernel; the
// latter could not be tried where this was written.

import CSystem
import DurableFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ProcessFacts: Hashable, Sendable {
    var pid: Int32
    /// Resolved; nil when it cannot be read.
    var executable: String?
    var arguments: [String]
    /// Nil when the environment cannot be read.
    var environment: WantedEnvironment?
}

/// The few variables that are looked at; of the pinning ones only names.
struct WantedEnvironment: Hashable, Sendable {
    var home: String?
    var claudeConfigDir: String?
    var pinning: [String]

    /// From `NAME=value` entries separated by NUL, as the kernel keeps them.
    init(block: [UInt8]) {
        var wanted: [String: String] = [:]
        let names = Set(PinningVariables.names + ["HOME", "CLAUDE_CONFIG_DIR"])
        for entry in block.split(separator: 0) {
            // A byte, not a character: a combining mark may begin the value.
            guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = String(decoding: entry[..<equals], as: UTF8.self)
            guard names.contains(name) else { continue }
            wanted[name] = String(decoding: entry[(equals + 1)...], as: UTF8.self)
        }
        home = wanted["HOME"]
        claudeConfigDir = wanted["CLAUDE_CONFIG_DIR"]
        pinning = PinningVariables.present(in: wanted)
    }
}

protocol ProcessTable: Sendable {
    func processes() -> [ProcessFacts]
    /// Seconds since the epoch; nil when there is no such process or it is not
    /// known.
    func startSeconds(of pid: Int32) -> Int64?
    func exists(_ pid: Int32) -> Bool
}

/// /proc of Linux, or a tree that looks like it.
struct ProcFileSystem: ProcessTable {
    let root: String
    let ownUID: UInt32

    func processes() -> [ProcessFacts] {
        let names = (try? DurableFile.names(in: root)) ?? []
        return names.compactMap(Int32.init).sorted().compactMap(facts)
    }

    func exists(_ pid: Int32) -> Bool {
        ((try? FileFacts.of("\(root)/\(pid)", following: true)) ?? nil) != nil
    }

    /// Field 22 of `stat`, in clock ticks since boot, and `btime` of the
    /// system's `stat` (proc(5)).
    func startSeconds(of pid: Int32) -> Int64? {
        guard let line = text("\(pid)/stat"), let name = line.lastIndex(of: ")"),
            let boot = text("stat")?.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }
            ),
            let booted = Int64(boot.dropFirst(6))
        else { return nil }
        let fields = line[line.index(after: name)...].split(separator: " ")
        guard fields.count > 19, let ticks = Int64(fields[19]) else { return nil }
        return booted + ticks / Int64(max(1, csystem_clock_ticks()))
    }

    private func facts(_ pid: Int32) -> ProcessFacts? {
        let directory = "\(root)/\(pid)"
        guard let facts = (try? FileFacts.of(directory)) ?? nil, facts.owner == ownUID else {
            return nil
        }
        let arguments = (bytes("\(pid)/cmdline") ?? []).split(separator: 0)
            .map { String(decoding: $0, as: UTF8.self) }
        return ProcessFacts(
            pid: pid, executable: linkTarget("\(directory)/exe"), arguments: arguments,
            environment: bytes("\(pid)/environ").map(WantedEnvironment.init(block:)))
    }

    private func text(_ name: String) -> String? {
        bytes(name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Not through DurableFile: /proc files are another user's or have no size.
    private func bytes(_ name: String) -> [UInt8]? {
        guard let stream = fopen(root + "/" + name, "re") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16384)
        while bytes.count < 4 << 20 {
            let count = fread(&buffer, 1, buffer.count, stream)
            guard count > 0 else { break }
            bytes.append(contentsOf: buffer[..<count])
        }
        return bytes
    }

    /// An executable replaced while it runs is shown as ` (deleted)`.
    private func linkTarget(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &buffer, buffer.count)
        guard count > 0 else { return nil }
        let target = String(
            decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return target.hasSuffix(" (deleted)") ? String(target.dropLast(10)) : target
    }
}
