// Readings that cost no request: what a status line said, and what Claude Code
// keeps of usage. One reading, shared by all: it is the machine's, and every
// reader sees it from the next tick on.

import RotationCore

/// What came of an observation, and what a status line can draw from.
package struct ObservationReport: Sendable {
    package var answer: ObservationAnswer
    package var optedIn: Bool
    /// The account live now, as far as it is known.
    package var live: AccountIdentity?
    /// Its newest reading, this observation included if it was taken.
    package var reading: Reading?
    package var knownAlternates: Int
    /// Alternates below their thresholds when last read.
    package var usableAlternates: Int

    package init(
        answer: ObservationAnswer, optedIn: Bool, live: AccountIdentity?, reading: Reading?,
        knownAlternates: Int, usableAlternates: Int
    ) {
        self.answer = answer
        self.optedIn = optedIn
        self.live = live
        self.reading = reading
        self.knownAlternates = knownAlternates
        self.usableAlternates = usableAlternates
    }
}

extension RotationEngine {
    /// Takes what a status line said. Waits for nothing that runs: a tick under
    /// way, or one this starts, goes on behind the caller's back.
    package func observe(_ observation: Observation) -> ObservationReport {
        let now = ports.clock.now()
        let isOn = ports.flag.isOn()
        let answer: ObservationAnswer
        if isOn {
            answer = machine.take(observation, at: now)
            if case .taken = answer, machine.isWorthTick(at: now) { tickSoon() }
        } else {
            machine.forgetObservations()
            answer = .refused(.off)
        }
        return report(answer, isOn: isOn, at: now)
    }

    private func report(
        _ answer: ObservationAnswer, isOn: Bool, at now: Timestamp
    ) -> ObservationReport {
        let live = book.live
        let alternates = book.slots.keys.count { $0 != live }
        let usable = live.map { machine.alternatesLeft(to: $0, among: book.facts(), at: now) }
        return ObservationReport(
            answer: answer, optedIn: isOn,
            live: live.flatMap { book.slots[$0]?.identity },
            reading: live.flatMap { machine.expectedReading(of: $0) },
            knownAlternates: alternates, usableAlternates: usable ?? 0)
    }

    /// One tick for any number of observations: it is shared like every other.
    private func tickSoon() {
        guard !isStopping else { return }
        Task {
            do {
                _ = try await tick(TickRequest(trigger: .observation))
            } catch {
                ports.log.write(LogLine(.debug, "an observed tick was refused"))
            }
        }
    }

    /// Once a tick, before the store is looked at.
    func takeCachedUsage() async {
        guard let cached = await ports.usageCache.read(),
            case .windows(let windows) = ports.vendor.decodeUsage(cached.body)
        else { return }
        machine.take(
            CachedUsage(
                accountUUID: cached.accountUUID, organizationUUID: cached.organizationUUID,
                fetchedAt: cached.fetchedAt, windows: windows))
    }
}
