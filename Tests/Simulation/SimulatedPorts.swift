// The other ports of a process in a world: clock, locks, vendor, history. All
// of them are dead once their process is.

import CredentialStores
import RotationCore
import RotationEngine
import Support

struct WorldClock: EngineClock {
    let world: World
    func now() -> Timestamp { Timestamp(milliseconds: world.with { $0.now }) }
    func uptimeMilliseconds() -> Int64 { world.with { $0.now } }
    func sleep(until instant: Timestamp) async throws {
        world.with { state in
            state.pass(milliseconds: max(instant.milliseconds - state.now, 1))
            state.claudeActs()
        }
    }
}

struct WorldLocks: LockKeeper {
    let world: World
    let epoch: Int

    func lockCredential(patienceSeconds: Int64) async throws(VaultError) -> any HeldLock {
        try lock(.credential, patienceSeconds)
    }

    func lockConfiguration(patienceSeconds: Int64) async throws(VaultError) -> any HeldLock {
        try lock(.configuration, patienceSeconds)
    }

    private func lock(
        _ which: WhichLock, _ patience: Int64
    ) throws(VaultError) -> any HeldLock {
        for attempt in 0... {
            let holder = world.with { state -> LockHolder? in
                guard state.isAlive, state.epoch == epoch else { return .orphan }
                state.moment()
                guard state.isAlive else { return .orphan }
                guard state[which].holder == .nobody else {
                    if attempt < patience * 4 { state.pass(milliseconds: 250) }
                    return state[which].holder
                }
                state[which] = SimulatedLock(
                    holder: .service(epoch: epoch), touchedAt: state.now)
                return nil
            }
            guard holder != nil else {
                let world = world
                let epoch = epoch
                return WorldLock(lose: {
                    world.with { state in
                        guard state.isAlive, state.epoch == epoch,
                            state[which].holder == .service(epoch: epoch)
                        else { return }
                        state[which].holder = .nobody
                    }
                })
            }
            if attempt >= patience * 4 { break }
        }
        throw .locked(LockHeld(name: "\(which)", since: WorldClock(world: world).now()))
    }

    func releaseLeftovers() -> [String] {
        world.with { state in
            var released: [String] = []
            for which in [WhichLock.credential, .configuration] {
                guard case .service(let owner) = state[which].holder, owner != epoch
                else { continue }
                state[which].holder = .nobody
                released.append("lock")
            }
            return released
        }
    }
}

enum WhichLock: Sendable { case credential, configuration }

extension WorldState {
    subscript(which: WhichLock) -> SimulatedLock {
        get { which == .credential ? credentialLock : configurationLock }
        set {
            switch which {
            case .credential: credentialLock = newValue
            case .configuration: configurationLock = newValue
            }
        }
    }
}

struct WorldLock: HeldLock {
    let lose: @Sendable () -> Void
    var lost: LockHeld? { nil }
    func release() { lose() }
}

struct WorldVendor: VendorAPI {
    let world: World
    let epoch: Int

    /// Nobody keeps one in this world.
    func decodeUsage(_ body: [UInt8]) -> UsageAnswer? { nil }

    /// Asked for several accounts at once: draws depend on the account and the
    /// time, never on the order.
    func readUsage(_ token: Secret) async -> UsageAnswer {
        guard let name = Self.name(token) else { return .unauthorized }
        return world.with { state in
            guard state.isAlive, state.epoch == epoch else { return .unreachable(.cancelled) }
            let draw = Generator.mixed(
                state.seed ^ UInt64(bitPattern: state.now) ^ UInt64(name.account) << 32)
            if !state.isSettling {
                if state.odds.outage > 0, draw % UInt64(state.odds.outage) == 0 {
                    return .unreachable(.timedOut)
                }
                if state.odds.rateLimit > 0, draw % UInt64(state.odds.rateLimit) == 1 {
                    let until = Timestamp(milliseconds: state.now).adding(seconds: 300)
                    return .rateLimited(retryAfter: until)
                }
            }
            guard let login = state.accepts(name) else { return .unauthorized }
            return .windows([
                UsageWindow(
                    key: .fiveHour, utilization: login.fiveHour,
                    resetsAt: Timestamp(milliseconds: login.fiveHourResetsAt)),
                UsageWindow(key: .sevenDay, utilization: login.sevenDay, resetsAt: nil),
            ])
        }
    }

    func readProfile(_ token: Secret) async -> ProfileAnswer {
        guard let name = Self.name(token) else { return .unauthorized }
        return world.with { state in
            guard state.isAlive, state.epoch == epoch else { return .unreachable(.cancelled) }
            state.moment()
            guard state.isAlive else { return .unreachable(.cancelled) }
            if !state.isSettling, state.generator.oneIn(state.odds.outage) {
                return .unreachable(.offline)
            }
            guard let login = state.accepts(name) else { return .unauthorized }
            return .identity(AccountIdentity(id: login.id, email: login.email))
        }
    }

    func refresh(_ token: Secret) async -> RefreshAnswer {
        guard let name = Self.name(token) else { return .invalidGrant }
        return world.with { state in
            guard state.isAlive, state.epoch == epoch else {
                return .unreachable(.cancelled, mayHaveRotated: false)
            }
            state.moment()
            guard state.isAlive else { return .unreachable(.cancelled, mayHaveRotated: false) }
            return state.answerRefresh(name)
        }
    }

    private static func name(_ token: Secret) -> TokenName? {
        TokenName(token.withBytes { String(decoding: $0, as: UTF8.self) })
    }
}

extension WorldState {
    func accepts(_ token: TokenName) -> SimulatedLogin? {
        guard !token.isRefresh, logins.indices.contains(token.account) else { return nil }
        let login = logins[token.account]
        let isGood = token.number == login.issued && !login.isRevoked && now < login.accessExpiresAt
        return isGood ? login : nil
    }

    mutating func answerRefresh(_ token: TokenName) -> RefreshAnswer {
        if !isSettling {
            if generator.oneIn(odds.rateLimit) {
                return .rateLimited(retryAfter: Timestamp(milliseconds: now + 60_000))
            }
            if generator.oneIn(odds.outage) {
                return .unreachable(.offline, mayHaveRotated: false)
            }
        }
        if liveToken == token, othersWroteAt != turn,
            let expiry = Texts.number("expiresAt", of: liveText), now < expiry
        {
            violate("we refreshed the live grant \(token) before it lapsed")
        }
        let before = token
        guard let text = spend(token, byUs: true) else { return .invalidGrant }
        if !isSettling, generator.oneIn(odds.lostAnswer) {
            // Issued, and lost on the way.
            unanswered.insert(before)
            logins[token.account].isExcused = true
            return .unreachable(.timedOut, mayHaveRotated: true)
        }
        if !isSettling, generator.oneIn(odds.death) {
            unanswered.insert(before)
            logins[token.account].isExcused = true
            die()
            return .unreachable(.cancelled, mayHaveRotated: true)
        }
        refreshesByUs += 1
        issuedToUs = TokenName(logins[token.account].refresh)
        let value = Array(text.utf8)
        let access = Texts.member("accessToken", of: value) ?? ""
        let refresh = Texts.member("refreshToken", of: value) ?? ""
        return .tokens(
            RefreshedTokens(
                accessToken: Secret(Array(access.utf8)), refreshToken: Secret(Array(refresh.utf8)),
                expiresInSeconds: accessLife / 1000, refreshTokenExpiresInSeconds: nil, scopes: nil,
                accountUUID: logins[token.account].id.accountUUID))
    }

    /// A death between the answer and its storing: the pair was in our memory
    /// only, which is the one window there is.
    mutating func excuseIssued() {
        guard let token = issuedToUs else { return }
        issuedToUs = nil
        guard logins[token.account].issued == token.number, !isInSlot(token),
            liveToken != token
        else { return }
        logins[token.account].isExcused = true
        unanswered.insert(
            TokenName("rt-\(token.account)-\(token.number - 1)") ?? token)
    }

    mutating func noticeOurWrite(_ text: [UInt8]) {
        // An empty store put back is the human's doing.
        othersWroteLive = !Texts.contains("claudeAiOauth", in: text)
        if !Texts.contains(Texts.machine(machine), in: text) {
            violate("the machine's members were changed")
        }
        countOurWrite(text)
    }
}

/// The history, which outlives processes; a dead one cannot reach it.
struct WorldHistory: HistoryLog {
    let world: World
    let epoch: Int
    let kept: InMemoryHistory

    private func reach() throws(HistoryError) {
        let isAlive = world.with { state in
            guard state.isAlive, state.epoch == epoch else { return false }
            state.moment()
            return state.isAlive
        }
        if !isAlive { throw .unavailable("the process is dead") }
    }

    func load() async throws(HistoryError) -> LoadedHistory {
        try reach()
        return try await kept.load()
    }
    func append(_ entry: DecisionEntry) async throws(HistoryError) -> DecisionRecord {
        try reach()
        return try await kept.append(entry)
    }
    func save(_ account: AccountRecord, at: Timestamp) async throws(HistoryError) {
        try reach()
        try await kept.save(account, at: at)
    }
    func save(_ rules: OperatorRules, at: Timestamp) async throws(HistoryError) {
        try reach()
        try await kept.save(rules, at: at)
    }
    func forget(_ account: AccountID, at: Timestamp) async throws(HistoryError) {
        try reach()
        try await kept.forget(account, at: at)
    }
    func recordOptIn(enabled: Bool, at: Timestamp) async throws(HistoryError) {
        try await kept.recordOptIn(enabled: enabled, at: at)
    }
    func decisions(limit: Int, before: Int64?) async throws(HistoryError) -> Page<DecisionRecord> {
        try await kept.decisions(limit: limit, before: before)
    }
    func rotations(limit: Int, before: Int64?) async throws(HistoryError) -> Page<RotationRecord> {
        try await kept.rotations(limit: limit, before: before)
    }
    func readings(
        since: Timestamp, after: ReadingCursor?, limit: Int
    ) async throws(HistoryError) -> ReadingPage {
        try await kept.readings(since: since, after: after, limit: limit)
    }
    func events(
        after: Int64, through: Int64, limit: Int
    ) async throws(HistoryError) -> EventPage {
        try await kept.events(after: after, through: through, limit: limit)
    }
    var newestEvent: Int64? { kept.newestEvent }
    func series(_ query: SeriesQuery) async throws(HistoryError) -> ReadingSeries {
        try await kept.series(query)
    }
    func nudges() async throws(HistoryError) -> [StandingNudge] { try await kept.nudges() }
    func acknowledge(
        _ code: NudgeCode, email: String?, at: Timestamp
    ) async throws(HistoryError) -> Bool {
        try await kept.acknowledge(code, email: email, at: at)
    }
    func raise(_ nudge: Nudge, at: Timestamp) async throws(HistoryError) {
        try await kept.raise(nudge, at: at)
    }
    func tell(_ signIn: SignIn) async throws(HistoryError) { try await kept.tell(signIn) }
    func unannounced(
        on channel: AnnouncementChannel
    ) async throws(HistoryError) -> [StandingNudge] {
        try await kept.unannounced(on: channel)
    }
    func markAnnounced(
        _ nudges: [Nudge], on channel: AnnouncementChannel, at: Timestamp
    ) async throws(HistoryError) -> [Nudge] {
        try await kept.markAnnounced(nudges, on: channel, at: at)
    }
}
