// What a policy made of nights: the figures the documents state.

package struct Score: Hashable, Sendable {
    /// Seconds for which the vendor keeps a prompt cache: work that swaps
    /// sooner pays its whole context anew.
    static let cacheSeconds = 300

    /// Work points.
    package var served = 0.0
    /// Wanted and not had.
    package var unserved = 0.0
    /// Left of a window when it began anew, as far as the week went.
    package var lapsed = 0.0
    /// Moments a session met the limit of the live account.
    package var limitErrors = 0
    /// Of those, the ones met while another account was below its threshold.
    package var limitErrorsWithAlternate = 0
    /// Seconds a session wanted to work and could not.
    package var stalled = 0
    /// Of those, the ones in which an account below its
    /// threshold had been there for a while.
    package var stalledWithAlternate = 0
    /// The same, where only a reset nobody had announced had freed it.
    package var stalledUntold = 0
    package var swaps = 0
    /// Swaps soon after work.
    package var cachesLost = 0
    package var requests = 0
    package var throttled = 0
    /// Nights in which whoever knows everything leaves nothing unserved.
    package var nightsOfPlenty = 0

    package init() {}

    package static func + (left: Score, right: Score) -> Score {
        var sum = left
        sum.served += right.served
        sum.unserved += right.unserved
        sum.lapsed += right.lapsed
        sum.limitErrors += right.limitErrors
        sum.limitErrorsWithAlternate += right.limitErrorsWithAlternate
        sum.stalled += right.stalled
        sum.stalledWithAlternate += right.stalledWithAlternate
        sum.stalledUntold += right.stalledUntold
        sum.swaps += right.swaps
        sum.cachesLost += right.cachesLost
        sum.requests += right.requests
        sum.throttled += right.throttled
        sum.nightsOfPlenty += right.nightsOfPlenty
        return sum
    }
}
