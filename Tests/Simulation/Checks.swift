// What must always hold in a world, looked at after every step. Numbers in the
// texts are accounts and tokens, so that a violation can be followed.

import RotationCore

extension WorldState {
    /// Everything that can be seen on the disk and at the vendor.
    mutating func checkStores() {
        for login in logins where !login.isExcused && !login.isRevoked { checkKept(login) }
        let prefix = "\(Self.data)/slots/"
        for (path, text) in files.sorted(by: { $0.key < $1.key }) where path.hasPrefix(prefix) {
            checkSlot(path, text)
        }
        checkLive()
        if isAlive {
            for lock in [credentialLock, configurationLock]
            where lock.holder == .service(epoch: epoch) {
                violate("a lock was not given back")
            }
        }
    }

    /// The newest grant is live, in its slot, or on its way in a memory.
    private mutating func checkKept(_ login: SimulatedLogin) {
        let newest = TokenName(login.refresh)
        if let issued = issuedToUs, isInSlot(issued) || liveToken == issued { issuedToUs = nil }
        if newest == liveToken || slotToken(login.index) == newest { return }
        if claudeRefresh?.account == login.index || issuedToUs == newest { return }
        // One that never was in a slot of ours, and that nobody has, is not known to us.
        if login.issued == 1, slotToken(login.index) == nil { return }
        violate("the newest grant of account \(login.index), \(login.refresh), is lost")
    }

    private mutating func checkSlot(_ path: String, _ text: [UInt8]) {
        guard let access = Texts.member("accessToken", of: text).flatMap(TokenName.init),
            let refresh = Texts.member("refreshToken", of: text).flatMap(TokenName.init),
            logins.indices.contains(refresh.account)
        else { return violate("\(path) holds no credential") }
        guard slotPath(refresh.account) == path, access.account == refresh.account,
            access.number == refresh.number
        else { return violate("\(path) holds \(access) and \(refresh)") }
        let newest = newestInSlot[refresh.account] ?? 0
        if refresh.number < newest {
            violate("\(path) went back from \(newest) to \(refresh.number)")
        }
        newestInSlot[refresh.account] = max(newest, refresh.number)
    }

    private mutating func checkLive() {
        let text = liveText
        guard Texts.contains(Texts.machine(machine), in: text) else {
            return violate("the machine's members are not what Claude Code wrote")
        }
        guard !othersWroteLive else { return }
        guard let access = Texts.member("accessToken", of: text).flatMap(TokenName.init),
            let refresh = liveToken, access.account == refresh.account,
            access.number == refresh.number
        else { return violate("we left no whole credential live") }
    }

    /// What the service says of itself, when it is alive.
    mutating func checkSaid(_ slots: [Int: GrantStanding], rotations: Int) {
        for (account, standing) in slots.sorted(by: { $0.key < $1.key }) {
            guard let token = slotToken(account), unanswered.contains(token),
                token.number < logins[account].issued
            else { continue }
            if standing == .unspent { violate("nobody is told that \(token) may be spent") }
        }
        if isCountExcused {
            isCountExcused = false
            ourSwaps = []
            recordedBefore = rotations
            return
        }
        if rotations - recordedBefore != ourSwaps.count {
            violate(
                "\(ourSwaps.count) swaps were made and \(rotations - recordedBefore) recorded")
            recordedBefore = rotations
            ourSwaps = []
        }
    }

    /// Our write of the live store: a swap when it changes whose it is, the
    /// undoing of one when it changes it back.
    mutating func countOurWrite(_ text: [UInt8]) {
        let from = liveAccount
        let to =
            Texts.member("refreshToken", of: text).flatMap(TokenName.init)?.account ?? -1
        liveAccount = to
        // Written over by who knows no locks, between our look and our write.
        if othersWroteAt == turn { isCountExcused = true }
        guard from != to else { return }
        if let last = ourSwaps.last, last.from == to, last.to == from, last.turn == turn {
            ourSwaps.removeLast()
        } else {
            ourSwaps.append((from, to, turn))
        }
    }

    /// With the faults off, a safe alternate must have been taken.
    mutating func checkLiveness(_ said: String) {
        guard let token = liveToken else { return }
        let live = logins[token.account]
        // Two points above the threshold: it was crossed before the last reading.
        guard live.fiveHour >= 99 || live.sevenDay >= 99 || live.isRevoked else { return }
        for other in logins where other.index != live.index && !other.isRevoked {
            guard slotToken(other.index) == TokenName(other.refresh), other.fiveHour < 90,
                other.sevenDay < 90, now < other.loginExpiresAt
            else { continue }
            return violate(
                "account \(live.index) at \(live.fiveHour) % stays live although account "
                    + "\(other.index) at \(other.fiveHour) % is there: \(said)")
        }
    }
}
