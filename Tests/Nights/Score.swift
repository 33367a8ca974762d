// What a policy made of nights: the figures the document states.

struct Score: Sendable {
    var served = 0.0
    /// Wanted and not had.
    var unserved = 0.0
    /// Moments a session met the limit of the live account.
    var limitErrors = 0
    /// Seconds a session wanted to work, could not, and an account below its threshold was there.
    var stalledWithAlternate = 0
    var swaps = 0
    var requests = 0
    var throttled = 0
    /// Nights in which whoever knows everything leaves nothing unserved.
    var nightsOfPlenty = 0

    static func + (left: Score, right: Score) -> Score {
        Score(
            served: left.served + right.served, unserved: left.unserved + right.unserved,
            limitErrors: left.limitErrors + right.limitErrors,
            stalledWithAlternate: left.stalledWithAlternate + right.stalledWithAlternate,
            swaps: left.swaps + right.swaps, requests: left.requests + right.requests,
            throttled: left.throttled + right.throttled,
            nightsOfPlenty: left.nightsOfPlenty + right.nightsOfPlenty)
    }
}
