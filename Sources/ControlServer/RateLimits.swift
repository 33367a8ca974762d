// How often whatever leads to the network, the keychain or the disk may be
// asked for: every bound with its reason. A runaway script meets 429; people,
// the heartbeat and the status line do not.

/// What a route draws from; the column of the route table beside the
/// permission.
package enum Quota: Sendable, CaseIterable {
    case heartbeats, ticks, freshTicks, captures, imports, swaps, observations, changes
}

package struct RateLimits: Sendable {
    /// `burst` at once, then one every `everyMilliseconds`.
    package struct Rule: Hashable, Sendable {
        package let burst: Int64
        package let everyMilliseconds: Int64
        package init(burst: Int64, everyMilliseconds: Int64) {
            precondition(burst >= 1 && everyMilliseconds >= 1, "a bucket holds and refills")
            self.burst = burst
            self.everyMilliseconds = everyMilliseconds
        }
    }

    package let rules: [Quota: Rule]

    package init(_ rules: [Quota: Rule]) { self.rules = rules }

    /// Nothing is limited: a demo in compressed time, a benchmark, a fuzzer.
    package static let unlimited = RateLimits([:])

    package static let standard = RateLimits([
        // Once a minute from each session that has one. Its own bucket: no
        // other caller can use it up.
        .heartbeats: Rule(burst: 30, everyMilliseconds: 2000),
        // Looks at the credential store, on macOS a process or two; whether
        // the vendor is asked is the reading schedule's own bound.
        .ticks: Rule(burst: 30, everyMilliseconds: 2000),
        // Asks the vendor, who answers about 28 readings an hour and account.
        .freshTicks: Rule(burst: 5, everyMilliseconds: 30_000),
        // The profile endpoint and a slot written durably; with a keychain
        // some two dozen processes.
        .captures: Rule(burst: 10, everyMilliseconds: 10_000),
        // The profile endpoint once for every credential found.
        .imports: Rule(burst: 5, everyMilliseconds: 60_000),
        // Claude Code's locks, two stores, a journal; a session loses its
        // prompt cache with each.
        .swaps: Rule(burst: 20, everyMilliseconds: 10_000),
        // After every answer of every session, and one may start a tick.
        .observations: Rule(burst: 300, everyMilliseconds: 50),
        // A flag, a row or a slot removed: disk and keychain, no network.
        .changes: Rule(burst: 60, everyMilliseconds: 1000),
    ])
}
