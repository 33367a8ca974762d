// When grants are refreshed within a tick, what an answer changes, and what is
// said of locks, logins and other managers.

import RotationCore
import Testing

@Suite struct RefreshScheduleTests {
    /// A lives long, b expires in so many seconds.
    private func house(bExpiresIn: Int64, bounds: Bounds = Self.exact) -> CoreHarness {
        var house = CoreHarness(bounds: bounds)
        house.add("a", 10, 10)
        house.add("b", .windows(windows(20, 20)), expiresIn: bExpiresIn)
        return house
    }

    private static var exact: Bounds {
        var bounds = Bounds()
        bounds.refreshJitterSeconds = 0
        return bounds
    }

    private func renewed(_ slot: SlotFacts?, at now: Timestamp) -> RefreshResult {
        guard var slot else { return .notDue }
        slot.details.accessTokenExpiresAt = now.adding(seconds: 28800)
        slot.generation = Generation(slot.generation.number + 100)
        slot.issuedAt = now
        return .refreshed(slot)
    }

    @Test(arguments: [(1799, true), (1800, true), (1801, false)])
    func `a parked slot is refreshed half an hour ahead`(left: Int64, isDue: Bool) {
        var house = house(bExpiresIn: left)
        _ = house.tick()
        #expect(house.refreshed == (isDue ? [id("b")] : []))
    }

    @Test func `the jitter only makes it earlier, and the same account draws the same`() {
        var bounds = Bounds()
        bounds.refreshJitterSeconds = 600
        var late = house(bExpiresIn: 1800, bounds: bounds)
        _ = late.tick()
        #expect(late.refreshed == [id("b")])
        var early = house(bExpiresIn: 2401, bounds: bounds)
        _ = early.tick()
        #expect(early.refreshed.isEmpty)
        let due = (1800...2400).first { left in
            var house = house(bExpiresIn: Int64(left), bounds: bounds)
            _ = house.tick()
            return house.refreshed.isEmpty
        }
        #expect(due != nil)
    }

    @Test(arguments: [(299, false), (300, true), (301, true)])
    func `the live grant is Claude Code's until it lapsed for the grace`(
        since: Int64, isDue: Bool
    ) {
        var house = CoreHarness(bounds: Self.exact)
        house.add("a", .windows(windows(10, 10)), expiresIn: -since)
        _ = house.tick()
        #expect(house.refreshed == (isDue ? [id("a")] : []))
    }

    @Test func `an alternate whose token lapsed is refreshed, read, and taken`() {
        var house = house(bExpiresIn: -60)
        house.add("a", 98, 40)
        house.refreshResults[id("b")] = renewed(house.slots[id("b")], at: house.now)
        let conclusion = house.tick()
        #expect(house.refreshed == [id("b")])
        #expect(house.asked.contains(id("b")))
        #expect(conclusion.verdict.outcome == .rotated)
        #expect(conclusion.verdict.to == id("b"))
    }

    @Test func `a rejected grant needs a login, is said, and is not asked again`() {
        var house = house(bExpiresIn: -60)
        guard var dead = house.slots[id("b")] else { return }
        dead.grant = .rejected
        house.refreshResults[id("b")] = .rejected(dead)
        let conclusion = house.tick()
        #expect(conclusion.nudges.contains { $0.code == .loginNeeded && $0.email == dead.email })
        _ = house.tick(after: 60)
        #expect(house.refreshed == [id("b")])
    }

    @Test func `what brought nothing is tried again after a growing pause`() {
        var house = house(bExpiresIn: -60)
        house.refreshResults[id("b")] = .unreachable(.offline)
        var times: [Int64] = []
        for minute in 0..<16 {
            let before = house.refreshed.count
            _ = house.tick(after: 60)
            if house.refreshed.count > before { times.append(Int64(minute)) }
        }
        #expect(times == [0, 1, 3, 7, 15])
    }

    @Test func `no refresh before Retry-After has passed`() {
        var house = house(bExpiresIn: -60)
        let until = house.now.adding(seconds: 600)
        house.refreshResults[id("b")] = .rateLimited(retryAfter: until)
        _ = house.tick()
        let margin = Bounds().refreshRetryAfterMarginSeconds
        _ = house.tick(after: 600 + margin - 1)
        #expect(house.refreshed.count == 1)
        _ = house.tick(after: 1)
        #expect(house.refreshed.count == 2)
    }

    @Test func `a systemic answer spares the other accounts in this tick`() {
        var house = house(bExpiresIn: -60)
        house.add("c", .windows(windows(20, 20)), expiresIn: -60)
        house.refreshResults[id("b")] = .unreachable(.offline)
        _ = house.tick()
        #expect(house.refreshed == [id("b")])
    }

    @Test(arguments: [(899, false), (900, true)])
    func `a 401 within fifteen minutes of the issue is not yet`(age: Int64, isDue: Bool) {
        var house = house(bExpiresIn: 28800)
        house.slots[id("b")]?.issuedAt = house.now.adding(seconds: -age)
        house.vendor[id("b")] = .unauthorized
        var bounds = Self.exact
        bounds.alternateReadSeconds = 0
        house.machine = TickMachine(
            bounds: bounds,
            remembered: RememberedState(usage: [
                id("b"): UsageFacts().recording(.unauthorized, at: house.now, bounds: bounds)
            ]))
        _ = house.tick()
        #expect(house.refreshed == (isDue ? [id("b")] : []))
    }

    @Test func `a grant that may be spent is asked about at once, and not swapped to`() {
        var house = house(bExpiresIn: 28800)
        house.add("a", 98, 40)
        house.slots[id("b")]?.grant = .maybeSpent
        house.refreshResults[id("b")] = .unreachable(.offline)
        #expect(house.tick().verdict.outcome == .stuck)
        #expect(house.refreshed == [id("b")])
    }

    @Test func `a login's end is told three days ahead`() {
        for (left, isTold) in [(259_201 as Int64, false), (259_200, true), (172_801, true)] {
            var house = house(bExpiresIn: 28800)
            house.slots[id("b")]?.details.loginExpiresAt = house.now.adding(seconds: left)
            let nudges = house.tick().nudges
            #expect(nudges.contains { $0.code == .loginExpiring } == isTold, "\(left)")
        }
    }

    // MARK: Locks and other managers

    @Test func `the tenth tick in a row put off for a lock is stuck, and says so`() {
        var house = CoreHarness.example()
        house.observation = .locked(LockHeld(name: "x.lock", since: house.now))
        let outcomes = (1...10).map { _ in house.tick(after: 60).outcome }
        #expect(outcomes == Array(repeating: .deferred, count: 9) + [.stuck])
        let nudges = house.tick().nudges
        #expect(nudges.contains { $0.code == .lockHeld && $0.severity == .critical })
        house.observation = nil
        #expect(house.tick(after: 60).outcome == .rotated)
    }

    @Test func `a lock that is never given back is nudged at once, with the remedy`() {
        var house = CoreHarness.example()
        house.observation = .locked(
            LockHeld(name: "x.lock", since: house.now, remedy: "remove it"))
        let nudge = house.tick().nudges.first { $0.code == .lockHeld }
        #expect(nudge?.message.contains("remove it") == true)
    }

    @Test(arguments: [(899 as Int64, Outcome.deferred), (900 as Int64, .rotated)])
    func `another manager's writes are not undone for a while`(age: Int64, outcome: Outcome) {
        var house = CoreHarness.example()
        _ = house.machine.step(.otherManagerSeen(at: house.now.adding(seconds: -age)))
        let conclusion = house.tick()
        #expect(conclusion.verdict.outcome == outcome)
        #expect(conclusion.nudges.contains { $0.code == .secondManager })
    }

    @Test func `an account at its limit is left all the same`() {
        var house = CoreHarness.example()
        house.add("a", 100, 40)
        _ = house.machine.step(.otherManagerSeen(at: house.now))
        #expect(house.tick().verdict.outcome == .rotated)
    }

    @Test func `an older generation is replaced once, and then not fought over`() {
        var house = CoreHarness.example()
        house.add("a", 10, 10)
        house.observation = .superseded(id("a"), Generation(9))
        let first = house.tick()
        #expect(first.verdict.outcome == .stayed)
        #expect(first.verdict.reason == .credentialSuperseded)
        #expect(
            house.effects.contains(
                .swap(from: id("a"), expecting: Generation(9), to: id("a"))))
        let second = house.tick(after: 60)
        #expect(second.outcome == .deferred)
        #expect(second.reason == .otherManager)
        #expect(house.tick(after: 300).reason == .credentialSuperseded)
    }

    @Test func `a recovered automatic swap dwells and is not undone`() {
        var house = CoreHarness.example()
        _ = house.machine.step(
            .swapRecovered(from: id("b"), to: id("a"), at: house.now, isAutomatic: true))
        let conclusion = house.tick()
        #expect(conclusion.verdict.reason == .dwell)
    }
}
