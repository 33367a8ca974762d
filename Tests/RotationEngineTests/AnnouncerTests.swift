// Telling people: once per place and worsening, tried again as long as it is
// news, and not at all while off.

import RotationCore
import RotationEngine
import Support
import Synchronization
import Testing

/// A courier that answers as told and keeps what it was given.
final class ToldCourier: NudgeCourier {
    let channel: AnnouncementChannel
    private let state = Mutex<(answers: [Delivery], letters: [NudgeLetter])>(([], []))

    init(_ channel: AnnouncementChannel = .webhook, _ answers: [Delivery] = []) {
        self.channel = channel
        state.withLock { $0.answers = answers }
    }

    var letters: [NudgeLetter] { state.withLock { $0.letters } }

    func deliver(_ letter: NudgeLetter) async -> Delivery {
        state.withLock { state in
            state.letters.append(letter)
            return state.answers.isEmpty ? .delivered : state.answers.removeFirst()
        }
    }
}

/// A courier that delivers, and whose sender is cancelled meanwhile.
final class StoppingCourier: NudgeCourier {
    let told: ToldCourier
    var channel: AnnouncementChannel { told.channel }

    init(_ channel: AnnouncementChannel) { told = ToldCourier(channel) }

    func deliver(_ letter: NudgeLetter) async -> Delivery {
        withUnsafeCurrentTask { $0?.cancel() }
        return await told.deliver(letter)
    }
}

@Suite struct AnnouncerTests {
    /// On, with one account only: `no-alternates` stands.
    private func house() async throws -> EngineHarness {
        let house = EngineHarness()
        await house.setLive(alice)
        house.setUsage(alice, fiveHour: 10, sevenDay: 10)
        #expect(try await house.tick().nudges.map(\.nudge.code) == [.noAlternates])
        return house
    }

    @Test func `each place is told once`() async throws {
        let house = try await house()
        let (webhook, desktop) = (ToldCourier(), ToldCourier(.desktop))
        let announcer = Announcer(engine: house.engine, couriers: [webhook, desktop])
        for _ in 0..<3 { await announcer.turn() }
        #expect(webhook.letters.map(\.standing.nudge.code) == [.noAlternates])
        #expect(desktop.letters.count == 1)
        #expect(await house.engine.announce(on: .heartbeat).count == 1)
        #expect(await house.engine.announce(on: .heartbeat).isEmpty)
        let restarted = Announcer(engine: house.engine, couriers: [webhook])
        await restarted.turn()
        #expect(webhook.letters.count == 1)
    }

    @Test func `what fails is tried again on the schedule, by the same name, then given up`()
        async throws
    {
        let house = try await house()
        let courier = ToldCourier(.webhook, Array(repeating: .failed("503"), count: 99))
        let announcer = Announcer(engine: house.engine, couriers: [courier])
        await announcer.turn()
        var tried: [Int] = [courier.letters.count]
        for failed in 1..<RetrySchedule.attempts {
            let delay = try #require(RetrySchedule.delay(after: failed))
            house.clock.advance(seconds: delay - 1)
            await announcer.turn()
            #expect(courier.letters.count == failed, "not before \(delay) s")
            house.clock.advance(seconds: 1)
            await announcer.turn()
            tried.append(courier.letters.count)
        }
        #expect(tried == Array(1...RetrySchedule.attempts))
        house.clock.advance(seconds: 999_999)
        await announcer.turn()
        #expect(courier.letters.count == RetrySchedule.attempts)
        #expect(Set(courier.letters.map(\.id)).count == 1)
        #expect(house.log.lines.contains { $0.message.contains("given up") })
    }

    @Test func `a Retry-After longer than the schedule is obeyed`() async throws {
        let house = try await house()
        let later = house.clock.now().adding(seconds: 60)
        let courier = ToldCourier(.webhook, [.failed("429", retryAfter: later)])
        let announcer = Announcer(engine: house.engine, couriers: [courier])
        await announcer.turn()
        for (seconds, count) in [(59 as Int64, 1), (1, 2)] {
            house.clock.advance(seconds: seconds)
            await announcer.turn()
            #expect(courier.letters.count == count)
        }
    }

    @Test func `a receiver that wants no more gets no more`() async throws {
        let house = try await house()
        let courier = ToldCourier(.webhook, [.gone("410")])
        let announcer = Announcer(engine: house.engine, couriers: [courier])
        await announcer.turn()
        house.clock.advance(seconds: 999_999)
        await announcer.turn()
        #expect(courier.letters.count == 1)
    }

    @Test func `delivered but not written down is not delivered again`() async throws {
        let house = try await house()
        let courier = ToldCourier()
        let announcer = Announcer(engine: house.engine, couriers: [courier])
        house.history.failNext(.markAnnounced, .unavailable("busy"))
        await announcer.turn()
        await announcer.turn()
        #expect(courier.letters.count == 1)
        #expect(try await house.history.unannounced(on: .webhook).isEmpty)
    }

    @Test func `the letter on its way is the last once the service stops, and is written down`()
        async throws
    {
        let house = try await house()
        let (first, second) = (StoppingCourier(.webhook), StoppingCourier(.desktop))
        let announcer = Announcer(engine: house.engine, couriers: [first, second])
        await Task { await announcer.run() }.value
        #expect(first.told.letters.count == 1)
        #expect(second.told.letters.isEmpty)
        #expect(try await house.history.unannounced(on: .webhook).isEmpty)
        #expect(try await house.history.unannounced(on: .desktop).count == 1)
    }

    @Test func `off means off`() async throws {
        let house = try await house()
        try house.flag.set(false)
        _ = try await house.tick()
        let courier = ToldCourier()
        await Announcer(engine: house.engine, couriers: [courier]).turn()
        #expect(courier.letters.isEmpty)
        #expect(await house.engine.announce(on: .heartbeat).isEmpty)
    }

    @Test func `ticks that stop are raised after ten minutes, and cleared by one that ends`()
        async throws
    {
        let house = try await house()
        for (seconds, isStalled) in [(599 as Int64, false), (1, true), (30, true)] {
            house.clock.advance(seconds: seconds)
            await house.engine.noticeStall()
            let codes = house.engine.snapshot.nudges.map(\.nudge.code)
            #expect(codes.filter { $0 == .tickStalled }.count == (isStalled ? 1 : 0))
        }
        #expect(
            await house.engine.announce(on: .webhook).contains { $0.nudge.code == .tickStalled })
        let after = try await house.tick().nudges.map(\.nudge.code)
        #expect(after == [.noAlternates])
    }

    @Test func `a stall is said even when the history cannot keep it`() async throws {
        let house = try await house()
        house.history.failNext(.raise, .unavailable("gone"))
        house.clock.advance(seconds: 600)
        await house.engine.noticeStall()
        #expect(house.engine.snapshot.nudges.contains { $0.nudge.code == .tickStalled })
    }
}
