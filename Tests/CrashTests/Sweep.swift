// The same run for k = 1, 2, 3 and on, until one is untouched; what came of
// all of them, for the test and for scripts/crash.

#if os(Linux)
    import Dispatch
    import Foundation
    import Synchronization
    import Testing

    struct Sweep: Sendable {
        let name: String
        /// The k it begins with.
        var first = 1
        /// Every which k; 1 is all of them.
        var stride = 1
        /// Threads that share them.
        var lanes = 1
        let run: @Sendable (_ k: Int) -> Run

        /// More calls than any scenario makes.
        private static let limit = 5000

        struct Report: Sendable {
            var kills = 0
            var faults = 0
            /// The last k that was hit.
            var last = 0
            var violations: [(k: Int, hit: String, violation: Violation)] = []

            mutating func add(_ other: Report) {
                kills += other.kills
                faults += other.faults
                last = max(last, other.last)
                violations += other.violations
            }

            /// The first of every law, and how many there were.
            var text: String {
                let laws = Dictionary(grouping: violations) { $0.violation.law }
                return laws.sorted { $0.key.rawValue < $1.key.rawValue }.map { law, all in
                    let lines = all.sorted { $0.k < $1.k }.prefix(12).map {
                        "  k=\($0.k) (\($0.hit)): \($0.violation.detail.prefix(400))"
                    }
                    return "\(law.rawValue), \(all.count) times:\n"
                        + lines.joined(separator: "\n")
                }.joined(separator: "\n")
            }
        }

        func report() async throws -> Report {
            let sweep = self
            let report = try await withThrowingTaskGroup(of: Report.self) { group in
                for lane in 0..<lanes {
                    group.addTask { try await OwnThread.run { try sweep.walk(lane) } }
                }
                var report = Report()
                for try await part in group { report.add(part) }
                return report
            }
            Tally.add(
                name, report.kills, report.faults, report.violations.count, report.text)
            return report
        }

        private func walk(_ lane: Int) throws -> Report {
            var report = Report()
            var k = first + lane * stride
            while true {
                let run = run(k)
                let result = try RunSlot.with { try run.result() }
                report.kills += result.kills
                if result.hit != nil, run.fault?.effect.kills == false { report.faults += 1 }
                for violation in Set(result.violations) {
                    report.violations.append((k, result.hit ?? "untouched", violation))
                }
                guard result.hit != nil else { return report }
                report.last = k
                k += stride * lanes
                guard k < Self.limit else {
                    throw HarnessError(description: "\(name) does not end")
                }
            }
        }
    }

    /// So many services at a time: a few per processor, because they wait for
    /// locks now and then; fewer where other tests run beside.
    private enum RunSlot {
        private static let free = DispatchSemaphore(
            value: (Extent.isWhole ? 3 : 2)
                * max(2, ProcessInfo.processInfo.activeProcessorCount))

        static func with<Value>(_ body: () throws -> Value) rethrows -> Value {
            free.wait()
            defer { free.signal() }
            return try body()
        }
    }

    /// What every sweep came to, for whoever asked by `ROTATOR_CRASH_TALLY`: one
    /// line each in that file (kills, faults, violations, name), and what was
    /// violated in a second one beside it.
    enum Tally {
        private static let turn = Mutex(())

        static func add(
            _ name: String, _ kills: Int, _ faults: Int, _ violations: Int, _ text: String
        ) {
            guard let path = ProcessInfo.processInfo.environment["ROTATOR_CRASH_TALLY"] else {
                return
            }
            turn.withLock { _ in
                append("\(kills)\t\(faults)\t\(violations)\t\(name)\n", to: path)
                if violations > 0 {
                    append("--- \(name)\n\(text)\n", to: path + ".violations")
                }
            }
        }

        /// One fault that is not one of a sweep.
        static func add(_ name: String, _ violations: [Violation]) {
            add(
                name, 0, 1, violations.count,
                violations.map { "  \($0)" }.joined(separator: "\n"))
        }

        private static func append(_ text: String, to path: String) {
            guard let file = fopen(path, "a") else { return }
            fputs(text, file)
            fclose(file)
        }
    }

    /// How much of it is done: a bounded part with `make check`, everything
    /// with scripts/crash.
    enum Extent {
        static let isWhole = ProcessInfo.processInfo.environment["ROTATOR_CRASH"] == "all"

        /// All of them, or every `part`th.
        static func stride(_ part: Int) -> Int { isWhole ? 1 : part }
    }

    /// No violation, and something was hit at all.
    func expectClean(
        _ report: Sweep.Report, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(report.last > 0, "nothing was hit", sourceLocation: sourceLocation)
        #expect(
            report.violations.isEmpty, "\(report.text)", sourceLocation: sourceLocation)
    }
#endif
