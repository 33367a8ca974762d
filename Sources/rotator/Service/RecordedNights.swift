// The user's own nights, from the readings the service has stored. The file is
// only looked at; the service may be writing it meanwhile.

import ControlWire
import HistoryStore
import Nights
import RotationCore
import RotationEngine

struct RecordedNights {
    private let path: String
    private let bounds: Bounds

    init(_ configuration: Configuration) {
        path = configuration.dataDirectory + "/rotator.sqlite"
        bounds = configuration.bounds
    }

    func read(since: Timestamp, now: Timestamp) async throws -> Recording {
        let history = SQLiteHistory.forReading(path: path)
        defer { history.close() }
        do throws(HistoryError) {
            return try await Self.read(history, since: since, now: now, bounds: bounds)
        } catch {
            switch error {
            case .corrupt(let text), .newerSchema(let text): Output.error(text)
            case .unavailable(let text):
                Output.error(
                    "\(text). Nights are replayed from what `rotator serve` records; "
                        + "--data-dir names another directory")
            }
            throw ExitStatus.code(.failed)
        }
    }

    static func read(
        _ history: any HistoryLog, since: Timestamp, now: Timestamp, bounds: Bounds
    ) async throws(HistoryError) -> Recording {
        let loaded = try await history.load()
        var slots: [AccountID: SlotFacts] = [:]
        for account in loaded.accounts {
            guard let slot = account.slot else { continue }
            slots[account.identity.id] = SlotFacts(
                email: account.identity.email, details: slot.details, generation: Generation(0))
        }
        var readings: [(account: AccountID, reading: Reading)] = []
        var after: ReadingCursor?
        repeat {
            let page = try await history.readings(since: since, after: after, limit: 500)
            readings += page.items.map { ($0.account, $0.reading) }
            after = page.next
        } while after != nil
        return Recording(readings, slots: slots, now: now, bounds: bounds)
    }

    static func tooLittle(_ recording: Recording, seconds: Int64) -> String {
        func hours(_ seconds: Int64) -> String { SimulationReport.decimals(seconds, per: 3600) }
        var text =
            "too little is recorded: \(hours(recording.replayedSeconds)) h in "
            + "\(SimulationReport.nights(recording.nights.count)) can be replayed of the last "
            + "\(hours(seconds)) h, "
            + "\(hours(Recording.neededSeconds)) h in \(Recording.neededNights) nights are needed"
        if recording.tooShort > 0 { text += "; \(recording.tooShort) were shorter than an hour" }
        if recording.tooFewAccounts > 0 {
            text += "; in \(recording.tooFewAccounts) fewer than two accounts were known"
        }
        return text + ". Leave rotation on while you work, or look further back with --since"
    }
}
