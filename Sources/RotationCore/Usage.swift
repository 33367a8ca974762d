// What the vendor says an account has used, and how it answered when asked.
//
// Utilization is percent, 0 to 100, and may slightly exceed 100. Unknown is a
// case of its own and never 0 %: an account without a reading is not "free".

/// Names one rate-limit window of an account. One word in memory: a decision hands
/// keys on all the time, and asks of nearly all whether they are one of the two.
package enum WindowKey: Hashable, Comparable, Sendable {
    case fiveHour
    case sevenDay
    indirect case other(Other)

    /// Another real limit by the vendor's name, and the model where it is one's own.
    /// Only `init(name:model:)` makes one, so that a window has one key.
    package struct Other: Hashable, Sendable {
        fileprivate let name: String
        fileprivate let model: String?
    }

    package init(name: String, model: String? = nil) {
        switch (name, model) {
        case ("five_hour", nil): self = .fiveHour
        case ("seven_day", nil): self = .sevenDay
        default: self = .other(Other(name: name, model: model))
        }
    }

    /// `five_hour`, `seven_day`, or the vendor's name of another real limit.
    package var name: String {
        switch self {
        case .fiveHour: "five_hour"
        case .sevenDay: "seven_day"
        case .other(let other): other.name
        }
    }

    /// The model a scoped window belongs to; nil for account-wide windows.
    package var model: String? {
        if case .other(let other) = self { other.model } else { nil }
    }

    /// The two windows a rotation turns on; the others are shown only.
    package var isAccountWide: Bool {
        switch self {
        case .fiveHour, .sevenDay: true
        case .other: false
        }
    }

    package static func < (left: WindowKey, right: WindowKey) -> Bool {
        (left.name, left.model ?? "") < (right.name, right.model ?? "")
    }
}

/// One window as the vendor reported it.
package struct UsageWindow: Hashable, Sendable {
    package let key: WindowKey
    /// Percent; nil when the vendor sent none.
    package let utilization: Double?
    /// When the window resets; nil when it has not started or was not said.
    package let resetsAt: Timestamp?
    /// When it was said, where that was before the reading it stands in: a
    /// status line names two windows, the others are carried along.
    package let carriedFrom: Timestamp?

    package init(
        key: WindowKey, utilization: Double?, resetsAt: Timestamp?, carriedFrom: Timestamp? = nil
    ) {
        self.key = key
        self.utilization = utilization
        self.resetsAt = resetsAt
        self.carriedFrom = carriedFrom
    }

    /// The utilization as far as it still holds at `now`: nil once the window
    /// has reset, because what was said was said of the window before.
    package func utilization(at now: Timestamp) -> Double? {
        if let resetsAt, now >= resetsAt { return nil }
        return utilization
    }
}

/// Where a reading came from.
package enum ReadingSource: String, Sendable, CaseIterable {
    case usageEndpoint = "usage-endpoint"
    case statusLine = "status-line"
    /// `cachedUsageUtilization` of `.claude.json`, which names its account.
    case claudeCache = "claude-cache"
}

/// A set of windows that was true at `readAt`.
package struct Reading: Hashable, Sendable {
    package let readAt: Timestamp
    package let source: ReadingSource
    /// Sorted by key; at least one account-wide window has a utilization.
    package let windows: [UsageWindow]

    package init(readAt: Timestamp, source: ReadingSource, windows: [UsageWindow]) {
        self.readAt = readAt
        self.source = source
        self.windows = windows.sorted { $0.key < $1.key }
    }

    /// When the oldest account-wide window in it was said.
    package var heldSince: Timestamp {
        var held = readAt
        for window in windows {
            guard let carried = window.carriedFrom, window.key.isAccountWide else { continue }
            held = min(held, carried)
        }
        return held
    }
}

/// One distinct answer of the usage endpoint, already told apart. Tokens and
/// bodies never get this far.
package enum UsageAnswer: Hashable, Sendable {
    /// 200 with at least one account-wide utilization.
    case windows([UsageWindow])
    /// 200 without any account-wide utilization: `{}`, nulls, enterprise seats.
    case noWindows
    /// 429; `retryAfter` is when the vendor allows the next request.
    case rateLimited(retryAfter: Timestamp?)
    /// 401: this access token is not accepted.
    case unauthorized
    /// 403 that says the token was revoked or has expired.
    case revoked
    /// 403 that says the account or organization is disabled, restricted or
    /// not allowed. Never rotated away from.
    case restricted
    /// 403 for a missing scope: the normal answer to a setup-token.
    case scopeMissing
    /// No usable answer: transport failure, 5xx, a page instead of JSON.
    case unreachable(UnreachableKind)
}

package enum UnreachableKind: String, Hashable, Sendable, CaseIterable {
    case offline
    case timedOut = "timed-out"
    case tls
    case serverError = "server-error"
    case malformed
    case refusedByEdge = "refused-by-edge"
    case cancelled
}
