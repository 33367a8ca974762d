// The mean of a figure over nights and how far it is to be trusted.

package struct Spread: Hashable, Sendable {
    package var count: Int
    package var mean: Double
    /// Of the mean; 0 for a single night.
    package var standardError: Double
    /// The 10th and the 90th percentile of the nights.
    package var low: Double
    package var high: Double

    /// In the order given; nil for no value at all.
    package init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let sorted = values.sorted()
        self.count = values.count
        self.mean = mean
        standardError = values.count > 1 ? (squares / (count - 1) / count).squareRoot() : 0
        low = Self.quantile(sorted, 0.1)
        high = Self.quantile(sorted, 0.9)
    }

    /// Of sorted values, interpolated.
    private static func quantile(_ sorted: [Double], _ part: Double) -> Double {
        let place = part * Double(sorted.count - 1)
        let index = Int(place)
        guard index + 1 < sorted.count else { return sorted[index] }
        return sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index))
    }

    /// Whether it is above or below 0 by more than chance makes likely: three
    /// standard errors, because a dozen combinations are looked at at once.
    /// One night proves nothing.
    package var isBeyondChance: Bool { count > 1 && abs(mean) > 3 * standardError }
}
