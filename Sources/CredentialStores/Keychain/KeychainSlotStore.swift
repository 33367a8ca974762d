// Our slots in the macOS keychain, each kept twice.

import RotationEngine

package struct KeychainSlotStore: SlotStore {
    private let slots: ItemSlots

    package init(tool: SecurityTool) { slots = ItemSlots(tool, mirrored: true) }

    package var name: String { "keychain:" + ItemSlots.service }

    package func names() async throws(VaultError) -> [String] { try await slots.names() }

    package func read(_ name: String) async throws(VaultError) -> [UInt8]? {
        try await slots.read(name)
    }

    package func replace(_ name: String, with text: [UInt8]) async throws(VaultError) {
        try await slots.replace(name, with: text)
    }

    package func remove(_ name: String) async throws(VaultError) { try await slots.remove(name) }
}
