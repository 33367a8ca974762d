// What every strategy keeps, over many made-up worlds, and what is its own.

import Testing

@testable import RotationCore

/// A small generator of its own, so that a failing world can be made again.
private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

private let letters = ["a", "b", "c", "d", "e", "f"]

private func bounds(_ strategy: StrategyName, priority: [String] = []) -> Bounds {
    var bounds = Bounds()
    bounds.strategy = strategy
    bounds.priority = priority
    return bounds
}

/// Live at its threshold beside five others in any state; few levels, so that
/// there are ties.
private func world(_ strategy: StrategyName, seed: UInt64) -> CoreHarness {
    var dice = Dice(state: seed &* 77 &+ 1)
    let listed = letters.filter { _ in dice.next() % 2 == 0 }.map {
        "\($0.uppercased())@example.com"
    }
    var world = CoreHarness(
        live: letters[Int(dice.next() % 6)],
        bounds: bounds(strategy, priority: listed.shuffled(using: &dice)))
    for letter in letters {
        let levels = [0.0, 10, 10, 50, 96, 97, 100]
        let used = levels[Int(dice.next() % 7)]
        let answer: UsageAnswer =
            switch dice.next() % 8 {
            case 0: .unauthorized
            case 1: .unreachable(.offline)
            case 2: .rateLimited(retryAfter: nil)
            default:
                .windows(
                    windows(
                        used, 20, fiveHourResetsIn: Int64(dice.next() % 3) * 3600 + 60,
                        sevenDayResetsIn: Int64(dice.next() % 3) * 86400 + 60))
            }
        world.add(letter, id(letter) == world.live ? .windows(windows(98, 20)) : answer)
    }
    return world
}

/// All of them, each the first of those that are left.
private func order(_ some: [Assessment], in situation: Situation) -> [Assessment] {
    var (order, left): ([Assessment], [Assessment]) = ([], some)
    while let first = situation.preferred(of: left) {
        order.append(first)
        left.removeAll { $0 === first }
    }
    return order
}

private func situation(_ world: CoreHarness) -> Situation {
    Situation(
        bounds: world.machine.bounds, now: world.now, live: world.live, slots: world.slots,
        remembered: world.machine.remembered)
}

@Suite struct StrategyLaws {
    static let worlds: ClosedRange<UInt64> = 1...200

    @Test(arguments: StrategyName.allCases)
    func `what has an obstacle is never taken, and the only usable one is`(
        strategy: StrategyName
    ) {
        for seed in Self.worlds {
            var world = world(strategy, seed: seed)
            let live = world.live
            let verdict = world.tick().verdict
            let usable = verdict.considerations.filter {
                $0.outcome == .chosen || $0.outcome == .passedOver
            }
            #expect((verdict.to == nil) == usable.isEmpty, "world \(seed)")
            guard let to = verdict.to else { continue }
            #expect(to != live && usable.map(\.account).contains(to), "world \(seed)")
            for one in usable {
                #expect((one.tightest?.utilization ?? 100) < 97, "world \(seed)")
                #expect(!one.sentence.contains("was not chosen ("), "world \(seed)")
            }
        }
    }

    @Test(arguments: StrategyName.allCases)
    func `an order is a permutation, and the same from any order`(strategy: StrategyName) {
        var dice = Dice(state: 5)
        for seed in Self.worlds {
            var world = world(strategy, seed: seed)
            _ = world.tick()
            let situation = situation(world)
            let usable = situation.alternates.filter { situation.obstacle(to: $0) == nil }
            func accounts(_ some: [Assessment]) -> [AccountID] {
                order(some, in: situation).map(\.account)
            }
            let whole = accounts(usable)
            #expect(whole.sorted() == usable.map(\.account), "world \(seed)")
            #expect(accounts(usable.shuffled(using: &dice)) == whole, "world \(seed)")
            // A total order: leaving one out changes nothing among the others.
            for gone in usable {
                let left = whole.filter { $0 != gone.account }
                #expect(accounts(usable.filter { $0 !== gone }) == left, "world \(seed)")
            }
        }
    }

    @Test(arguments: StrategyName.allCases)
    func `equal ranks go by account id`(strategy: StrategyName) {
        for seed in Self.worlds {
            var world = world(strategy, seed: seed)
            _ = world.tick()
            let situation = situation(world)
            let usable = situation.alternates.filter { situation.obstacle(to: $0) == nil }
            let order = order(usable, in: situation)
            let chosen = world.machine.bounds.chosenStrategy
            for (first, second) in zip(order, order.dropFirst()) {
                let ranks = [first, second].map { chosen.rank(of: $0, in: situation) }
                #expect(!(ranks[1] < ranks[0]), "world \(seed)")
                if ranks[0] == ranks[1] { #expect(first.account < second.account, "world \(seed)") }
                let isNumber = ranks.allSatisfy { !($0.first + $0.second + $0.third).isNaN }
                #expect(isNumber, "world \(seed)")
            }
        }
    }

    @Test(arguments: StrategyName.allCases)
    func `the only usable alternate is taken by every strategy`(strategy: StrategyName) {
        var world = CoreHarness(live: "b", bounds: bounds(strategy, priority: ["c@example.com"]))
        world.add("a", 96.9, 0)
        world.add("b", 98, 0)
        world.add("c", 97, 0)
        let verdict = world.tick().verdict
        #expect(verdict.to == id("a"))
        #expect(verdict.reason(of: "a")?.rawValue == strategy.rawValue)
    }

    @Test(arguments: StrategyName.allCases)
    func `the pace of the work comes before any preference`(strategy: StrategyName) {
        // 4.65 points a minute: 96 does not last for the dwell, 50 does.
        var world = CoreHarness(bounds: bounds(strategy, priority: ["b@example.com"]))
        world.add("a", 50, 0)
        world.add("b", .windows(windows(96, 0, sevenDayResetsIn: 90_000)))
        world.add("c", 50, 0)
        _ = world.tick()
        world.add("a", 96.5, 0)
        let verdict = world.tick(after: 600)
        #expect(verdict.to == id("c"))
        if strategy == .leastUsed {
            #expect(verdict.reason(of: "b") == .otherPreferred)
        } else {
            #expect(verdict.reason(of: "c") == .roomToStay)
            #expect(verdict.reason(of: "b") == .tooLittleRoom)
        }
    }

    @Test(arguments: StrategyName.allCases)
    func `where none lasts the one with the most room is taken`(strategy: StrategyName) {
        var world = CoreHarness(bounds: bounds(strategy, priority: ["b@example.com"]))
        world.add("a", 50, 0)
        for (letter, used) in [("b", 96.0), ("c", 94), ("d", 95)] { world.add(letter, used, 0) }
        _ = world.tick()
        world.add("a", 97, 0)
        let verdict = world.tick(after: 600)
        #expect(verdict.to == id("c"))
        #expect(verdict.reason(of: "b") == .tooLittleRoom)
        #expect(verdict.reason(of: "d") == .tooLittleRoom)
    }
}

@Suite struct StrategyTests {
    private func tick(
        _ strategy: StrategyName, live: String = "a", priority: [String] = [],
        _ alternates: (String, five: Double, week: Double, weekResetsIn: Int64)...
    ) -> Verdict {
        var world = CoreHarness(live: live, bounds: bounds(strategy, priority: priority))
        world.add(live, 98, 40)
        for (letter, five, week, resets) in alternates {
            world.add(letter, .windows(windows(five, week, sevenDayResetsIn: resets)))
        }
        return world.tick().verdict
    }

    @Test(arguments: [
        (StrategyName.drainFirst, "c"), (.leastUsed, "b"), (.soonestReset, "d"),
        (.roundRobin, "b"), (.priorityOrder, "c"),
    ])
    func `one world, five choices, each with its reason`(strategy: StrategyName, to: String) {
        let verdict = tick(
            strategy, ("b", 10, 10, 300_000), ("c", 90, 10, 200_000), ("d", 50, 10, 100_000))
        #expect(verdict.to == id(to))
        #expect(verdict.reason(of: to)?.rawValue == strategy.rawValue)
        #expect(verdict.sentence.hasSuffix("the \(Sentences.merit(Reason(strategy)))."))
        for letter in ["b", "c", "d"] where letter != to {
            let said = strategy == .drainFirst ? Reason.lessDrained : .otherPreferred
            #expect(verdict.reason(of: letter) == said)
        }
    }

    @Test func `of equal weeks the sooner five hours, and an unsaid reset comes last`() {
        var world = CoreHarness(bounds: bounds(.soonestReset))
        world.add("a", 98, 0)
        world.add("b", .windows(windows(10, 10, fiveHourResetsIn: 7201)))
        world.add("c", .windows(windows(10, 10, fiveHourResetsIn: 7200)))
        world.add(
            "d",
            .windows([
                UsageWindow(key: .fiveHour, utilization: 0, resetsAt: nil),
                UsageWindow(key: .sevenDay, utilization: 0, resetsAt: nil),
            ]))
        let verdict = world.tick().verdict
        #expect(verdict.to == id("c"))
        func accounts() -> [AccountID] {
            let situation = situation(world)
            let all = ["d", "b"].compactMap { letter in
                situation.alternates.first { $0.account == id(letter) }
            }
            return order([situation.live] + all, in: situation).map(\.account)
        }
        #expect(accounts() == ["c", "b", "d"].map(id))
        world.now = world.now.adding(seconds: 7200)
        #expect(accounts() == ["b", "c", "d"].map(id))
    }

    @Test(arguments: [("a", "c"), ("c", "e"), ("e", "a"), ("b", "c"), ("f", "a")])
    func `round-robin goes on after the live one, and from the start again`(
        live: String, next: String
    ) {
        var world = CoreHarness(live: live, bounds: bounds(.roundRobin))
        for letter in ["a", "c", "e"] { world.add(letter, 50, 0) }
        world.add(live, 98, 0)
        #expect(world.tick().verdict.to == id(next))
    }

    @Test func `round-robin passes whom it cannot take and gives everyone a turn`() {
        var world = CoreHarness(bounds: bounds(.roundRobin))
        for letter in ["a", "b", "c", "d"] { world.add(letter, 10, 0) }
        world.add("c", 99, 0)
        var turns: [AccountID] = []
        for _ in 0..<6 {
            world.now = world.now.adding(seconds: 3600)
            for letter in ["a", "b", "c", "d"] {
                let used: Double = id(letter) == world.live || letter == "c" ? 98 : 10
                world.vendor[id(letter)] = .windows(windows(used, 0, at: world.now))
            }
            _ = world.tick(fresh: true)
            turns.append(world.live)
        }
        let wanted = ["b", "d", "a", "b", "d", "a"].map(id)
        #expect(turns == wanted)
    }

    @Test func `the list is of e-mails or ids in any case; others come after, drain-first`() {
        let list = ["D@Example.COM", id("b").description]
        let three: [(String, five: Double, week: Double, weekResetsIn: Int64)] = [
            ("b", 1, 1, 90_000), ("c", 96, 1, 90_000), ("d", 2, 1, 90_000),
        ]
        #expect(tick(.priorityOrder, priority: list, three[0], three[1], three[2]).to == id("d"))
        #expect(tick(.priorityOrder, priority: list, three[0], three[1]).to == id("b"))
        let unlisted = tick(
            .priorityOrder, priority: list, ("c", 50, 1, 90_000), ("e", 90, 1, 90_000))
        #expect(unlisted.to == id("e") && unlisted.reason(of: "c") == .otherPreferred)
    }
}

extension Reason {
    fileprivate init(_ strategy: StrategyName) {
        self = Reason(rawValue: strategy.rawValue) ?? .alreadyLive
    }
}
