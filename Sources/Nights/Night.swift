// One night of ten hours as it would be whoever rotates: what the sessions
// want each step, what each account has used when it begins, when its windows
// reset. A value; every policy gets the same one.

/// An account's quota, in percent of its own windows.
struct Quota: Sendable {
    static let fiveHours = 5 * 3600
    static let sevenDays = 7 * 86400
    /// A full five-hour window is this part of a week's.
    static let weekShare = 0.11

    var five: Double
    var seven: Double
    /// Seconds from the night's start.
    var fiveResetsAt: Int
    var sevenResetsAt: Int
    /// The vendor sometimes resets a week early; nil when it does not.
    var earlyReset: Int?

    /// Whether its week began anew before anybody had said it would.
    private(set) var resetUntold = false

    /// Points of five hours it can still serve.
    var left: Double { max(0, min(100 - five, (100 - seven) / Self.weekShare)) }
    var isSpent: Bool { five >= 100 || seven >= 100 }

    /// What is over when time comes to `second`. A five-hour window begins
    /// anew with its first use; here at once, which is no kinder to anybody.
    /// Answers the points of five hours that lapsed unused.
    mutating func pass(to second: Int) -> Double {
        var lapsed = 0.0
        if second >= fiveResetsAt {
            lapsed = left
            five = 0
            fiveResetsAt += Self.fiveHours
        }
        if second >= sevenResetsAt {
            resetUntold = false
            seven = 0
            sevenResetsAt += Self.sevenDays
        }
        if let early = earlyReset, second >= early {
            resetUntold = seven >= 97
            seven = 0
            earlyReset = nil
        }
        return lapsed
    }

    /// Serves as much as there is of `points` of the five-hour window.
    mutating func serve(_ points: Double) -> Double {
        let served = max(0, min(points, 100 - five, (100 - seven) / Self.weekShare))
        five += served
        seven += served * Self.weekShare
        // What is left of rounding is nothing to work with.
        if points > served { five = five > 99.999 ? 100 : five }
        if points > served, seven > 99.999 { seven = 100 }
        return served
    }
}

package struct Night: Sendable {
    static let seconds = 10 * 3600
    static let step = 5

    let quotas: [Quota]
    /// Points of a five-hour window wanted in each step.
    let demand: [Double]

    package init(seed: UInt64, accounts: Int) {
        var generator = Generator(seed)
        quotas = (0..<accounts).map { _ in
            Quota(
                five: generator.uniform(0...70), seven: generator.uniform(0...97),
                fiveResetsAt: Int(generator.uniform(60...Double(Quota.fiveHours))),
                sevenResetsAt: Int(generator.uniform(600...Double(Quota.sevenDays))),
                earlyReset: generator.chance(3)
                    ? Int(generator.uniform(600...Double(Self.seconds))) : nil)
        }
        var sum = [Double](repeating: 0, count: Self.seconds / Self.step)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let session = Self.session(&generator)
            for index in sum.indices { sum[index] += session[index] }
        }
        demand = sum
    }

    /// Turns of work with pauses between; now and then several subagents at
    /// once, which is when ten points go in two minutes.
    private static func session(_ generator: inout Generator) -> [Double] {
        let usual = generator.uniform(0.05...0.7)
        var steps: [Double] = []
        let count = seconds / step
        while steps.count < count {
            let isBurst = generator.chance(12)
            let rate = usual * (isBurst ? generator.uniform(2...6) : generator.uniform(0.5...1.5))
            let minutes = isBurst ? generator.uniform(1...8) : generator.uniform(2...40)
            let points = min(rate, 5) * Double(step) / 60
            steps += Array(repeating: points, count: max(1, Int(minutes * 60) / step))
            if generator.chance(60) {
                let pause = Int(generator.uniform(0.2...15) * 60) / step
                steps += Array(repeating: 0, count: pause)
            }
        }
        return Array(steps.prefix(count))
    }
}
