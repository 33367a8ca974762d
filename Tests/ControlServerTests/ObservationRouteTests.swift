// `POST /observations`: what counts, what is refused and how, and that a
// status line can always be drawn from the answer.

import ControlWire
import Testing

@testable import ControlServer

@Suite struct ObservationRouteTests {
    /// The house's live account after its first tick is carol, at 60/90.
    private func house() async throws -> ServerHarness {
        let house = await ServerHarness()
        _ = await house.send("POST", "/tick")
        house.clock.advance(seconds: 60)
        return house
    }

    private func body(
        _ house: ServerHarness, _ fiveHour: Double, _ sevenDay: Double = 90, session: String = "s"
    ) -> String {
        let five = house.clock.now().adding(seconds: 7140).rfc3339
        let seven = house.clock.now().adding(seconds: 89_940).rfc3339
        return #"{"session":"\#(session)","model":"Opus","more":1,"windows":["#
            + #"{"name":"five_hour","utilization":\#(fiveHour),"resetsAt":"\#(five)"},"#
            + #"{"name":"seven_day","utilization":\#(sevenDay),"resetsAt":"\#(seven)"}]}"#
    }

    @Test func `202 says whom it counts for and what can be drawn`() async throws {
        let house = try await house()
        let first = await house.send("POST", "/observations", body: body(house, 60))
        #expect(first.status == 409 && first.code == "unattributable")
        let second = await house.send("POST", "/observations", body: body(house, 63))
        #expect(second.status == 202)
        let line = try second.decode(StatusLineBody.self)
        #expect(line.optedIn && line.live == "carol@example.com")
        #expect(line.windows.map(\.name) == ["five_hour", "seven_day"])
        #expect(line.windows.map(\.utilization) == [63, 90])
        #expect(line.nextResetAt == house.clock.now().adding(seconds: 7140).rfc3339)
        #expect(line.knownAlternates == 2 && line.usableAlternates == 1)
        #expect(!second.text.contains("canary"))
    }

    @Test func `409 says which refusal, and what can be drawn all the same`() async throws {
        let house = try await house()
        for refusal in ["first-of-session", "unchanged"] {
            let answer = await house.send("POST", "/observations", body: body(house, 61))
            let problem = try answer.decode(ProblemBody.self)
            #expect(problem.detail.hasPrefix(refusal + ": "))
            #expect(problem.statusLine?.live == "carol@example.com")
            #expect(problem.statusLine?.windows.map(\.utilization) == [60, 90])
        }
        let none = await house.send(
            "POST", "/observations", body: #"{"session":"t","windows":[]}"#)
        #expect(try none.decode(ProblemBody.self).detail.hasPrefix("no-windows: "))
        try house.flag.set(false)
        let off = await house.send("POST", "/observations", body: body(house, 62))
        let problem = try off.decode(ProblemBody.self)
        #expect(problem.detail.hasPrefix("off: ") && problem.statusLine?.optedIn == false)
    }

    @Test func `before anything is known there is still a line`() async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/observations", body: body(house, 60))
        let answer = await house.send("POST", "/observations", body: body(house, 61))
        let problem = try answer.decode(ProblemBody.self)
        #expect(problem.detail.hasPrefix("live-unknown: "))
        #expect(problem.statusLine?.live == nil && problem.statusLine?.windows == [])
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"session":"s"}"#, #"{"session":"","windows":[]}"#,
        #"{"session":"s","windows":{}}"#, #"{"session":7,"windows":[]}"#,
        #"{"session":"s","windows":[{"name":"moon"}]}"#,
        #"{"session":"s","windows":[{"name":"five_hour"},{"name":"five_hour"}]}"#,
        #"{"session":"s","windows":[{"name":"five_hour","utilization":-0.1}]}"#,
        #"{"session":"s","windows":[{"name":"five_hour","utilization":200.1}]}"#,
        #"{"session":"s","windows":[{"name":"five_hour","utilization":"1"}]}"#,
        #"{"session":"s","windows":[{"name":"five_hour","resetsAt":"soon"}]}"#,
        #"{"session":"s","windows":[{"name":"five_hour","resetsAt":1790000000}]}"#,
        #"{"session":"s","apiMilliseconds":-1,"windows":[]}"#,
        #"{"session":"s","model":"","windows":[]}"#,
    ])
    func `what is no observation is a bad request`(text: String) async throws {
        let house = try await house()
        let answer = await house.send("POST", "/observations", body: text)
        #expect(answer.status == 400 && answer.code == "bad-request", "\(answer.text)")
    }

    @Test(arguments: [("five_hour", Int64(39_600)), ("seven_day", 1_296_000)])
    func `a reset is at most two windows and an hour ahead`(name: String, ahead: Int64) async throws
    {
        let house = try await house()
        for (seconds, status) in [(ahead, 409), (ahead + 1, 400)] {
            let reset = house.clock.now().adding(seconds: seconds).rfc3339
            let text =
                #"{"session":"s\#(seconds)","windows":[{"name":"\#(name)","utilization":1,"#
                + #""resetsAt":"\#(reset)"}]}"#
            #expect(await house.send("POST", "/observations", body: text).status == status)
        }
    }

    @Test(arguments: [(128, 409), (129, 400)])
    func `names have an end`(count: Int, status: Int) async throws {
        let house = try await house()
        let name = String(repeating: "ö", count: count)
        let answer = await house.send("POST", "/observations", body: body(house, 60, session: name))
        #expect(answer.status == status)
    }

    @Test func `percentages from 0 to 200 are taken`() async throws {
        let house = try await house()
        _ = await house.send("POST", "/observations", body: body(house, 0, 0))
        let most = await house.send("POST", "/observations", body: body(house, 200, 200))
        #expect(most.status == 202)
    }
}
