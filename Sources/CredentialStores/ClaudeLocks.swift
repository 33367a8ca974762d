// Claude Code's own locks, taken the way it takes them (npm proper-lockfile):
// making a directory is the mutex, its modification time the heartbeat. Order
// and staleness: reference B2; outermost first, a young lock is never stolen.

import DurableFiles
import RotationCore
import RotationEngine
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One lock directory.
struct LockPath: Hashable, Sendable {
    let path: String
    /// Seconds without a heartbeat after which its holder counts as gone.
    let staleSeconds: Int64

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Those around a write of the live store, in the order they are taken.
    static func credential(_ paths: ClaudePaths) -> [LockPath] {
        let directory = paths.credentialDirectory
        let canonical = canonicalPath(directory) ?? directory
        return [
            LockPath(path: directory + "/.oauth_refresh.lock", staleSeconds: 60),
            LockPath(path: canonical + ".lock", staleSeconds: 60),
            LockPath(path: directory + "/.storage-write.lock", staleSeconds: 15),
        ]
    }

    /// The one around a write of the configuration.
    static func configuration(_ paths: ClaudePaths) -> [LockPath] {
        [LockPath(path: paths.configFile + ".lock", staleSeconds: 10)]
    }
}

/// Locks held by us until `release()`. Their heartbeat is kept meanwhile.
final class HeldLocks: Sendable {
    private struct Held {
        let lock: LockPath
        let inode: UInt64
        var touched: Int64
    }

    private let held: Mutex<[Held]>
    private let clock: any EngineClock
    private let heartbeat = Mutex<Task<Void, Never>?>(nil)
    private static let heartbeatSeconds: Int64 = 2
    private static let retryMilliseconds: Int64 = 250

    private init(_ held: [Held], _ clock: any EngineClock) {
        self.held = Mutex(held)
        self.clock = clock
    }

    /// Takes all of them or none, waiting at most `patienceSeconds`.
    static func acquire(
        _ locks: [LockPath], patienceSeconds: Int64, clock: any EngineClock
    ) async throws(VaultError) -> HeldLocks {
        let deadline = clock.now().adding(seconds: patienceSeconds)
        while true {
            let holder: LockHeld
            switch try attempt(locks, now: clock.now()) {
            case .success(let held):
                let locks = HeldLocks(held, clock)
                locks.startHeartbeat()
                return locks
            case .failure(let blocked): holder = blocked.by
            }
            let next = Timestamp(
                milliseconds: clock.now().milliseconds + Self.retryMilliseconds)
            guard next <= deadline else { throw .locked(holder) }
            do {
                try await clock.sleep(until: next)
            } catch {
                throw .locked(holder)
            }
        }
    }

    /// Gives back what is still ours; a directory somebody else put there, or
    /// whose time we did not set, is left alone.
    func release() {
        heartbeat.withLock { task in
            task?.cancel()
            task = nil
        }
        let mine = held.withLock { held in
            defer { held = [] }
            return held
        }
        for one in mine.reversed() {
            guard let facts = (try? FileFacts.of(one.lock.path)) ?? nil,
                facts.inode == one.inode, facts.modifiedMilliseconds == one.touched
            else { continue }
            rmdir(one.lock.path)
        }
    }

    deinit { release() }

    // MARK: -

    private struct Blocked: Error { let by: LockHeld }

    private static func attempt(
        _ locks: [LockPath], now: Timestamp
    ) throws(VaultError) -> Result<[Held], Blocked> {
        var held: [Held] = []
        do {
            for lock in locks {
                switch try take(lock, now: now) {
                case .success(let one): held.append(one)
                case .failure(let blocked):
                    for one in held.reversed() { rmdir(one.lock.path) }
                    return .failure(blocked)
                }
            }
        } catch {
            for one in held.reversed() { rmdir(one.lock.path) }
            throw error
        }
        return .success(held)
    }

    private static func take(
        _ lock: LockPath, now: Timestamp
    ) throws(VaultError) -> Result<Held, Blocked> {
        // Twice: once more after a stale lock was cleared away.
        for _ in 0..<2 {
            if mkdir(lock.path, 0o700) == 0 { return .success(try claim(lock, now: now)) }
            guard errno == EEXIST else {
                throw VaultError(DurableFileError.errno(lock.path, "mkdir"))
            }
            guard let facts = try look(at: lock) else { continue }
            let since = Timestamp(milliseconds: facts.modifiedMilliseconds)
            // A future time never grows old; it is reported, not stolen.
            guard now.seconds(since: since) > lock.staleSeconds else {
                return .failure(Blocked(by: LockHeld(name: lock.name, since: since)))
            }
            rmdir(lock.path)
        }
        return .failure(Blocked(by: LockHeld(name: lock.name, since: now)))
    }

    private static func look(at lock: LockPath) throws(VaultError) -> FileFacts? {
        do {
            return try FileFacts.of(lock.path)
        } catch {
            throw VaultError(error)
        }
    }

    private static func claim(_ lock: LockPath, now: Timestamp) throws(VaultError) -> Held {
        guard setModified(lock.path, milliseconds: now.milliseconds),
            let facts = try look(at: lock)
        else { throw VaultError(DurableFileError.errno(lock.path, "utimensat")) }
        return Held(lock: lock, inode: facts.inode, touched: facts.modifiedMilliseconds)
    }

    private func startHeartbeat() {
        let clock = clock
        heartbeat.withLock { task in
            task = Task { [weak self] in
                while !Task.isCancelled {
                    let next = clock.now().adding(seconds: Self.heartbeatSeconds)
                    guard (try? await clock.sleep(until: next)) != nil else { return }
                    self?.touch(clock.now())
                }
            }
        }
    }

    private func touch(_ now: Timestamp) {
        held.withLock { held in
            for index in held.indices {
                let path = held[index].lock.path
                guard let facts = (try? FileFacts.of(path)) ?? nil,
                    facts.inode == held[index].inode,
                    facts.modifiedMilliseconds == held[index].touched,
                    setModified(path, milliseconds: now.milliseconds)
                else { continue }
                held[index].touched = now.milliseconds
            }
        }
    }
}

extension DurableFileError {
    /// From errno as it is now.
    static func errno(_ path: String, _ operation: String) -> DurableFileError {
        #if canImport(Glibc)
            let code = Glibc.errno
        #else
            let code = Darwin.errno
        #endif
        let isRefusal = [EACCES, EPERM, EROFS, ENOTDIR].contains(code)
        return DurableFileError(
            kind: isRefusal ? .refused : .unreachable, path: path, operation: operation,
            reason: String(cString: strerror(code)))
    }
}

extension VaultError {
    init(_ error: DurableFileError) {
        self =
            switch error.kind {
            case .refused: .refused(error.message)
            case .tooLarge: .malformed(error.message)
            case .unreachable: .unreachable(error.message)
            }
    }
}
