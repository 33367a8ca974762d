// Claude Code's locks as anybody can see them, without taking one: for a person
// who wants to know what is in the way.

import DurableFiles
import RotationCore

package struct LockSighting: Hashable, Sendable {
    package let path: String
    /// Since its last heartbeat.
    package let ageSeconds: Int64
    /// Whether its holder counts as gone, or it is dated in the future.
    package let isStale: Bool

    package init(path: String, ageSeconds: Int64, isStale: Bool) {
        self.path = path
        self.ageSeconds = ageSeconds
        self.isStale = isStale
    }

    /// Those that are held or were left behind.
    package static func all(_ paths: ClaudePaths, now: Timestamp) -> [LockSighting] {
        (LockPath.credential(paths) + LockPath.configuration(paths)).compactMap { lock in
            guard let facts = (try? FileFacts.of(lock.path)) ?? nil else { return nil }
            let age = now.seconds(since: Timestamp(milliseconds: facts.modifiedMilliseconds))
            return LockSighting(
                path: lock.path, ageSeconds: age,
                isStale: age > lock.staleSeconds || age < -lock.staleSeconds)
        }
    }
}
