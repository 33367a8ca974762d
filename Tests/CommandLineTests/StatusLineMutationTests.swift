// Claude Code's status line input, changed at random: what is understood of it
// is within its range, and without a session nothing is observed.

import Fuzzing
import RotationCore
import Testing

@testable import rotator

@Suite struct StatusLineMutationTests {
    private static let seed =
        #"{"session_id":"s-1","model":{"id":"m","display_name":"Opus 4.5"},"#
        + #""cost":{"total_api_duration_ms":61000},"rate_limits":{"five_hour":"#
        + #"{"used_percentage":41,"resets_at":1790000000},"seven_day":"#
        + #"{"used_percentage":40.5,"resets_at":1790250000}}}"#

    @Test(arguments: UInt64(0)..<4)
    func `whatever is said, nothing out of its range is understood`(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        for round in 0..<500 {
            let bytes = generator.mutated(Array(Self.seed.utf8))
            let input = StatusLineInput(bytes)
            let isSound =
                input.windows.allSatisfy { (0...200).contains($0.utilization ?? -1) }
                && input.windows.allSatisfy { ($0.resetsAt?.seconds ?? 0) <= 100_000_000_000 }
                && (input.apiMilliseconds ?? 0) >= 0
                && (input.observation == nil) == (input.session == nil)
                && [input.session, input.model].allSatisfy { $0 != "" }
            guard isSound else {
                Issue.record("seed \(seed) round \(round): \(bytes)")
                return
            }
        }
        // Unchanged, all of it is understood.
        #expect(StatusLineInput(Array(Self.seed.utf8)).windows.count == 2)
    }
}
