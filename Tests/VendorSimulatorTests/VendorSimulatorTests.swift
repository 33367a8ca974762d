// The stand-in behaves as the vendor is known to: the reference names each
// behaviour's source.

import LoopbackHTTP
import Synchronization
import Testing
import VendorSimulator

private final class Clock: Sendable {
    private let state = Mutex<Int64>(1_790_000_000_000)
    var now: Int64 { state.withLock { $0 } }
    func advance(hours: Int64) { state.withLock { $0 += hours * 3_600_000 } }
}

private struct World {
    let clock = Clock()
    let simulator: VendorSimulator
    let port: UInt16

    init(seed: UInt64 = 1) throws {
        let clock = clock
        let account = SimulatedAccount(
            email: "a@example.com", accountUUID: "u", organizationUUID: "o", fiveHour: 40,
            now: clock.now)
        simulator = VendorSimulator(
            accounts: [account], clockMilliseconds: { clock.now }, seed: seed)
        port = try simulator.start()
    }

    var account: SimulatedAccount {
        get throws { try #require(simulator.account("a@example.com")) }
    }

    func get(_ path: String) throws -> HTTPClientResponse {
        let bearer = "Bearer " + (try account.accessToken)
        return try HTTPClient(.ipv4(port: port)).exchange(
            method: "GET", target: path,
            fields: HTTPFields([.init(name: "Authorization", value: bearer)]),
            timeoutMilliseconds: 600_000)
    }
}

@Suite(.serialized) struct VendorSimulatorTests {
    @Test func `usage grows as it is consumed and begins anew after a reset`() async throws {
        let world = try World()
        world.simulator.consume(email: "a@example.com", percent: 8)
        #expect(try world.account.fiveHour == 48)
        #expect(try world.account.sevenDay == 1)
        world.simulator.consume(email: "a@example.com", percent: 80)
        #expect(try world.account.fiveHour == 100)
        world.clock.advance(hours: 2)
        let body = String(decoding: try world.get("/api/oauth/usage").body, as: UTF8.self)
        #expect(body.contains(#""five_hour":{"utilization":0.0,"#))
        await world.simulator.stop()
    }

    @Test func `an access token lapses`() async throws {
        let world = try World()
        #expect(try world.get("/api/oauth/profile").status == 200)
        world.clock.advance(hours: 8)
        #expect(try world.get("/api/oauth/profile").status == 401)
        await world.simulator.stop()
    }

    @Test func `nothing else is served`() async throws {
        let world = try World()
        #expect(try world.get("/v1/messages").status == 404)
        await world.simulator.stop()
    }

    @Test func `the same seed issues the same tokens, another others`() async throws {
        let worlds = [try World(seed: 1), try World(seed: 1), try World(seed: 2)]
        let tokens = try worlds.map { try $0.account.accessToken }
        #expect(tokens[0] == tokens[1])
        #expect(tokens[0] != tokens[2])
        #expect(tokens[0].contains("simulated"))
        for world in worlds { await world.simulator.stop() }
    }
}
