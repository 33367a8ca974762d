// `GET /plan`: what is known played forward, and nobody asked for it.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine
import Testing

@testable import ControlServer

@Suite struct PlanRouteTests {
    /// Bob is live and burns 20 points in an hour of ticks; the others stay.
    private func atWork() async throws -> ServerHarness {
        let house = await ServerHarness()
        _ = await house.send("PUT", "/live", body: #"{"email":"bob@example.com"}"#)
        _ = await house.send("POST", "/tick?fresh=true")
        for minutes in [20, 40, 60] {
            house.clock.advance(seconds: 1200)
            let passed = Int64(minutes) * 60
            let windows = [
                UsageWindow(
                    key: .fiveHour, utilization: 12 + Double(minutes) / 3,
                    resetsAt: house.clock.now().adding(seconds: 7200 - passed)),
                UsageWindow(
                    key: .sevenDay, utilization: 20,
                    resetsAt: house.clock.now().adding(seconds: 90_000 - passed)),
            ]
            house.vendor.set(usage: .windows(windows), forToken: Array("canary-bob".utf8))
            _ = await house.send("POST", "/tick?fresh=true")
        }
        return house
    }

    @Test func `the plan is made from what was read, and nobody is asked for it`() async throws {
        let house = try await atWork()
        let asked = house.vendor.calls.count
        let plan = try await house.send("GET", "/plan").decode(PlanBody.self)
        #expect(house.vendor.calls.count == asked)
        let now = house.clock.now()
        #expect(plan.at == now.rfc3339 && plan.until == now.adding(seconds: 36_000).rfc3339)
        #expect(plan.horizon == now.adding(seconds: 46_800).rfc3339)
        let burn = try #require(plan.burn)
        #expect((19.5...20.5).contains(burn.pointsPerHour.likely) && !burn.idle)
        #expect(plan.segments.first?.email == "bob@example.com")
        #expect(plan.segments.first?.from == plan.at && plan.segments.last?.to == plan.until)
        #expect(plan.segments.first?.reason == "below-threshold")
        let bob = try #require(plan.accounts.first { $0.email == "bob@example.com" })
        #expect(bob.live && bob.ageSeconds == 0)
        #expect(bob.windows.map(\.name) == ["five_hour", "seven_day"])
        #expect(bob.windows.first?.utilization == 32)
        #expect(plan.unknown.isEmpty && ["yes", "maybe"].contains(plan.lasts))
    }

    @Test func `off it is answered too, with the age of what is known`() async throws {
        let house = try await atWork()
        _ = await house.send("DELETE", "/opt-in")
        let looks = await house.vault.calls.count
        let asked = house.vendor.calls.count
        house.clock.advance(seconds: 600)
        let plan = try await house.send("GET", "/plan").decode(PlanBody.self)
        #expect(plan.accounts.first { $0.live }?.ageSeconds == 600)
        house.clock.advance(seconds: 6600)
        let late = try await house.send("GET", "/plan").decode(PlanBody.self)
        #expect(late.lasts == "unknown" && late.segments.isEmpty)
        #expect(late.unknown.count == 3)
        #expect(late.unknown.allSatisfy { $0.readAt != nil })
        #expect(house.vendor.calls.count == asked)
        #expect(await house.vault.calls.count == looks)
    }

    @Test func `a pause and a hold are said in it`() async throws {
        let house = try await atWork()
        let free = try await house.send("GET", "/plan").decode(PlanBody.self)
        #expect(free.pause == PauseBody(paused: false))
        let until = house.clock.now().adding(seconds: 600).rfc3339
        _ = await house.send("PUT", "/pause", body: #"{"until":"\#(until)"}"#)
        _ = await house.send(
            "PUT", "/accounts/carol@example.com/policy", body: #"{"hold":true}"#)
        let plan = try await house.send("GET", "/plan").decode(PlanBody.self)
        #expect(plan.pause == PauseBody(paused: true, since: plan.at, until: until))
        let held = plan.unknown.filter { $0.reason == "held" }
        #expect(held.map(\.email) == ["carol@example.com"] && held.first?.readAt != nil)
        #expect(!plan.accounts.contains { $0.email == "carol@example.com" })
    }

    @Test func `before anything was read it is unknown, not free`() async throws {
        let house = await ServerHarness()
        let empty = try await house.send("GET", "/plan").decode(PlanBody.self)
        #expect(empty.lasts == "unknown" && empty.burn == nil && empty.unknown.isEmpty)
        _ = await house.send("POST", "/tick")
        let once = try await house.send("GET", "/plan").decode(PlanBody.self)
        #expect(once.lasts == "unknown" && once.burn == nil)
    }

    @Test(arguments: [
        (0, 400), (-60, 400), (1, 200), (604_800, 200), (604_801, 400),
    ])
    func `the time asked for is later than now, by a week at most`(
        seconds: Int64, status: Int
    ) async throws {
        let house = await ServerHarness()
        let until = house.clock.now().adding(seconds: seconds).rfc3339
        let answer = await house.send("GET", "/plan?until=\(until)")
        #expect(answer.status == status)
        if status == 200 { #expect(try answer.decode(PlanBody.self).until == until) }
    }

    @Test(arguments: ["", "08:00", "tomorrow", "2026-11-24", "2026-11-24T08:00:00+01:00"])
    func `a time that is none is a bad request`(until: String) async {
        let house = await ServerHarness()
        let answer = await house.send("GET", "/plan?until=\(until)")
        #expect(answer.status == 400 && answer.code == "bad-request")
    }

    @Test func `an offset is taken, and without a history there is no plan`() async throws {
        let house = await ServerHarness()
        let until = house.clock.now().adding(seconds: 7200).rfc3339
        let offset = until.replacing("Z", with: "%2B01:00")
        let plan = try await house.send("GET", "/plan?until=\(offset)").decode(PlanBody.self)
        #expect(plan.until == house.clock.now().adding(seconds: 3600).rfc3339)
        house.history.failNext(.readings, .unavailable("disk full"))
        let failed = await house.send("GET", "/plan")
        #expect(failed.status == 503 && failed.code == "history-unavailable")
    }
}
