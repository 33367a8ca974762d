// What a session file of Claude Code says of its turn (reference H): `busy`
// while the model or a tool works, `idle` and `waiting` when a person is
// awaited. The member is undocumented: whatever else stands there says nothing.

import DurableFiles

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

enum SessionFile {
    /// Bytes at most; they are small.
    private static let limit = 1 << 16

    private struct Session: Decodable {
        let status: String?
    }

    /// True when one of these sessions is in the middle of a turn, false when all
    /// of them say that they are not; else nil, and where there is none.
    static func isBusy(_ paths: [String]) -> Bool? {
        let said = paths.map(isBusy)
        if said.contains(true) { return true }
        return said.isEmpty || said.contains(nil) ? nil : false
    }

    private static func isBusy(_ path: String) -> Bool? {
        ((try? DurableFile.read(path, limitBytes: limit)) ?? nil).flatMap(isBusy(in:))
    }

    static func isBusy(in bytes: [UInt8]) -> Bool? {
        guard let session = try? JSONDecoder().decode(Session.self, from: Data(bytes)) else {
            return nil
        }
        return switch session.status {
        case "busy": true
        case "idle", "waiting": false
        default: nil
        }
    }
}
