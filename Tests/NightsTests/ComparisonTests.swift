// Combinations side by side: the same figures on any number of cores, a yard-
// stick nobody beats, and a recommendation only where nights can tell.

import RotationCore
import Testing

@testable import Nights

private let combinations = [StrategyName.leastUsed, .soonestReset].map {
    Combination(strategy: $0, threshold: 95, dwellSeconds: 0)
}

private let short: NightModel = {
    var model = NightModel.bench
    model.hours = 2
    return model
}()

private func run(_ nights: Int, lanes: Int, _ tried: [Combination] = combinations) async
    -> Comparison
{
    await Comparison.run(tried, over: Bounds(), nights: nights, lanes: lanes) { index in
        Night(seed: 40 + UInt64(index), accounts: 2 + index % 2, model: short)
    }
}

@Suite struct ComparisonTests {
    @Test func `the figures are the same on any number of cores`() async {
        let one = await run(5, lanes: 1)
        for lanes in [-1, 2, 3, 64] {
            let other = await run(5, lanes: lanes)
            #expect(one.trials.map(\.scores) == other.trials.map(\.scores))
            #expect(one.best == other.best && one.scarce == other.scarce)
        }
    }

    @Test func `nobody serves more than the best, and nobody is tried twice`() async {
        let configured = Combination(Bounds())
        let comparison = await run(6, lanes: 2, combinations + [configured] + combinations)
        #expect(comparison.trials.map(\.combination) == [configured] + combinations)
        for trial in comparison.trials {
            #expect(trial.scores.count == 6)
            for (score, best) in zip(trial.scores, comparison.best) {
                #expect(score.served <= best)
            }
            #expect((comparison.spread(.servedOfOracle, of: trial)?.mean ?? 2) <= 1)
        }
    }

    @Test func `a combination is what the product would be configured with`() {
        var bounds = Bounds()
        bounds.hysteresisPoints = 7
        let applied = combinations[0].applied(to: bounds)
        #expect(applied.strategy == .leastUsed && applied.threshold == 95)
        #expect(applied.dwellSeconds == 0 && applied.hysteresisPoints == 7)
        #expect(Combination(applied) == combinations[0])
    }

    @Test func `the configured one alone is nothing to choose from`() async {
        let comparison = await run(1, lanes: 1, [])
        guard case .nothingElse = comparison.recommendation else {
            Issue.record("\(comparison.recommendation)")
            return
        }
    }

    /// Limit errors of each night, for the configured one and another.
    private func recommended(_ configured: [Int], _ other: [Int]) -> Recommendation {
        func scores(_ errors: [Int]) -> [Score] {
            errors.map { count in
                var score = Score()
                (score.served, score.limitErrors) = (10, count)
                return score
            }
        }
        return Comparison(
            trials: [
                .init(combination: Combination(Bounds()), scores: scores(configured)),
                .init(combination: combinations[0], scores: scores(other)),
            ], best: configured.map { _ in 10 }, scarce: 0
        ).recommendation
    }

    @Test func `what chance explains is not recommended`() {
        // A mean of -1 with a standard error of 1/3 is just not beyond it.
        let cases: [(other: [Int], isBetter: Bool)] = [
            ([3, 3, 3, 3], false), ([2, 2, 2, 2], true), ([4, 4, 4, 4], false),
            ([0, 3, 3, 3], false), ([1, 2, 2, 2], true), ([3, 3, 3, 2], false),
        ]
        for (other, isBetter) in cases {
            switch recommended([3, 3, 3, 3], other) {
            case .better(_, let figure, let difference):
                #expect(isBetter && figure == .limitErrors && difference.mean < 0)
            case .configured: #expect(!isBetter, "\(other)")
            case .nothingElse: Issue.record("there was something else")
            }
        }
        guard case .configured = recommended([3], [0]) else {
            Issue.record("one night proves nothing")
            return
        }
    }

    @Test func `a spread is the mean, its standard error, and percentiles`() throws {
        #expect(Spread([]) == nil)
        let one = try #require(Spread([4]))
        #expect(one.mean == 4 && one.standardError == 0 && one.low == 4 && one.high == 4)
        #expect(!one.isBeyondChance)
        let some = try #require(Spread([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]))
        #expect(some.mean == 6 && some.low == 2 && some.high == 10)
        #expect(abs(some.standardError - 1) < 1e-12)
        #expect(some.isBeyondChance)
    }

    @Test func `a night without work has no part served`() {
        #expect(Figure.servedOfOracle.value(of: Score(), best: 0) == nil)
        #expect(Figure.servedOfOracle.value(of: Score(), best: 1) == 0)
        #expect(Figure.stalledMinutes.value(of: Score(), best: 0) == 0)
    }
}
