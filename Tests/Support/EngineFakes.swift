// Stand-ins for the small ports: clock, host, flag, log. Each does what the
// real one documents, without a machine under it.

import RotationCore
import RotationEngine
import Synchronization

/// A clock that moves only when told. Sleepers wake when it reaches them.
package final class ManualClock: EngineClock {
    private struct State {
        var now: Timestamp
        var sleepers: [(id: Int, until: Timestamp, wake: CheckedContinuation<Void, any Error>)] = []
        var watchers: [CheckedContinuation<Void, Never>] = []
        var cancelled: Set<Int> = []
        var nextID = 0
    }

    private let state: Mutex<State>

    package init(_ now: Timestamp = Timestamp(seconds: 1_790_000_000)) {
        state = Mutex(State(now: now))
    }

    package func now() -> Timestamp { state.withLock { $0.now } }
    package func uptimeMilliseconds() -> Int64 { now().milliseconds }
    package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Returns once somebody sleeps.
    package func untilSleeping() async {
        await withCheckedContinuation { continuation in
            let isSleeping = state.withLock { state in
                guard state.sleepers.isEmpty else { return true }
                state.watchers.append(continuation)
                return false
            }
            if isSleeping { continuation.resume() }
        }
    }

    package func advance(seconds: Int64) {
        let woken = state.withLock { state in
            state.now = state.now.adding(seconds: seconds)
            let due = state.sleepers.filter { $0.until <= state.now }
            state.sleepers.removeAll { $0.until <= state.now }
            return due.map(\.wake)
        }
        for wake in woken { wake.resume() }
    }

    package func sleep(until instant: Timestamp) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (immediate, watchers) = begin(id, until: instant, continuation)
                if let immediate { continuation.resume(with: immediate) }
                for watcher in watchers { watcher.resume() }
            }
        } onCancel: {
            let woken = state.withLock { state in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil as CheckedContinuation<Void, any Error>?
                }
                return state.sleepers.remove(at: index).wake
            }
            woken?.resume(throwing: CancellationError())
        }
    }
}

extension ManualClock {
    private typealias Beginning = (Result<Void, any Error>?, [CheckedContinuation<Void, Never>])

    /// Goes to sleep, or answers at once why not.
    private func begin(
        _ id: Int, until instant: Timestamp, _ wake: CheckedContinuation<Void, any Error>
    ) -> Beginning {
        state.withLock { state in
            if state.cancelled.remove(id) != nil { return (.failure(CancellationError()), []) }
            if instant <= state.now { return (.success(()), []) }
            state.sleepers.append((id, instant, wake))
            defer { state.watchers = [] }
            return (nil, state.watchers)
        }
    }
}

/// A machine on which Claude Code runs or not, as told.
package final class StubHost: HostInspector {
    private let state: Mutex<(presence: ClaudePresence, findings: [PinningFinding], looks: Int)>

    package init(running: Bool = true) {
        state = Mutex((ClaudePresence(running: running), [], 0))
    }

    package func set(_ presence: ClaudePresence) { state.withLock { $0.presence = presence } }
    package func set(findings: [PinningFinding]) { state.withLock { $0.findings = findings } }
    package var looks: Int { state.withLock { $0.looks } }

    package func lookForClaude() async -> ClaudePresence {
        state.withLock { state in
            state.looks += 1
            return state.presence
        }
    }

    package func pinningFindings() async -> [PinningFinding] { state.withLock { $0.findings } }
}

/// The opt-in flag without a file.
package final class MemoryFlag: OptInFlag {
    private let state: Mutex<(isOn: Bool, refuse: String?, writes: Int)>

    package init(_ isOn: Bool = false) { state = Mutex((isOn, nil, 0)) }

    package var writes: Int { state.withLock { $0.writes } }
    package func refuseWrites(_ message: String?) { state.withLock { $0.refuse = message } }
    package func isOn() -> Bool { state.withLock { $0.isOn } }

    package func set(_ enabled: Bool) throws(FlagError) {
        let refusal = state.withLock { state -> String? in
            guard state.refuse == nil else { return state.refuse }
            if state.isOn != enabled { state.writes += 1 }
            state.isOn = enabled
            return nil
        }
        if let refusal { throw FlagError(message: refusal) }
    }
}

/// Keeps every line, so that a test can search them.
package final class RecordingLog: EngineLog {
    private let state = Mutex<[LogLine]>([])
    package init() {}
    package var lines: [LogLine] { state.withLock { $0 } }
    package func write(_ line: LogLine) { state.withLock { $0.append(line) } }
}
