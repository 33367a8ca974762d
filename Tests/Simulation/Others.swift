// The others who act in a world: Claude Code, which refreshes its own
// credential under its locks and writes its machine's members; the human who
// signs in; another manager that keeps copies and knows no locks.

extension WorldState {
    // MARK: Claude Code

    mutating func claudeActs() {
        if claudeRefresh != nil { return claudeGoesOn() }
        guard credentialLock.holder == .nobody else { return }
        if !isSettling, generator.oneIn(20) {
            // A machine member, under the innermost lock: read, change, write.
            rewriteMachine()
            return
        }
        guard let token = liveToken, logins.indices.contains(token.account) else { return }
        let login = logins[token.account]
        burn(token.account)
        // Five minutes ahead of its expiry, or now and then by a 401.
        let isRefused = token.number != login.issued || login.isRevoked
        let isDue =
            login.accessExpiresAt - now < 300_000 || (!isSettling && generator.oneIn(60))
            || (isSettling && isRefused)
        guard isDue else { return }
        credentialLock = SimulatedLock(holder: .claude, touchedAt: now)
        note("Claude Code refreshes \(token)")
        guard let pair = spend(token, byUs: false) else {
            // The grant is dead: Claude Code signs itself out.
            if liveToken == token { writeLive(oauth: nil) }
            credentialLock.holder = .nobody
            return
        }
        claudeRefresh = ClaudeRefresh(account: token.account, began: liveText, pair: pair)
    }

    private mutating func claudeGoesOn() {
        guard let refresh = claudeRefresh else { return }
        if !isSettling, generator.oneIn(odds.claudeDeath) {
            note("Claude Code dies in its refresh")
            // Its crash, its loss: the pair was in its memory only.
            logins[refresh.account].isExcused = true
            claudeRefresh = nil
            credentialLock = SimulatedLock(holder: .orphan, touchedAt: now)
            return
        }
        guard isSettling || generator.oneIn(3) else { return }
        // Its double check: what it began on must still be there, else it
        // adopts what it finds and drops its own pair.
        if liveText == refresh.began { writeLive(oauth: refresh.pair) }
        claudeRefresh = nil
        credentialLock.holder = .nobody
    }

    private mutating func rewriteMachine() {
        let text = String(decoding: liveText, as: UTF8.self)
        let old = Texts.machine(machine)
        guard text.contains(old) else { return }
        machine += 1
        files[Self.live] = Array(text.replacing(old, with: Texts.machine(machine)).utf8)
    }

    private mutating func burn(_ account: Int) {
        let percent = isSettling ? 0.1 : Double(generator.below(40)) / 10
        logins[account].fiveHour = min(100, logins[account].fiveHour + percent)
        logins[account].sevenDay = min(100, logins[account].sevenDay + percent / 8)
    }

    // MARK: The human

    /// `/login` in Claude Code, which takes the locks for its write.
    mutating func signIn(_ account: Int) {
        guard credentialLock.holder == .nobody else { return }
        excuseOverwritten()
        var login = logins[account]
        login.issued += 1
        login.accessExpiresAt = now + accessLife
        login.loginExpiresAt = now + 27 * 86_400_000
        login.isRevoked = false
        login.isExcused = false
        logins[account] = login
        writeLive(oauth: Texts.oauth(login))
    }

    /// A credential of which only the live store has the newest generation is
    /// lost when somebody else writes over it.
    private mutating func excuseOverwritten() {
        guard let token = liveToken, logins.indices.contains(token.account),
            !isInSlot(token)
        else { return }
        logins[token.account].isExcused = true
    }

    func isInSlot(_ token: TokenName) -> Bool {
        slotToken(token.account) == token
    }

    func slotToken(_ account: Int) -> TokenName? {
        files[slotPath(account)].flatMap { Texts.member("refreshToken", of: $0) }
            .flatMap(TokenName.init)
    }

    func slotPath(_ account: Int) -> String {
        "\(Self.data)/slots/\(logins[account].id).json"
    }

    // MARK: Another manager

    mutating func otherManagerActs() {
        if let token = liveToken, logins.indices.contains(token.account), generator.oneIn(2) {
            copies[token.account] = Self.oauthText(of: liveText)
            return
        }
        guard let account = copies.keys.sorted().randomElement(using: &generator),
            let copy = copies[account]
        else { return }
        excuseOverwritten()
        // Claude Code will find another credential than it began on, and drop its pair.
        if let refresh = claudeRefresh { logins[refresh.account].isExcused = true }
        writeLive(oauth: copy)
    }

    /// The value of `claudeAiOauth`, which holds no braces of its own.
    private static func oauthText(of live: [UInt8]) -> String? {
        let text = String(decoding: live, as: UTF8.self)
        guard let start = text.firstRange(of: #""claudeAiOauth":"#)?.upperBound,
            let end = text[start...].firstIndex(of: "}")
        else { return nil }
        return String(text[start...end])
    }

    // MARK: The vendor's token endpoint

    /// RFC 6749 §6 with single-use tokens: the text of the new
    /// `claudeAiOauth`, nil when the grant is dead. Reuse revokes the family.
    mutating func spend(_ token: TokenName, byUs: Bool) -> String? {
        guard token.isRefresh, logins.indices.contains(token.account) else { return nil }
        var login = logins[token.account]
        guard !login.isRevoked, now < login.loginExpiresAt else { return nil }
        note("\(byUs ? "we spend" : "spent") \(token), newest is \(login.issued)")
        guard token.number == login.issued else {
            let isKnown = unanswered.contains(token) || login.isExcused
            if byUs, !isKnown { violate("we spent \(token) twice") }
            if byUs || token.number < login.issued { login.isExcused = true }
            login.isRevoked = true
            logins[token.account] = login
            return nil
        }
        login.issued += 1
        login.accessExpiresAt = now + accessLife
        login.isExcused = false
        logins[token.account] = login
        return Texts.oauth(login)
    }
}
