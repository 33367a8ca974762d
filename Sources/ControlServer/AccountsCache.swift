// The encoded body of `GET /accounts`, made once per published snapshot: the
// dashboard polls it, and encoding costs more than everything else together.

import ControlWire
import RotationCore
import RotationEngine
import Synchronization

final class AccountsCache: Sendable {
    private struct Entry {
        let version: UInt64
        let expiresAt: Timestamp?
        let bytes: [UInt8]
    }

    private let entry = Mutex<Entry?>(nil)

    /// The bytes for this snapshot; made anew when it changed, or when a window
    /// in it has reset since, because a reset window's utilization is unknown.
    func bytes(_ snapshot: Snapshot, bounds: Bounds, at now: Timestamp) -> [UInt8] {
        let cached = entry.withLock { entry -> [UInt8]? in
            guard let entry, entry.version == snapshot.version,
                entry.expiresAt.map({ now < $0 }) ?? true
            else { return nil }
            return entry.bytes
        }
        if let cached { return cached }
        let bytes = Answers.encode(AccountsBody(snapshot, bounds: bounds, at: now)) ?? []
        let resets = snapshot.accounts.flatMap { $0.reading?.windows.compactMap(\.resetsAt) ?? [] }
        let next = resets.filter { $0 > now }.min()
        entry.withLock {
            $0 = Entry(version: snapshot.version, expiresAt: next, bytes: bytes)
        }
        return bytes
    }
}
