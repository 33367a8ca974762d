// SHA-256 and HMAC-SHA-256 of the platform's own library (decision 10), and
// the keyed fingerprint of a credential.

import CSystem
import RotationEngine

enum Digest {
    /// What is missing and how to get it; nil when digests can be made.
    static var loadError: String? { csystem_digest_load().map { String(cString: $0) } }

    /// FIPS 180-4. Empty when the library is missing.
    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        return csystem_sha256(bytes, bytes.count, &digest) == 0 ? digest : []
    }

    /// RFC 2104. Empty when the library is missing.
    static func hmac(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        return csystem_hmac_sha256(key, key.count, bytes, bytes.count, &digest) == 0 ? digest : []
    }
}

/// The key of this data directory's fingerprints. Not printable.
struct FingerprintKey: Sendable {
    private let key: Secret
    static let length = 32

    init(_ bytes: [UInt8]) { key = Secret(bytes) }

    /// 32 hexadecimal digits: the first half of an HMAC over both tokens, the
    /// first preceded by its length so that no two pairs read alike.
    func fingerprint(of tokens: OAuthText.Tokens) -> String {
        let size = UInt32(truncatingIfNeeded: tokens.access.count)
        let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> UInt32($0)) }
        let mark = key.withBytes {
            Digest.hmac(length + tokens.access + tokens.refresh, key: $0)
        }
        return String(decoding: Hexadecimal.digits(Array(mark.prefix(16))), as: UTF8.self)
    }
}
