// Who waits for news is told of it once, and never left waiting; what is
// counted is what happened.

import RotationCore
import Support
import Testing

@testable import RotationEngine

@Suite struct PublicationTests {
    private let publication = Publication(Snapshot(startedAt: Timestamp(seconds: 0)))

    @Test func `who knows an older picture does not wait`() async {
        publication.publish { $0.version = 5 }
        await publication.wait(past: 4)
        await publication.wait(past: 6)
    }

    @Test func `everybody who waits is told`() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { [publication] in await publication.wait(past: 0) } }
            publication.publish { $0.version += 1 }
            await group.waitForAll()
        }
    }

    @Test func `a change between looking and waiting is not missed`() async {
        for round in 0..<200 {
            let version = UInt64(round)
            async let told: Void = publication.wait(past: version)
            publication.publish { $0.version += 1 }
            await told
        }
    }

    @Test func `cancelling ends the wait, before it began and after`() async {
        for _ in 0..<200 {
            let task = Task { [publication] in await publication.wait(past: 0) }
            task.cancel()
            await task.value
        }
    }

    @Test func `closing lets everybody go, now and later`() async {
        let task = Task { [publication] in await publication.wait(past: 0) }
        publication.close()
        await task.value
        await publication.wait(past: 0)
        #expect(publication.isClosed)
    }

    @Test func `a stopped engine lets go who waits, and says that it has stopped`() async {
        let house = EngineHarness()
        await house.engine.start()
        let version = house.engine.snapshot.version
        let engine = house.engine
        let task = Task { await engine.published(past: version) }
        #expect(!engine.hasStopped)
        await engine.stop()
        await task.value
        #expect(engine.hasStopped)
    }

    @Test func `nobody is told of an event the picture does not show yet`() async throws {
        let house = EngineHarness()
        await house.setExample()
        #expect(house.engine.snapshot.newestEvent == nil)
        await house.engine.start()
        _ = try await house.tick()
        let snapshot = house.engine.snapshot
        #expect(snapshot.newestEvent == house.history.newestEvent)
        let events = try await house.history.events(after: 0, through: .max, limit: 99).items
        #expect(events.contains { $0.content == .decision(snapshot.latestDecision!) })
    }

    @Test func `ticks, swaps, reads and refusals are counted`() async throws {
        let house = EngineHarness()
        await house.setExample()
        house.set(usage: .rateLimited(retryAfter: nil), of: bob)
        await house.engine.start()
        #expect(house.engine.snapshot.counters == Counters())
        _ = try await house.tick()
        let counters = house.engine.snapshot.counters
        #expect(counters.ticks == [.rotated: 1])
        #expect(counters.swaps.map(\.key.trigger) == [.request] && counters.swaps.first?.value == 1)
        #expect(counters.usageReads == [.windows: 2, .rateLimited: 1])
        house.history.failNext(.append, .unavailable("disk full"))
        _ = try? await house.engine.swap(to: "alice@example.com", force: true)
        _ = try await house.engine.setPolicy(
            of: "bob@example.com", isHeld: true, reservePercent: nil)
        let after = house.engine.snapshot.counters
        #expect(after.unrecorded == 1)
        #expect(after.swaps.values.reduce(0, +) == 2, "made, though not written down at once")
    }
}
