// The ledger's two files in the data directory: `lineage.key`, made once, and
// `lineage.jsonl`, which only grows. They lie here and not in the history's
// database because a credential is judged by them even when that is damaged
// (decision 10).

import CSystem
import DurableFiles
import RotationCore
import RotationEngine

struct LineageLedger {
    private let disk: any Disk
    private let path: String
    let key: FingerprintKey
    private(set) var lineage = Lineage()

    /// Some 300 000 lines; at a few dozen a day that is years.
    private static let limit = 64 << 20

    /// Reads the ledger, making the key when there is none. With a new key
    /// nothing known before is recognised: everything is seen as new.
    init(directory: String, disk: any Disk, random: () -> [UInt8]) throws(VaultError) {
        if let missing = Digest.loadError { throw .unsupported(advice: missing) }
        self.disk = disk
        path = Self.path(in: directory)
        do {
            key = try Self.key(directory + "/lineage.key", disk: disk, random: random)
            let bytes = try disk.read(path, limitBytes: Self.limit) ?? []
            for line in bytes.split(separator: 0x0A) {
                if let entry = LineageLine.entry(Array(line)) { lineage.add(entry) }
            }
        } catch {
            throw VaultError(error)
        }
    }

    static func path(in directory: String) -> String { directory + "/lineage.jsonl" }

    /// Durable before it counts.
    mutating func add(_ entry: LineageEntry) throws(VaultError) {
        do {
            try disk.append(LineageLine.text(entry), to: path)
        } catch {
            throw VaultError(error)
        }
        lineage.add(entry)
    }

    private static func key(
        _ path: String, disk: any Disk, random: () -> [UInt8]
    ) throws(DurableFileError) -> FingerprintKey {
        if let known = try disk.read(path, limitBytes: 4096),
            known.count == FingerprintKey.length
        {
            return FingerprintKey(known)
        }
        let new = random()
        precondition(new.count == FingerprintKey.length, "a key is 32 bytes")
        try disk.makePrivateDirectory(DurableFile.directory(of: path), unlessThere: false)
        try disk.replace(path, with: new, mode: 0o600)
        return FingerprintKey(new)
    }

    /// From the system's random source.
    static func randomKey() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: FingerprintKey.length)
        guard csystem_random(&bytes, bytes.count) == 0 else {
            var generator = SystemRandomNumberGenerator()
            return bytes.map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }
        return bytes
    }
}
