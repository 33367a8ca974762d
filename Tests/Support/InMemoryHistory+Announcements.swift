// What was told of nudges where, without a file.

import RotationCore
import RotationEngine

struct InMemoryAnnouncement {
    var channel: AnnouncementChannel
    var code: NudgeCode
    var email: String?
    var told: Announced
    var stoodAt: Timestamp
}

extension InMemoryHistory {
    package func raise(_ nudge: Nudge, at: Timestamp) async throws(HistoryError) {
        try fail(.raise)
        state.withLock { state in
            let others = state.nudges.filter {
                ($0.nudge.code, $0.nudge.email) != (nudge.code, nudge.email)
            }
            let before = state.nudges
            state.nudges = (others + standing([nudge], at, before)).sorted {
                ($0.nudge.code, $0.nudge.email ?? "") < ($1.nudge.code, $1.nudge.email ?? "")
            }
            for change in StandingNudge.changes(from: before, to: state.nudges) {
                tell(change, at, &state)
            }
        }
    }

    package func unannounced(
        on channel: AnnouncementChannel
    ) async throws(HistoryError) -> [StandingNudge] {
        try fail(.unannounced)
        return state.withLock { state in
            state.nudges.filter {
                !$0.acknowledged && $0.nudge.isNews(after: state.told(of: $0.nudge, on: channel))
            }
        }
    }

    package func markAnnounced(
        _ nudges: [Nudge], on channel: AnnouncementChannel, at: Timestamp
    ) async throws(HistoryError) -> [Nudge] {
        try fail(.markAnnounced)
        return state.withLock { state in
            nudges.filter { nudge in
                guard nudge.isNews(after: state.told(of: nudge, on: channel)) else { return false }
                state.told.removeAll {
                    ($0.channel, $0.code, $0.email) == (channel, nudge.code, nudge.email)
                        && $0.told.kind == nudge.kind
                }
                state.told.append(
                    InMemoryAnnouncement(
                        channel: channel, code: nudge.code, email: nudge.email,
                        told: nudge.announced, stoodAt: at))
                return true
            }
        }
    }
}

extension InMemoryHistory.State {
    func told(of nudge: Nudge, on channel: AnnouncementChannel) -> [Announced] {
        told.filter { ($0.channel, $0.code, $0.email) == (channel, nudge.code, nudge.email) }
            .map(\.told)
    }

    mutating func keepAnnouncements(of nudges: [Nudge], at now: Timestamp) {
        for index in told.indices
        where nudges.contains(where: {
            ($0.code, $0.email) == (told[index].code, told[index].email)
        }) { told[index].stoodAt = now }
        let end = now.adding(seconds: -Bounds.announcementMemorySeconds)
        told.removeAll { $0.stoodAt <= end }
    }
}
