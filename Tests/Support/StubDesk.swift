// A desk that signs in to nothing: it keeps what it was told, and lets a test
// finish a sign-in with whatever credential.

import RotationCore
import RotationEngine
import Synchronization

package final class StubDesk: SignInDesk {
    private struct State {
        var orders: [SignInOrder] = []
        var filing: SignInFiling?
        var signIns: [String: SignIn] = [:]
        var bootstrapped: [(needy: [SignInOrder], whole: Set<String>)] = []
        var facts: [BootstrapRecord] = []
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    package let refusal: SignInRefusal?
    package let bootstraps: Bool

    package init(refusal: SignInRefusal? = nil, bootstraps: Bool = false) {
        self.refusal = refusal
        self.bootstraps = bootstraps
    }

    package var orders: [SignInOrder] { state.withLock { $0.orders } }
    package var filing: SignInFiling? { state.withLock { $0.filing } }
    package var bootstrapped: [(needy: [SignInOrder], whole: Set<String>)] {
        state.withLock { $0.bootstrapped }
    }

    package func set(facts: [BootstrapRecord]) { state.withLock { $0.facts = facts } }

    /// Returns once the tick has offered accounts.
    package func offered() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.bootstrapped.isEmpty else { return true }
                state.watchers.append(continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    package func begin(
        _ order: SignInOrder, filing: SignInFiling
    ) throws(SignInRefusal) -> SignIn {
        if let refusal { throw refusal }
        let begun = SignIn(
            email: order.email, isUnattended: false, startedAt: Timestamp(seconds: 1),
            endsAt: Timestamp(seconds: 301), detail: "begun")
        state.withLock { state in
            state.orders.append(order)
            state.filing = filing
            state.signIns[order.email.lowercased()] = begun
        }
        return begun
    }

    package func progress(of email: String) -> SignIn? {
        state.withLock { $0.signIns[email.lowercased()] }
    }

    package func cancel(_ email: String) async -> Bool {
        state.withLock { $0.signIns.removeValue(forKey: email.lowercased()) != nil }
    }

    package func recover(filing: SignInFiling) async {
        state.withLock { $0.filing = filing }
    }

    package func stop() async {}

    package func bootstrap(
        needy: [SignInOrder], whole: Set<String>, filing: SignInFiling
    ) async {
        let watchers = state.withLock { state in
            state.bootstrapped.append((needy, whole))
            defer { state.watchers = [] }
            return state.watchers
        }
        for watcher in watchers { watcher.resume() }
    }

    package func bootstrapRecords() -> [BootstrapRecord] { state.withLock { $0.facts } }
    package func hasLiveSession(_ email: String) -> Bool { false }
}
