// The file that holds the service's own bearer token, in the form curl takes
// as `-H @FILE`. That it is there is what turns the token on; replacing it is
// a rotation, and counts from the next request on.

import DurableFiles
import RotationEngine
import Synchronization

package final class BearerTokenFile: Sendable {
    package enum State: Sendable {
        case absent
        case token(Secret)
        /// Something is there that cannot be trusted to be a secret. Says why,
        /// never what it holds.
        case unusable(String)
    }

    package let path: String
    private static let field = Array("Authorization: Bearer ".utf8)
    /// Characters of a token: 256 bits are 43 of base64url; curl reads lines.
    private static let lengths = 32...1024
    /// What was read last, and of which file.
    private let read = Mutex<(facts: FileFacts, state: State)?>(nil)

    package init(dataDirectory: String) { path = dataDirectory + "/bearer-token.header" }

    /// What is there now. One look at the file unless it has changed.
    package func state() -> State {
        do throws(DurableFileError) {
            guard let facts = try FileFacts.of(path) else { return .absent }
            if let known = read.withLock({ $0 }), known.facts == facts { return known.state }
            let state = try state(facts)
            read.withLock { $0 = (facts, state) }
            return state
        } catch {
            return .unusable(error.message)
        }
    }

    /// The value of the Authorization field a client sends; nil when there is
    /// no token to send.
    package var authorization: String? {
        guard case .token(let secret) = state() else { return nil }
        return secret.withBytes { "Bearer " + String(decoding: $0, as: UTF8.self) }
    }

    /// Puts a new token in the place of what is there. `random` is 32 bytes
    /// from the system's generator.
    package func replace(random: [UInt8]) throws(DurableFileError) {
        precondition(random.count >= 32, "a token is made of 256 bits")
        try DurableFile.makePrivateDirectory(DurableFile.directory(of: path))
        try DurableFile.replace(path, with: Self.field + Base64.url(random) + [0x0A], mode: 0o600)
    }

    package func remove() throws(DurableFileError) { try DurableFile.remove(path) }

    private func state(_ facts: FileFacts) throws(DurableFileError) -> State {
        guard facts.kind == .file else { return .unusable("\(path) is not a regular file") }
        guard facts.isPrivate else {
            return .unusable(
                "\(path) is open to other users; `rotator token rotate` makes a new one")
        }
        guard let text = try DurableFile.read(path, limitBytes: 4096) else { return .absent }
        let line = text.last == 0x0A ? text.dropLast() : text[...]
        let token = line.dropFirst(Self.field.count)
        guard line.starts(with: Self.field), Self.lengths.contains(token.count),
            token.allSatisfy(Base64.isToken68)
        else {
            return .unusable(
                "\(path) is not one line `Authorization: Bearer TOKEN`; `rotator token rotate` "
                    + "makes it anew")
        }
        return .token(Secret(Array(token)))
    }
}

extension Base64 {
    /// §5 of RFC 4648, without padding.
    package static func url(_ bytes: [UInt8]) -> [UInt8] {
        encoded(bytes).filter { $0 != 0x3D }.map { byte in
            switch byte {
            case 0x2B: 0x2D
            case 0x2F: 0x5F
            default: byte
            }
        }
    }

    /// `token68` of RFC 9110 §11.2, padding aside.
    static func isToken68(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: true
        default: false
        }
    }
}
