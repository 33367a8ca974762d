// What holds for credentials whatever stands in the file: taken apart and put
// together they are the same bytes; a swap moves the account's members and
// leaves the machine's, byte for byte.

import RotationCore

@testable import CredentialStores

enum CredentialLaws {
    /// The bytes before the first NUL are the store; those after it, if any,
    /// another account's.
    static func violation(_ bytes: [UInt8]) -> String? {
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let store = Array(parts.first ?? [])
        if let wrong = printableViolation(store) { return wrong }
        guard let credential = try? CredentialText(store) else { return nil }
        guard credential.object.text == store else { return "its text is not what was read" }
        _ = credential.oauth.map { ($0.details, $0.missing, $0.tokens) }
        let others = [
            credential.accountMembers,
            parts.count > 1 ? (try? JSONObjectText(Array(parts[1]))) : nil,
            try? JSONObjectText(Array(#"{"claudeAiOauth":{"accessToken":"a"},"mcpOAuth":1}"#.utf8)),
        ]
        for case let account? in others {
            guard (try? CredentialText(account.text)) != nil else { continue }
            if let wrong = swapViolation(credential, account) { return wrong }
        }
        return nil
    }

    private static func swapViolation(
        _ store: CredentialText, _ account: JSONObjectText
    ) -> String? {
        let text = store.installing(account)
        guard let result = try? CredentialText(text) else { return "a swap leaves no credential" }
        for key in CredentialText.machineMembers where result.object[key] != store.object[key] {
            return "a swap changed the machine's \(key)"
        }
        let wanted = account.members.filter { !CredentialText.machineMembers.contains($0.key) }
        guard result.accountMembers.members.count == wanted.count else {
            return "a swap left or lost members"
        }
        for member in wanted where result.object[member.key] != member.value {
            return "a swap changed the account's \(member.key)"
        }
        guard result.installing(account) == text else { return "a second swap is not the same" }
        return nil
    }

    private static func printableViolation(_ bytes: [UInt8]) -> String? {
        guard let printable = PrintableJSON.text(bytes) else { return nil }
        guard printable.allSatisfy({ (0x20...0x7E).contains($0) }) else { return "not printable" }
        guard let before = try? JSONObjectText(bytes) else { return nil }
        guard let after = try? JSONObjectText(printable) else { return "no object any more" }
        guard before.members.map(\.key) == after.members.map(\.key) else {
            return "printable, it has other keys"
        }
        let strings = { (object: JSONObjectText) in
            object.members.map { JSONText.string($0.value) }
        }
        guard strings(before) == strings(after) else { return "printable, it says other things" }
        return nil
    }

    /// Written and read again a slot is the same.
    static func slotViolation(_ bytes: [UInt8]) -> String? {
        guard let slot = try? SlotText(bytes) else { return nil }
        guard let again = try? SlotText(slot.text) else { return "what is written is not read" }
        guard again.identity == slot.identity, again.capturedAt == slot.capturedAt,
            again.refreshedAt == slot.refreshedAt, again.credential == slot.credential,
            again.oauthAccount == slot.oauthAccount, again.text == slot.text
        else { return "what is read again is another slot" }
        _ = try? slot.oauth()
        _ = SlotText.fileName(slot.identity.id)
        guard (try? JSONObjectText(slot.composedOAuthAccount)) != nil || slot.oauthAccount != nil
        else { return "the composed oauthAccount is no object" }
        return nil
    }
}
