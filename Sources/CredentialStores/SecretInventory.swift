// Every secret that is known on this machine, so that something about to leave
// it can be searched for them. Lent to that search and to nothing else.

import DurableFiles
import RotationEngine

package struct KnownSecret: Sendable {
    /// For people, for example `file:…/slots, accessToken`.
    package let place: String
    package let secret: Secret
}

package struct SecretInventory: Sendable {
    package private(set) var secrets: [KnownSecret] = []
    /// Stores that did not say what they hold, and why.
    package private(set) var unread: [String] = []

    private init() {}

    /// What the stores of `vault` hold.
    package static func gather(from vault: Vault) async -> SecretInventory {
        await gather(live: vault.live, slots: vault.slotStore)
    }

    /// What lies in files, where no store was chosen.
    package static func gather(
        paths: ClaudePaths, dataDirectory: String
    ) async -> SecretInventory {
        await gather(
            live: FileLiveStore(path: paths.credentialsFile),
            slots: FileSlotStore(directory: dataDirectory + "/slots"))
    }

    package mutating func add(_ file: BearerTokenFile) {
        switch file.state() {
        case .absent: break
        case .token(let secret):
            secrets.append(KnownSecret(place: "the service's bearer token", secret: secret))
        case .unusable:
            // What is in it may be one all the same.
            guard let text = try? DurableFile.read(file.path, limitBytes: 1 << 16) else {
                return unread.append(file.path)
            }
            secrets.append(KnownSecret(place: file.path, secret: Secret(text)))
        }
    }

    /// The key webhooks are signed with, as its file holds it; absent, there is
    /// none.
    package mutating func add(webhookKey path: String) {
        do throws(DurableFileError) {
            guard let text = try DurableFile.read(path, limitBytes: 1 << 16) else { return }
            let line = Array(text.prefix { $0 != 0x0A && $0 != 0x0D })
            secrets.append(KnownSecret(place: path, secret: Secret(line)))
        } catch {
            unread.append("\(path): \(error.message)")
        }
    }

    /// What follows the host of a webhook's address: who knows it may post there.
    package mutating func add(webhookURL url: String) {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return }
        let secret = Secret(Array(parts[3].utf8))
        secrets.append(KnownSecret(place: "the webhook's address", secret: secret))
    }

    static func gather(live: any LiveStore, slots: any SlotStore) async -> SecretInventory {
        var inventory = SecretInventory()
        do throws(VaultError) {
            if let text = try await live.read() { inventory.add(text, of: live.name) }
        } catch {
            inventory.unread.append("\(live.name): \(error.detail)")
        }
        do throws(VaultError) {
            for name in try await slots.names() {
                guard let text = try await slots.read(name) else { continue }
                inventory.add(text, of: slots.name)
            }
        } catch {
            inventory.unread.append("\(slots.name): \(error.detail)")
        }
        return inventory
    }

    // MARK: Which parts of a text are secrets

    /// A text that is not understood is a secret as a whole.
    private mutating func add(_ text: [UInt8], of place: String) {
        guard let object = try? JSONObjectText(text) else {
            return secrets.append(KnownSecret(place: place, secret: Secret(text)))
        }
        add(object, of: place, all: false)
    }

    private static let words = [
        "token", "secret", "key", "password", "code", "verifier", "cookie", "authorization",
    ]

    /// By its name, by standing under `pluginSecrets`, or by looking like one:
    /// members we do not know travel with a credential.
    private mutating func add(_ object: JSONObjectText, of place: String, all: Bool) {
        for member in object.members {
            let name = member.key.lowercased()
            let isNamed = all || Self.words.contains { name.contains($0) }
            if member.value.first == 0x7B, let inner = try? JSONObjectText(member.value) {
                add(inner, of: place, all: all || member.key == "pluginSecrets")
            } else if let text = JSONText.string(member.value) {
                guard isNamed || Self.looksSecret(text) else { continue }
                secrets.append(
                    KnownSecret(
                        place: "\(place), \(member.key)", secret: Secret(Array(text.utf8))))
            } else if isNamed, member.value.first == 0x5B {
                secrets.append(
                    KnownSecret(place: "\(place), \(member.key)", secret: Secret(member.value)))
            }
        }
    }

    /// Long, of a token's letters, and no UUID.
    private static func looksSecret(_ text: String) -> Bool {
        guard !text.hasPrefix("sk-") else { return true }
        let bytes = Array(text.utf8)
        let isUUID = bytes.count == 36 && [8, 13, 18, 23].allSatisfy { bytes[$0] == 0x2D }
        return bytes.count >= 32 && !isUUID && bytes.allSatisfy(Base64.isToken68)
    }
}
