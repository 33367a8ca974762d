// Whether a browser profile holds a live session of the vendor's, from the
// names and expiry dates of its cookies. Values are in other columns, which no
// query here names; the file is opened read-only and as it lies, never copied.

import DurableFiles
import GRDB
import RotationCore

struct ProfileSession {
    /// The browser's `--user-data-dir`.
    let profile: String
    let hosts: Set<String>

    /// The vendor's session cookie.
    static let cookie = "sessionKey"

    /// Chromium keeps it in the first or the second place.
    static let places = ["/Default/Cookies", "/Default/Network/Cookies"]

    /// A file that cannot be read, or is being written, tells nothing: no.
    func isLive(at now: Timestamp) -> Bool {
        Self.places.contains { place in
            let path = profile + place
            guard let facts = (try? FileFacts.of(path, following: true)) ?? nil,
                facts.kind == .file
            else { return false }
            return ((try? expiries(in: path)) ?? []).contains { $0 > now }
        }
    }

    private func expiries(in path: String) throws -> [Timestamp] {
        var configuration = Configuration()
        configuration.readonly = true
        // The browser holds the file locked for as long as it runs. Immutable:
        // no lock is taken and none is minded (sqlite.org/uri.html).
        let queue = try DatabaseQueue(
            path: "file:\(escaped(path))?immutable=1", configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT host_key, expires_utc FROM cookies WHERE name = ? AND expires_utc > 0",
                arguments: [Self.cookie]
            ).compactMap { row in
                let host: String = row["host_key"]
                let microseconds: Int64 = row["expires_utc"]
                return isOurs(host) ? Self.instant(microseconds) : nil
            }
        }
    }

    /// A cookie of a host, or of a domain above it (RFC 6265 §5.1.3).
    private func isOurs(_ host: String) -> Bool {
        if host.hasPrefix(".") {
            return hosts.contains { $0 == host.dropFirst() || $0.hasSuffix(host) }
        }
        return hosts.contains(host)
    }

    /// Chromium counts microseconds since 1601.
    private static func instant(_ microseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: microseconds / 1000 - 11_644_473_600_000)
    }

    private func escaped(_ path: String) -> String {
        String(
            decoding: path.utf8.flatMap { byte -> [UInt8] in
                guard "%?#".utf8.contains(byte) else { return [byte] }
                return [UInt8(ascii: "%")] + Array(String(byte, radix: 16).utf8)
            }, as: UTF8.self)
    }
}
