// A comparison of nights as a table for people and as JSON for scripts.

import Nights
import RotationCore

struct SimulationReport {
    enum Source {
        case simulated(seeds: Range<UInt64>, accounts: [Int], model: NightModel)
        case recorded(Recording, since: Timestamp, until: Timestamp)
    }

    let comparison: Comparison
    let source: Source
    var statusLine = false

    init(_ comparison: Comparison, source: Source) {
        self.comparison = comparison
        self.source = source
    }

    // MARK: For people

    private static let columns: [(figure: Figure, title: String, scale: Double, places: Int)] = [
        (.servedOfOracle, "served %", 100, 2), (.stalledMinutes, "stalled min", 1, 1),
        (.limitErrors, "limits", 1, 2), (.swaps, "swaps", 1, 1),
        (.cachesLost, "caches lost", 1, 1), (.usageRequests, "requests", 1, 0),
        (.usage429, "429s", 1, 1), (.lapsedPoints, "lapsed", 1, 0),
    ]

    var lines: [String] {
        let titles = ["", "strategy", "threshold", "dwell s"] + Self.columns.map(\.title)
        let rows = comparison.trials.enumerated().map { place, trial in
            [place == 0 ? "*" : "", trial.combination.strategy.rawValue]
                + [Report.plain(trial.combination.threshold), "\(trial.combination.dwellSeconds)"]
                + Self.columns.map { column in
                    comparison.spread(column.figure, of: trial).map { spread in
                        Self.decimals(spread.mean * column.scale, column.places) + " ±"
                            + Self.decimals(spread.standardError * column.scale, column.places)
                    } ?? "?"
                }
        }
        return heading + [""] + Report.table([titles] + rows) + [
            "",
            "Per night: the mean ± its standard error. Served is of what was served at best; "
                + "lapsed is in points of five hours. * is configured.",
            sentence,
        ]
    }

    private var heading: [String] {
        let count = comparison.best.count
        switch source {
        case .simulated(let seeds, let accounts, let model):
            let of = accounts.map(String.init).joined(separator: ", ")
            let on = options.isEmpty ? "" : "; with " + options.joined(separator: ", ")
            return [
                "\(Self.nights(count)) of \(model.hours) h, seeds \(seeds.lowerBound) to "
                    + "\(seeds.upperBound - 1), \(of) accounts in turn\(on). \(scarcity)"
            ]
        case .recorded(let recording, let since, let until):
            return recorded(recording, since, until)
        }
    }

    private var scarcity: String {
        "In \(comparison.scarce) of them nobody could have served everything."
    }

    private func recorded(
        _ recording: Recording, _ since: Timestamp, _ until: Timestamp
    ) -> [String] {
        func hours(_ seconds: Int64) -> String { Self.decimals(seconds, per: 3600) }
        var lines = [
            "\(recording.nights.count) recorded nights, \(hours(recording.replayedSeconds)) h, "
                + "from \(since.rfc3339) to \(until.rfc3339). \(scarcity)",
            "What was burned is known for \(hours(recording.knownSeconds)) h and not for "
                + "\(hours(recording.unknownSeconds)) h; "
                + "\(Self.decimals(recording.unplacedPoints, 0)) points of "
                + "\(Self.decimals(recording.placedPoints + recording.unplacedPoints, 0)) were "
                + "burned while nobody looked and are left out.",
        ]
        if recording.tooShort + recording.tooFewAccounts > 0 {
            lines.append(
                "Left out: \(recording.tooShort) nights shorter than an hour, "
                    + "\(recording.tooFewAccounts) with fewer than two accounts known.")
        }
        for (name, nights) in unknown(recording).sorted(by: { $0.key < $1.key }) {
            lines.append("Unknown, and left out, in \(Self.nights(nights)): \(name).")
        }
        return lines
    }

    private func unknown(_ recording: Recording) -> [String: Int] {
        Dictionary(
            recording.unknownAccounts.map { account, nights in
                (recording.names[account] ?? account.description, nights)
            }, uniquingKeysWith: +)
    }

    private var options: [String] {
        var options: [String] = []
        if case .simulated(_, _, let model) = source {
            if model.mix != nil { options.append("models") }
            if model.outages != nil { options.append("outages") }
            if !model.tiers.isEmpty { options.append("plans") }
        }
        return options + (statusLine ? ["status-line"] : [])
    }

    // MARK: What to do

    private static func name(_ combination: Combination) -> String {
        "\(combination.strategy.rawValue) at \(Report.plain(combination.threshold)) % with a "
            + "dwell of \(combination.dwellSeconds) s"
    }

    private var sentence: String {
        guard let configured = comparison.trials.first?.combination else { return "" }
        switch comparison.recommendation {
        case .nothingElse: return "Nothing but the configured combination was run."
        case .configured:
            return "Recommended: what is configured, \(Self.name(configured)); none of the others "
                + "can be told to be better by more than three standard errors."
        case .better(let trial, let figure, let by):
            let column = Self.columns.first { $0.figure == figure }
            let (scale, places) = (column?.scale ?? 1, column?.places ?? 2)
            let sign = by.mean < 0 ? "-" : "+"
            return "Recommended: \(Self.name(trial.combination)), over the configured "
                + "\(Self.name(configured)): \(column?.title ?? "") a night \(sign)"
                + "\(Self.decimals(abs(by.mean) * scale, places)) "
                + "±\(Self.decimals(by.standardError * scale, places))."
        }
    }

    static func nights(_ count: Int) -> String { "\(count) night\(count == 1 ? "" : "s")" }

    static func decimals(_ seconds: Int64, per unit: Double) -> String {
        decimals(Double(seconds) / unit, 1)
    }

    /// With so many places; above -10^15 and below 10^15.
    static func decimals(_ value: Double, _ places: Int) -> String {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        let whole = Int64((abs(value) * scale).rounded())
        let sign = value < 0 && whole > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(whole)" }
        let fraction = "\(whole % Int64(scale))"
        let zeros = String(repeating: "0", count: places - fraction.count)
        return "\(sign)\(whole / Int64(scale)).\(zeros)\(fraction)"
    }
}

// MARK: For scripts

extension SimulationReport {
    var body: SimulationBody {
        let trials = comparison.trials.enumerated().map { place, trial in
            let figures = Figure.allCases.compactMap { figure in
                comparison.spread(figure, of: trial).map { spread in
                    (
                        figure.rawValue,
                        SimulationBody.Figure(
                            mean: spread.mean, standardError: spread.standardError,
                            p10: spread.low, p90: spread.high)
                    )
                }
            }
            return SimulationBody.Trial(
                combination: Self.body(trial.combination), configured: place == 0,
                figures: Dictionary(uniqueKeysWithValues: figures))
        }
        var body = SimulationBody(
            source: "simulated", nights: comparison.best.count, options: options,
            scarceNights: comparison.scarce, combinations: trials,
            recommendation: recommendation)
        switch source {
        case .simulated(let seeds, let accounts, let model):
            body.seeds = [seeds.lowerBound, seeds.upperBound - 1]
            body.accounts = accounts
            body.hours = model.hours
        case .recorded(let recording, let since, let until):
            body.source = "recorded"
            body.recording = self.body(recording, since, until)
        }
        return body
    }

    private static func body(_ combination: Combination) -> SimulationBody.Combination {
        SimulationBody.Combination(
            strategy: combination.strategy.rawValue, threshold: combination.threshold,
            dwellSeconds: combination.dwellSeconds)
    }

    private var recommendation: SimulationBody.Recommendation {
        let configured = comparison.trials.first.map { Self.body($0.combination) }
        var body = SimulationBody.Recommendation(
            verdict: "alike",
            combination: configured
                ?? SimulationBody.Combination(strategy: "", threshold: 0, dwellSeconds: 0),
            sentence: sentence)
        switch comparison.recommendation {
        case .nothingElse: body.verdict = "only-one"
        case .configured: break
        case .better(let trial, let figure, let by):
            body.verdict = "better"
            body.combination = Self.body(trial.combination)
            body.difference = SimulationBody.Difference(
                figure: figure.rawValue, mean: by.mean, standardError: by.standardError)
        }
        return body
    }

    private func body(
        _ recording: Recording, _ since: Timestamp, _ until: Timestamp
    ) -> SimulationBody.Recording {
        SimulationBody.Recording(
            since: since.rfc3339, until: until.rfc3339, nights: recording.starts.map(\.rfc3339),
            replayedHours: Double(recording.replayedSeconds) / 3600,
            knownHours: Double(recording.knownSeconds) / 3600,
            unknownHours: Double(recording.unknownSeconds) / 3600,
            workPoints: recording.placedPoints, unplacedPoints: recording.unplacedPoints,
            nightsTooShort: recording.tooShort,
            nightsWithTooFewAccounts: recording.tooFewAccounts,
            unknownAccounts: unknown(recording))
    }
}
