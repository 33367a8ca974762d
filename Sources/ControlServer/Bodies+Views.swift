// The engine's views as the bodies of the API. Nothing is decided here.

import ControlWire
import RotationCore
import RotationEngine

extension WindowBody {
    init(_ window: UsageWindow, at now: Timestamp) {
        self.init(
            name: window.key.name, model: window.key.model,
            utilization: window.utilization(at: now), resetsAt: window.resetsAt?.rfc3339)
    }
}

extension TightestBody {
    init(_ tightest: TightestWindow) {
        self.init(name: tightest.key.name, utilization: tightest.utilization)
    }
}

extension AccountBody {
    init(_ view: AccountView, bounds: Bounds, at now: Timestamp) {
        self.init(
            id: view.identity.id.description, email: view.identity.email,
            accountUUID: view.identity.id.accountUUID,
            organizationUUID: view.identity.id.organizationUUID, live: view.isLive,
            plan: view.slot?.details.plan ?? view.identity.organizationType,
            rateLimitTier: view.identity.rateLimitTier ?? view.slot?.details.rateLimitTier,
            slot: view.slot.map { SlotBody($0, state: view.slotState) },
            usage: UsageBody(
                view, bounds: bounds.reserving(view.policy.reservePercent), at: now),
            policy: PolicyBody(view.policy))
    }
}

extension SlotBody {
    init(_ slot: Slot, state: SlotState) {
        self.init(
            state: state.rawValue, kind: slot.details.kind.rawValue,
            capturedAt: slot.capturedAt.rfc3339, refreshedAt: slot.refreshedAt?.rfc3339,
            accessTokenExpiresAt: slot.details.accessTokenExpiresAt?.rfc3339,
            accessTokenExpiryIsEstimate: slot.details.kind == .setupToken,
            loginExpiresAt: slot.details.loginExpiresAt?.rfc3339,
            canRefresh: slot.details.canRefresh)
    }
}

extension UsageBody {
    init(_ view: AccountView, bounds: Bounds, at now: Timestamp) {
        let reading = view.reading
        self.init(
            status: view.usageStatus.rawValue, readAt: reading?.readAt.rfc3339,
            source: reading?.source.rawValue,
            windows: reading?.windows.map { WindowBody($0, at: now) } ?? [],
            tightest: reading?.tightest(bounds: bounds, at: now).map(TightestBody.init),
            extra: view.extra.map(ExtraUsageBody.init))
    }
}

extension ExtraUsageBody {
    init(_ extra: ExtraUsage) {
        self.init(
            enabled: extra.isEnabled, usedMinor: extra.usedMinor, limitMinor: extra.limitMinor,
            utilization: extra.utilization, currency: extra.currency,
            decimalPlaces: extra.decimalPlaces, disabledReason: extra.disabledReason)
    }
}

extension ImportBody {
    init(_ report: ImportReport) {
        self.init(
            source: report.source, dryRun: report.isDryRun,
            accounts: report.entries.map { entry in
                ImportEntryBody(
                    label: entry.label, email: entry.email, origin: entry.origin,
                    code: entry.code.rawValue, isStored: entry.code.isStored,
                    detail: entry.detail)
            }, deleted: report.deleted, remark: report.remark)
    }
}

extension LineageBody {
    init(_ entries: [LineageEntry]) {
        self.init(
            entries: entries.map { entry in
                LineageEntryBody(
                    at: entry.at.rfc3339, event: entry.event.rawValue,
                    writer: entry.writer.rawValue, generation: entry.fingerprint,
                    parent: entry.parent, sentence: entry.sentence)
            })
    }
}

extension LineageEntry {
    fileprivate var sentence: String {
        switch event {
        case .firstSeen:
            switch writer {
            case .rotator: "A refresh of ours brought it."
            case .claudeCode: "Claude Code refreshed; this is what it stored."
            case .signIn: "A sign-in brought it."
            case .otherManager: "Another program brought it."
            case .imported: "It was imported."
            case .enrolled: "It came from a sign-in the rotator asked for."
            }
        case .installed: "We made it live."
        case .refreshSent: "We sent its refresh token to the vendor."
        case .refreshRefused: "The vendor refused that request; the token was not spent."
        case .grantRejected: "The vendor said its grant is no longer valid."
        case .restored: "Another program that keeps copies made it live again."
        }
    }
}

extension AccountsBody {
    init(_ snapshot: Snapshot, bounds: Bounds, at now: Timestamp) {
        self.init(
            live: snapshot.liveEmail,
            accounts: snapshot.accounts.map { AccountBody($0, bounds: bounds, at: now) })
    }
}

extension Snapshot {
    var liveEmail: String? { accounts.first(where: \.isLive)?.identity.email }
}

extension DecisionBody {
    init(_ record: DecisionRecord) {
        let verdict = record.verdict
        self.init(
            id: record.id, tick: record.tick, at: record.at.rfc3339,
            outcome: verdict.outcome.rawValue, trigger: record.trigger.rawValue,
            from: record.fromEmail, to: record.toEmail, reason: verdict.reason.rawValue,
            sentence: verdict.sentence,
            considerations: verdict.considerations.map(ConsiderationBody.init),
            earliestReset: verdict.earliestReset?.rfc3339, repeats: record.repeats,
            lastAt: record.lastAt.rfc3339)
    }
}

extension ConsiderationBody {
    init(_ consideration: Consideration) {
        self.init(
            email: consideration.email, outcome: consideration.outcome.rawValue,
            reason: consideration.reason.rawValue, sentence: consideration.sentence,
            tightest: consideration.tightest.map(TightestBody.init))
    }
}

extension RotationBody {
    init(_ record: RotationRecord) {
        self.init(
            id: record.id, at: record.at.rfc3339, from: record.fromEmail, to: record.toEmail,
            trigger: record.trigger.rawValue, reason: record.reason.rawValue,
            sentence: record.sentence, tookMilliseconds: record.tookMilliseconds)
    }
}

extension NudgeBody {
    init(_ standing: StandingNudge) {
        self.init(
            code: standing.nudge.code.rawValue, email: standing.nudge.email,
            severity: standing.nudge.severity.rawValue,
            urgency: standing.nudge.urgency.rawValue, kind: standing.nudge.kind,
            since: standing.since.rfc3339,
            message: standing.nudge.message, command: standing.nudge.command)
    }
}

extension NudgesBody {
    /// What was acknowledged is silent until it worsens.
    init(_ nudges: [StandingNudge]) {
        self.init(nudges: nudges.filter { !$0.acknowledged }.map(NudgeBody.init))
    }
}

extension TickBody {
    init(_ report: TickReport, announced: [StandingNudge] = []) {
        self.init(
            tick: report.tick, at: report.at.rfc3339,
            outcome: report.decision.verdict.outcome.rawValue,
            decision: DecisionBody(report.decision), nudges: NudgesBody(report.nudges).nudges,
            announced: announced.map(NudgeBody.init),
            nextTickAt: report.nextTickAt.rfc3339)
    }
}

extension OptInBody {
    init(_ snapshot: Snapshot, bounds: Bounds, at now: Timestamp) {
        let known = snapshot.accounts.count
        self.init(
            enabled: snapshot.optedIn, since: snapshot.optedInSince?.rfc3339,
            tickIntervalSeconds: bounds.tickIntervalSeconds, threshold: bounds.threshold,
            strategy: bounds.strategy.rawValue, knownAccounts: known,
            message: Self.message(
                snapshot.optedIn, known: known, bounds: bounds,
                remark: snapshot.pause?.remark(at: now) ?? ""))
    }

    /// The one-line report of turning it on or off.
    static func message(
        _ isOn: Bool, known: Int, bounds: Bounds, remark: String = ""
    ) -> String {
        guard isOn else {
            return "Account rotator: OFF. Known accounts: \(known). Turn it on with `rotator on`."
        }
        let whole = bounds.threshold == bounds.threshold.rounded()
        let threshold = whole ? "\(Int64(bounds.threshold))" : "\(bounds.threshold)"
        let more =
            known < 2
            ? "Sign in to another with /login in Claude Code and the next tick files it. "
            : ""
        return "Account rotator: ON (tick every \(bounds.tickIntervalSeconds) s, threshold "
            + "\(threshold) %, \(bounds.strategy.rawValue)). Known accounts: \(known) (at least "
            + "two are needed). " + remark + more + "Turn it off with `rotator off`."
    }
}
