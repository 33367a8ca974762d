// One act at a time, in the order they came: a turnstile for who is no actor.

import RotationEngine

/// A turnstile with an actor of its own.
actor OneAtATime {
    private var turnstile = Turnstile()

    /// Runs `body` when all that came before have ended. Not re-entrant: a body
    /// that calls its own gate waits for ever.
    func callAsFunction<Value: Sendable>(
        _ body: @Sendable () async throws(VaultError) -> Value
    ) async throws(VaultError) -> Value {
        if !turnstile.takeIfFree() {
            await withCheckedContinuation { turnstile.wait($0) }
        }
        defer { turnstile.leave() }
        return try await body()
    }
}
