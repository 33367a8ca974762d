// A world in virtual time: a disk, a vendor, locks, and the others who act in
// it. Every effect of the service passes `moment`, where the world may move:
// the process dies, Claude Code refreshes, a human signs in, another manager
// puts a copy back, the clock jumps.

import RotationCore
import Synchronization

/// How likely things are; each number is "once in so many moments", 0 never.
package struct Odds: Sendable {
    package var death = 400
    package var claude = 12
    package var signIn = 900
    package var otherManager = 0
    package var clockJump = 2000
    package var refusedWrite = 250
    package var lyingWrite = 0
    package var lostAnswer = 60
    package var rateLimit = 80
    package var outage = 80
    package var claudeDeath = 300

    package static let calm = Odds(
        death: 0, claude: 12, signIn: 0, otherManager: 0, clockJump: 0, refusedWrite: 0,
        lyingWrite: 0, lostAnswer: 0, rateLimit: 0, outage: 0, claudeDeath: 0)

    package init() {}

    private init(
        death: Int, claude: Int, signIn: Int, otherManager: Int, clockJump: Int,
        refusedWrite: Int, lyingWrite: Int, lostAnswer: Int, rateLimit: Int, outage: Int,
        claudeDeath: Int
    ) {
        self.init()
        self.death = death
        self.claude = claude
        self.signIn = signIn
        self.otherManager = otherManager
        self.clockJump = clockJump
        self.refusedWrite = refusedWrite
        self.lyingWrite = lyingWrite
        self.lostAnswer = lostAnswer
        self.rateLimit = rateLimit
        self.outage = outage
        self.claudeDeath = claudeDeath
    }
}

/// Who holds a lock.
enum LockHolder: Hashable, Sendable {
    case nobody
    /// A process of ours, dead or alive.
    case service(epoch: Int)
    case claude
    /// Of a Claude Code that died.
    case orphan
}

struct SimulatedLock: Sendable {
    var holder = LockHolder.nobody
    /// Milliseconds; grows old only for the dead.
    var touchedAt: Int64 = 0
}

/// A refresh of Claude Code's own, while its answer is in its memory only.
struct ClaudeRefresh: Sendable {
    let account: Int
    /// What the live store held when it began; it writes only over that.
    let began: [UInt8]
    let pair: String
}

struct WorldState: Sendable {
    let seed: UInt64
    var generator: Generator
    var odds: Odds
    /// Milliseconds an access token lives; the real one's are 8 hours.
    let accessLife: Int64
    /// Milliseconds since the epoch.
    var now: Int64 = 1_790_000_000_000
    /// Which process of ours is alive; every port belongs to one.
    var epoch = 0
    var isAlive = true
    var files: [String: [UInt8]] = [:]
    var logins: [SimulatedLogin] = []
    var credentialLock = SimulatedLock()
    var configurationLock = SimulatedLock()
    var claudeRefresh: ClaudeRefresh?
    /// The number in the machine's own members, as Claude Code last wrote it.
    var machine = 1
    /// Refresh tokens we sent and got no answer to.
    var unanswered: Set<TokenName> = []
    /// What the other manager keeps, by account: the text of `claudeAiOauth`.
    var copies: [Int: String] = [:]
    /// Who wrote the live store last, as far as it was not us.
    var othersWroteLive = true
    var violations: [String] = []
    var deaths = 0
    var isSettling = false
    /// The pair last issued to us, until it is found stored.
    var issuedToUs: TokenName?
    /// The newest token number ever seen in a slot, by account.
    var newestInSlot: [Int: Int] = [:]
    /// Swaps we made and, since the last look, nobody recorded.
    var ourSwaps: [(from: Int, to: Int, turn: Int)] = []
    /// Rotations the history held when counting began.
    var recordedBefore = 0
    /// Others wrote the live store while no process of ours was there to see.
    var isCountExcused = false
    var refreshesByUs = 0
    /// A process of ours has not yet looked at what a crash left.
    var isStarting = false
    /// A disk that lies for ever is beyond any help.
    var liesInARow = 0
    /// Grows with every order given to the service.
    var turn = 0
    var othersWroteAt = -1
    /// Whose credential was last written whole; -1 nobody's.
    var liveAccount = 0
    /// The last things that happened, for who follows a violation.
    private(set) var trace: [String] = []

    static let live = "/claude/.credentials.json"
    static let configuration = "/claude/.claude.json"
    static let data = "/data"

    init(seed: UInt64, accounts: Int, odds: Odds) {
        self.seed = seed
        self.odds = odds
        generator = Generator(seed: seed)
        accessLife = generator.oneIn(2) ? 28_800_000 : 5_400_000
        for index in 0..<accounts {
            logins.append(
                SimulatedLogin(
                    index: index, accessExpiresAt: now + accessLife,
                    loginExpiresAt: now + 27 * 86_400_000,
                    fiveHour: Double(generator.below(90)), sevenDay: Double(generator.below(60)),
                    fiveHourResetsAt: now + Int64(generator.below(300)) * 60_000))
        }
        files[Self.configuration] = Array(#"{"numStartups":1}"#.utf8)
        files[Self.live] = Texts.live(oauth: Texts.oauth(logins[0]), machine: machine)
    }

    // MARK: Moments

    /// Whatever else happens just now. Called before every effect of a living
    /// process.
    mutating func moment() {
        guard !isSettling else { return }
        if generator.oneIn(odds.death) { return die() }
        if generator.oneIn(odds.claude) { claudeActs() }
        if generator.oneIn(odds.signIn) { signIn(generator.below(logins.count)) }
        if generator.oneIn(odds.otherManager) { otherManagerActs() }
        if generator.oneIn(odds.clockJump) { jump() }
    }

    mutating func note(_ text: String) {
        if trace.count >= 60 { trace.removeFirst(30) }
        trace.append("\((now - 1_790_000_000_000) / 1000) s: \(text)")
    }

    mutating func die() {
        note("the process dies")
        isAlive = false
        deaths += 1
        // What somebody else did in the very swap that was cut short may look
        // like that swap.
        if othersWroteAt == turn { isCountExcused = true }
    }

    private mutating func jump() {
        let minutes = Int64(generator.below(240)) - 20
        pass(milliseconds: minutes * 60_000)
    }

    mutating func pass(milliseconds: Int64) {
        now += milliseconds
        for index in logins.indices where logins[index].fiveHourResetsAt <= now {
            logins[index].fiveHourResetsAt = now + 5 * 3_600_000
            logins[index].fiveHour = 0
            logins[index].sevenDay = max(0, logins[index].sevenDay - 20)
        }
        release(&credentialLock)
        release(&configurationLock)
    }

    /// A lock of the dead is taken away by whoever needs it a minute later.
    private func release(_ lock: inout SimulatedLock) {
        switch lock.holder {
        case .orphan where now - lock.touchedAt > 60_000: lock.holder = .nobody
        case .service(let owner) where owner != epoch && now - lock.touchedAt > 60_000:
            lock.holder = .nobody
        default: break
        }
    }

    // MARK: What is live

    var liveText: [UInt8] { files[Self.live] ?? [] }

    var liveToken: TokenName? {
        Texts.member("refreshToken", of: liveText).flatMap(TokenName.init)
    }

    mutating func writeLive(oauth: String?) {
        let token = oauth.flatMap { Texts.member("refreshToken", of: Array($0.utf8)) }
        note("others write live: \(token ?? "none")")
        files[Self.live] = Texts.live(oauth: oauth, machine: machine)
        othersWroteLive = true
        liveAccount = liveToken?.account ?? -1
        othersWroteAt = turn
        // Nobody can tell what was there a moment ago.
        if !isAlive || isStarting || ourSwaps.last?.turn == turn { isCountExcused = true }
    }

    mutating func violate(_ text: String) {
        if violations.count < 8 { violations.append(text) }
    }
}

/// The world, shared by the ports of every process of ours.
package final class World: Sendable {
    private let state: Mutex<WorldState>

    init(_ state: WorldState) { self.state = Mutex(state) }

    func with<Answer: Sendable>(_ body: (inout WorldState) -> Answer) -> Answer {
        state.withLock { body(&$0) }
    }
}
