// Combinations of strategy, threshold and dwell over the same nights, and
// which of them is to be recommended (decision 17).

import RotationCore

package struct Combination: Hashable, Sendable {
    package var strategy: StrategyName
    /// Percent; where bounds have one per window, those stay.
    package var threshold: Double
    package var dwellSeconds: Int64

    package init(strategy: StrategyName, threshold: Double, dwellSeconds: Int64) {
        self.strategy = strategy
        self.threshold = threshold
        self.dwellSeconds = dwellSeconds
    }

    package init(_ bounds: Bounds) {
        self.init(
            strategy: bounds.strategy, threshold: bounds.threshold,
            dwellSeconds: bounds.dwellSeconds)
    }

    func applied(to bounds: Bounds) -> Bounds {
        var bounds = bounds
        bounds.strategy = strategy
        bounds.threshold = threshold
        bounds.dwellSeconds = dwellSeconds
        return bounds
    }
}

package struct Comparison: Sendable {
    package struct Trial: Sendable {
        package let combination: Combination
        /// One per night.
        package let scores: [Score]
    }

    /// The configured combination first, whether it was asked for or not.
    package let trials: [Trial]
    /// Work points served at best, by night: by one of three schedules that
    /// know everything and swap for nothing, or by a combination that did
    /// better than they did.
    package let best: [Double]
    /// Nights in which the best leaves work undone.
    package let scarce: Int

    init(trials: [Trial], best: [Double], scarce: Int) {
        self.trials = trials
        self.best = best
        self.scarce = scarce
    }

    package func spread(_ figure: Figure, of trial: Trial) -> Spread? {
        Spread(
            zip(trial.scores, best).compactMap { figure.value(of: $0, best: $1) })
    }

    /// Night by night, how much more of a figure one has than another.
    package func difference(_ figure: Figure, _ one: Trial, from other: Trial) -> Spread? {
        Spread(
            best.indices.compactMap { night in
                guard let mine = figure.value(of: one.scores[night], best: best[night]),
                    let its = figure.value(of: other.scores[night], best: best[night])
                else { return nil }
                return mine - its
            })
    }

    // MARK: Running

    /// What one night comes to, under each combination in turn.
    private struct Outcome: Sendable {
        let night: Int
        let oracle: Score
        let scores: [Score]
    }

    /// Runs `count` nights, `lanes` at a time; the same whatever `lanes` is.
    /// `progress` is told how many are done, now and then.
    package static func run(
        _ combinations: [Combination], over configured: Bounds, nights count: Int, lanes: Int,
        hasStatusLine: Bool = false, progress: @escaping @Sendable (Int) -> Void = { _ in },
        night: @escaping @Sendable (Int) -> Night
    ) async -> Comparison {
        var seen: Set<Combination> = []
        let tried = ([Combination(configured)] + combinations).filter { seen.insert($0).inserted }
        let policy: Policy = hasStatusLine ? .oursWithStatusline : .ours
        let one: @Sendable (Int) -> Outcome = { index in
            let night = night(index)
            return Outcome(
                night: index, oracle: World.score(.oracle, night, bounds: configured),
                scores: tried.map {
                    World.score(policy, night, bounds: $0.applied(to: configured))
                })
        }
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            var next = 0
            while next < min(count, max(lanes, 1)) {
                group.addTask { [next] in one(next) }
                next += 1
            }
            var outcomes: [Outcome] = []
            while let outcome = await group.next() {
                outcomes.append(outcome)
                progress(outcomes.count)
                if next < count {
                    group.addTask { [next] in one(next) }
                    next += 1
                }
            }
            return outcomes
        }
        return Comparison(outcomes.sorted { $0.night < $1.night }, tried)
    }

    private init(_ outcomes: [Outcome], _ tried: [Combination]) {
        trials = tried.enumerated().map { place, combination in
            Trial(combination: combination, scores: outcomes.map { $0.scores[place] })
        }
        best = outcomes.map { outcome in
            outcome.scores.map(\.served).reduce(outcome.oracle.served, max)
        }
        scarce = outcomes.count { outcome in
            ([outcome.oracle] + outcome.scores).allSatisfy { $0.unserved >= 0.001 }
        }
    }
}

// MARK: What to recommend

package enum Recommendation: Sendable {
    /// Better than the configured one by this figure, on the nights compared.
    case better(Comparison.Trial, by: Figure, difference: Spread)
    /// None of the others can be told to be better than the configured one.
    case configured
    /// There was nothing to compare with.
    case nothingElse
}

extension Comparison {
    /// The first figure, in their order, by which two differ beyond chance.
    package func told(_ one: Trial, from other: Trial) -> (figure: Figure, by: Spread)? {
        for figure in Figure.order {
            guard let spread = difference(figure, one, from: other), spread.isBeyondChance
            else { continue }
            return (figure, spread)
        }
        return nil
    }

    /// Of those that are better than the configured one beyond chance, the best
    /// by the means of the figures in their order; ties by the order of trials.
    package var recommendation: Recommendation {
        guard let configured = trials.first, trials.count > 1 else { return .nothingElse }
        let better = trials.dropFirst().compactMap {
            trial -> (trial: Trial, figure: Figure, by: Spread)? in
            guard let (figure, by) = told(trial, from: configured),
                (by.mean > 0) == figure.isBetterHigher
            else { return nil }
            return (trial, figure, by)
        }
        let ranked = better.enumerated().map { (place: $0, rank: rank($1.trial), found: $1) }
        let first = ranked.min { left, right in
            left.rank == right.rank
                ? left.place < right.place : left.rank.lexicographicallyPrecedes(right.rank)
        }
        guard let found = first?.found else { return .configured }
        return .better(found.trial, by: found.figure, difference: found.by)
    }

    /// Smallest first.
    private func rank(_ trial: Trial) -> [Double] {
        Figure.order.map { figure in
            let mean = spread(figure, of: trial)?.mean ?? 0
            return figure.isBetterHigher ? -mean : mean
        }
    }
}
