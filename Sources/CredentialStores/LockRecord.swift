// How a lock left by our own crash is told from one of Claude Code's: the lock
// directory is made under a private name, its inode and time of birth are
// noted, and only then is it moved onto the lock's name, which never replaces.
// At start what is noted and still there is ours, and nothing else is.

import DurableFiles
import RotationCore
import RotationEngine
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The note in the data directory. Not made durable: after a power cut no
/// process holds a lock, and a minute later none counts.
final class LockRecord: Sendable {
    private let path: String
    /// Something of ours could not be removed; tried again before the next.
    private let hasLeftovers = Mutex(false)

    init(path: String) { self.path = path }

    private static let mark = ".rotator-"

    /// Nil where it cannot be done (no time of birth, no note): the locks are
    /// made directly then, and are stale a minute after a crash.
    func prepare(_ locks: [LockPath], now: Timestamp) -> PreparedLocks? {
        let suffix = "\(Self.mark)\(getpid())-\(UInt32.random(in: 0...(.max)))"
        var prepared = PreparedLocks()
        for lock in locks {
            let hidden = lock.path + suffix
            guard mkdir(hidden, 0o700) == 0 else { continue }
            prepared.hidden[lock.path] = hidden
            guard setModified(hidden, milliseconds: now.milliseconds),
                let birth = FileBirth.of(hidden)
            else {
                abandon(prepared)
                return nil
            }
            prepared.births[lock.path] = birth
        }
        guard note(prepared.births) else {
            abandon(prepared)
            return nil
        }
        return prepared
    }

    private func abandon(_ prepared: PreparedLocks) {
        if !prepared.clear() { hasLeftovers.withLock { $0 = true } }
    }

    /// The locks are given back; `completely` unless one could not be removed.
    func end(completely: Bool = true) {
        let isGone = completely && (unlink(path) == 0 || errno == ENOENT)
        hasLeftovers.withLock { $0 = $0 || !isGone }
    }

    /// What could not be given back a moment ago is ours all the same.
    func tidy(_ locks: [LockPath]) {
        guard hasLeftovers.withLock({ $0 }) else { return }
        _ = releaseLeftovers(locks)
    }

    /// Removes the locks noted here that are still ours; file names.
    func releaseLeftovers(_ locks: [LockPath]) -> [String] {
        hasLeftovers.withLock { $0 = false }
        var released: [String] = []
        for (lock, birth) in noted() where FileBirth.of(lock.path) == birth {
            if rmdir(lock.path) == 0 {
                released.append(lock.name)
            } else {
                hasLeftovers.withLock { $0 = true }
            }
        }
        end(completely: !hasLeftovers.withLock { $0 })
        unlink(path + ".tmp")
        for lock in locks { clearHidden(besides: lock.path) }
        return released
    }

    // MARK: -

    private func note(_ births: [String: FileBirth]) -> Bool {
        let lines = births.sorted { $0.key < $1.key }.map { path, birth in
            "\(birth.inode) \(birth.seconds) \(birth.nanoseconds) \(path)\n"
        }
        let bytes = Array(lines.joined().utf8)
        let temporary = path + ".tmp"
        let fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard fd >= 0 else { return false }
        let count = bytes.withUnsafeBytes { write(fd, $0.baseAddress, $0.count) }
        close(fd)
        if count == bytes.count, rename(temporary, path) == 0 { return true }
        if unlink(temporary) != 0 { hasLeftovers.withLock { $0 = true } }
        return false
    }

    private func noted() -> [(LockPath, FileBirth)] {
        guard let bytes = try? DurableFile.read(path, limitBytes: 1 << 16) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 3)
            guard parts.count == 4, let inode = UInt64(parts[0]), let seconds = Int64(parts[1]),
                let nanoseconds = Int64(parts[2])
            else { return nil }
            return (
                LockPath(path: String(parts[3]), staleSeconds: 0),
                FileBirth(inode: inode, seconds: seconds, nanoseconds: nanoseconds)
            )
        }
    }

    /// One rotator serves a store (InstanceLock), so every private name there
    /// is one of a process that is gone.
    private func clearHidden(besides lock: String) {
        let directory = DurableFile.directory(of: lock)
        let prefix = (lock.split(separator: "/").last.map(String.init) ?? lock) + Self.mark
        for name in (try? DurableFile.names(in: directory)) ?? [] where name.hasPrefix(prefix) {
            if rmdir(directory + "/" + name) != 0 { hasLeftovers.withLock { $0 = true } }
        }
    }
}

/// Lock directories made under private names.
struct PreparedLocks {
    /// By the lock's path.
    var hidden: [String: String] = [:]
    var births: [String: FileBirth] = [:]

    func move(_ lock: LockPath) -> ExclusiveRename {
        guard let hidden = hidden[lock.path] else { return .unsupported }
        return ExclusiveRename.move(hidden, to: lock.path)
    }

    /// Removes those that were not moved.
    /// False when one could not be removed.
    @discardableResult
    func clear() -> Bool {
        var isClear = true
        for path in hidden.values where rmdir(path) != 0 && errno != ENOENT { isClear = false }
        return isClear
    }
}

/// Claude Code's locks on this machine.
struct ClaudeLocks: LockKeeper {
    private let paths: ClaudePaths
    private let clock: any EngineClock
    private let credential: LockRecord
    private let configuration: LockRecord

    init(paths: ClaudePaths, dataDirectory: String, clock: any EngineClock) {
        self.paths = paths
        self.clock = clock
        credential = LockRecord(path: dataDirectory + "/locks.note")
        configuration = LockRecord(path: dataDirectory + "/configuration-lock.note")
    }

    func lockCredential(patienceSeconds: Int64) async throws(VaultError) -> any HeldLock {
        do {
            try DurableFile.makePrivateDirectoryIfMissing(paths.credentialDirectory)
        } catch {
            throw VaultError(error)
        }
        credential.tidy(LockPath.credential(paths))
        return try await HeldLocks.acquire(
            LockPath.credential(paths), patienceSeconds: patienceSeconds, clock: clock,
            record: credential)
    }

    func lockConfiguration(patienceSeconds: Int64) async throws(VaultError) -> any HeldLock {
        configuration.tidy(LockPath.configuration(paths))
        return try await HeldLocks.acquire(
            LockPath.configuration(paths), patienceSeconds: patienceSeconds, clock: clock,
            record: configuration)
    }

    func releaseLeftovers() -> [String] {
        credential.releaseLeftovers(LockPath.credential(paths))
            + configuration.releaseLeftovers(LockPath.configuration(paths))
    }
}
