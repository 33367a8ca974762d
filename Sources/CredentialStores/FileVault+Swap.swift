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
        guard let incoming = try slotText(order.incoming) else { throw .noSlot(order.incoming) }
        let incomingView = try view(of: incoming)
        let live = try liveText()
        let outgoing = try saveOutgoing(live, order)
        try install(incoming, over: live)
        locks.release()
        let remarks = await followInConfiguration(incoming)
        return SwapReceipt(incoming: incomingView, outgoing: outgoing, remarks: remarks)
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

    private func install(
        _ incoming: SlotText, over live: CredentialText?
    ) throws(VaultError) {
        let previous = live?.object.text
        let next: [UInt8]
        if let live {
            next = live.installing(incoming.credential)
        } else {
            next = incoming.credential.text
        }
        let path = paths.credentialsFile
        do {
            try beforeStep(.writeLive)
            try DurableFile.replace(path, with: next)
            try beforeStep(.readLiveBack)
            if try DurableFile.read(path, limitBytes: Self.fileLimit) == next { return }
        } catch {
            throw VaultError(error)
        }
        if let previous { try? DurableFile.replace(path, with: previous) }
        throw .readBackMismatch("\(path) does not hold what was written")
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
    private func followInConfiguration(_ incoming: SlotText) async -> [String] {
        do {
            guard try FileFacts.of(paths.configFile, following: true) != nil else { return [] }
            let locks = try await HeldLocks.acquire(
                LockPath.configuration(paths), patienceSeconds: Self.configPatienceSeconds,
                clock: clock)
            defer { locks.release() }
            try rewriteConfiguration(incoming)
            return []
        } catch let VaultError.locked(held) {
            return ["\(paths.configFile) was not changed: \(held.name) is held"]
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
        try beforeStep(.writeConfiguration)
        try DurableFile.replace(paths.configFile, with: config.text, mode: mode)
    }
}
