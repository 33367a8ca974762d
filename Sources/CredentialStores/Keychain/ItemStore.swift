// Items of a store of secrets: small texts under a service and an account, as
// the keychain and the Secret Service both have them. What the texts mean, and
// how long ones become items, is not known here.

import RotationEngine

/// What an item is found by.
struct ItemName: Hashable, Sendable, CustomStringConvertible {
    let service: String
    let account: String

    var description: String { "\(service)/\(account)" }

    /// Both go through a tool's own parsing (`security -i`) and into its
    /// arguments: printable ASCII, no quote, no backslash, no leading hyphen.
    func check() throws(VaultError) {
        for text in [service, account] {
            let isPlain = text.utf8.allSatisfy {
                (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x27 && $0 != 0x5C
            }
            guard isPlain, let first = text.utf8.first, first != 0x2D else {
                throw .refused("an item cannot have a name with quotes or control characters")
            }
        }
    }
}

protocol ItemStore: Sendable {
    /// Bytes an item of this name can hold at most.
    func capacity(_ item: ItemName) -> Int
    /// Nil only when it is proven that there is none.
    func read(_ item: ItemName) async throws(VaultError) -> [UInt8]?
    /// Read back before it returns: the tools' own word proves nothing.
    func write(_ text: [UInt8], to item: ItemName) async throws(VaultError)
    /// Succeeds when there is none; proven before it returns.
    func remove(_ item: ItemName) async throws(VaultError)
}
