// Claude Code's `.claude.json`: which account it displays. Only `oauthAccount`
// is ever touched, under that file's own lock, and nothing is believed that
// stands there (it is a cache).

import DurableFiles
import RotationCore
import RotationEngine

struct ClaudeConfiguration: Sendable {
    let path: String
    let disk: any Disk

    /// Bytes at most; it holds histories and grows large.
    private static let limit = 64 << 20

    var isThere: Bool { ((try? disk.mode(of: path)) ?? nil) != nil }

    /// `oauthAccount` when it is this account's.
    func displayed(_ account: AccountID) -> [UInt8]? {
        guard let bytes = try? disk.read(path, limitBytes: Self.limit),
            let config = try? JSONObjectText(bytes), let value = config["oauthAccount"],
            let object = try? JSONObjectText(value),
            JSONText.string(object["accountUuid"]) == account.accountUUID,
            JSONText.string(object["organizationUuid"]) == account.organizationUUID
        else { return nil }
        return value
    }

    /// Makes the displayed account follow. Answers with what could not be
    /// done; nil when all was.
    func display(_ slot: SlotText) -> String? {
        // Whose a setup-token is nobody can tell, so nobody is displayed anew.
        guard (try? slot.oauth())?.text.details.kind != .setupToken else { return nil }
        do {
            guard let bytes = try disk.read(path, limitBytes: Self.limit) else { return nil }
            var config = try JSONObjectText(bytes)
            let account = slot.composedOAuthAccount
            guard config["oauthAccount"] != account else { return nil }
            config.set("oauthAccount", account)
            let mode = try disk.mode(of: path) ?? 0o600
            try disk.replace(path, with: config.text, mode: mode)
            return nil
        } catch let error as JSONTextError {
            return "\(path) was not changed: \(error.reason)"
        } catch let error as DurableFileError {
            return "the displayed account was not changed: \(error.message)"
        } catch {
            return "the displayed account was not changed"
        }
    }
}
