// `nights`: the same nights under every policy, side by side. Seeds are S,
// S + 1, …; a third each with 2, 3 and 5 accounts.

import ArgumentParser
import Nights
import RotationCore

// For its rounding alone (libm).
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nights", abstract: "The same nights under every policy, side by side.")

    @Option(help: "How many nights.") var nights: UInt64 = 2100
    @Option(help: "The seed of the first; the others follow.") var seed: UInt64 = 1
    @Flag(help: "For machines.") var json = false
    @Flag(help: "What a decision over 100 accounts costs, and nothing else.") var decision = false

    private static let accounts = [2, 3, 5]

    func run() async {
        if decision { return print(Self.costOfDecision) }
        let scores = await Self.run(nights, from: seed)
        print(json ? Self.json(scores, nights, seed) : Self.table(scores, nights, seed))
    }

    private static var costOfDecision: String {
        let cost = DecisionCost.measured()
        let decisions = cost.decisions.map { "\(decimals($1, 1)) µs (\($0.rawValue))" }
        return "a decision over 100 accounts: \(decisions.joined(separator: ", ")); "
            + "all of a tick's judging: \(decimals(cost.tick, 1)) µs; remembered of them: "
            + (DecisionCost.heldBytes().map { "\($0 / 1024) KiB" } ?? "not known here")
    }

    private static func run(_ count: UInt64, from seed: UInt64) async -> [Policy: Score] {
        await withTaskGroup(of: [Policy: Score].self) { group in
            let lanes: UInt64 = 4
            for lane in 0..<lanes {
                group.addTask {
                    var scores: [Policy: Score] = [:]
                    for index in stride(from: lane, to: count, by: Int(lanes)) {
                        let night = Night(
                            seed: seed + index, accounts: accounts[Int(index) % accounts.count])
                        add(night, to: &scores)
                    }
                    return scores
                }
            }
            return await group.reduce(into: [:]) { sum, part in
                sum.merge(part) { $0 + $1 }
            }
        }
    }

    /// Limit errors count in nights that could have had none.
    private static func add(_ night: Night, to sum: inout [Policy: Score]) {
        var scores: [Policy: Score] = [:]
        for policy in Policy.allCases {
            scores[policy] = World.score(policy, night, bounds: Bounds())
        }
        let isEnough = (scores[.oracle]?.unserved ?? 0) < 0.001
        for (policy, score) in scores {
            var score = score
            if !isEnough { (score.limitErrors, score.limitErrorsWithAlternate) = (0, 0) }
            score.nightsOfPlenty = isEnough ? 1 : 0
            sum[policy, default: Score()] = sum[policy, default: Score()] + score
        }
    }

    // MARK: Text

    private static func rows(
        _ scores: [Policy: Score], _ count: UInt64
    ) -> [(Policy, [(String, String)])] {
        let best = scores[.oracle]?.served ?? 1
        return Policy.allCases.map { policy in
            let score = scores[policy] ?? Score()
            let errors = Double(score.limitErrors) * 100 / Double(max(score.nightsOfPlenty, 1))
            return (
                policy,
                [
                    ("servedOfOracle", decimals(score.served / best, 4)),
                    ("limitErrorsPer100Nights", decimals(errors, 2)),
                    ("limitErrors", "\(score.limitErrors)"),
                    ("limitErrorsWithAlternate", "\(score.limitErrorsWithAlternate)"),
                    ("stalledMinutesWithAlternate", minutes(score.stalledWithAlternate)),
                    ("stalledMinutesUntoldReset", minutes(score.stalledUntold)),
                    ("swaps", "\(score.swaps)"), ("cachesLost", "\(score.cachesLost)"),
                    ("usageRequests", "\(score.requests)"),
                    ("usage429", "\(score.throttled)"),
                ]
            )
        }
    }

    private static func json(_ scores: [Policy: Score], _ count: UInt64, _ seed: UInt64) -> String {
        let policies = rows(scores, count).map { policy, figures in
            let members = figures.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
            return "\"\(policy.rawValue)\":{\(members)}"
        }
        return "{\"nights\":\(count),\"seeds\":[\(seed),\(seed + max(count, 1) - 1)],"
            + "\"policies\":{\(policies.joined(separator: ","))}}"
    }

    private static func table(
        _ scores: [Policy: Score], _ count: UInt64, _ seed: UInt64
    ) -> String {
        let lines = rows(scores, count).map { policy, figures in
            let cells = figures.map { "\($0.0) \($0.1)" }.joined(separator: "  ")
            return "\(policy.rawValue)  \(cells)"
        }
        return (["\(count) nights, seeds \(seed)…\(seed + max(count, 1) - 1)"] + lines)
            .joined(separator: "\n")
    }

    private static func minutes(_ seconds: Int) -> String { decimals(Double(seconds) / 60, 1) }

    private static func decimals(_ value: Double, _ places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let whole = Int((value * scale).rounded())
        let fraction = "\(whole % Int(scale))"
        let zeros = String(repeating: "0", count: places - fraction.count)
        return "\(whole / Int(scale)).\(zeros)\(fraction)"
    }
}
