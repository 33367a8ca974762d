// The encoded body of a route that reads the snapshot, made once per published
// picture, and its entity-tag (RFC 9110 §8.8.3). The tag changes exactly when
// the bytes do: no body holds an age, so nothing changes for nothing.

import RotationCore
import RotationEngine
import Synchronization

final class Representation: Sendable {
    struct Tagged: Sendable {
        let bytes: [UInt8]
        /// Strong, quotes included. Of another run of the service none is equal.
        let tag: String
        /// When the bytes may change without anything being published.
        let expiresAt: Timestamp?
    }

    private struct Entry {
        let version: UInt64
        var revision: UInt64
        let tagged: Tagged
    }

    private let entry = Mutex<Entry?>(nil)

    /// What is current for this snapshot, or for a newer one somebody brought.
    /// `make` is asked for the bytes, and until when they hold.
    func current(
        _ snapshot: Snapshot, at now: Timestamp,
        make: (Snapshot) -> (bytes: [UInt8], expiresAt: Timestamp?)
    ) -> Tagged {
        entry.withLock { entry in
            if let entry, entry.version >= snapshot.version,
                entry.tagged.expiresAt.map({ now < $0 }) ?? true
            {
                return entry.tagged
            }
            let (bytes, expiresAt) = make(snapshot)
            let isSame = entry?.tagged.bytes == bytes
            let revision = (entry?.revision ?? 0) + (isSame ? 0 : 1)
            let run = String(snapshot.startedAt.milliseconds, radix: 16)
            let tagged = Tagged(bytes: bytes, tag: "\"\(run)-\(revision)\"", expiresAt: expiresAt)
            entry = Entry(version: snapshot.version, revision: revision, tagged: tagged)
            return tagged
        }
    }
}

/// `If-None-Match` (RFC 9110 §13.1.2).
struct EntityTags {
    private let isAny: Bool
    private let tags: Set<Substring>

    /// What is no entity-tag matches nothing.
    init(_ fields: [String]) {
        let parts = fields.flatMap { $0.split(separator: ",") }.map { part in
            part.drop { $0 == " " || $0 == "\t" }
        }.map { part in
            let end = part.lastIndex { $0 != " " && $0 != "\t" }
            return end.map { part[...$0] } ?? ""
        }
        isAny = parts == ["*"]
        // Compared weakly: a cache on the way may have weakened ours.
        tags = Set(parts.map { $0.hasPrefix("W/") ? $0.dropFirst(2) : $0 })
    }

    func contains(_ tag: String) -> Bool { isAny || tags.contains(tag[...]) }
}
