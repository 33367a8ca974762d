// Which keychain item is Claude Code's, found the way Claude Code finds it
// (reference A1): a wrong guess would swap a credential nobody reads.

import RotationEngine

package struct KeychainNames: Hashable, Sendable {
    /// `Claude Code-credentials`, with eight digits after it under a
    /// `CLAUDE_CONFIG_DIR`.
    package let service: String
    package let account: String

    /// The name Claude Code takes when the user's is not a plain one.
    package static let fallbackAccount = "claude-code-user"
    private static let service = "Claude Code-credentials"

    /// As Claude Code finds it.
    ///
    /// - Parameters:
    ///   - environment: the one Claude Code runs in.
    ///   - loginName: the system's own name for the user, where `USER` is unset.
    ///   - sha256: FIPS 180-4; empty when it cannot be computed.
    ///   - composed: normalisation form C (Unicode TR 15); only called for a
    ///     text beyond ASCII.
    /// - Throws: `.unsupported` with what to do, where the item cannot be known.
    package init(
        environment: [String: String], loginName: String?, sha256: ([UInt8]) -> [UInt8],
        composed: (String) -> String
    ) throws(VaultError) {
        // Newer versions let it replace CLAUDE_CONFIG_DIR, older ones do not
        // know it: no one item is right for both.
        guard environment["CLAUDE_SECURESTORAGE_CONFIG_DIR"] == nil else {
            throw .unsupported(
                advice: "CLAUDE_SECURESTORAGE_CONFIG_DIR is set, so it is not certain which "
                    + "keychain item Claude Code reads; unset it for Claude Code and the service")
        }
        // Raw, as it stands: not resolved, a trailing slash changes it.
        if let directory = environment["CLAUDE_CONFIG_DIR"], !directory.isEmpty {
            let isASCII = directory.utf8.allSatisfy { $0 < 0x80 }
            let digest = sha256(Array((isASCII ? directory : composed(directory)).utf8))
            guard digest.count == 32 else {
                throw .unsupported(
                    advice: "CLAUDE_CONFIG_DIR is set, and the name of its keychain item cannot be "
                        + "computed without the system's library for SHA-256")
            }
            let digits = Hexadecimal.digits(Array(digest.prefix(4)))
            service = Self.service + "-" + String(decoding: digits, as: UTF8.self)
        } else {
            service = Self.service
        }
        let user = environment["USER"].flatMap { $0.isEmpty ? nil : $0 } ?? loginName ?? ""
        account = Self.isPlain(user) ? user : Self.fallbackAccount
    }

    private static func isPlain(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.first != 0x2D
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0) || [0x2D, 0x2E, 0x5F].contains($0)
            }
    }
}
