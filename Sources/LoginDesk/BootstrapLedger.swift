// How often the machine tried by itself for each account, kept in the data
// directory so that a restart is no new beginning. A value; one file, replaced
// durably at each change.

import DurableFiles
import RotationCore
import RotationEngine

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct BootstrapLedger {
    /// Launches for one account before a person has to sign in.
    static let mostAttempts = 3

    struct Entry: Codable, Hashable {
        var attempts = 0
        /// Milliseconds since the epoch.
        var lastAt: Int64 = 0
        /// `SignIn.Failure`; nil while one runs, or when nothing failed.
        var failure: String?
        var detail = ""
        /// A reason that a further try cannot remove.
        var needsPerson = false

        var isStalled: Bool { needsPerson || attempts >= BootstrapLedger.mostAttempts }
    }

    private let path: String
    private(set) var entries: [String: Entry]

    /// A file that is not understood counts as none.
    init(path: String) {
        self.path = path
        let bytes = (try? DurableFile.read(path, limitBytes: 1 << 20)) ?? nil
        entries =
            bytes.flatMap {
                try? JSONDecoder().decode([String: Entry].self, from: Data($0))
            } ?? [:]
    }

    /// Counted when it is launched; false when that could not be written down,
    /// because then nothing would end the trying.
    mutating func launch(_ email: String, at now: Timestamp) -> Bool {
        var entry = entries[email] ?? Entry()
        entry.attempts += 1
        entry.lastAt = now.milliseconds
        entry.failure = nil
        entry.detail = ""
        return put(entry, for: email)
    }

    mutating func failed(_ email: String, _ failure: SignIn.Failure, _ detail: String) {
        var entry = entries[email] ?? Entry()
        entry.failure = failure.rawValue
        entry.detail = detail
        entry.needsPerson = failure.needsPerson
        _ = put(entry, for: email)
    }

    /// The account is whole again, or a person has taken over.
    mutating func clear(_ email: String) {
        guard entries[email] != nil else { return }
        _ = put(nil, for: email)
    }

    private mutating func put(_ entry: Entry?, for email: String) -> Bool {
        var changed = entries
        changed[email] = entry
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(changed),
            (try? DurableFile.replace(path, with: Array(data))) != nil
        else { return false }
        entries = changed
        return true
    }
}
