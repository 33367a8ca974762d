// What `rotator simulate --json` prints. The service has no such route: the
// shape is the command line's own, and docs/SCRIPTING.md shows it.

struct SimulationBody: Codable, Equatable {
    struct Combination: Codable, Equatable {
        var strategy: String
        var threshold: Double
        var dwellSeconds: Int64
    }

    struct Figure: Codable, Equatable {
        var mean: Double
        /// Of the mean.
        var standardError: Double
        /// The 10th and 90th percentile of the nights.
        var p10: Double
        var p90: Double
    }

    struct Trial: Codable, Equatable {
        var combination: Combination
        var configured: Bool
        /// By name; one that no night has is left out.
        var figures: [String: Figure]
    }

    struct Difference: Codable, Equatable {
        var figure: String
        /// Recommended less configured, night by night.
        var mean: Double
        var standardError: Double
    }

    struct Recommendation: Codable, Equatable {
        /// `better`, `alike` (cannot be told apart) or `only-one`.
        var verdict: String
        var combination: Combination
        var difference: Difference?
        var sentence: String
    }

    struct Recording: Codable, Equatable {
        var since: String
        var until: String
        /// When each replayed night began.
        var nights: [String]
        var replayedHours: Double
        var knownHours: Double
        var unknownHours: Double
        var workPoints: Double
        /// Burned between readings too far apart to say when; not replayed.
        var unplacedPoints: Double
        var nightsTooShort: Int
        var nightsWithTooFewAccounts: Int
        /// E-mail or id, and of how many nights it was left out as unknown.
        var unknownAccounts: [String: Int]
    }

    /// `simulated` or `recorded`.
    var source: String
    var nights: Int
    /// The first and the last; null for recorded nights.
    var seeds: [UInt64]?
    var accounts: [Int]?
    var hours: Int?
    /// Of `models`, `outages`, `plans`, `status-line`, those that were on.
    var options: [String]
    /// Nights in which whoever knows everything leaves work undone.
    var scarceNights: Int
    var combinations: [Trial]
    var recommendation: Recommendation
    var recording: Recording?
}
