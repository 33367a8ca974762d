// Claude Code's own credential in the macOS keychain, and the plaintext file
// some versions leave beside it: read when the keychain holds none, as Claude
// Code does, kept equal where it exists, never created.

import DurableFiles
import RotationEngine
import Synchronization

package final class KeychainLiveStore: LiveStore {
    private let item: ItemName
    private let tool: SecurityTool
    /// `.credentials.json`; nil to look at the keychain only.
    private let mirrorPath: String?
    /// The text last given and the printable form it is kept in, so that
    /// reading gives back what was given.
    private let last = Mutex<(given: [UInt8], kept: [UInt8])?>(nil)

    private static let fileLimit = 4 << 20

    package init(names: KeychainNames, tool: SecurityTool, mirrorPath: String?) {
        item = ItemName(service: names.service, account: names.account)
        self.tool = tool
        self.mirrorPath = mirrorPath
    }

    package var name: String { "keychain:" + item.service }

    package func read() async throws(VaultError) -> [UInt8]? {
        let kept: [UInt8]?
        if let text = try await tool.read(item) {
            kept = text
        } else {
            kept = try mirrored()
        }
        guard let kept else { return nil }
        return last.withLock { $0?.kept == kept ? $0?.given : nil } ?? kept
    }

    /// Kept in printable ASCII: in any other form Claude Code could not read it.
    package func replace(with text: [UInt8]) async throws(VaultError) {
        guard let kept = PrintableJSON.text(text) else {
            throw .refused(
                "what was to become the credential is not a JSON object; nothing was written")
        }
        let capacity = tool.capacity(item)
        guard kept.count <= capacity else {
            throw .refused(
                "the credential would be \(kept.count) bytes, and security takes \(capacity) "
                    + "without showing them to every process; nothing was written. Signed-in MCP "
                    + "servers make it long: sign out of those you do not need")
        }
        // A mirror that cannot be ours is found out before anything changes.
        let mirror = try mirrored()
        try await tool.write(kept, to: item)
        last.withLock { $0 = (text, kept) }
        // Claude Code keeps its token in memory until this file's time changes.
        guard let mirrorPath, mirror != nil else { return }
        do {
            try DurableFile.replace(mirrorPath, with: kept)
        } catch {
            throw VaultError(error)
        }
    }

    /// The file first: left behind, it would be what Claude Code reads next.
    package func remove() async throws(VaultError) {
        if let mirrorPath {
            do {
                try DurableFile.remove(mirrorPath)
            } catch {
                throw VaultError(error)
            }
        }
        try await tool.remove(item)
    }

    private func mirrored() throws(VaultError) -> [UInt8]? {
        guard let mirrorPath else { return nil }
        do {
            return try DurableFile.read(mirrorPath, limitBytes: Self.fileLimit)
        } catch {
            throw VaultError(error)
        }
    }
}
