// Looking at the live store: what is there, whose it is, and whether its slot
// holds the same. The profile endpoint is the only proof of identity; the
// display cache in `.claude.json` is never believed (peers' bug: a slot filed
// under the wrong name).

import RotationCore

/// Who a live generation was proven to be, and when the vendor may be asked
/// again about one it would not name.
struct Identification {
    var known: (generation: Generation, identity: AccountIdentity)?
    private var unanswered: (generation: Generation, notBefore: Timestamp)?

    func mayAsk(about generation: Generation, at now: Timestamp) -> Bool {
        guard let unanswered, unanswered.generation == generation else { return true }
        return now >= unanswered.notBefore
    }

    mutating func postpone(_ generation: Generation, until instant: Timestamp) {
        unanswered = (generation, instant)
    }
}

extension RotationEngine {
    /// How often a look is repeated when Claude Code rewrites the credential
    /// between our reading and our filing of it.
    private static let lookAttempts = 3

    /// Reads the live store, proves whose credential it is, files it if its
    /// slot differs, and brings the account book up to date. `askAgain` asks
    /// the vendor even about a credential it just would not name.
    func observeStore(askAgain: Bool) async throws(VaultError) -> LiveObservation {
        for _ in 1..<Self.lookAttempts {
            do {
                return try await lookAtStore(askAgain: askAgain)
            } catch .changedMeanwhile {
                continue
            }
        }
        return try await lookAtStore(askAgain: askAgain)
    }

    /// Takes the vault's slots as the truth.
    func adoptSlots() async throws(VaultError) {
        let listing = try await ports.vault.slots()
        for name in listing.damaged {
            ports.log.write(LogLine(.error, "slot not understood and left alone: \(name)"))
        }
        let before = book.slots
        book.replaceSlots(listing.slots)
        for slot in listing.slots where before[slot.identity.id] != slot { await remember(slot) }
    }

    private func lookAtStore(askAgain: Bool) async throws(VaultError) -> LiveObservation {
        try await adoptSlots()
        guard let live = try await ports.vault.readLive() else {
            book.live = nil
            return .absent
        }
        if let at = live.lastRestoredAt { _ = machine.step(.otherManagerSeen(at: at)) }
        if let account = live.supersededFor, book.slots[account] != nil {
            book.live = account
            return .superseded(account, live.generation)
        }
        guard let identity = await identify(live, askAgain: askAgain) else {
            book.live = nil
            return .unidentified
        }
        await decide(liveIs: identity.id)
        let slot = try await slotEqual(to: live, of: identity)
        book.live = identity.id
        return .identified(identity.id, SlotFacts(slot))
    }

    /// The slot that holds exactly the live credential, filed now if need be.
    private func slotEqual(
        to live: LiveCredential, of identity: AccountIdentity
    ) async throws(VaultError) -> Slot {
        if live.slot == identity.id, let slot = book.slots[identity.id],
            slot.generation == live.generation
        {
            return slot
        }
        guard live.missing.isEmpty else { throw .incomplete(missing: live.missing) }
        let slot = try await ports.vault.fileLive(
            live.generation, as: identity, now: ports.clock.now())
        ports.log.write(LogLine(.notice, "filed the live credential of \(identity.email)"))
        book.put(slot)
        await remember(slot)
        return slot
    }

    /// Whose credential it is; nil when that is not proven. A generation once
    /// proven is not asked about again.
    private func identify(_ live: LiveCredential, askAgain: Bool) async -> AccountIdentity? {
        if let slot = live.slot, let identity = book.slots[slot]?.identity { return identity }
        if let known = identification.known, known.generation == live.generation {
            return known.identity
        }
        let now = ports.clock.now()
        guard askAgain || identification.mayAsk(about: live.generation, at: now) else {
            return nil
        }
        let retry = now.adding(seconds: bounds.profileRetrySeconds)
        switch await ports.vendor.readProfile(live.accessToken) {
        case .identity(let identity):
            identification.known = (live.generation, identity)
            return identity
        case .rateLimited(let retryAfter):
            identification.postpone(live.generation, until: max(retryAfter ?? retry, retry))
        case .unauthorized, .revoked, .restricted, .scopeMissing:
            identification.postpone(live.generation, until: retry)
        case .unreachable:
            break
        }
        return nil
    }

    /// What a swap left behind, in the book and in the history.
    func settle(_ receipt: SwapReceipt) async {
        book.put(receipt.incoming)
        book.live = receipt.incoming.identity.id
        await remember(receipt.incoming)
        if let outgoing = receipt.outgoing {
            book.put(outgoing)
            await remember(outgoing)
        }
        for remark in receipt.remarks { ports.log.write(LogLine(.warning, remark)) }
    }

    func remember(_ slot: Slot) async {
        do {
            try await ports.history.save(
                AccountRecord(identity: slot.identity, slot: slot), at: ports.clock.now())
        } catch {
            ports.log.write(LogLine(.error, "slot metadata not recorded: \(error.detail)"))
        }
    }
}
