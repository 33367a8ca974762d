// When a message that could not be delivered is tried again: the schedule of
// Standard Webhooks (https://www.standardwebhooks.com), cut off where a nudge
// is no longer news.

package enum RetrySchedule {
    /// Seconds after each attempt that failed.
    static let delays: [Int64] = [5, 300, 1800, 7200, 18_000, 36_000]

    /// Attempts in all.
    package static var attempts: Int { delays.count + 1 }

    /// Seconds until the next attempt after `failed` of them; nil when it is
    /// given up.
    package static func delay(after failed: Int) -> Int64? {
        guard failed >= 1, failed <= delays.count else { return nil }
        return delays[failed - 1]
    }
}
