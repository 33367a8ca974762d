// Who is told of nudges: the heartbeat through its tick, couriers through the
// Announcer. And the one nudge no tick can say, because no tick ends.

import RotationCore

extension RotationEngine {
    /// What is news on this channel, from here on counted as told there. Empty
    /// while off, and while the history cannot say what was told.
    package func announce(on channel: AnnouncementChannel) async -> [StandingNudge] {
        let news = await unannounced(on: channel)
        guard !news.isEmpty else { return [] }
        let marked =
            (try? await ports.history.markAnnounced(
                news.map(\.nudge), on: channel, at: ports.clock.now())) ?? []
        return news.filter { marked.contains($0.nudge) }
    }

    func unannounced(on channel: AnnouncementChannel) async -> [StandingNudge] {
        guard snapshot.optedIn else { return [] }
        return (try? await ports.history.unannounced(on: channel)) ?? []
    }

    /// Raises `tick-stalled` when it is on and no tick has finished for too
    /// long; the next that does clears it.
    package func noticeStall() async {
        let limit = max(bounds.tickStallSeconds, 3 * bounds.tickIntervalSeconds)
        let now = ports.clock.uptimeMilliseconds()
        guard let last = lastConclusionUptime else {
            lastConclusionUptime = now
            return
        }
        guard snapshot.optedIn, now - last >= limit * 1000,
            !snapshot.nudges.contains(where: { $0.nudge.code == .tickStalled })
        else { return }
        let at = ports.clock.now()
        let nudge = Nudge.tickStalled(since: snapshot.lastTickAt ?? snapshot.startedAt)
        ports.log.write(LogLine(.error, "tick-stalled: \(nudge.message)"))
        try? await ports.history.raise(nudge, at: at)
        // A tick may have ended meanwhile: then nothing is stalled.
        guard lastConclusionUptime == last else { return }
        publish { snapshot in
            snapshot.nudges.append(
                StandingNudge(nudge: nudge, since: at, acknowledged: false))
        }
    }
}
