// `GET /readings`: what was read over time, bounded, and nobody asked for it.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine
import Testing

@testable import ControlServer

@Suite struct ReadingsRouteTests {
    /// Four ticks, a minute apart; bob's five hours at 12, 13, 14, 15.
    private func watched() async throws -> (ServerHarness, Timestamp) {
        let house = await ServerHarness()
        let start = house.clock.now()
        for minute in 0..<4 {
            let windows = [
                UsageWindow(
                    key: .fiveHour, utilization: 12 + Double(minute),
                    resetsAt: start.adding(seconds: 7200)),
                UsageWindow(key: .sevenDay, utilization: 20.126, resetsAt: nil),
            ]
            house.vendor.set(usage: .windows(windows), forToken: Array("canary-bob".utf8))
            _ = await house.send("POST", "/tick?fresh=true")
            if minute < 3 { house.clock.advance(seconds: 60) }
        }
        return (house, start)
    }

    @Test func `it tells what was read, as it was read, and asks nobody`() async throws {
        let (house, start) = try await watched()
        let asked = house.vendor.calls.count
        let body = try await house.send("GET", "/readings?points=1000&account=bob@example.com")
            .decode(ReadingsBody.self)
        #expect(house.vendor.calls.count == asked)
        #expect(body.at == start.adding(seconds: 180).rfc3339 && body.until == body.at)
        #expect(body.since == start.adding(seconds: 180 - 86400).rfc3339)
        #expect(body.window == "five_hour" && body.stepSeconds == 87)
        let bob = try #require(body.accounts.first)
        #expect(body.accounts.count == 1 && bob.email == "bob@example.com")
        #expect(bob.id == ServerHarness.identity("bob").id.description)
        #expect(Set(bob.utilization).isSubset(of: [12, 13, 14, 15]))
        #expect(bob.utilization.last == 15 && bob.seconds.last == 86400)
        #expect(try #require(bob.resetSeconds.last) == 86400 + 7200 - 180)
        #expect(bob.seconds.count == bob.utilization.count)
        #expect(bob.seconds.count == bob.resetSeconds.count)
    }

    @Test func `another window is asked for by name; accounts come as they are listed`()
        async throws
    {
        let (house, _) = try await watched()
        let body = try await house.send("GET", "/readings?window=seven_day")
            .decode(ReadingsBody.self)
        #expect(body.accounts.map(\.email) == ServerHarness.names.map(ServerHarness.email))
        #expect(body.accounts[1].utilization.last == 20.13)
        #expect(try #require(body.accounts[1].resetSeconds.last) == nil)
        let other = await house.send("GET", "/readings?window=weekly_scoped")
        #expect(other.status == 400 && other.code == "bad-request")
    }

    @Test func `both ends belong to the stretch`() async throws {
        let (house, start) = try await watched()
        func seconds(_ from: Int64, _ to: Int64) async throws -> [Double?] {
            let (since, until) = (start.adding(seconds: from), start.adding(seconds: to))
            let target = "/readings?since=\(since.rfc3339)&until=\(until.rfc3339)&account=bob.org"
            let body = try await house.send("GET", target).decode(ReadingsBody.self)
            return body.accounts.first?.utilization ?? []
        }
        #expect(try await seconds(60, 120) == [13, 14])
        #expect(try await seconds(61, 120) == [14])
        #expect(try await seconds(60, 119) == [13])
        #expect(try await seconds(0, 180) == [12, 13, 14, 15])
    }

    @Test(arguments: [
        ("points=0", 400), ("points=1", 200), ("points=1000", 200), ("points=1001", 400),
        ("points=x", 400), ("since=x", 400), ("until=", 400), ("account=nobody", 404),
    ])
    func `what is asked for is bounded`(query: String, status: Int) async {
        let house = await ServerHarness()
        #expect(await house.send("GET", "/readings?\(query)").status == status)
    }

    @Test(arguments: [
        (-1, 400), (0, 400), (1, 200), (2_678_400, 200), (2_678_401, 400),
    ])
    func `a stretch has a length, of 31 days at most`(seconds: Int64, status: Int) async {
        let house = await ServerHarness()
        let since = house.clock.now().adding(seconds: -seconds).rfc3339
        #expect(await house.send("GET", "/readings?since=\(since)").status == status)
    }

    @Test func `a step is as long as it must be, to the second`() async throws {
        let house = await ServerHarness()
        for (seconds, points, step) in [(1, 240, 1), (240, 240, 1), (241, 240, 2), (480, 240, 2)] {
            let since = house.clock.now().adding(seconds: -Int64(seconds)).rfc3339
            let body = try await house.send("GET", "/readings?since=\(since)&points=\(points)")
                .decode(ReadingsBody.self)
            #expect(body.stepSeconds == Int64(step))
        }
    }

    @Test func `what is forgotten is no longer told, and without a history nothing is`()
        async throws
    {
        let (house, _) = try await watched()
        _ = await house.send("DELETE", "/accounts/bob@example.com")
        let body = try await house.send("GET", "/readings").decode(ReadingsBody.self)
        #expect(!body.accounts.isEmpty && !body.accounts.contains { $0.email.hasPrefix("bob") })
        house.history.failNext(.readings, .unavailable("disk full"))
        let failed = await house.send("GET", "/readings")
        #expect(failed.status == 503 && failed.code == "history-unavailable")
    }

    @Test func `a time in which nothing was left is told, and that it goes on`() async throws {
        let house = await ServerHarness()
        for name in ServerHarness.names {
            let windows = [
                UsageWindow(
                    key: .fiveHour, utilization: 100,
                    resetsAt: house.clock.now().adding(seconds: 7200))
            ]
            house.vendor.set(usage: .windows(windows), forToken: Array("canary-\(name)".utf8))
        }
        let tick = try await house.send("POST", "/tick?fresh=true").decode(TickBody.self)
        #expect(tick.outcome == "stuck")
        let body = try await house.send("GET", "/readings").decode(ReadingsBody.self)
        #expect(body.stalls == [StallBody(from: tick.at)])
    }
}
