// What has happened since the service started, counted. For `GET /metrics`
// only: nothing is decided by it, and a restart begins at zero.

import RotationCore

/// How a request to the usage endpoint ended.
package enum UsageReadResult: String, Sendable, CaseIterable {
    case windows
    case noWindows = "no-windows"
    case rateLimited = "rate-limited"
    case unauthorized
    case revoked
    case restricted
    case scopeMissing = "scope-missing"
    case unreachable

    init(_ answer: UsageAnswer) {
        self =
            switch answer {
            case .windows: .windows
            case .noWindows: .noWindows
            case .rateLimited: .rateLimited
            case .unauthorized: .unauthorized
            case .revoked: .revoked
            case .restricted: .restricted
            case .scopeMissing: .scopeMissing
            case .unreachable: .unreachable
            }
    }
}

/// How a refresh that was due ended.
package enum RefreshCount: String, Sendable, CaseIterable {
    case refreshed
    case rejected
    case rateLimited = "rate-limited"
    case oauthError = "oauth-error"
    case unreachable
    case locked
    case failed

    /// Nil when it was not due after all.
    init?(_ result: RefreshResult) {
        switch result {
        case .refreshed: self = .refreshed
        case .notDue: return nil
        case .rejected: self = .rejected
        case .rateLimited: self = .rateLimited
        case .oauthError: self = .oauthError
        case .unreachable: self = .unreachable
        case .locked: self = .locked
        case .failed: self = .failed
        }
    }
}

package struct Counters: Hashable, Sendable {
    package struct Swap: Hashable, Comparable, Sendable {
        package let trigger: Trigger
        package let reason: Reason

        package static func < (left: Swap, right: Swap) -> Bool {
            (left.trigger.rawValue, left.reason.rawValue)
                < (right.trigger.rawValue, right.reason.rawValue)
        }
    }

    /// Ticks that came to a verdict.
    package private(set) var ticks: [Outcome: Int64] = [:]
    package private(set) var swaps: [Swap: Int64] = [:]
    package private(set) var usageReads: [UsageReadResult: Int64] = [:]
    package private(set) var refreshes: [RefreshCount: Int64] = [:]
    /// Decisions that could not be written down when they were made.
    package private(set) var unrecorded: Int64 = 0

    package init() {}

    mutating func count(_ entry: DecisionEntry) {
        if entry.tick != nil { ticks[entry.verdict.outcome, default: 0] += 1 }
        guard entry.rotation != nil else { return }
        swaps[Swap(trigger: entry.trigger, reason: entry.verdict.reason), default: 0] += 1
    }

    mutating func countUnrecorded() { unrecorded += 1 }

    mutating func count(_ answer: UsageAnswer) {
        usageReads[UsageReadResult(answer), default: 0] += 1
    }

    mutating func count(_ result: RefreshResult) {
        guard let kind = RefreshCount(result) else { return }
        refreshes[kind, default: 0] += 1
    }
}
