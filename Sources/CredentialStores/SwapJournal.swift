// The intent of a swap, written before anything is changed and removed when it
// is in the history. Holds fingerprints, never tokens. What start-up makes of
// it stands in Vault+Recovery.

import DurableFiles
import RotationCore
import RotationEngine

/// One swap that was begun.
struct SwapIntent: Hashable, Sendable {
    let from: AccountID?
    let fromFingerprint: String?
    let to: AccountID
    let toFingerprint: String
    let at: Timestamp
    let isAutomatic: Bool
    let afterRotation: Int64

    var text: [UInt8] {
        var object = JSONObjectText()
        object.set("format", [0x31])
        if let from { object.set("from", JSONText.quoted(from.description)) }
        if let mark = fromFingerprint { object.set("fromFingerprint", JSONText.quoted(mark)) }
        object.set("to", JSONText.quoted(to.description))
        object.set("toFingerprint", JSONText.quoted(toFingerprint))
        object.set("at", Array("\(at.milliseconds)".utf8))
        object.set("afterRotation", Array("\(afterRotation)".utf8))
        object.set("automatic", Array((isAutomatic ? "true" : "false").utf8))
        return object.text + [0x0A]
    }

    init(
        from: AccountID?, fromFingerprint: String?, to: AccountID, toFingerprint: String,
        at: Timestamp, isAutomatic: Bool, afterRotation: Int64
    ) {
        self.afterRotation = afterRotation
        self.from = from
        self.fromFingerprint = fromFingerprint
        self.to = to
        self.toFingerprint = toFingerprint
        self.at = at
        self.isAutomatic = isAutomatic
    }

    init(_ text: [UInt8]) throws(JSONTextError) {
        let object = try JSONObjectText(text)
        guard JSONText.integer(object["format"]) == 1,
            let to = JSONText.string(object["to"]).flatMap({ AccountID($0) }),
            let mark = JSONText.string(object["toFingerprint"]),
            let at = JSONText.instant(object["at"])
        else { throw JSONTextError(reason: "it is not a journal of this version") }
        self.init(
            from: JSONText.string(object["from"]).flatMap { AccountID($0) },
            fromFingerprint: JSONText.string(object["fromFingerprint"]), to: to,
            toFingerprint: mark, at: at, isAutomatic: object["automatic"] == Array("true".utf8),
            afterRotation: JSONText.integer(object["afterRotation"]) ?? 0)
    }
}

struct SwapJournal: Sendable {
    let disk: any Disk
    let path: String

    func write(_ intent: SwapIntent) throws(VaultError) {
        do {
            try disk.makePrivateDirectory(DurableFile.directory(of: path), unlessThere: false)
            try disk.replace(path, with: intent.text, mode: 0o600)
        } catch {
            throw VaultError(error)
        }
    }

    /// Nil when no swap was begun.
    func read() throws(VaultError) -> SwapIntent? {
        do {
            guard let text = try disk.read(path, limitBytes: 1 << 16) else { return nil }
            return try SwapIntent(text)
        } catch let error as DurableFileError {
            throw VaultError(error)
        } catch let error as JSONTextError {
            throw .malformed("\(path): \(error.reason)")
        } catch {
            throw .unreachable(path)
        }
    }

    /// Need not reach the medium: a journal that comes back after a power cut
    /// is found to be in the history already.
    func end() throws(VaultError) {
        do {
            try disk.remove(path, durably: false)
        } catch {
            throw VaultError(error)
        }
    }
}
