// Credentials in files: Claude Code's `.credentials.json` as the live store,
// one 0600 file a slot beside it in our own directory. The swap is made in
// FileVault+Swap.

import DurableFiles
import RotationCore
import RotationEngine

package actor FileVault: CredentialVault {
    package nonisolated let name: String
    package nonisolated var unsupportedAdvice: String? { nil }

    let paths: ClaudePaths
    let slotsDirectory: String
    let clock: any EngineClock
    /// Called before each step that changes a file; a test fails it there.
    let beforeStep: @Sendable (WriteStep) throws(DurableFileError) -> Void
    /// Token equality, numbered. Lives as long as the service; no hash is
    /// written anywhere (decision 5).
    private var generations: [OAuthText.Tokens: Generation] = [:]
    private var slotGenerations: [AccountID: Generation]?
    /// Counts swaps, so that what follows one late can see that another came.
    var swaps: UInt64 = 0

    /// Bytes of a credential or slot file at most.
    static let fileLimit = 4 << 20

    package init(paths: ClaudePaths, slotsDirectory: String, clock: any EngineClock) {
        self.init(
            paths: paths, slotsDirectory: slotsDirectory, clock: clock, beforeStep: { _ in })
    }

    init(
        paths: ClaudePaths, slotsDirectory: String, clock: any EngineClock,
        beforeStep: @escaping @Sendable (WriteStep) throws(DurableFileError) -> Void
    ) {
        self.paths = paths
        self.slotsDirectory = slotsDirectory
        self.clock = clock
        self.beforeStep = beforeStep
        name = "file:" + paths.credentialsFile
    }

    // MARK: Live

    package func readLive() async throws(VaultError) -> LiveCredential? {
        guard let live = try liveText(), let oauth = live.oauth, let tokens = oauth.tokens else {
            return nil
        }
        let generation = generation(of: tokens)
        let known: [AccountID: Generation]
        if let slotGenerations {
            known = slotGenerations
        } else {
            known = try listSlots().generations
        }
        return LiveCredential(
            generation: generation, details: oauth.details, accessToken: Secret(tokens.access),
            slot: known.filter { $0.value == generation }.keys.min(), missing: oauth.missing)
    }

    /// Nil when there is no file.
    func liveText() throws(VaultError) -> CredentialText? {
        let bytes: [UInt8]?
        do {
            bytes = try DurableFile.read(paths.credentialsFile, limitBytes: Self.fileLimit)
        } catch {
            throw VaultError(error)
        }
        guard let bytes else { return nil }
        return try parseLive(bytes)
    }

    private func parseLive(_ bytes: [UInt8]) throws(VaultError) -> CredentialText {
        do {
            return try CredentialText(bytes)
        } catch {
            throw .malformed("\(paths.credentialsFile): \(error.reason); it was left alone")
        }
    }

    /// Whether these tokens were ever seen, live or in a slot.
    func isKnown(_ tokens: OAuthText.Tokens) -> Bool { generations[tokens] != nil }

    func generation(of tokens: OAuthText.Tokens) -> Generation {
        if let known = generations[tokens] { return known }
        let new = Generation(UInt64(generations.count + 1))
        generations[tokens] = new
        return new
    }

    // MARK: Slots

    package func slots() async throws(VaultError) -> SlotListing {
        let listing = try listSlots()
        return SlotListing(slots: listing.slots, damaged: listing.damaged)
    }

    package func accessToken(of account: AccountID) async throws(VaultError) -> Secret {
        guard let slot = try slotText(account) else { throw .noSlot(account) }
        do {
            return Secret(try slot.oauth().tokens.access)
        } catch {
            throw .malformed("\(fileName(account)): \(error.reason)")
        }
    }

    package func fileLive(
        _ generation: Generation, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot {
        guard let live = try liveText(), let oauth = live.oauth, let tokens = oauth.tokens,
            self.generation(of: tokens) == generation
        else { throw .changedMeanwhile }
        guard oauth.missing.isEmpty else { throw .incomplete(missing: oauth.missing) }
        return try save(live, of: identity, now: now)
    }

    package func forget(_ account: AccountID) async throws(VaultError) {
        // An account that cannot have a slot has none.
        guard SlotText.fileName(account) != nil else { return }
        let path = try slotPath(account)
        do {
            try DurableFile.remove(path)
        } catch {
            throw VaultError(error)
        }
        slotGenerations?[account] = nil
    }

    /// Writes the slot of `identity` from the live store's own members, and
    /// reads it back. What Claude Code displayed for this account is kept from
    /// the slot before when its configuration shows another one just now.
    func save(
        _ live: CredentialText, of identity: AccountIdentity, now: Timestamp
    ) throws(VaultError) -> Slot {
        let path = try slotPath(identity.id)
        let before = (try? slotText(identity.id)) ?? nil
        let slot = SlotText(
            identity: identity, capturedAt: now, credential: live.accountMembers,
            oauthAccount: configuredAccount(identity.id) ?? before?.oauthAccount)
        let text = slot.text
        let stored: [UInt8]?
        do {
            try DurableFile.makePrivateDirectory(slotsDirectory)
            try DurableFile.replace(path, with: text) { step throws(DurableFileError) in
                try beforeStep(.saveSlot(step))
            }
            try beforeStep(.readSlotBack)
            stored = try DurableFile.read(path, limitBytes: Self.fileLimit)
        } catch {
            throw VaultError(error)
        }
        guard stored == text else {
            throw .readBackMismatch("\(path) does not hold what was written")
        }
        return try view(of: slot)
    }

    func slotText(_ account: AccountID) throws(VaultError) -> SlotText? {
        let path = try slotPath(account)
        do {
            guard let bytes = try DurableFile.read(path, limitBytes: Self.fileLimit) else {
                return nil
            }
            return try SlotText(bytes)
        } catch let error as DurableFileError {
            throw VaultError(error)
        } catch let error as JSONTextError {
            throw .malformed("\(path): \(error.reason)")
        } catch {
            throw .unreachable(path)
        }
    }

    /// The slot without its secrets, and its generation remembered.
    func view(of slot: SlotText) throws(VaultError) -> Slot {
        do {
            let (oauth, tokens) = try slot.oauth()
            let generation = generation(of: tokens)
            slotGenerations?[slot.identity.id] = generation
            return Slot(
                identity: slot.identity, details: oauth.details, generation: generation,
                capturedAt: slot.capturedAt, refreshedAt: slot.refreshedAt)
        } catch {
            throw .malformed("\(fileName(slot.identity.id)): \(error.reason)")
        }
    }

    private struct Listing {
        var slots: [Slot] = []
        var damaged: [String] = []
        var generations: [AccountID: Generation] {
            Dictionary(
                slots.map { ($0.identity.id, $0.generation) }, uniquingKeysWith: { $1 })
        }
    }

    private func listSlots() throws(VaultError) -> Listing {
        var listing = Listing()
        let names: [String]
        do {
            names = try DurableFile.names(in: slotsDirectory)
        } catch {
            throw VaultError(error)
        }
        for name in names where name.hasSuffix(".json") {
            guard let account = AccountID(String(name.dropLast(5))),
                SlotText.fileName(account) == name
            else {
                listing.damaged.append("\(name): its name is not that of an account")
                continue
            }
            do throws(VaultError) {
                // Nil: it was removed since the names were read.
                guard let slot = try slotText(account) else { continue }
                guard slot.identity.id == account else {
                    listing.damaged.append("\(name): its name and its identity differ")
                    continue
                }
                listing.slots.append(try view(of: slot))
            } catch {
                listing.damaged.append("\(name): \(error.text)")
            }
        }
        listing.slots.sort { $0.identity.id < $1.identity.id }
        slotGenerations = listing.generations
        return listing
    }

    func fileName(_ account: AccountID) -> String { SlotText.fileName(account) ?? "\(account)" }

    func slotPath(_ account: AccountID) throws(VaultError) -> String {
        guard let name = SlotText.fileName(account) else {
            throw .refused("the account's uuids are not plain: no slot can be named after them")
        }
        return slotsDirectory + "/" + name
    }
}

/// The moments a file is about to change or has just changed.
enum WriteStep: Hashable, Sendable {
    case saveSlot(DurableFile.Step), readSlotBack
    case writeLive(DurableFile.Step), readLiveBack
    case writeConfiguration(DurableFile.Step)

    var name: String {
        switch self {
        case .saveSlot(let step): "saveSlot.\(step.rawValue)"
        case .readSlotBack: "readSlotBack"
        case .writeLive(let step): "writeLive.\(step.rawValue)"
        case .readLiveBack: "readLiveBack"
        case .writeConfiguration(let step): "writeConfiguration.\(step.rawValue)"
        }
    }
}
