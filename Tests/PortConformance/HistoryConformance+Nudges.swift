// The laws of what was told of nudges, and where.

import RotationCore
import RotationEngine
import Testing

extension HistoryConformance {
    private static func nudge(
        _ urgency: NudgeUrgency, _ severity: NudgeSeverity = .warning, kind: String? = nil
    ) -> Nudge {
        Nudge(
            code: .loginNeeded, email: "b@example.com", severity: severity, urgency: urgency,
            kind: kind, message: "m", command: "rotator capture")
    }

    private static func tell(
        _ history: any HistoryLog, _ channel: AnnouncementChannel, at seconds: Int64 = 0
    ) async throws -> [Nudge] {
        let news = try await history.unannounced(on: channel).map(\.nudge)
        return try await history.markAnnounced(news, on: channel, at: now.adding(seconds: seconds))
    }

    static func announcements(_ world: any HistoryWorld) async throws {
        let history = world.history
        #expect(try await tell(history, .heartbeat).isEmpty)
        _ = try await history.append(entry(tick: 1, nudges: [nudge(.within48Hours)]))
        #expect(try await tell(history, .heartbeat) == [nudge(.within48Hours)])
        #expect(try await tell(history, .heartbeat).isEmpty)
        #expect(try await tell(history, .webhook) == [nudge(.within48Hours)], "its own channel")
        #expect(
            try await history.markAnnounced([nudge(.within48Hours)], on: .webhook, at: now).isEmpty,
            "of two that tell the same at once, one does")
        _ = try await history.append(entry(tick: 2, at: 60, nudges: [nudge(.within24Hours)]))
        #expect(try await tell(history, .heartbeat, at: 60) == [nudge(.within24Hours)])
        _ = try await history.append(entry(tick: 3, at: 120, nudges: [nudge(.within48Hours)]))
        #expect(try await tell(history, .heartbeat, at: 120).isEmpty, "better is no news")
        let worse = nudge(.within48Hours, .critical)
        _ = try await history.append(entry(tick: 4, at: 180, nudges: [worse]))
        #expect(try await tell(history, .heartbeat, at: 180) == [worse])
        let other = nudge(.within48Hours, .critical, kind: "other")
        _ = try await history.append(entry(tick: 5, at: 240, nudges: [other]))
        #expect(try await tell(history, .heartbeat, at: 240) == [other])
        _ = try await history.append(entry(tick: 6, at: 300, nudges: [worse]))
        #expect(try await tell(history, .heartbeat, at: 300).isEmpty, "both kinds were told")
        let dead = nudge(.dead, .critical)
        _ = try await history.append(entry(tick: 7, at: 360, nudges: [dead]))
        #expect(
            try await history.acknowledge(
                .loginNeeded, email: "b@example.com", at: now.adding(seconds: 360)))
        #expect(try await tell(history, .heartbeat, at: 360).isEmpty, "acknowledged is silent")
    }

    static func told(_ world: any HistoryWorld) async throws {
        _ = try await world.history.append(entry(tick: 1, nudges: [nudge(.expired)]))
        #expect(try await tell(world.history, .desktop).count == 1)
        let again = try await world.reopened()
        #expect(try await again.nudges().map(\.nudge) == [nudge(.expired)])
        #expect(try await tell(again, .desktop).isEmpty)
        let memory = Bounds.announcementMemorySeconds
        _ = try await again.append(entry(tick: 2, at: 60, nudges: [nudge(.expired)]))
        _ = try await again.append(entry(tick: 3, at: 60 + memory - 1, nudges: []))
        _ = try await again.append(entry(tick: 4, at: 60 + memory - 1, nudges: [nudge(.expired)]))
        #expect(try await tell(again, .desktop, at: 60 + memory - 1).isEmpty, "it came and went")
        let over = 59 + 2 * memory
        _ = try await again.append(entry(tick: 5, at: over, nudges: []))
        _ = try await again.append(entry(tick: 6, at: over + 1, nudges: [nudge(.expired)]))
        #expect(try await tell(again, .desktop, at: over + 1) == [nudge(.expired)])
    }

    static func raised(_ world: any HistoryWorld) async throws {
        let history = world.history
        let stalled = Nudge.tickStalled(since: now)
        _ = try await history.append(entry(tick: 1, nudges: [nudge(.dead)]))
        try await history.raise(stalled, at: now.adding(seconds: 600))
        try await history.raise(stalled, at: now.adding(seconds: 630))
        let standing = try await history.nudges()
        #expect(standing.map(\.nudge) == [nudge(.dead), stalled])
        #expect(standing.map(\.since) == [now, now.adding(seconds: 600)])
        #expect(try await tell(history, .webhook).count == 2)
        _ = try await history.append(entry(tick: 2, at: 660, nudges: [nudge(.dead)]))
        #expect(try await history.nudges().map(\.nudge) == [nudge(.dead)])
    }
}
