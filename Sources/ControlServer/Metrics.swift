// `GET /metrics`: the published picture and the counts of this run as families
// of samples. Nothing is looked up: a scrape costs the same after a year.

import LoopbackHTTP
import RotationCore
import RotationEngine

struct Metrics {
    let snapshot: Snapshot
    let identity: ServiceIdentity
    let now: Timestamp
    let listeners: Int
    let waiters: Int

    private typealias Sample = MetricsText.Sample

    var text: String {
        var text = MetricsText()
        service(&text)
        accounts(&text)
        counts(&text)
        return text.text
    }

    private func service(_ text: inout MetricsText) {
        text.family(
            "rotator_build_info", .gauge, "Always 1; which version this is.",
            [Sample([("version", identity.version)], 1)])
        text.family(
            "rotator_start_time_seconds", .gauge, "When the service started, Unix time.",
            [Sample(snapshot.startedAt.unixSeconds)])
        text.family(
            "rotator_opted_in", .gauge, "1 while rotation is on.",
            [Sample(snapshot.optedIn.number)])
        text.family(
            "rotator_paused", .gauge, "1 while swaps are paused.",
            [Sample((snapshot.pause?.isOn(at: now) ?? false).number)])
        text.family(
            "rotator_stuck", .gauge,
            "1 when the last decision was that a swap is due and none can be made.",
            [Sample((snapshot.latestDecision?.verdict.outcome == .stuck).number)])
        text.family(
            "rotator_seconds_since_last_tick", .gauge,
            "Seconds since a tick last ended; absent before the first.",
            snapshot.lastTickAt.map { [Sample(now.unixSeconds - $0.unixSeconds)] } ?? [])
        text.family(
            "rotator_nudges", .gauge, "Nudges that stand and are not acknowledged.",
            NudgeSeverity.allCases.map { severity in
                let count = snapshot.nudges.count {
                    $0.nudge.severity == severity && !$0.acknowledged
                }
                return Sample([("severity", severity.rawValue)], Double(count))
            })
        text.family(
            "rotator_event_listeners", .gauge, "Streams of GET /events that are open.",
            [Sample(Double(listeners))])
        text.family(
            "rotator_long_polls", .gauge, "Requests that wait for a change.",
            [Sample(Double(waiters))])
    }

    private func accounts(_ text: inout MetricsText) {
        let all = snapshot.accounts.map { ($0, Self.labels($0)) }
        text.family(
            "rotator_account_live", .gauge, "1 for the account Claude Code uses.",
            all.map { Sample($1, $0.isLive.number) })
        text.family(
            "rotator_account_slot_usable", .gauge, "1 while its credential can serve.",
            all.map { Sample($1, ($0.slotState == .usable).number) })
        let windows = all.flatMap { view, labels in
            (view.reading?.windows ?? []).map { window in
                (window, labels + [("window", window.key.name), ("model", window.key.model ?? "")])
            }
        }
        text.family(
            "rotator_account_utilization_ratio", .gauge,
            "Used part of a window, 0 to 1 and sometimes more, as last read; absent while unknown.",
            windows.compactMap { window, labels in
                window.utilization(at: now).map { Sample(labels, $0 / 100) }
            })
        text.family(
            "rotator_account_window_reset_timestamp_seconds", .gauge,
            "When the window begins anew, Unix time.",
            windows.compactMap { window, labels in
                window.resetsAt.map { Sample(labels, $0.unixSeconds) }
            })
        text.family(
            "rotator_account_reading_timestamp_seconds", .gauge,
            "When its usage was last known, Unix time.",
            all.compactMap { view, labels in
                view.reading.map { Sample(labels, $0.readAt.unixSeconds) }
            })
    }

    private func counts(_ text: inout MetricsText) {
        let counters = snapshot.counters
        text.family(
            "rotator_ticks_total", .counter,
            "Ticks by outcome; stuck are the stalled ones. Since the service started.",
            Outcome.allCases.map {
                Sample([("outcome", $0.rawValue)], Double(counters.ticks[$0] ?? 0))
            })
        text.family(
            "rotator_swaps_total", .counter,
            "Swaps by what made them happen and why. Since the service started.",
            counters.swaps.sorted { $0.key < $1.key }.map { swap, count in
                Sample(
                    [("trigger", swap.trigger.rawValue), ("reason", swap.reason.rawValue)],
                    Double(count))
            })
        text.family(
            "rotator_usage_reads_total", .counter,
            "Requests to the usage endpoint by result; a rate-limited one is a 429. Since the "
                + "service started.",
            UsageReadResult.allCases.map {
                Sample([("result", $0.rawValue)], Double(counters.usageReads[$0] ?? 0))
            })
        text.family(
            "rotator_refreshes_total", .counter,
            "Refreshes that were due, by result. Since the service started.",
            RefreshCount.allCases.map {
                Sample([("result", $0.rawValue)], Double(counters.refreshes[$0] ?? 0))
            })
        text.family(
            "rotator_unrecorded_decisions_total", .counter,
            "Decisions the history could not take when they were made. Since the service started.",
            [Sample(Double(counters.unrecorded))])
    }

    /// The id too: one e-mail can have several seats.
    private static func labels(_ view: AccountView) -> [(name: String, value: String)] {
        [("account", view.identity.id.description), ("email", view.identity.email)]
    }
}

extension ControlHandler {
    var metrics: HTTPResponse {
        let metrics = Metrics(
            snapshot: engine.snapshot, identity: identity, now: clock.now(),
            listeners: listeners.count, waiters: waiters.count)
        return Answers.text(metrics.text, MetricsText.contentType)
    }
}

extension Timestamp {
    fileprivate var unixSeconds: Double { Double(milliseconds) / 1000 }
}

extension Bool {
    fileprivate var number: Double { self ? 1 : 0 }
}

extension MetricsText.Sample {
    fileprivate init(_ value: Double) { self.init([], value) }
}
