// What `rotator simulate` takes: which nights, and which combinations.

import ArgumentParser
import Nights
import RotationCore

struct NightOptions: ParsableArguments {
    @Option(name: .customLong("nights"), help: "How many, 1 to 100000; 300 when left out.")
    var count: Int?
    @Option(name: .long, help: "The first seed; 1 when left out.") var seed: UInt64?
    @Option(name: .long, help: "How many accounts, in turn; 2,3,5 when left out.")
    var accounts: String?
    @Option(name: .long, help: "Hours of a night, 1 to 48; 10 when left out.") var hours: Int?
    @Flag(name: .long, help: "Part of the work is done with a model that has its own week.")
    var models = false
    @Flag(name: .long, help: "The usage endpoint is out of reach now and then.")
    var outages = false
    @Flag(name: .long, help: "The accounts have different plans: Pro, Max 5x, Max 20x.")
    var plans = false

    /// One that was given, for a complaint.
    var given: String? {
        let all: [(Bool, String)] = [
            (count != nil, "--nights"), (seed != nil, "--seed"), (accounts != nil, "--accounts"),
            (hours != nil, "--hours"), (models, "--models"), (outages, "--outages"),
            (plans, "--plans"),
        ]
        return all.first { $0.0 }?.1
    }

    func model() throws -> NightModel {
        var model = NightModel.bench
        if let hours {
            guard (1...48).contains(hours) else {
                throw ValidationError("--hours \(hours) is out of range; give 1 to 48")
            }
            model.hours = hours
        }
        if models { model.mix = ModelMix() }
        if outages { model.outages = Outages() }
        if plans { model.tiers = NightModel.everyTier }
        return model
    }

    func seeds() throws -> Range<UInt64> {
        let (count, first) = (count ?? 300, seed ?? 1)
        guard (1...100_000).contains(count) else {
            throw ValidationError("--nights \(count) is out of range; give 1 to 100000")
        }
        let (end, isTooFar) = first.addingReportingOverflow(UInt64(count))
        guard !isTooFar else {
            throw ValidationError("--seed is too large for so many nights; give a smaller one")
        }
        return first..<end
    }

    func accountCounts() throws -> [Int] {
        let counts = (accounts ?? "2,3,5").split(separator: ",", omittingEmptySubsequences: false)
            .map { Int($0) ?? 0 }
        guard counts.allSatisfy((1...100).contains) else {
            throw ValidationError(
                "--accounts is no list of numbers from 1 to 100; give one such as 2,3,5")
        }
        return counts
    }
}

struct PolicyOptions: ParsableArguments {
    @Option(name: .long, help: "all, or names separated by commas; all when left out.")
    var strategy: String?
    @Option(name: .long, help: "Percents, as in 90,95,97; the configured one when left out.")
    var threshold: String?
    @Option(name: .long, help: "Seconds, as in 0,300; the configured ones when left out.")
    var dwell: String?
    @Flag(name: .long, help: "Claude Code's status line tells usage, too.")
    var statusLine = false

    /// Every strategy with every threshold with every dwell.
    func combinations(over bounds: Bounds) throws -> [Combination] {
        let strategies =
            strategy == nil || strategy == "all"
            ? StrategyName.allCases
            : try Self.list(strategy ?? "") { text in
                guard let name = StrategyName(rawValue: text) else {
                    let names = StrategyName.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError(
                        "--strategy does not know \(text); give all, or some of \(names)")
                }
                return name
            }
        let thresholds = try threshold.map { text in
            try Self.list(text) { try Self.number($0, .threshold) }
        }
        let dwells = try dwell.map { text in try Self.list(text) { try Self.number($0, .dwell) } }
        return strategies.flatMap { strategy in
            (thresholds ?? [bounds.threshold]).flatMap { threshold in
                (dwells?.map { Int64($0) } ?? [bounds.dwellSeconds]).map { dwell in
                    Combination(strategy: strategy, threshold: threshold, dwellSeconds: dwell)
                }
            }
        }
    }

    private static func list<Value>(
        _ text: String, _ value: (String) throws -> Value
    ) throws -> [Value] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map {
            try value(String($0))
        }
    }

    /// What the configuration takes, and nothing else.
    private static func number(_ text: String, _ key: SettingKey) throws -> Double {
        let name = key == .dwell ? "--dwell" : "--threshold"
        if let complaint = key.complaint(about: text) {
            throw ValidationError(
                "\(name) cannot be \(text); it \(complaint), or several, separated by commas")
        }
        return Double(text) ?? 0
    }
}
