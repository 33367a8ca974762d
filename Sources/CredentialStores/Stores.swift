// What the vault keeps texts in: one live store and one slot store, each with
// an adapter per place (files, keychain, Secret Service). The vault alone
// knows what the texts mean; an adapter alone knows where they lie.

import RotationEngine

/// Claude Code's own store: one text, or none.
package protocol LiveStore: Sendable {
    /// For people, for example `file:/home/u/.claude/.credentials.json`.
    var name: String { get }

    /// The whole text; nil only when the store was read and is proven to hold
    /// none. A store that refuses, is locked or does not answer throws.
    func read() async throws(VaultError) -> [UInt8]?

    /// Puts `text` in the place of what is there, durably. The caller reads it
    /// back: a success is no proof.
    func replace(with text: [UInt8]) async throws(VaultError)

    /// Removes the text; succeeds when there is none.
    func remove() async throws(VaultError)
}

/// Our own slots: texts by name. A name is `<account uuid>.<organization
/// uuid>.json`, plain ASCII letters, digits, `-` and two dots.
package protocol SlotStore: Sendable {
    /// For people, for example `file:/home/u/.local/state/oauth-rotator/slots`.
    var name: String { get }

    /// Every name, sorted; of files that are no slots too.
    func names() async throws(VaultError) -> [String]

    /// Nil only when the store was read and is proven to hold none.
    func read(_ name: String) async throws(VaultError) -> [UInt8]?

    /// Durable when it returns. The caller reads it back.
    func replace(_ name: String, with text: [UInt8]) async throws(VaultError)

    /// Succeeds when there is none.
    func remove(_ name: String) async throws(VaultError)
}
