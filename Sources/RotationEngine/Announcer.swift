// Carries nudges out of the service, each once per place and worsening: what is
// news is asked of the history every time, so that a restart neither forgets
// one nor tells it again. Off means off: then nothing is sent.

import RotationCore

package actor Announcer {
    private let engine: RotationEngine
    private let couriers: [any NudgeCourier]
    private let ports: EnginePorts
    private var attempts: [String: Attempt] = [:]
    private var closed: Set<AnnouncementChannel> = []

    /// Letters at once on one channel; the rest wait for the next turn.
    static let letters = 8
    /// Seconds between looks for news.
    private static let interval: Int64 = 30

    private struct Attempt {
        var failed = 0
        var notBefore: Timestamp
        /// It was delivered, but that could not be written down.
        var isDelivered = false
    }

    package init(engine: RotationEngine, couriers: [any NudgeCourier]) {
        self.engine = engine
        self.couriers = couriers
        ports = engine.ports
    }

    /// Until its task is cancelled: then the letter on its way is the last, and
    /// it is written down when it arrives.
    package func run() async {
        while !Task.isCancelled {
            await engine.noticeStall()
            await turn()
            do {
                try await ports.clock.sleep(
                    until: ports.clock.now().adding(seconds: Self.interval))
            } catch {
                return
            }
        }
    }

    /// One look for news on every channel, and one attempt for what is due.
    package func turn() async {
        for courier in couriers where mayServe(courier) {
            await serve(courier)
        }
    }

    private func serve(_ courier: any NudgeCourier) async {
        let news = await engine.unannounced(on: courier.channel)
        let known = Set(news.map { Self.id(of: $0, on: courier.channel) })
        attempts = attempts.filter { id, _ in
            known.contains(id) || !id.hasPrefix(Self.prefix(courier.channel))
        }
        for standing in news.prefix(Self.letters) where mayServe(courier) {
            await send(standing, by: courier)
        }
    }

    private func mayServe(_ courier: any NudgeCourier) -> Bool {
        !closed.contains(courier.channel) && !Task.isCancelled
    }

    private func send(_ standing: StandingNudge, by courier: any NudgeCourier) async {
        let id = Self.id(of: standing, on: courier.channel)
        let now = ports.clock.now()
        var attempt = attempts[id] ?? Attempt(notBefore: now)
        guard now >= attempt.notBefore else { return }
        if !attempt.isDelivered {
            let letter = NudgeLetter(id: id, standing: standing, sentAt: now)
            switch await courier.deliver(letter) {
            case .delivered: attempt.isDelivered = true
            case .failed(let reason, let retryAfter):
                attempt.failed += 1
                say(courier.channel, standing, reason, attempt.failed)
                if let delay = RetrySchedule.delay(after: attempt.failed) {
                    let next = ports.clock.now().adding(seconds: delay)
                    attempt.notBefore = max(next, retryAfter ?? next)
                    attempts[id] = attempt
                    return
                }
            case .gone(let reason):
                closed.insert(courier.channel)
                say(courier.channel, standing, reason, RetrySchedule.attempts)
                return
            }
        }
        do {
            _ = try await ports.history.markAnnounced(
                [standing.nudge], on: courier.channel, at: ports.clock.now())
            attempts[id] = nil
        } catch {
            attempts[id] = attempt
        }
    }

    private func say(
        _ channel: AnnouncementChannel, _ standing: StandingNudge, _ reason: String, _ failed: Int
    ) {
        let end = failed >= RetrySchedule.attempts ? "given up" : "attempt \(failed)"
        ports.log.write(
            LogLine(
                .warning,
                "\(channel.rawValue): \(standing.nudge.code.rawValue) was not delivered, \(end): "
                    + reason))
    }

    // MARK: Names

    private static func prefix(_ channel: AnnouncementChannel) -> String {
        channel.rawValue + "_"
    }

    /// Equal for equal news: what it is, how bad, and since when. A full stop
    /// would be the separator of what is signed.
    static func id(of standing: StandingNudge, on channel: AnnouncementChannel) -> String {
        let nudge = standing.nudge
        let parts = [
            nudge.code.rawValue, nudge.email ?? "", nudge.kind ?? "", nudge.severity.rawValue,
            nudge.urgency.rawValue, "\(standing.since.milliseconds)",
        ]
        let text = String(FNV1a.digest(of: parts), radix: 16)
        return prefix(channel) + String(repeating: "0", count: 16 - text.count) + text
    }
}
