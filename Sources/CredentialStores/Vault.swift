// The one vault: what the texts in the stores mean, and the order in which
// they may change. Where they lie is the adapters' business, swaps, refreshes
// and recovery stand in the extensions.

import DurableFiles
import RotationCore
import RotationEngine

package actor Vault: CredentialVault {
    package nonisolated let name: String
    package nonisolated var unsupportedAdvice: String? { nil }

    let live: any LiveStore
    let slotStore: any SlotStore
    let locks: any LockKeeper
    let clock: any EngineClock
    let configuration: ClaudeConfiguration
    let journal: SwapJournal
    let plan: VaultPlan
    /// Whether there is a ledger; without one nothing was ever done here.
    let hasLedger: @Sendable () -> Bool
    private let openLedger: @Sendable () throws(VaultError) -> LineageLedger
    private var opened: LineageLedger?
    private var generations: [String: Generation] = [:]
    /// Pairs the vendor issued that could not be stored yet: the only copy.
    var unstored: [AccountID: SlotText] = [:]
    private var turnstile = Turnstile()

    package init(
        live: any LiveStore, slots: any SlotStore, locks: any LockKeeper,
        clock: any EngineClock, configurationFile: String, dataDirectory: String, disk: any Disk,
        plan: VaultPlan = VaultPlan(),
        random: (@Sendable () -> [UInt8])? = nil
    ) {
        self.live = live
        slotStore = slots
        self.locks = locks
        self.clock = clock
        self.plan = plan
        configuration = ClaudeConfiguration(path: configurationFile, disk: disk)
        journal = SwapJournal(disk: disk, path: dataDirectory + "/journal.json")
        hasLedger = {
            ((try? disk.mode(of: LineageLedger.path(in: dataDirectory))) ?? nil) != nil
        }
        openLedger = { () throws(VaultError) in
            try LineageLedger(
                directory: dataDirectory, disk: disk,
                random: random ?? LineageLedger.randomKey)
        }
        name = live.name
    }

    // MARK: One operation at a time

    /// An actor lets others in at every `await`; a transaction may not.
    func enter() async {
        if turnstile.takeIfFree() { return }
        await withCheckedContinuation { turnstile.wait($0) }
    }

    func leave() { turnstile.leave() }

    // MARK: Lineage

    func ledger() throws(VaultError) -> LineageLedger {
        if let opened { return opened }
        let ledger = try openLedger()
        opened = ledger
        return ledger
    }

    func record(_ entry: LineageEntry) throws(VaultError) {
        var ledger = try ledger()
        try ledger.add(entry)
        opened = ledger
    }

    func fingerprint(of tokens: OAuthText.Tokens) throws(VaultError) -> String {
        try ledger().key.fingerprint(of: tokens)
    }

    func generation(of fingerprint: String) -> Generation {
        if let known = generations[fingerprint] { return known }
        let new = Generation(UInt64(generations.count + 1))
        generations[fingerprint] = new
        return new
    }

    package func lineage(
        of account: AccountID, limit: Int
    ) async throws(VaultError) -> [LineageEntry] {
        try ledger().lineage.entries(of: account, limit: limit)
    }

    // MARK: Live

    package func readLive() async throws(VaultError) -> LiveCredential? {
        await enter()
        defer { leave() }
        guard let text = try await liveText(), let oauth = text.oauth, let tokens = oauth.tokens
        else { return nil }
        let mark = try fingerprint(of: tokens)
        try noticeRestored(mark)
        let slot = try await slotHolding(mark)
        let lineage = try ledger().lineage
        return LiveCredential(
            generation: generation(of: mark), details: oauth.details,
            accessToken: Secret(tokens.access), slot: slot, missing: oauth.missing,
            supersededFor: slot == nil ? try await newerSlot(than: mark) : nil,
            lastRestoredAt: lineage.lastRestoredAt)
    }

    /// The account of an older generation whose slot holds a newer one.
    private func newerSlot(than mark: String) async throws(VaultError) -> AccountID? {
        guard plan.knowsAges, case .older(let account) = try ledger().lineage.age(of: mark),
            try await slotText(account) != nil
        else { return nil }
        return account
    }

    /// Claude Code writes new credentials only: one that was known before and
    /// was not live last came from somebody who keeps copies.
    private func noticeRestored(_ mark: String) throws(VaultError) {
        let lineage = try ledger().lineage
        let account: AccountID
        switch lineage.age(of: mark) {
        case .unknown: return
        case .newest(let known), .older(let known): account = known
        }
        guard let last = lineage.live, last != mark else { return }
        try record(
            LineageEntry(
                at: clock.now(), account: account, fingerprint: mark, parent: last,
                event: .restored,
                writer: .otherManager))
    }

    private func slotHolding(_ mark: String) async throws(VaultError) -> AccountID? {
        switch try ledger().lineage.age(of: mark) {
        case .newest(let account), .older(let account):
            guard let slot = try? await slotText(account), let tokens = try? slot.oauth().tokens,
                try fingerprint(of: tokens) == mark
            else { return nil }
            return account
        case .unknown: return nil
        }
    }

    /// Nil when the store holds nothing at all.
    func liveText() async throws(VaultError) -> CredentialText? {
        guard let bytes = try await live.read() else { return nil }
        do {
            return try CredentialText(bytes)
        } catch {
            throw .malformed("\(live.name): \(error.reason); it was left alone")
        }
    }

    // MARK: Slots

    package func slots() async throws(VaultError) -> SlotListing {
        await enter()
        defer { leave() }
        await storeUnstored()
        var slots: [Slot] = []
        var damaged: [String] = []
        for name in try await slotStore.names() {
            guard name.hasSuffix(".json"), let account = AccountID(String(name.dropLast(5))),
                SlotText.fileName(account) == name
            else {
                damaged.append("\(name): its name is not that of an account")
                continue
            }
            do throws(VaultError) {
                // Nil: it was removed since the names were read.
                guard let slot = try await slotText(account) else { continue }
                guard slot.identity.id == account else {
                    damaged.append("\(name): its name and its identity differ")
                    continue
                }
                try recordUnseen(slot)
                slots.append(try view(of: slot))
            } catch {
                damaged.append("\(name): \(error.text)")
            }
        }
        slots.sort { $0.identity.id < $1.identity.id }
        return SlotListing(slots: slots, damaged: damaged)
    }

    /// A slot of an earlier version, or one whose ledger was lost.
    private func recordUnseen(_ slot: SlotText) throws(VaultError) {
        guard let tokens = try? slot.oauth().tokens else { return }
        let mark = try fingerprint(of: tokens)
        guard try ledger().lineage.age(of: mark) == .unknown else { return }
        try record(
            LineageEntry(
                at: slot.capturedAt, account: slot.identity.id, fingerprint: mark, parent: nil,
                event: .firstSeen, writer: .rotator))
    }

    package func accessToken(of account: AccountID) async throws(VaultError) -> Secret {
        await enter()
        defer { leave() }
        guard let slot = try await slotText(account) else { throw .noSlot(account) }
        do {
            return Secret(try slot.oauth().tokens.access)
        } catch {
            throw .malformed("\(fileName(account)): \(error.reason)")
        }
    }

    package func forget(_ account: AccountID) async throws(VaultError) {
        await enter()
        defer { leave() }
        // An account that cannot have a slot has none.
        guard let name = SlotText.fileName(account) else { return }
        unstored[account] = nil
        try await slotStore.remove(name)
    }

    func slotText(_ account: AccountID) async throws(VaultError) -> SlotText? {
        let name = try slotName(account)
        guard let bytes = try await slotStore.read(name) else { return nil }
        do {
            return try SlotText(bytes)
        } catch {
            throw .malformed("\(slotStore.name)/\(name): \(error.reason)")
        }
    }

    /// The slot without its secrets.
    func view(of slot: SlotText) throws(VaultError) -> Slot {
        do {
            let (oauth, tokens) = try slot.oauth()
            let mark = try fingerprint(of: tokens)
            return Slot(
                identity: slot.identity, details: oauth.details,
                generation: generation(of: mark), capturedAt: slot.capturedAt,
                refreshedAt: slot.refreshedAt, grant: try ledger().lineage.grant(of: mark))
        } catch let error as VaultError {
            throw error
        } catch let error as JSONTextError {
            throw .malformed("\(fileName(slot.identity.id)): \(error.reason)")
        } catch {
            throw .malformed(fileName(slot.identity.id))
        }
    }

    func fileName(_ account: AccountID) -> String { SlotText.fileName(account) ?? "\(account)" }

    func slotName(_ account: AccountID) throws(VaultError) -> String {
        guard let name = SlotText.fileName(account) else {
            throw .refused("the account's uuids are not plain: no slot can be named after them")
        }
        return name
    }
}
