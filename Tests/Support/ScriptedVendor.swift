// A vendor that answers what the test scripted for a token. A token nobody
// scripted is not accepted, as the real one would not accept it.

import RotationCore
import RotationEngine
import Synchronization

package final class ScriptedVendor: VendorAPI {
    private struct State {
        var usage: [[UInt8]: UsageAnswer] = [:]
        var bodies: [[UInt8]: UsageAnswer] = [:]
        var extras: [[UInt8]: ExtraUsage] = [:]
        var profiles: [[UInt8]: ProfileAnswer] = [:]
        var refreshes: [[UInt8]: [RefreshAnswer]] = [:]
        var calls: [String] = []
        var isHolding = false
        var held: [CheckedContinuation<Void, Never>] = []
        var watchers: [(count: Int, wake: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    package init() {}

    package func set(usage: UsageAnswer, forToken token: [UInt8]) {
        state.withLock { $0.usage[token] = usage }
    }

    /// What a body kept elsewhere says.
    package func set(usage: UsageAnswer, ofBody body: [UInt8]) {
        state.withLock { $0.bodies[body] = usage }
    }

    package func set(profile: ProfileAnswer, forToken token: [UInt8]) {
        state.withLock { $0.profiles[token] = profile }
    }

    /// `usage` or `profile`, in the order they came; never a token.
    package var calls: [String] { state.withLock { $0.calls } }
    package var usageCalls: Int { calls.count { $0 == "usage" } }
    package var profileCalls: Int { calls.count { $0 == "profile" } }

    /// Readings of usage wait until `releaseUsage`.
    package func holdUsage() { state.withLock { $0.isHolding = true } }

    package func releaseUsage() {
        let held = state.withLock { state in
            state.isHolding = false
            defer { state.held = [] }
            return state.held
        }
        for one in held { one.resume() }
    }

    /// Returns once that many readings wait at the same time.
    package func untilHeld(usageReads count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.held.count < count else { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    package func readUsage(_ token: Secret) async -> UsageAnswer {
        state.withLock { $0.calls.append("usage") }
        await waitIfHolding()
        return token.withBytes { bytes in
            state.withLock { $0.usage[bytes] ?? .unauthorized }
        }
    }

    package func decodeUsage(_ body: [UInt8]) -> UsageAnswer? {
        state.withLock { $0.bodies[body] }
    }

    package func readUsageReport(_ token: Secret) async -> UsageReport {
        let answer = await readUsage(token)
        return UsageReport(
            answer, extra: token.withBytes { bytes in state.withLock { $0.extras[bytes] } })
    }

    /// What such a token's account has spent beside its plan; nil: nothing said.
    package func set(extra: ExtraUsage?, forToken token: [UInt8]) {
        state.withLock { $0.extras[token] = extra }
    }

    package func readProfile(_ token: Secret) async -> ProfileAnswer {
        token.withBytes { bytes in
            state.withLock { state in
                state.calls.append("profile")
                return state.profiles[bytes] ?? .unauthorized
            }
        }
    }

    /// Answers refreshes with this token, one after the other.
    package func queue(refresh answers: [RefreshAnswer], forToken token: [UInt8]) {
        state.withLock { $0.refreshes[token, default: []] += answers }
    }

    package var refreshCalls: Int { calls.count { $0 == "refresh" } }

    package func refresh(_ token: Secret) async -> RefreshAnswer {
        token.withBytes { bytes in
            state.withLock { state in
                state.calls.append("refresh")
                guard state.refreshes[bytes]?.isEmpty == false,
                    let next = state.refreshes[bytes]?.removeFirst()
                else { return .invalidGrant }
                return next
            }
        }
    }

    private func waitIfHolding() async {
        await withCheckedContinuation { continuation in
            let (isFree, woken) = state.withLock { state in
                guard state.isHolding else {
                    return (true, [CheckedContinuation<Void, Never>]())
                }
                state.held.append(continuation)
                let reached = state.watchers.filter { $0.count <= state.held.count }
                state.watchers.removeAll { $0.count <= state.held.count }
                return (false, reached.map(\.wake))
            }
            for one in woken { one.resume() }
            if isFree { continuation.resume() }
        }
    }
}
