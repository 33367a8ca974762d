// The swap: under Claude Code's locks, outgoing saved first, incoming read
// back last. Whatever fails, the live store holds the old credential or the
// new one, and the old one is in its slot before it is gone from there.

import DurableFiles
import RotationCore
import RotationEngine

extension FileVault {
    package func swap(_ order: SwapOrder) async throws(VaultError) -> SwapReceipt {
        guard try slotText(order.incoming) != nil else { throw .noSlot(order.incoming) }
        do {
            try DurableFile.makePrivateDirectoryIfMissing(paths.credentialDirectory)
        } catch {
            throw VaultError(error)
        }
        let locks = try await HeldLocks.acquire(
            LockPath.credential(paths), patienceSeconds: order.lockPatienceSeconds, clock: clock)
        defer { locks.release() }
        // Read again: what was seen before the locks proves nothing now.
        _ = try usableSlot(order.incoming)
        let live = try liveText()
        let outgoing = try saveOutgoing(live, order)
        // And after the saving, which renews this very slot when an account is
        // swapped onto itself.
        let incoming = try usableSlot(order.incoming)
        let incomingView = try view(of: incoming)
        if let lost = locks.lost { throw .locked(lost) }
        try install(incoming, over: live)
        locks.release()
        swaps += 1
        let remarks = await followInConfiguration(incoming, swap: swaps)
        return SwapReceipt(incoming: incomingView, outgoing: outgoing, remarks: remarks)
    }

    /// A slot that exists, is its account's, and holds a whole credential.
    private func usableSlot(_ account: AccountID) throws(VaultError) -> SlotText {
        guard let slot = try slotText(account) else { throw .noSlot(account) }
        guard slot.identity.id == account else {
            throw .malformed("\(fileName(account)): its name and its identity differ")
        }
        do {
            _ = try slot.oauth()
        } catch {
            throw .malformed("\(fileName(account)): \(error.reason)")
        }
        return slot
    }

    private func saveOutgoing(
        _ live: CredentialText?, _ order: SwapOrder
    ) throws(VaultError) -> Slot? {
        guard let outgoing = order.outgoing else {
            guard live?.oauth == nil else { throw .changedMeanwhile }
            return nil
        }
        guard let live, let oauth = live.oauth, let tokens = oauth.tokens,
            generation(of: tokens) == outgoing.generation
        else { throw .changedMeanwhile }
        guard oauth.missing.isEmpty else { throw .incomplete(missing: oauth.missing) }
        return try save(live, of: outgoing.identity, now: order.now)
    }

    /// Replaces the live store's account members, unless it changed under our
    /// hands, and reads it back.
    private func install(
        _ incoming: SlotText, over live: CredentialText?
    ) throws(VaultError) {
        let path = paths.credentialsFile
        let previous = live?.object.text
        let next = live?.installing(incoming.credential) ?? incoming.credential.text
        let found: [UInt8]?
        do {
            // Not every writer takes the locks; saving took a moment.
            guard try DurableFile.read(path, limitBytes: Self.fileLimit) == previous else {
                throw VaultError.changedMeanwhile
            }
            try DurableFile.replace(path, with: next) { step throws(DurableFileError) in
                try beforeStep(.writeLive(step))
            }
            try beforeStep(.readLiveBack)
            found = try DurableFile.read(path, limitBytes: Self.fileLimit)
        } catch let error as DurableFileError {
            throw VaultError(error)
        } catch {
            throw .changedMeanwhile
        }
        if found == next { return }
        // A credential never seen before is a sign-in or a refresh that landed
        // just now: the only copy there is, not to be overwritten.
        if let found, let tokens = (try? CredentialText(found))?.oauth?.tokens, !isKnown(tokens) {
            throw .changedMeanwhile
        }
        do {
            if let previous {
                try DurableFile.replace(path, with: previous)
            } else {
                try DurableFile.remove(path)
            }
        } catch {
            throw .readBackMismatch("\(error.message); it does not hold what was written")
        }
        throw .readBackMismatch("\(path) did not hold what was written and was put back")
    }

    // MARK: Claude Code's configuration

    /// `oauthAccount` of the configuration when it is this account's.
    func configuredAccount(_ account: AccountID) -> [UInt8]? {
        guard let bytes = try? DurableFile.read(paths.configFile, limitBytes: Self.configLimit),
            let config = try? JSONObjectText(bytes), let value = config["oauthAccount"],
            let object = try? JSONObjectText(value),
            JSONText.string(object["accountUuid"]) == account.accountUUID,
            JSONText.string(object["organizationUuid"]) == account.organizationUUID
        else { return nil }
        return value
    }

    /// Bytes of `.claude.json` at most; it holds histories and grows large.
    static var configLimit: Int { 64 << 20 }
    private static var configPatienceSeconds: Int64 { 2 }

    /// Makes the displayed account follow, touching only that member. A
    /// configuration that is missing is not created; one that cannot be
    /// changed is remarked on, and the swap stands.
    private func followInConfiguration(_ incoming: SlotText, swap: UInt64) async -> [String] {
        do {
            guard try FileFacts.of(paths.configFile, following: true) != nil else { return [] }
            let locks = try await HeldLocks.acquire(
                LockPath.configuration(paths), patienceSeconds: Self.configPatienceSeconds,
                clock: clock)
            defer { locks.release() }
            // Another swap while we waited has the display to itself.
            guard swaps == swap else { return [] }
            try rewriteConfiguration(incoming)
            return []
        } catch let VaultError.locked(held) {
            return [
                "\(paths.configFile) was not changed: \(held.name) is held since "
                    + held.since.rfc3339
            ]
        } catch let error as JSONTextError {
            return ["\(paths.configFile) was not changed: \(error.reason)"]
        } catch let error as DurableFileError {
            return ["the displayed account was not changed: \(error.message)"]
        } catch {
            return ["the displayed account was not changed"]
        }
    }

    private func rewriteConfiguration(_ incoming: SlotText) throws {
        guard let bytes = try DurableFile.read(paths.configFile, limitBytes: Self.configLimit)
        else { return }
        var config = try JSONObjectText(bytes)
        let account = incoming.composedOAuthAccount
        guard config["oauthAccount"] != account else { return }
        config.set("oauthAccount", account)
        let mode = try FileFacts.of(paths.configFile, following: true)?.mode ?? 0o600
        try DurableFile.replace(paths.configFile, with: config.text, mode: mode) {
            step throws(DurableFileError) in try beforeStep(.writeConfiguration(step))
        }
    }
}
