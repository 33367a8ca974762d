// One act at a time, in the order they came. An actor alone does not give
// that: it lets others in at every `await`.

import RotationEngine

/// A fair, first-in first-out gate.
actor OneAtATime {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Runs `body` when all that came before have ended. Not re-entrant: a body
    /// that calls its own gate waits for ever.
    func callAsFunction<Value: Sendable>(
        _ body: @Sendable () async throws(VaultError) -> Value
    ) async throws(VaultError) -> Value {
        if isTaken {
            await withCheckedContinuation { waiting.append($0) }
        } else {
            isTaken = true
        }
        defer {
            if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
        }
        return try await body()
    }
}
