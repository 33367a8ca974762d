// Credentials in files: Claude Code's `.credentials.json` as the live store,
// one 0600 file a slot in our own directory.

import DurableFiles
import RotationEngine

/// Bytes of a credential or slot file at most.
private let fileLimit = 4 << 20

package struct FileLiveStore: LiveStore {
    private let path: String
    private let disk: any Disk

    package init(path: String, disk: any Disk = SystemDisk()) {
        self.path = path
        self.disk = disk
    }

    package var name: String { "file:" + path }

    package func read() async throws(VaultError) -> [UInt8]? {
        do {
            return try disk.read(path, limitBytes: fileLimit)
        } catch {
            throw VaultError(error)
        }
    }

    package func replace(with text: [UInt8]) async throws(VaultError) {
        do {
            try disk.makePrivateDirectory(DurableFile.directory(of: path), unlessThere: true)
            try disk.replace(path, with: text, mode: 0o600)
        } catch {
            throw VaultError(error)
        }
    }

    package func remove() async throws(VaultError) {
        do {
            try disk.remove(path, durably: true)
        } catch {
            throw VaultError(error)
        }
    }
}

package struct FileSlotStore: SlotStore {
    private let directory: String
    private let disk: any Disk

    package init(directory: String, disk: any Disk = SystemDisk()) {
        self.directory = directory
        self.disk = disk
    }

    package var name: String { "file:" + directory }

    package func names() async throws(VaultError) -> [String] {
        do {
            return try disk.names(in: directory).filter { $0.hasSuffix(".json") }
        } catch {
            throw VaultError(error)
        }
    }

    package func read(_ name: String) async throws(VaultError) -> [UInt8]? {
        do {
            return try disk.read(directory + "/" + name, limitBytes: fileLimit)
        } catch {
            throw VaultError(error)
        }
    }

    package func replace(_ name: String, with text: [UInt8]) async throws(VaultError) {
        do {
            try disk.makePrivateDirectory(directory, unlessThere: false)
            try disk.replace(directory + "/" + name, with: text, mode: 0o600)
        } catch {
            throw VaultError(error)
        }
    }

    package func remove(_ name: String) async throws(VaultError) {
        do {
            try disk.remove(directory + "/" + name, durably: true)
        } catch {
            throw VaultError(error)
        }
    }
}
