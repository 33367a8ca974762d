// One seed, from the first tick to the last: the real engine and the real
// vault over the ports of a world, killed and started again as chance has it.

import CredentialStores
import RotationCore
import RotationEngine
import Support

/// What one seed came to.
package struct RunReport: Sendable {
    package let seed: UInt64
    /// Ticks asked for; the settling comes after them.
    package let asked: Int
    package var ticks = 0
    package var deaths = 0
    package var rotations = 0
    package var refreshes = 0
    package var violations: [String] = []
    /// What happened last, when something was violated.
    package var trace: [String] = []
}

package struct Run: Sendable {
    package let seed: UInt64
    package let ticks: Int
    var plan = VaultPlan()
    var bounds = Bounds()
    private let world: World
    private let kept = InMemoryHistory()
    private let flag = MemoryFlag(true)

    package init(seed: UInt64, ticks: Int, bug: PlantedBug? = nil) {
        self.seed = seed
        self.ticks = ticks
        var generator = Generator(seed: seed &* 31 &+ 7)
        var odds = Odds()
        if generator.oneIn(3) { odds.otherManager = 300 }
        if generator.oneIn(5) { odds.death = 60 }
        if generator.oneIn(4) {
            // A torn write and a death at once is a broken disk, not a crash.
            odds.lyingWrite = 40
            odds.death = 0
        }
        bug?.raise(&odds)
        let accounts = 2 + generator.below(4)
        world = World(WorldState(seed: seed, accounts: accounts, odds: odds))
        bug?.plant(&plan, &bounds)
    }

    package func report() async -> RunReport {
        var report = RunReport(seed: seed, asked: ticks)
        var engine = await start()
        await signInEverywhere(engine)
        while report.ticks < ticks, world.with({ $0.violations.isEmpty }) {
            engine = await step(engine, &report)
        }
        await settle(engine, &report)
        report.deaths = world.with { $0.deaths }
        report.refreshes = world.with { $0.refreshesByUs }
        report.rotations = await rotations()
        report.violations = world.with { $0.violations }
        if !report.violations.isEmpty { report.trace = world.with { $0.trace } }
        return report
    }

    // MARK: -

    private func step(_ engine: RotationEngine, _ report: inout RunReport) async -> RotationEngine {
        world.with { state in
            state.turn += 1
            state.pass(milliseconds: 60_000)
            state.claudeActs()
        }
        _ = try? await engine.tick(TickRequest(trigger: .schedule))
        report.ticks += 1
        await operatorActs(engine)
        world.with { $0.checkStores() }
        guard world.with({ $0.isAlive }) else { return await start() }
        await checkSaid(engine)
        return engine
    }

    private func operatorActs(_ engine: RotationEngine) async {
        let (act, account) = world.with { state -> (Int, Int) in
            state.turn += 1
            return (state.generator.below(40), state.generator.below(state.logins.count))
        }
        let id = world.with { $0.logins[account].id.description }
        switch act {
        case 0: _ = try? await engine.swap(to: id, force: true)
        case 1: _ = try? await engine.capture()
        default: break
        }
    }

    private func checkSaid(_ engine: RotationEngine) async {
        let count = await rotations()
        guard await engine.isSettled else { return }
        let accounts = engine.snapshot.accounts
        world.with { state in
            var standing: [Int: GrantStanding] = [:]
            for login in state.logins {
                standing[login.index] = accounts.first { $0.identity.id == login.id }?.slot?.grant
            }
            state.checkSaid(standing, rotations: count)
        }
    }

    private func rotations() async -> Int {
        let last = try? await kept.rotations(limit: 1, before: nil).items.first
        return Int((last ?? nil)?.id ?? 0)
    }

    /// Starts processes until one lives through its start.
    private func start() async -> RotationEngine {
        while true {
            let epoch = world.with { state in
                state.excuseIssued()
                state.claudeActs()
                state.turn += 1
                state.epoch += 1
                state.isAlive = true
                state.isStarting = true
                return state.epoch
            }
            let engine = RotationEngine(ports: ports(epoch), bounds: bounds)
            await engine.start()
            world.with { $0.isStarting = false }
            await engine.askAboutSpentGrants()
            world.with { $0.checkStores() }
            if world.with({ $0.isAlive }) { return engine }
        }
    }

    private func ports(_ epoch: Int) -> EnginePorts {
        let disk = SimulatedDisk(world: world, epoch: epoch)
        let clock = WorldClock(world: world)
        let seed = seed
        let vault = Vault(
            live: FileLiveStore(path: WorldState.live, disk: disk),
            slots: FileSlotStore(directory: "\(WorldState.data)/slots", disk: disk),
            locks: WorldLocks(world: world, epoch: epoch), clock: clock,
            configurationFile: WorldState.configuration, dataDirectory: WorldState.data,
            disk: disk, plan: plan,
            random: { (0..<32).map { UInt8(truncatingIfNeeded: seed &+ UInt64($0)) } })
        return EnginePorts(
            clock: clock, vault: vault, vendor: WorldVendor(world: world, epoch: epoch),
            history: WorldHistory(world: world, epoch: epoch, kept: kept), host: StubHost(),
            flag: flag, log: RecordingLog())
    }

    /// Every account is signed in to once, so that each has a slot.
    private func signInEverywhere(_ engine: RotationEngine) async {
        let count = world.with { state in
            state.isSettling = true
            return state.logins.count
        }
        for account in (0..<count).reversed() {
            world.with { $0.signIn(account) }
            _ = try? await engine.capture()
        }
        world.with { $0.isSettling = false }
    }

    /// Faults off, time enough for every back-off; then it must work.
    private func settle(_ last: RotationEngine, _ report: inout RunReport) async {
        guard world.with({ $0.violations.isEmpty }) else { return }
        var engine = last
        if !world.with({ $0.isAlive }) { engine = await start() }
        world.with { state in
            state.isSettling = true
            state.odds = .calm
        }
        for tick in 0..<100 {
            world.with { state in
                state.turn += 1
                state.pass(milliseconds: tick < 40 ? 240_000 : 60_000)
                state.claudeActs()
                let isOut = state.liveToken.map { state.logins[$0.account].isRevoked } ?? true
                if isOut { state.signIn(0) }
                if tick == 60, let live = state.liveToken {
                    state.logins[live.account].fiveHour = 98
                    state.logins[live.account].fiveHourResetsAt = state.now + 18_000_000
                }
            }
            _ = try? await engine.tick(TickRequest(trigger: .schedule))
            report.ticks += 1
            world.with { $0.checkStores() }
            await checkSaid(engine)
        }
        let verdict = engine.snapshot.latestDecision?.verdict
        let said = ([verdict?.sentence] + (verdict?.considerations.map(\.sentence) ?? []))
            .compactMap(\.self).joined(separator: " ")
        world.with { $0.checkLiveness(said) }
    }
}
