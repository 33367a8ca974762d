// Our slots in the Secret Service of a Linux desktop. Once: what a keyring
// daemon loses it loses whole, so that a second item would be lost with it.

import RotationEngine

package struct SecretServiceSlotStore: SlotStore {
    private let slots: ItemSlots

    package init(tool: SecretTool) { slots = ItemSlots(tool, mirrored: false) }

    package var name: String { "secret-service:" + ItemSlots.service }

    package func names() async throws(VaultError) -> [String] { try await slots.names() }

    package func read(_ name: String) async throws(VaultError) -> [UInt8]? {
        try await slots.read(name)
    }

    package func replace(_ name: String, with text: [UInt8]) async throws(VaultError) {
        try await slots.replace(name, with: text)
    }

    package func remove(_ name: String) async throws(VaultError) { try await slots.remove(name) }
}
