// One order at a time, in the order they came. An actor alone does not give
// that: it lets others in at every `await`, and a swap has several.

/// A fair, first-in first-out gate. Not Sendable: it belongs to one actor and
/// is only touched from it.
package struct Turnstile {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init() {}

    /// Takes the turn if it is free.
    package mutating func takeIfFree() -> Bool {
        guard !isTaken else { return false }
        isTaken = true
        return true
    }

    package mutating func wait(_ continuation: CheckedContinuation<Void, Never>) {
        waiting.append(continuation)
    }

    /// Hands the turn to the one who waited longest.
    package mutating func leave() {
        guard !waiting.isEmpty else {
            isTaken = false
            return
        }
        waiting.removeFirst().resume()
    }
}
