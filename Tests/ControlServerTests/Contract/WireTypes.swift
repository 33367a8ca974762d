// Which type of ControlWire is which schema of openapi.yaml, and which set of
// the core is which enum there. ContractTests fails when one is missing on
// either side, so a new body or a new set is a line here.

import ControlWire
import RotationCore
import RotationEngine

enum WireTypes {
    static let bodies: [(schema: String, type: any (Decodable & Sendable).Type)] = [
        ("Health", HealthBody.self),
        ("OptIn", OptInBody.self),
        ("OptInRequest", OptInRequest.self),
        ("Pause", PauseBody.self),
        ("PauseRequest", PauseRequestBody.self),
        ("Policy", PolicyBody.self),
        ("PolicyRequest", PolicyRequestBody.self),
        ("Window", WindowBody.self),
        ("ObservedWindow", ObservedWindowBody.self),
        ("Observation", ObservationRequestBody.self),
        ("StatusLine", StatusLineBody.self),
        ("Tightest", TightestBody.self),
        ("Usage", UsageBody.self),
        ("ExtraUsage", ExtraUsageBody.self),
        ("Slot", SlotBody.self),
        ("Account", AccountBody.self),
        ("Accounts", AccountsBody.self),
        ("Consideration", ConsiderationBody.self),
        ("Decision", DecisionBody.self),
        ("Decisions", DecisionsBody.self),
        ("Rotation", RotationBody.self),
        ("LineageEntry", LineageEntryBody.self),
        ("Lineage", LineageBody.self),
        ("ImportRequest", ImportRequestBody.self),
        ("ImportEntry", ImportEntryBody.self),
        ("Import", ImportBody.self),
        ("History", HistoryBody.self),
        ("Band", BandBody.self),
        ("Reach", ReachBody.self),
        ("Burn", BurnBody.self),
        ("WindowForecast", WindowForecastBody.self),
        ("Forecast", ForecastBody.self),
        ("PlanSegment", PlanSegmentBody.self),
        ("Unplanned", UnplannedBody.self),
        ("Plan", PlanBody.self),
        ("Nudge", NudgeBody.self),
        ("Nudges", NudgesBody.self),
        ("Tick", TickBody.self),
        ("SwapRequest", SwapRequestBody.self),
        ("Problem", ProblemBody.self),
        ("Readings", ReadingsBody.self),
        ("Series", SeriesBody.self),
        ("Stall", StallBody.self),
        ("Login", LoginBody.self),
        ("LoginAnswer", LoginAnswerBody.self),
        ("LoginRequest", LoginRequestBody.self),
        ("SetupTokenRequest", SetupTokenRequestBody.self),
        ("AccountsEvent", AccountsEventBody.self),
        ("OptInEvent", OptInEventBody.self),
        ("ResetEvent", ResetEventBody.self),
    ]

    /// By `Schema`, `Schema.member`, or the name of a parameter.
    static let closedSets: [String: [String]] = [
        "ReadingSource": names(ReadingSource.self),
        "NudgeCode": names(NudgeCode.self),
        "Trigger": names(Trigger.self),
        "Reason": names(Reason.self),
        "OptIn.strategy": names(StrategyName.self),
        "Usage.status": names(UsageStatus.self),
        "Slot.state": names(SlotState.self),
        "Slot.kind": names(CredentialKind.self),
        "ObservedWindow.name": [WindowKey.fiveHour.name, WindowKey.sevenDay.name],
        "Consideration.outcome": names(ConsiderationOutcome.self),
        "Decision.outcome": names(Outcome.self),
        "Tick.outcome": names(Outcome.self),
        "LineageEntry.event": names(LineageEntry.Event.self),
        "LineageEntry.writer": names(LineageEntry.Writer.self),
        "ImportEntry.code": names(ImportEntry.Code.self),
        "Plan.lasts": names(Lasting.self),
        // What a plan's segments can be for, in the order of PoolRun.
        "PlanSegment.reason": [
            Reason.belowThreshold, .drainFirst, .roomToStay, .allExhausted,
        ].map(\.rawValue),
        "window": [WindowKey.fiveHour.name, WindowKey.sevenDay.name],
        "Login.state": names(SignIn.State.self),
        "Login.failure": names(SignIn.Failure.self),
        "Nudge.severity": names(NudgeSeverity.self),
        "Nudge.urgency": names(NudgeUrgency.self),
        "ResetEvent.reason": names(ResetEventBody.Reason.self),
        // Whom a tick of a caller's can be said to come from.
        "trigger": [Trigger.request, .heartbeat].map(\.rawValue),
    ]

    private static func names<Name: RawRepresentable<String> & CaseIterable>(
        _ type: Name.Type
    ) -> [String] {
        type.allCases.map(\.rawValue)
    }
}
