// An account's quota as the vendor counts it: how much of each window is used,
// what work costs and when it begins anew. A value that only time and work
// change; nights are played on it as the demo is.
//
// Work is counted in work points: one is a point of the five-hour window of an
// account of capacity 1; one of capacity w loses 1/w for it (decision 15).

package struct Quota: Hashable, Sendable {
    package static let fiveHours = 5 * 3600
    package static let sevenDays = 7 * 86400

    /// Percent used of each account-wide window.
    package var five: Double
    package var seven: Double
    /// Seconds, from whenever its owner counts.
    package var fiveResetsAt: Int
    package var sevenResetsAt: Int
    /// The vendor sometimes resets a week early; nil when it does not.
    package var earlyReset: Int?
    /// How much more it holds than an account of capacity 1; above 0.
    package var capacity = 1.0
    /// A full five-hour window is this part of a week's.
    package var weekShare = 0.11
    /// Percent used of the week of the night's model; nil where it has none.
    package var model: Double?
    /// A full five-hour window of work with the model is this part of it.
    package var modelShare = 0.0

    /// Whether its week began anew before anybody had said it would.
    package private(set) var resetUntold = false

    package init(
        five: Double, seven: Double, fiveResetsAt: Int, sevenResetsAt: Int,
        earlyReset: Int? = nil
    ) {
        self.five = five
        self.seven = seven
        self.fiveResetsAt = fiveResetsAt
        self.sevenResetsAt = sevenResetsAt
        self.earlyReset = earlyReset
    }

    /// Work points it can still serve.
    package var left: Double {
        max(0, min(100 - five, (100 - seven) / weekShare)) * capacity
    }
    package var isSpent: Bool { five >= 100 || seven >= 100 }
    /// The same of work with the model.
    package var isModelSpent: Bool { isSpent || (model ?? 0) >= 100 }

    /// Percent of the fullest window such work goes by.
    package func fullest(withModel: Bool) -> Double {
        max(five, seven, withModel ? model ?? 0 : 0)
    }

    /// What is over when time comes to `second`. A five-hour window begins
    /// anew with its first use; here at once, which is no kinder to anybody.
    /// Answers the work points that lapsed unused.
    package mutating func pass(to second: Int) -> Double {
        var lapsed = 0.0
        while second >= fiveResetsAt {
            lapsed += left
            five = 0
            fiveResetsAt += Self.fiveHours
        }
        while second >= sevenResetsAt {
            resetUntold = false
            seven = 0
            sevenResetsAt += Self.sevenDays
            if model != nil { model = 0 }
        }
        if let early = earlyReset, second >= early {
            resetUntold = max(seven, model ?? 0) >= 97
            seven = 0
            earlyReset = nil
            if model != nil { model = 0 }
        }
        return lapsed
    }

    /// Serves as much as there is of work points done with other models.
    package mutating func serve(_ points: Double) -> Double { serve(points, .infinity) }

    /// Serves as much as there is of work points done with the night's model.
    package mutating func serveModel(_ points: Double) -> Double {
        guard let used = model, modelShare > 0 else { return serve(points) }
        let served = serve(points, max(0, 100 - used) / modelShare)
        let now = used + served / capacity * modelShare
        model = points > served && now > 99.999 ? 100 : now
        return served
    }

    /// `most` is of the five-hour window.
    private mutating func serve(_ points: Double, _ most: Double) -> Double {
        let wanted = points / capacity
        let served = max(0, min(wanted, 100 - five, (100 - seven) / weekShare, most))
        five += served
        seven += served * weekShare
        // What is left of rounding is nothing to work with.
        if wanted > served { five = five > 99.999 ? 100 : five }
        if wanted > served, seven > 99.999 { seven = 100 }
        return served * capacity
    }
}
