// The key webhooks are signed with, in a 0600 file as Standard Webhooks writes
// it: `whsec_` and Base64 of 18 to 64 bytes. Made when there is none. It never
// leaves this room: others get signatures.

import CSystem
import DurableFiles
import RotationEngine

package struct WebhookKeyError: Error, Hashable, Sendable {
    /// What is wrong and what to do; nothing of the file's content.
    package let message: String
}

package struct WebhookKey: Sendable {
    private let key: Secret
    private static let prefix = Array("whsec_".utf8)
    /// Bytes; the example of the specification has 18.
    private static let shortest = 18

    /// Reads the file, or makes it with a random key.
    package static func open(_ path: String) throws(WebhookKeyError) -> WebhookKey {
        do {
            guard let bytes = try DurableFile.read(path, limitBytes: 1024) else {
                return try make(path)
            }
            guard let facts = try FileFacts.of(path, following: true), facts.isPrivate else {
                throw WebhookKeyError(
                    message: "\(path) can be read by others; chmod 600 it, or remove it for a new "
                        + "key")
            }
            return try WebhookKey(bytes, path)
        } catch let error as WebhookKeyError {
            throw error
        } catch let error as DurableFileError {
            throw WebhookKeyError(message: error.message)
        } catch {
            throw WebhookKeyError(message: "\(path) cannot be used")
        }
    }

    private static func make(_ path: String) throws -> WebhookKey {
        var random = [UInt8](repeating: 0, count: 32)
        guard csystem_random(&random, random.count) == 0 else {
            throw WebhookKeyError(message: "the system gave no random bytes for \(path)")
        }
        let text = prefix + Base64.encoded(random) + [0x0A]
        try DurableFile.replace(path, with: text)
        return try WebhookKey(text, path)
    }

    init(_ text: [UInt8], _ path: String) throws(WebhookKeyError) {
        let line = Array(text.prefix { $0 != 0x0A && $0 != 0x0D })
        guard line.starts(with: Self.prefix),
            let bytes = Base64.decoded(Array(line.dropFirst(Self.prefix.count))),
            (Self.shortest...64).contains(bytes.count)
        else {
            throw WebhookKeyError(
                message: "\(path) does not hold whsec_ and Base64 of 18 to 64 bytes; remove it for "
                    + "a new key")
        }
        key = Secret(bytes)
    }

    /// Base64 of HMAC-SHA-256; nil when the platform's library is missing.
    package func signature(of content: [UInt8]) -> String? {
        let digest = key.withBytes { Digest.hmac(content, key: $0) }
        return digest.isEmpty ? nil : String(decoding: Base64.encoded(digest), as: UTF8.self)
    }
}
