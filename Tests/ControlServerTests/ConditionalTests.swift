// Entity-tags and long polls: when a tag changes, and what ends a wait.

import ControlWire
import RotationCore
import RotationEngine
import Support
import Testing

@testable import ControlServer
@testable import LoopbackHTTP

@Suite struct ConditionalTests {
    private func get(
        _ house: ServerHarness, _ target: String, knowing tag: String? = nil
    ) async -> Answer {
        let fields = tag.map { [("If-None-Match", $0)] } ?? []
        return Answer(await house.send(house.request("GET", target, fields: fields)))
    }

    private func tag(_ house: ServerHarness, _ target: String) async throws -> String {
        try #require(await get(house, target).fields.single("ETag"))
    }

    @Test(arguments: ["/accounts", "/health"])
    func `the same representation has the same tag, and is not sent again`(
        target: String
    ) async throws {
        let house = await ServerHarness()
        let tag = try await tag(house, target)
        #expect(tag.first == "\"" && tag.last == "\"" && tag.count > 3)
        house.clock.advance(seconds: 3600)
        let again = await get(house, target, knowing: tag)
        #expect(again.status == 304 && again.text.isEmpty)
        #expect(again.fields.single("ETag") == tag)
        #expect(again.fields.single("Cache-Control") == "no-store")
        #expect(again.fields.single("Content-Type") == nil)
        _ = await house.send("POST", "/tick")
        let changed = await get(house, target, knowing: tag)
        #expect(changed.status == 200 && changed.fields.single("ETag") != tag)
    }

    @Test func `what is published and not in the body leaves its tag`() async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/tick")
        let accounts = try await tag(house, "/accounts")
        let health = try await tag(house, "/health")
        let version = house.engine.snapshot.version
        _ = await house.send("PUT", "/pause")
        #expect(house.engine.snapshot.version > version)
        #expect(try await tag(house, "/accounts") == accounts)
        #expect(try await tag(house, "/health") == health)
    }

    @Test func `a window that resets changes the tag to the second`() async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/tick")
        let before = try await tag(house, "/accounts")
        house.clock.advance(seconds: 7199)
        #expect(try await tag(house, "/accounts") == before)
        house.clock.advance(seconds: 1)
        #expect(try await tag(house, "/accounts") != before)
    }

    @Test func `another run of the service has other tags`() async throws {
        let first = await ServerHarness()
        let second = await ServerHarness()
        second.clock.advance(seconds: 1)
        let engine = RotationEngine(
            ports: EnginePorts(
                clock: second.clock, vault: second.vault, vendor: second.vendor,
                history: second.history, host: second.host, flag: second.flag,
                log: RecordingLog()), bounds: Bounds())
        await engine.start()
        let ours = Representation().current(first.engine.snapshot, at: first.clock.now()) { _ in
            ([1], nil)
        }
        let other = Representation().current(engine.snapshot, at: first.clock.now()) { _ in
            ([1], nil)
        }
        #expect(ours.tag != other.tag)
    }

    @Test(arguments: [
        ("T", true), ("W/T", true), ("\"a\", T , \"b\"", true), ("*", true), ("\"a\"", false),
        ("", false), ("\"a\",*", false), ("t", false), (",,T", true), ("T\"", false),
    ])
    func `If-None-Match is a list of tags, weak ones among them`(text: String, isKnown: Bool) {
        let tags = EntityTags([text.replacing("T", with: "\"1-1\"")])
        #expect(tags.contains("\"1-1\"") == isKnown, "\(text)")
    }

    @Test func `an older picture never takes the place of a newer one`() {
        let representation = Representation()
        var snapshot = Snapshot(startedAt: Timestamp(seconds: 0))
        let now = Timestamp(seconds: 1)
        snapshot.version = 2
        let newer = representation.current(snapshot, at: now) { _ in ([2], nil) }
        snapshot.version = 1
        let asked = representation.current(snapshot, at: now) { _ in ([1], nil) }
        #expect(asked.tag == newer.tag && asked.bytes == [2])
    }

    @Test func `a wait is answered as soon as it is another`() async throws {
        let house = await ServerHarness()
        let tag = try await tag(house, "/accounts")
        async let answer = get(house, "/accounts?wait=30", knowing: tag)
        await house.timer.untilSleeping()
        #expect(house.handler.waiters.count == 1)
        _ = await house.send("PUT", "/pause")
        await house.timer.untilSleeping()
        _ = await house.send("POST", "/tick")
        let told = await answer
        #expect(told.status == 200 && told.fields.single("ETag") != tag)
        #expect(try told.decode(AccountsBody.self).live != nil)
        #expect(house.handler.waiters.count == 0)
    }

    @Test func `a wait that was for nothing ends with 304, to the second`() async throws {
        let house = await ServerHarness()
        let tag = try await tag(house, "/health")
        async let answer = get(house, "/health?wait=30", knowing: tag)
        while house.timer.sleeperCount < 2 { await Task.yield() }
        house.timer.advance(seconds: 29)
        #expect(house.timer.sleeperCount == 2)
        house.timer.advance(seconds: 1)
        #expect(await answer.status == 304)
    }

    @Test func `a window that resets ends a wait`() async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/tick")
        let tag = try await tag(house, "/accounts")
        async let answer = get(house, "/accounts?wait=60", knowing: tag)
        await house.clock.untilSleeping()
        house.clock.advance(seconds: 7200)
        #expect(await answer.status == 200)
    }

    @Test func `without a tag, and with another, nothing is waited for`() async throws {
        let house = await ServerHarness()
        #expect(await get(house, "/accounts?wait=60").status == 200)
        #expect(await get(house, "/accounts?wait=60", knowing: "\"x\"").status == 200)
        let tag = try await tag(house, "/accounts")
        #expect(await get(house, "/accounts?wait=0", knowing: tag).status == 304)
    }

    @Test(arguments: ["wait=61", "wait=-1", "wait=x", "wait="])
    func `a wait has bounds`(query: String) async {
        let house = await ServerHarness()
        for target in ["/accounts", "/health"] {
            let answer = await get(house, "\(target)?\(query)")
            #expect(answer.status == 400 && answer.code == "bad-request")
        }
    }

    @Test func `so many wait, and who leaves makes room`() async throws {
        var limits = ControlLimits()
        limits.waiters = 1
        let house = await ServerHarness(limits: limits)
        let tag = try await tag(house, "/health")
        let task = Task { await get(house, "/health?wait=60", knowing: tag) }
        await house.timer.untilSleeping()
        let refused = await get(house, "/health?wait=60", knowing: tag)
        #expect(refused.status == 503 && refused.code == "too-many-listeners")
        #expect(refused.fields.single("Retry-After") == "5")
        #expect(await get(house, "/health", knowing: tag).status == 304, "asking is not waiting")
        task.cancel()
        _ = await task.value
        #expect(house.handler.waiters.count == 0)
    }

    @Test func `a stop ends every wait, and nobody waits after it`() async throws {
        let house = await ServerHarness()
        let tag = try await tag(house, "/health")
        async let answer = get(house, "/health?wait=60", knowing: tag)
        await house.timer.untilSleeping()
        await house.engine.stop()
        #expect(await answer.status == 304)
        let after = await get(house, "/health?wait=60", knowing: tag)
        #expect(after.status == 503 && after.code == "stopping")
    }
}
