// Nights of work under every combination of strategy, threshold and dwell:
// simulated ones, or the user's own as they were recorded. Needs no service
// and changes nothing.

import ArgumentParser
import ControlWire
import HostFacts
import Nights
import RotationCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Strategies and thresholds compared over simulated nights, or over your own.",
        discussion: """
            Every combination gets the same nights. Seeds are S, S + 1, ...; the same \
            arguments give the same figures, on any number of cores. --replay takes the \
            nights from the readings the service has stored, which is opened for reading only.


            """
                + Examples.text(
                    "rotator simulate --nights 20 --accounts 2,3",
                    "rotator simulate --replay --since 14d"))
    @OptionGroup var common: CommonOptions
    @OptionGroup var nights: NightOptions
    @OptionGroup var policies: PolicyOptions
    @Flag(name: .long, help: "Replay your own recorded readings.") var replay = false
    @Option(name: .long, help: "With --replay, how far back: 14d when left out.")
    var since: String?

    func validate() throws {
        if replay, let given = nights.given {
            throw ValidationError("\(given) is of simulated nights; leave it or --replay out")
        }
        if since != nil, !replay {
            throw ValidationError("--since is of recorded nights; give --replay as well")
        }
        if let since, SpanText.seconds(since) == nil {
            throw ValidationError(
                "\(since) is no duration; give --since one such as 14d, 36h or 90m")
        }
        _ = try nights.model()
        _ = try nights.seeds()
        _ = try nights.accountCounts()
        _ = try policies.combinations(over: Bounds())
    }

    func run() async throws {
        let configuration = try common.configuration()
        var report = try await replay ? recorded(configuration) : simulated(configuration.bounds)
        report.statusLine = policies.statusLine
        if common.json { return try Output.json(report.body) }
        for line in report.lines { Output.line(line) }
    }

    private func simulated(_ bounds: Bounds) async throws -> SimulationReport {
        var bounds = bounds
        let (model, counts) = (try nights.model(), try nights.accountCounts())
        // Simulated accounts have names of their own; first is most preferred.
        bounds.priority = (0..<(counts.max() ?? 0)).map { NightAccount.simulated($0).email }
        let seeds = try nights.seeds()
        let comparison = await compare(bounds, count: seeds.count) { index in
            Night(
                seed: seeds.lowerBound + UInt64(index), accounts: counts[index % counts.count],
                model: model)
        }
        return SimulationReport(
            comparison, source: .simulated(seeds: seeds, accounts: counts, model: model))
    }

    private func recorded(_ configuration: Configuration) async throws -> SimulationReport {
        let now = SystemClock().now()
        let span = since.flatMap(SpanText.seconds) ?? Bounds().burnHistorySeconds
        let from = now.adding(seconds: -span)
        let recording = try await RecordedNights(configuration).read(since: from, now: now)
        guard recording.isEnough else {
            Output.error(RecordedNights.tooLittle(recording, seconds: span))
            throw ExitStatus.code(.nothingToDoItWith)
        }
        let nights = recording.nights
        let comparison = await compare(configuration.bounds, count: nights.count) { nights[$0] }
        return SimulationReport(
            comparison, source: .recorded(recording, since: from, until: now))
    }

    private func compare(
        _ bounds: Bounds, count: Int, night: @escaping @Sendable (Int) -> Night
    ) async -> Comparison {
        let isWatched = isatty(2) == 1
        // What was parsed once parses again.
        let combinations = (try? policies.combinations(over: bounds)) ?? []
        let comparison = await Comparison.run(
            combinations, over: bounds, nights: count,
            lanes: ProcessInfo.processInfo.activeProcessorCount,
            hasStatusLine: policies.statusLine,
            progress: { done in
                if isWatched { Output.progress("\(done) of \(count) nights") }
            }, night: night)
        if isWatched { Output.progress("") }
        return comparison
    }
}

extension Output {
    static func json(_ body: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        bytes(Array(try encoder.encode(body)) + [0x0A])
    }
}
