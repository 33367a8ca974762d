// A credential vault without files, for the engine's laws. It passes the same
// conformance suite as the real one, and can be told to fail or to wait.

import RotationCore
import RotationEngine

/// What was asked of the vault.
package enum VaultCall: Hashable, Sendable {
    case readLive, slots, fileLive, accessToken, swap, forget
}

package actor InMemoryVault: CredentialVault {
    private struct Stored {
        var token: String
        var details: CredentialDetails
        var missing: [String] = []
    }

    package nonisolated let name = "memory"
    package nonisolated let unsupportedAdvice: String?
    package private(set) var calls: [VaultCall] = []

    private var live: Stored?
    private var held: [AccountID: (identity: AccountIdentity, stored: Stored, at: Timestamp)] = [:]
    private var tokens: [String] = []
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
        held[identity.id] = (
            identity, Stored(token: token, details: details), Timestamp(seconds: 0)
        )
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
            accessToken: Secret(Array(live.token.utf8)), slot: slot, missing: live.missing)
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
        if let outgoing = order.outgoing {
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
        held[identity.id] = (identity, live, now)
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
            generation: generation(of: slot.stored.token), capturedAt: slot.at, refreshedAt: nil)
    }
}
