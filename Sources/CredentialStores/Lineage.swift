// What the ledger's lines add up to: which generation of an account is its
// newest, which grants are spent or rejected, and what was live last. A value;
// where the lines lie is LineageLedger's business.

import RotationCore
import RotationEngine

struct Lineage {
    /// How a generation stands among those of its account.
    enum Age: Hashable {
        case unknown
        case newest(AccountID)
        case older(AccountID)
    }

    private(set) var entries: [LineageEntry] = []
    private var account: [String: AccountID] = [:]
    private var newest: [AccountID: String] = [:]
    private var grants: [String: GrantStanding] = [:]
    /// The generation that was live when last looked at or installed.
    private(set) var live: String?
    private(set) var lastRestoredAt: Timestamp?

    mutating func add(_ entry: LineageEntry) {
        entries.append(entry)
        switch entry.event {
        case .firstSeen:
            account[entry.fingerprint] = entry.account
            newest[entry.account] = entry.fingerprint
            if entry.writer == .claudeCode || entry.writer == .signIn { live = entry.fingerprint }
        case .installed:
            live = entry.fingerprint
        case .restored:
            live = entry.fingerprint
            lastRestoredAt = entry.at
        case .refreshSent: grants[entry.fingerprint] = .maybeSpent
        case .refreshRefused: grants[entry.fingerprint] = nil
        case .grantRejected: grants[entry.fingerprint] = .rejected
        }
    }

    func age(of fingerprint: String) -> Age {
        guard let account = account[fingerprint] else { return .unknown }
        return newest[account] == fingerprint ? .newest(account) : .older(account)
    }

    /// Whether `fingerprint` is an older generation of this very account.
    func isOlder(_ fingerprint: String, than account: AccountID) -> Bool {
        age(of: fingerprint) == .older(account)
    }

    func newest(of account: AccountID) -> String? { newest[account] }

    func grant(of fingerprint: String) -> GrantStanding { grants[fingerprint] ?? .unspent }

    /// Accounts whose newest grant was sent and not answered, sorted.
    var maybeSpent: [AccountID] {
        newest.filter { grants[$0.value] == .maybeSpent }.keys.sorted()
    }

    /// Whether we made this generation live at that moment.
    func wasInstalled(_ fingerprint: String, _ at: Timestamp) -> Bool {
        entries.reversed().prefix(16).contains {
            $0.event == .installed && $0.fingerprint == fingerprint && $0.at == at
        }
    }

    /// Newest first.
    func entries(of account: AccountID, limit: Int) -> [LineageEntry] {
        Array(entries.reversed().lazy.filter { $0.account == account }.prefix(max(limit, 0)))
    }
}

/// One line of the ledger: a JSON object.
enum LineageLine {
    static func text(_ entry: LineageEntry) -> [UInt8] {
        var object = JSONObjectText()
        object.set("at", Array("\(entry.at.milliseconds)".utf8))
        object.set("account", JSONText.quoted(entry.account.description))
        object.set("fingerprint", JSONText.quoted(entry.fingerprint))
        if let parent = entry.parent { object.set("parent", JSONText.quoted(parent)) }
        object.set("event", JSONText.quoted(entry.event.rawValue))
        object.set("writer", JSONText.quoted(entry.writer.rawValue))
        return object.text
    }

    /// Nil for a line that is not understood: torn by a power cut, or of a
    /// newer version.
    static func entry(_ line: [UInt8]) -> LineageEntry? {
        guard let object = try? JSONObjectText(line), let at = JSONText.instant(object["at"]),
            let account = JSONText.string(object["account"]).flatMap({ AccountID($0) }),
            let fingerprint = JSONText.string(object["fingerprint"]),
            let event = JSONText.string(object["event"]).flatMap({
                LineageEntry.Event(rawValue: $0)
            }),
            let writer = JSONText.string(object["writer"]).flatMap({
                LineageEntry.Writer(rawValue: $0)
            })
        else { return nil }
        return LineageEntry(
            at: at, account: account, fingerprint: fingerprint,
            parent: JSONText.string(object["parent"]), event: event, writer: writer)
    }
}
