// A credential vault without files, for the engine's laws. It passes the same
// conformance suite as the real one, and can be told to fail or to wait.

import RotationCore
import RotationEngine

/// What was asked of the vault.
package enum VaultCall: Hashable, Sendable {
    case readLive, slots, fileLive, accessToken, swap, forget, refresh, adopt, recover
    case lineage, enrol
}

package actor InMemoryVault: CredentialVault {
    private struct Stored {
        var token: String
        var details: CredentialDetails
        var missing: [String] = []
    }

    package nonisolated let name = "memory"
    package nonisolated let unsupportedAdvice: String?
    /// Of every call that may see a secret, which `recover` and `settled` do
    /// not.
    package private(set) var calls: [VaultCall] = []
    package private(set) var settledCount = 0

    private var live: Stored?
    private struct Held {
        let identity: AccountIdentity
        var stored: Stored
        let at: Timestamp
        var refreshedAt: Timestamp?
    }

    private var held: [AccountID: Held] = [:]
    private var tokens: [String] = []
    private var grants: [String: GrantStanding] = [:]
    /// Tokens per account, oldest first.
    private var known: [AccountID: [String]] = [:]
    private var recoveries: [Recovery] = []
    private var lastRestoredAt: Timestamp?
    private var failures: [VaultCall: [VaultError]] = [:]
    private var gates: [VaultCall: [CheckedContinuation<Void, Never>]] = [:]
    private var watchers: [VaultCall: [CheckedContinuation<Void, Never>]] = [:]

    package init(unsupportedAdvice: String? = nil) { self.unsupportedAdvice = unsupportedAdvice }

    // MARK: What a test arranges

    package func setLive(token: String, details: CredentialDetails, missing: [String] = []) {
        live = Stored(token: token, details: details, missing: missing)
    }

    package func clearLive() { live = nil }

    package func putSlot(token: String, details: CredentialDetails, identity: AccountIdentity) {
        held[identity.id] = Held(
            identity: identity, stored: Stored(token: token, details: details),
            at: Timestamp(seconds: 0))
        known[identity.id, default: []].append(token)
    }

    /// What the next `recover` finds.
    package func leave(_ found: [Recovery]) { recoveries = found }

    package func restored(at: Timestamp) { lastRestoredAt = at }

    package func setGrant(_ standing: GrantStanding, ofToken token: String) {
        grants[token] = standing
    }

    /// The next such call fails so; several wait in a queue.
    package func failNext(_ call: VaultCall, _ error: VaultError) {
        failures[call, default: []].append(error)
    }

    /// Calls of this kind wait until `release`.
    package func hold(_ call: VaultCall) { gates[call] = [] }

    package func release(_ call: VaultCall) {
        for waiting in gates.removeValue(forKey: call) ?? [] { waiting.resume() }
    }

    package func untilHeld(_ call: VaultCall) async {
        guard gates[call]?.isEmpty == true else { return }
        await withCheckedContinuation { watchers[call, default: []].append($0) }
    }

    package var liveToken: String? { live?.token }
    package func slotToken(of account: AccountID) -> String? { held[account]?.stored.token }

    // MARK: CredentialVault

    package func readLive() async throws(VaultError) -> LiveCredential? {
        try await enter(.readLive)
        guard let live else { return nil }
        let slot = held.filter { $0.value.stored.token == live.token }.keys.min()
        return LiveCredential(
            generation: generation(of: live.token), details: live.details,
            accessToken: Secret(Array(live.token.utf8)), slot: slot, missing: live.missing,
            supersededFor: slot == nil ? owner(ofOlder: live.token) : nil,
            lastRestoredAt: lastRestoredAt)
    }

    private func owner(ofOlder token: String) -> AccountID? {
        known.filter { $0.value.dropLast().contains(token) && held[$0.key] != nil }.keys.min()
    }

    package func slots() async throws(VaultError) -> SlotListing {
        try await enter(.slots)
        return SlotListing(slots: held.keys.sorted().compactMap(view), damaged: [])
    }

    package func fileLive(
        _ generation: Generation, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot {
        try await enter(.fileLive)
        return try save(generation, as: identity, now: now)
    }

    package func accessToken(of account: AccountID) async throws(VaultError) -> Secret {
        try await enter(.accessToken)
        guard let slot = held[account] else { throw .noSlot(account) }
        return Secret(Array(slot.stored.token.utf8))
    }

    package func swap(_ order: SwapOrder) async throws(VaultError) -> SwapReceipt {
        try await enter(.swap)
        guard held[order.incoming] != nil else { throw .noSlot(order.incoming) }
        var saved: Slot?
        if let outgoing = order.outgoing, owner(ofOlder: live?.token ?? "") == outgoing.identity.id
        {
            guard generation(of: live?.token ?? "") == outgoing.generation else {
                throw .changedMeanwhile
            }
        } else if let outgoing = order.outgoing {
            saved = try save(outgoing.generation, as: outgoing.identity, now: order.now)
        } else if live != nil {
            throw .changedMeanwhile
        }
        // Looked up after the saving: an account swapped onto itself stays.
        live = held[order.incoming]?.stored
        guard let slot = view(order.incoming) else { throw .noSlot(order.incoming) }
        return SwapReceipt(incoming: slot, outgoing: saved, remarks: [])
    }

    package func forget(_ account: AccountID) async throws(VaultError) {
        try await enter(.forget)
        held[account] = nil
    }

    package func refresh(
        _ order: RefreshOrder, request: @escaping @Sendable (Secret) async -> RefreshAnswer
    ) async throws(VaultError) -> RefreshReceipt {
        try await enter(.refresh)
        guard var slot = held[order.account] else { throw .noSlot(order.account) }
        let token = slot.stored.token
        guard generation(of: token) == order.expecting, slot.stored.details.canRefresh else {
            return .notDue
        }
        let isLive = live?.token == token
        if isLive, let expiry = slot.stored.details.accessTokenExpiresAt, order.now < expiry {
            return .notDue
        }
        var isDoubtful = grants[token] == .maybeSpent
        grants[token] = .maybeSpent
        var answer = await request(Secret(Array("refresh-\(token)".utf8)))
        if case .unreachable(_, mayHaveRotated: true) = answer {
            isDoubtful = true
            answer = await request(Secret(Array("refresh-\(token)".utf8)))
        }
        switch answer {
        case .tokens(let issued):
            if let uuid = issued.accountUUID, uuid != order.account.accountUUID {
                grants[token] = .rejected
                return .otherAccount(try seen(order.account))
            }
            grants[token] = nil
            slot.stored.token = issued.accessToken.withBytes { String(decoding: $0, as: UTF8.self) }
            slot.stored.details.accessTokenExpiresAt = issued.expiresInSeconds.map {
                order.now.adding(seconds: $0)
            }
            slot.refreshedAt = order.now
            held[order.account] = slot
            known[order.account, default: []].append(slot.stored.token)
            if isLive { live = slot.stored }
            return .refreshed(try seen(order.account))
        case .invalidGrant:
            grants[token] = .rejected
            return .grantRejected(try seen(order.account))
        case .unreachable(let kind, mayHaveRotated: true): return .unanswered(kind)
        case .oauthError, .rateLimited, .unreachable(_, mayHaveRotated: false):
            if !isDoubtful { grants[token] = nil }
            return .refused(answer)
        }
    }

    private func seen(_ account: AccountID) throws(VaultError) -> Slot {
        guard let slot = view(account) else { throw .noSlot(account) }
        return slot
    }

    package func adopt(
        _ credential: ImportedCredential, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot {
        try await enter(.adopt)
        let stored = try Self.stored(credential)
        if let before = held[identity.id], before.stored.token != stored.token,
            grants[before.stored.token] != .rejected
        {
            throw .superseded(identity.id)
        }
        return try put(stored, as: identity, now: now)
    }

    package func enrol(
        _ made: MadeCredential, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot {
        try await enter(.enrol)
        let stored = try Self.stored(made.credential)
        let before = known[identity.id] ?? []
        if before.contains(stored.token), held[identity.id] != nil,
            held[identity.id]?.stored.token != stored.token
        {
            throw .superseded(identity.id)
        }
        return try put(stored, as: identity, now: now)
    }

    private static func stored(_ credential: ImportedCredential) throws(VaultError) -> Stored {
        let text = credential.text.withBytes { String(decoding: $0, as: UTF8.self) }
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        guard let at = parts.firstIndex(of: "accessToken"), at + 2 < parts.count else {
            throw .malformed(credential.origin)
        }
        let ends = parts.firstIndex(of: "ends").flatMap { Int64(parts[$0 + 2]) }
        let details = CredentialDetails(
            kind: ends == nil ? .login : .setupToken, canRefresh: text.contains("refreshToken"),
            accessTokenExpiresAt: ends.map { Timestamp(milliseconds: $0) })
        return Stored(token: String(parts[at + 2]), details: details)
    }

    private func put(
        _ stored: Stored, as identity: AccountIdentity, now: Timestamp
    ) throws(VaultError) -> Slot {
        held[identity.id] = Held(identity: identity, stored: stored, at: now)
        known[identity.id, default: []].append(stored.token)
        return try seen(identity.id)
    }

    package nonisolated func setupToken(
        _ token: Secret, expiresAt: Timestamp
    ) -> ImportedCredential {
        let text = token.withBytes { bytes in
            #"{"accessToken":"\#(String(decoding: bytes, as: UTF8.self))","ends":"#
                + #""\#(expiresAt.milliseconds)"}"#
        }
        return ImportedCredential(text: Secret(Array(text.utf8)), origin: "the operator")
    }

    package func slot(knowing credential: ImportedCredential) async throws(VaultError) -> Slot? {
        let text = credential.text.withBytes { String(decoding: $0, as: UTF8.self) }
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        guard let at = parts.firstIndex(of: "accessToken"), at + 2 < parts.count,
            let account = known.first(where: { $0.value.contains(String(parts[at + 2])) })?.key,
            held[account] != nil
        else { return nil }
        return try seen(account)
    }

    package func recover(now: Timestamp) async throws(VaultError) -> [Recovery] {
        if failures[.recover]?.isEmpty == false, let error = failures[.recover]?.removeFirst() {
            throw error
        }
        return recoveries
    }

    package func settled() async {
        settledCount += 1
        recoveries = []
    }

    package func lineage(
        of account: AccountID, limit: Int
    ) async throws(VaultError) -> [LineageEntry] {
        try await enter(.lineage)
        return Array((known[account] ?? []).reversed().prefix(limit)).map { token in
            LineageEntry(
                at: held[account]?.at ?? Timestamp(seconds: 0), account: account,
                fingerprint: "\(generation(of: token).number)", parent: nil, event: .firstSeen,
                writer: .signIn)
        }
    }

    // MARK: -

    private func enter(_ call: VaultCall) async throws(VaultError) {
        calls.append(call)
        if gates[call] != nil {
            await withCheckedContinuation { continuation in
                gates[call]?.append(continuation)
                for watcher in watchers.removeValue(forKey: call) ?? [] { watcher.resume() }
            }
        }
        if let unsupportedAdvice { throw .unsupported(advice: unsupportedAdvice) }
        guard failures[call]?.isEmpty == false, let error = failures[call]?.removeFirst() else {
            return
        }
        throw error
    }

    private func save(
        _ generation: Generation, as identity: AccountIdentity, now: Timestamp
    ) throws(VaultError) -> Slot {
        guard let live, self.generation(of: live.token) == generation else {
            throw .changedMeanwhile
        }
        guard live.missing.isEmpty else { throw .incomplete(missing: live.missing) }
        let before = known[identity.id] ?? []
        if before.contains(live.token), before.last != live.token, let held = held[identity.id],
            held.stored.token != live.token
        {
            throw .superseded(identity.id)
        }
        held[identity.id] = Held(identity: identity, stored: live, at: now)
        if !before.contains(live.token) { known[identity.id, default: []].append(live.token) }
        guard let slot = view(identity.id) else { throw .noSlot(identity.id) }
        return slot
    }

    private func generation(of token: String) -> Generation {
        if let index = tokens.firstIndex(of: token) { return Generation(UInt64(index)) }
        tokens.append(token)
        return Generation(UInt64(tokens.count - 1))
    }

    private func view(_ account: AccountID) -> Slot? {
        guard let slot = held[account] else { return nil }
        return Slot(
            identity: slot.identity, details: slot.stored.details,
            generation: generation(of: slot.stored.token), capturedAt: slot.at,
            refreshedAt: slot.refreshedAt, grant: grants[slot.stored.token] ?? .unspent)
    }
}
