// The picture readers see, and those who wait for the next one. Safe from any
// thread; nobody is resumed while the lock is held.

import Synchronization

final class Publication: Sendable {
    private struct State {
        var snapshot: Snapshot
        var isClosed = false
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
    }

    private let state: Mutex<State>

    init(_ snapshot: Snapshot) { state = Mutex(State(snapshot: snapshot)) }

    var snapshot: Snapshot { state.withLock { $0.snapshot } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    func publish(_ change: (inout Snapshot) -> Void) {
        let waiting = state.withLock { state in
            change(&state.snapshot)
            return Self.all(&state)
        }
        for one in waiting { one.resume() }
    }

    /// Lets everybody go who waits, now and later.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            return Self.all(&state)
        }
        for one in waiting { one.resume() }
    }

    /// Returns when the picture is another than `version`, when the waiting
    /// task is cancelled, or when this is closed.
    func wait(past version: UInt64) async {
        let waiter = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // Cancelled before it could be found: the flag is set first.
                    guard state.snapshot.version == version, !state.isClosed, !Task.isCancelled
                    else { return true }
                    state.waiting[waiter] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume()
        }
    }

    private static func all(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        defer { state.waiting = [:] }
        return Array(state.waiting.values)
    }
}

extension RotationEngine {
    /// Returns when something else than `version` is published, when the
    /// calling task is cancelled, or when the engine has stopped.
    package nonisolated func published(past version: UInt64) async {
        await publication.wait(past: version)
    }

    /// Nothing is published any more.
    package nonisolated var hasStopped: Bool { publication.isClosed }

    /// Events as the history keeps them; see `HistoryLog.events`.
    package nonisolated func events(
        after: Int64, through: Int64, limit: Int
    ) async throws(EngineRefusal) -> EventPage {
        do {
            return try await ports.history.events(after: after, through: through, limit: limit)
        } catch {
            throw error.refusal
        }
    }
}
