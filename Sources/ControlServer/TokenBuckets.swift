// Token buckets, one a quota, filled by the clock they are given.

import Synchronization

/// Counted in milliseconds of refill, so that nothing is rounded: one request
/// costs its rule's `everyMilliseconds`.
struct TokenBucket: Sendable {
    private let rule: RateLimits.Rule
    private var level: Int64
    private var filledAt: Int64

    /// Full.
    init(_ rule: RateLimits.Rule, at uptime: Int64) {
        self.rule = rule
        level = rule.burst * rule.everyMilliseconds
        filledAt = uptime
    }

    /// Milliseconds until one more may pass; 0 when it may now.
    mutating func wait(at uptime: Int64) -> Int64 {
        let passed = max(0, uptime - filledAt)
        filledAt = max(filledAt, uptime)
        let capacity = rule.burst * rule.everyMilliseconds
        level = passed >= capacity - level ? capacity : level + passed
        return max(0, rule.everyMilliseconds - level)
    }

    mutating func take() { level -= rule.everyMilliseconds }
}

final class TokenBuckets: Sendable {
    private let buckets: Mutex<[Quota: TokenBucket]>

    init(_ limits: RateLimits, at uptime: Int64) {
        buckets = Mutex(limits.rules.mapValues { TokenBucket($0, at: uptime) })
    }

    /// Takes one from each, or none from any: then the milliseconds until it
    /// is worth asking again.
    func take(_ quotas: [Quota], at uptime: Int64) -> Int64? {
        buckets.withLock { buckets in
            let longest = quotas.map { buckets[$0]?.wait(at: uptime) ?? 0 }.max() ?? 0
            guard longest == 0 else { return longest }
            for quota in quotas { buckets[quota]?.take() }
            return nil
        }
    }
}
