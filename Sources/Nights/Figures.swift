// The figures nights are reported by, each of one night under one combination.

package enum Figure: String, CaseIterable, Sendable {
    /// Part of what was served at best, 0…1; nights without work have none.
    case servedOfOracle
    case stalledMinutes
    case stalledMinutesWithAlternate
    case limitErrors
    case swaps
    case cachesLost
    case usageRequests
    case usage429
    /// Work points that lapsed with their window, unused.
    case lapsedPoints

    /// In this order two combinations are told apart.
    package static let order: [Figure] = [.limitErrors, .servedOfOracle, .cachesLost]

    package var isBetterHigher: Bool { self == .servedOfOracle }

    /// `best` is what was served at best that night; nil where the night has
    /// no such figure.
    package func value(of score: Score, best: Double) -> Double? {
        switch self {
        case .servedOfOracle: best > 0 ? score.served / best : nil
        case .stalledMinutes: Double(score.stalled) / 60
        case .stalledMinutesWithAlternate: Double(score.stalledWithAlternate) / 60
        case .limitErrors: Double(score.limitErrors)
        case .swaps: Double(score.swaps)
        case .cachesLost: Double(score.cachesLost)
        case .usageRequests: Double(score.requests)
        case .usage429: Double(score.throttled)
        case .lapsedPoints: score.lapsed
        }
    }
}
