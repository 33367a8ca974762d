// openapi.yaml and what is built say the same: routes, schemas, codes, and the
// copy the service serves.

import ControlWire
import Foundation
import RotationCore
import RotationEngine
import Testing
import Yams

@testable import ControlServer

private let contract = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "openapi.yaml")

@Suite struct ContractTests {
    private let document: Node

    init() throws {
        let text = String(decoding: try Data(contentsOf: contract), as: UTF8.self)
        document = try #require(try Yams.compose(yaml: text))
    }

    private func keys(_ node: Node?) -> Set<String> {
        Set(node?.mapping?.keys.compactMap(\.string) ?? [])
    }

    @Test func `the served document is the written one`() throws {
        let text = String(decoding: try Data(contentsOf: contract), as: UTF8.self)
        #expect(openAPIDocument == text)
    }

    @Test func `every route is in the document and every path is built`() {
        var written: Set<String> = []
        for (path, operations) in document["paths"]?.mapping ?? [:] {
            for method in keys(operations) {
                written.insert("\(method.uppercased()) \(path.string ?? "")")
            }
        }
        #expect(written == Set(Route.all.map { "\($0.method) \($0.template)" }))
    }

    @Test func `every problem code is in the document`() {
        let codes = document["components"]?["schemas"]?["Problem"]?["properties"]?["code"]?["enum"]
        let written = codes?.sequence?.compactMap(\.string) ?? []
        #expect(written == ProblemCode.allCases.map(\.rawValue))
    }

    /// A request may leave out what an answer always has.
    private func matches(
        _ schema: String, _ body: some Encodable, isAnswer: Bool = true
    ) throws {
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(body))
        let made = Set((object as? [String: Any] ?? [:]).keys)
        let node = document["components"]?["schemas"]?[schema]
        #expect(keys(node?["properties"]) == made, "\(schema)")
        let required = Set(node?["required"]?.sequence?.compactMap(\.string) ?? [])
        #expect(required == (isAnswer ? made : []), "\(schema)")
    }

    @Test func `what is answered has exactly the members of its schema`() async throws {
        let house = await ServerHarness()
        let tick = try await house.send("POST", "/tick").decode(TickBody.self)
        let account = try await house.send("GET", "/accounts/bob.org").decode(AccountBody.self)
        let history = try await house.send("GET", "/history").decode(HistoryBody.self)
        let entry = ImportEntryBody(
            label: "a", origin: "b", code: "adopted", isStored: true, detail: "c")
        try matches("ImportEntry", entry)
        try matches(
            "Import", ImportBody(source: "/a", dryRun: false, accounts: [entry], deleted: []))
        try matches("Tick", tick)
        try matches("Decision", tick.decision)
        try matches("Consideration", try #require(tick.decision.considerations.first))
        try matches("Account", account)
        try matches("Slot", try #require(account.slot))
        try matches("Usage", account.usage)
        try matches("ExtraUsage", ExtraUsageBody(enabled: true))
        try matches("Policy", account.policy)
        try matches("Pause", try await house.send("GET", "/pause").decode(PauseBody.self))
        try matches("PauseRequest", PauseRequestBody(until: "u", forSeconds: 1), isAnswer: false)
        try matches(
            "PolicyRequest", PolicyRequestBody(hold: true, reservePercent: 1), isAnswer: false)
        try matches("Window", try #require(account.usage.windows.first))
        try matches("Tightest", try #require(account.usage.tightest))
        try matches("Rotation", try #require(history.rotations.first))
        try matches("History", history)
        try matches("Health", try await house.send("GET", "/health").decode(HealthBody.self))
        try matches("OptIn", try await house.send("GET", "/opt-in").decode(OptInBody.self))
        try matches("Accounts", try await house.send("GET", "/accounts").decode(AccountsBody.self))
        let reach = ReachBody()
        let band = BandBody(low: 1, likely: 2, high: 3)
        try matches("Plan", try await house.send("GET", "/plan").decode(PlanBody.self))
        try matches("Band", band)
        try matches("Reach", reach)
        try matches(
            "Burn", BurnBody(pointsPerHour: band, sevenDayShare: 0, activeHours: 0, idle: false))
        try matches(
            "WindowForecast",
            WindowForecastBody(name: "n", pointsPerHour: band, thresholdAt: reach, wallAt: reach))
        try matches(
            "Forecast",
            ForecastBody(email: "e", live: true, readAt: "r", ageSeconds: 0, windows: []))
        try matches("PlanSegment", PlanSegmentBody(from: "f", to: "t", reason: "r"))
        try matches("Unplanned", UnplannedBody(email: "e", reason: "r"))
        try matches("Nudges", NudgesBody(nudges: []))
        try matches(
            "StatusLine",
            StatusLineBody(optedIn: true, windows: [], knownAlternates: 0, usableAlternates: 0))
        let login = LoginBody(
            email: "e", state: "s", detail: "d", unattended: false, startedAt: "s",
            changedAt: "c", endsAt: "e")
        try matches("Login", login)
        try matches("LoginAnswer", LoginAnswerBody(login: login))
        try matches("LoginRequest", LoginRequestBody(refuseOthers: true), isAnswer: false)
        let nudge = NudgeBody(code: "c", severity: "info", since: "s", message: "m")
        try matches("Nudge", nudge)
    }

    @Test func `enums of the document are the core's`() {
        func written(_ schema: String, _ member: String) -> [String] {
            let node = document["components"]?["schemas"]?[schema]?["properties"]?[member]
            return node?["enum"]?.sequence?.compactMap(\.string) ?? []
        }
        #expect(written("Tick", "outcome") == Outcome.allCases.map(\.rawValue))
        #expect(
            written("Consideration", "outcome") == ConsiderationOutcome.allCases.map(\.rawValue))
        #expect(written("Slot", "state") == SlotState.allCases.map(\.rawValue))
        #expect(written("Slot", "kind") == CredentialKind.allCases.map(\.rawValue))
        #expect(written("Plan", "lasts") == Lasting.allCases.map(\.rawValue))
        let refusals = document["paths"]?["/observations"]?["post"]?["description"]?.string ?? ""
        for refusal in ObservationRefusal.allCases {
            #expect(refusals.contains("`\(refusal.rawValue)`"))
        }
        #expect(written("OptIn", "strategy") == StrategyName.allCases.map(\.rawValue))
        #expect(written("Login", "state") == SignIn.State.allCases.map(\.rawValue))
        #expect(
            written("Login", "failure").filter { $0 != "null" }
                == SignIn.Failure.allCases.map(\.rawValue))
        #expect(written("Nudge", "severity") == NudgeSeverity.allCases.map(\.rawValue))
    }
}
