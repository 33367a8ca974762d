// Into a slot: the live credential, an import, or a pair just issued. One way
// for all of them, so that nothing incomplete, older or misread gets there.

import RotationCore
import RotationEngine

extension Vault {
    package func fileLive(
        _ generation: Generation, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot {
        await enter()
        defer { leave() }
        guard let text = try await liveText(), let oauth = text.oauth, let tokens = oauth.tokens,
            self.generation(of: try fingerprint(of: tokens)) == generation
        else { throw .changedMeanwhile }
        return try await file(text, oauth, as: identity, now: now)
    }

    /// Files the live store's account members.
    func file(
        _ text: CredentialText, _ oauth: OAuthText, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot {
        let before = (try? await slotText(identity.id)) ?? nil
        let slot = SlotText(
            identity: identity, capturedAt: now, credential: text.accountMembers,
            oauthAccount: configuration.displayed(identity.id) ?? before?.oauthAccount)
        let (writer, parent) = try author(of: oauth, identity, before)
        return try await put(slot, oauth, writer: writer, parent: parent, at: now)
    }

    package func adopt(
        _ credential: ImportedCredential, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot {
        await enter()
        defer { leave() }
        let (text, oauth, tokens) = try Self.parts(of: credential)
        let mark = try fingerprint(of: tokens)
        if let before = try await slotText(identity.id), let held = try? before.oauth().tokens {
            let heldMark = try fingerprint(of: held)
            let isDead = try ledger().lineage.grant(of: heldMark) == .rejected
            if heldMark == mark { return try view(of: before) }
            guard isDead else { throw .superseded(identity.id) }
        }
        let slot = SlotText(
            identity: identity, capturedAt: now, credential: text.accountMembers,
            oauthAccount: nil)
        return try await put(slot, oauth, writer: .imported, parent: nil, at: now)
    }

    package nonisolated func setupToken(
        _ token: Secret, expiresAt: Timestamp
    ) -> ImportedCredential {
        var oauth = JSONObjectText()
        token.withBytes { bytes in
            oauth.set("accessToken", JSONText.quoted(String(decoding: bytes, as: UTF8.self)))
        }
        oauth.set("refreshToken", Array("null".utf8))
        oauth.set("expiresAt", Array("\(expiresAt.milliseconds)".utf8))
        oauth.set("scopes", Array(#"["user:inference"]"#.utf8))
        var text = JSONObjectText()
        text.set("claudeAiOauth", oauth.text)
        return ImportedCredential(text: Secret(text.text), origin: "the operator")
    }

    package func enrol(
        _ made: MadeCredential, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot {
        await enter()
        defer { leave() }
        let (text, oauth, tokens) = try Self.parts(of: made.credential)
        let mark = try fingerprint(of: tokens)
        let before = (try? await slotText(identity.id)) ?? nil
        let shown = made.configFile.flatMap {
            ClaudeConfiguration(path: $0, disk: configuration.disk).displayed(identity.id)
        }
        let slot = SlotText(
            identity: identity, capturedAt: now, credential: text.accountMembers,
            oauthAccount: shown ?? before?.oauthAccount)
        let parent = try ledger().lineage.newest(of: identity.id)
        return try await put(
            slot, oauth, writer: .enrolled, parent: parent == mark ? nil : parent, at: now)
    }

    package func slot(knowing credential: ImportedCredential) async throws(VaultError) -> Slot? {
        await enter()
        defer { leave() }
        let mark = try fingerprint(of: Self.parts(of: credential).tokens)
        switch try ledger().lineage.age(of: mark) {
        case .unknown: return nil
        case .newest(let account), .older(let account):
            guard let held = try await slotText(account) else { return nil }
            return try view(of: held)
        }
    }

    private static func parts(
        of credential: ImportedCredential
    ) throws(VaultError) -> (CredentialText, OAuthText, tokens: OAuthText.Tokens) {
        let text: CredentialText
        do {
            text = try credential.text.withBytes { bytes throws(JSONTextError) in
                try CredentialText(bytes)
            }
        } catch {
            throw .malformed("\(credential.origin): \(error.reason)")
        }
        guard let oauth = text.oauth, let tokens = oauth.tokens else {
            throw .incomplete(missing: ["accessToken"])
        }
        return (text, oauth, tokens)
    }

    /// Stores a slot as the filing plan says.
    func put(
        _ slot: SlotText, _ oauth: OAuthText, writer: LineageEntry.Writer, parent: String?,
        at now: Timestamp
    ) async throws(VaultError) -> Slot {
        guard let tokens = oauth.tokens else { throw .incomplete(missing: ["accessToken"]) }
        let account = slot.identity.id
        let name = try slotName(account)
        let mark = try fingerprint(of: tokens)
        let text = slot.text
        for step in plan.filing {
            switch step {
            case .refuseIncomplete:
                guard oauth.missing.isEmpty else { throw .incomplete(missing: oauth.missing) }
            case .refuseOlder:
                try await refuseOlder(mark, account)
            case .write:
                try await slotStore.replace(name, with: text)
            case .readBack:
                guard try await slotStore.read(name) == text else {
                    throw .readBackMismatch(
                        "\(slotStore.name)/\(name) does not hold what was written")
                }
            case .record:
                guard try ledger().lineage.age(of: mark) == .unknown else { continue }
                try record(
                    LineageEntry(
                        at: now, account: account, fingerprint: mark, parent: parent,
                        event: .firstSeen, writer: writer))
            }
        }
        return try view(of: slot)
    }

    /// A slot that was lost or forgotten has nothing newer to protect.
    private func refuseOlder(_ mark: String, _ account: AccountID) async throws(VaultError) {
        guard plan.isOlder(mark, than: account, try ledger().lineage),
            let held = try await slotText(account), let tokens = try? held.oauth().tokens,
            try fingerprint(of: tokens) != mark
        else { return }
        throw .superseded(account)
    }

    /// Who wrote a live credential not seen before. A refresh keeps the date
    /// the login ends; a sign-in sets it anew, or brings another account.
    private func author(
        of oauth: OAuthText, _ identity: AccountIdentity, _ before: SlotText?
    ) throws(VaultError) -> (LineageEntry.Writer, parent: String?) {
        let lineage = try ledger().lineage
        let parent = lineage.newest(of: identity.id)
        guard let parent, lineage.live == parent, let old = try? before?.oauth().text.details
        else { return (.signIn, parent) }
        guard let was = old.loginExpiresAt, let ends = oauth.details.loginExpiresAt,
            abs(ends.seconds(since: was)) > 3600
        else { return (.claudeCode, parent) }
        return (.signIn, parent)
    }
}
