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

    /// For a human: why it is not waited for, and how to remove it.
    func remedy(_ reason: String) -> String {
        "\(path) is not given back by itself: \(reason). When no Claude Code is just "
            + "signing in, remove it: rm -r '\(path)'"
    }

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
final class HeldLocks: HeldLock {
    private struct Held {
        let lock: LockPath
        let inode: UInt64
        /// The modification time as read back after we set it: not every file
        /// system keeps milliseconds.
        var touched: Int64

        /// Still the directory we made, with the time we gave it.
        var isOurs: Bool {
            guard let facts = (try? FileFacts.of(lock.path)) ?? nil else { return false }
            return facts.inode == inode && facts.modifiedMilliseconds == touched
        }
    }

    private let held: Mutex<[Held]>
    private let clock: any EngineClock
    private let heartbeat = Mutex<Task<Void, Never>?>(nil)
    private static let heartbeatSeconds: Int64 = 2
    /// Between two attempts; drawn, so that two waiters do not keep meeting.
    private static let retryMilliseconds: ClosedRange<Int64> = 150...350

    private let record: LockRecord?

    private init(_ held: [Held], _ clock: any EngineClock, _ record: LockRecord?) {
        self.held = Mutex(held)
        self.clock = clock
        self.record = record
    }

    /// Takes all of them or none, waiting at most `patienceSeconds`. Time is
    /// measured on the clock that never steps, so that a step back does not
    /// keep a caller waiting.
    static func acquire(
        _ locks: [LockPath], patienceSeconds: Int64, clock: any EngineClock,
        record: LockRecord? = nil
    ) async throws(VaultError) -> HeldLocks {
        let deadline = clock.uptimeMilliseconds() + patienceSeconds * 1000
        while true {
            let holder: LockHeld
            switch try attempt(locks, record, now: clock.now()) {
            case .success(let held):
                let locks = HeldLocks(held, clock, record)
                locks.startHeartbeat()
                return locks
            case .failure(let blocked): holder = blocked.by
            }
            let left = deadline - clock.uptimeMilliseconds()
            guard left > 0 else { throw .locked(holder) }
            let pause = min(left, Int64.random(in: retryMilliseconds))
            do {
                try await clock.sleep(
                    until: Timestamp(milliseconds: clock.now().milliseconds + pause))
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
        var isComplete = true
        for one in mine.reversed() where one.isOurs {
            if rmdir(one.lock.path) != 0 { isComplete = false }
        }
        if !mine.isEmpty { record?.end(completely: isComplete) }
    }

    deinit { release() }

    /// A lock that is not ours any more (we were suspended for longer than its
    /// staleness, and somebody took it over); nil while all are. To be asked
    /// before anything is written.
    var lost: LockHeld? {
        let gone = held.withLock { held in held.first { !$0.isOurs } }
        guard let gone else { return nil }
        let facts = (try? FileFacts.of(gone.lock.path)) ?? nil
        return LockHeld(
            name: gone.lock.name,
            since: Timestamp(milliseconds: facts?.modifiedMilliseconds ?? gone.touched))
    }

    // MARK: -

    private struct Blocked: Error { let by: LockHeld }

    private static func attempt(
        _ locks: [LockPath], _ record: LockRecord?, now: Timestamp
    ) throws(VaultError) -> Result<[Held], Blocked> {
        let prepared = record?.prepare(locks, now: now)
        defer { if prepared?.clear() == false { record?.end(completely: false) } }
        var held: [Held] = []
        func giveBack() {
            var isComplete = true
            for one in held.reversed() where rmdir(one.lock.path) != 0 { isComplete = false }
            record?.end(completely: isComplete)
        }
        do {
            for lock in locks {
                switch try take(lock, prepared, now: now) {
                case .success(let one): held.append(one)
                case .failure(let blocked):
                    giveBack()
                    return .failure(blocked)
                }
            }
        } catch {
            giveBack()
            throw error
        }
        return .success(held)
    }

    private static func take(
        _ lock: LockPath, _ prepared: PreparedLocks?, now: Timestamp
    ) throws(VaultError) -> Result<Held, Blocked> {
        // Twice: once more after a stale lock was cleared away.
        for _ in 0..<2 {
            if try make(lock, prepared) {
                do throws(VaultError) {
                    return .success(try claim(lock, now: now))
                } catch {
                    rmdir(lock.path)
                    throw error
                }
            }
            guard let facts = try look(at: lock) else { continue }
            let since = Timestamp(milliseconds: facts.modifiedMilliseconds)
            // A future time never grows old; it is reported, not stolen.
            // So is one that is not an empty directory: nobody we know made it.
            let age = now.seconds(since: since)
            guard age > lock.staleSeconds else {
                let remedy = age < -60 ? lock.remedy("it is dated in the future") : nil
                let held = LockHeld(name: lock.name, since: since, remedy: remedy)
                return .failure(Blocked(by: held))
            }
            guard rmdir(lock.path) == 0 || errno == ENOENT else {
                let remedy = lock.remedy("it is stale and is not an empty directory")
                let held = LockHeld(name: lock.name, since: since, remedy: remedy)
                return .failure(Blocked(by: held))
            }
        }
        return .failure(Blocked(by: LockHeld(name: lock.name, since: now)))
    }

    /// False when the lock exists.
    private static func make(
        _ lock: LockPath, _ prepared: PreparedLocks?
    ) throws(VaultError) -> Bool {
        switch prepared?.move(lock) ?? .unsupported {
        case .done: return true
        case .exists: return false
        case .failed(let error): throw VaultError(error)
        case .unsupported: break
        }
        if mkdir(lock.path, 0o700) == 0 { return true }
        guard errno == EEXIST else {
            throw VaultError(DurableFileError.errno(lock.path, "mkdir"))
        }
        return false
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
            for index in held.indices where held[index].isOurs {
                let path = held[index].lock.path
                guard setModified(path, milliseconds: now.milliseconds),
                    let facts = (try? FileFacts.of(path)) ?? nil
                else { continue }
                held[index].touched = facts.modifiedMilliseconds
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
    /// Why, for a line about one file among others.
    var text: String {
        switch self {
        case .unsupported(let text), .refused(let text), .unreachable(let text),
            .malformed(let text), .readBackMismatch(let text):
            text
        case .locked, .changedMeanwhile, .incomplete, .noSlot, .superseded: "it cannot be used"
        }
    }

    init(_ error: DurableFileError) {
        self =
            switch error.kind {
            case .refused: .refused(error.message)
            case .tooLarge: .malformed(error.message)
            case .unreachable: .unreachable(error.message)
            }
    }
}
