// Credential files as far as a person may know of them: whether they are there
// and understood. Nothing is taken, written or kept; the ledger stays closed.

import DurableFiles
import RotationCore
import RotationEngine

package struct StoreSighting: Sendable {
    package enum Live: Hashable, Sendable {
        case signedIn
        case signedOut
        /// Why not; no content.
        case unusable(String)
    }

    package let live: Live
    package let slots: Int
    /// File names, with why.
    package let damaged: [String]

    /// Nil when libcrypto is there, else what is missing.
    package static var digestError: String? { Digest.loadError }

    /// Of the store `file`.
    package static func files(_ paths: ClaudePaths, dataDirectory: String) async -> StoreSighting {
        let (slots, damaged) = await slots(FileSlotStore(directory: dataDirectory + "/slots"))
        return StoreSighting(
            live: await live(FileLiveStore(path: paths.credentialsFile)), slots: slots,
            damaged: damaged)
    }

    private static func live(_ store: FileLiveStore) async -> Live {
        do {
            guard let bytes = try await store.read() else { return .signedOut }
            guard let oauth = try CredentialText(bytes).oauth else { return .signedOut }
            guard oauth.missing.isEmpty else {
                return .unusable("it lacks \(oauth.missing.joined(separator: ", "))")
            }
            return .signedIn
        } catch let error as JSONTextError {
            return .unusable(error.reason)
        } catch let error as VaultError {
            return .unusable(error.text)
        } catch {
            return .unusable("it could not be read")
        }
    }

    private static func slots(_ store: FileSlotStore) async -> (Int, [String]) {
        var count = 0
        var damaged: [String] = []
        for name in (try? await store.names()) ?? [] {
            do {
                guard let bytes = try await store.read(name) else { continue }
                _ = try SlotText(bytes).oauth()
                count += 1
            } catch let error as JSONTextError {
                damaged.append("\(name) (\(error.reason))")
            } catch {
                damaged.append(name)
            }
        }
        return (count, damaged)
    }
}
