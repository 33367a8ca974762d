// What nights are drawn from: ranges and chances. The bench's are the default;
// whatever is added to them leaves the rest of each night as it was.

/// Spans of the night in which the work is done with one model that has a week
/// of its own, `weekly_scoped` at the vendor.
package struct ModelMix: Hashable, Sendable {
    /// As the vendor names it.
    package var name = "Opus"
    /// Of a hundred spans, how many are done with it.
    package var spanPercent = 50.0
    package var spanMinutes = 10.0...90
    /// Percent of its week used when the night begins.
    package var used = 0.0...97
    /// A full five-hour window of it is this part of its week.
    package var weekShare = 0.2

    package init() {}
}

/// Spans in which the usage endpoint is not reached.
package struct Outages: Hashable, Sendable {
    package var count = 1...3
    package var minutes = 5.0...60

    package init() {}
}

package struct NightModel: Hashable, Sendable {
    /// 1…48.
    package var hours = 10
    /// Percent used when the night begins.
    package var fiveUsed = 0.0...70
    package var sevenUsed = 0.0...97
    /// Of a hundred accounts, whose week is reset early during the night.
    package var earlyResetPercent = 3.0
    /// Sessions at once.
    package var sessions = 1...3
    package var mix: ModelMix?
    package var outages: Outages?
    /// Plans the accounts are drawn from, as `rate_limit_tier` names them; the
    /// work is that of a Max 5x account. Empty: all alike, and nothing is said.
    package var tiers: [String] = []

    package static let bench = NightModel()
    /// The three plans there are.
    package static let everyTier = [
        "default_claude_pro", "default_claude_max_5x", "default_claude_max_20x",
    ]

    package init() {}
}
