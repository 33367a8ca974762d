// `make simulate`: fresh seeds for as many ticks as asked, or one seed again.
// The last line is the result; the exit status matches.

import Simulation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@main
struct Simulate {
    /// Ticks of one seed; a longer life finds little more than another one.
    static let ticksPerSeed = 500

    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        func number(_ name: String) -> UInt64? {
            arguments.first { $0.hasPrefix(name + "=") }
                .flatMap { UInt64($0.dropFirst(name.count + 1)) }
        }
        let wanted = Int(number("TICKS") ?? 100_000)
        if let seeds = number("PLANTED") { await findPlanted(within: seeds) }
        if let seed = number("SEED") {
            finish(await Run(seed: seed, ticks: wanted).report().asTotal)
        }
        let first = UInt64.random(in: 0...(.max / 2))
        var total = Total()
        var next = first
        while total.ticks < wanted, total.violation == nil {
            await withTaskGroup(of: RunReport.self) { group in
                for offset in 0..<UInt64(32) {
                    let seed = next + offset
                    group.addTask { await Run(seed: seed, ticks: ticksPerSeed).report() }
                }
                for await report in group { total.add(report) }
            }
            next += 32
        }
        finish(total)
    }

    /// Every planted bug, and the seed that finds it.
    static func findPlanted(within seeds: UInt64) async -> Never {
        var missed = 0
        for bug in PlantedBug.allCases {
            var found: (seed: UInt64, violation: String)?
            for seed in 1...max(seeds, 1) where found == nil {
                let report = await Run(seed: seed, ticks: 200, bug: bug).report()
                if let first = report.violations.first { found = (seed, first) }
            }
            if found == nil { missed += 1 }
            let text = found.map { "seed \($0.seed): \($0.violation)" } ?? "not found"
            Swift.print("\(bug.rawValue): \(text)")
        }
        Swift.print("\(PlantedBug.allCases.count) planted bugs, \(missed) not found")
        exit(missed == 0 ? 0 : 1)
    }

    static func finish(_ total: Total) -> Never {
        if let violation = total.violation {
            Swift.print(violation)
            exit(1)
        }
        Swift.print(
            "\(total.deaths) crashes, \(total.rotations) swaps, \(total.refreshes) refreshes")
        Swift.print("\(total.ticks) ticks, \(total.seeds) seeds, 0 violations")
        exit(0)
    }
}

struct Total {
    var ticks = 0
    var seeds = 0
    var deaths = 0
    var rotations = 0
    var refreshes = 0
    var violation: String?

    mutating func add(_ report: RunReport) {
        ticks += report.ticks
        seeds += 1
        deaths += report.deaths
        rotations += report.rotations
        refreshes += report.refreshes
        if let first = report.violations.first {
            for line in report.trace.suffix(24) { Swift.print(line) }
            violation =
                "violation: \(first); replay it with `make simulate SEED=\(report.seed) "
                + "TICKS=\(report.asked)`"
        }
    }
}

extension RunReport {
    var asTotal: Total {
        var total = Total()
        total.add(self)
        return total
    }
}
