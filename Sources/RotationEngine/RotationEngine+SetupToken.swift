// Filing a token of `claude setup-token` (decision 26). It is for inference
// only: nobody can say whose it is, so the e-mail is the operator's word, and
// its account is one of its own beside a login of the same e-mail.

import RotationCore

extension RotationEngine {
    /// Seconds such a token lasts, as Claude Code's documentation says; it says
    /// nothing itself, and when it was made is not known.
    static let setupTokenSeconds: Int64 = 365 * 86400

    /// Files it, read back, in the place of an older one of that e-mail. The
    /// vendor is asked once whether it is what it is said to be; where it does
    /// not answer, the token is filed all the same. Works while off.
    package func addSetupToken(
        _ token: Secret, email: String
    ) async throws(EngineRefusal) -> AccountView {
        try await order { engine async throws(EngineRefusal) in
            try await engine.addNow(token, email)
        }
    }

    private func addNow(
        _ token: Secret, _ email: String
    ) async throws(EngineRefusal) -> AccountView {
        if let advice = ports.vault.unsupportedAdvice { throw .unsupportedPlatform(advice: advice) }
        try await refuseOther(token)
        let now = ports.clock.now()
        let credential = ports.vault.setupToken(
            token, expiresAt: now.adding(seconds: Self.setupTokenSeconds))
        do {
            try await adoptSlots()
            if let known = try await ports.vault.slot(knowing: credential) { return view(known) }
            let older = book.slots.values.filter { $0.identity.isSetupToken(of: email) }
            let slot = try await ports.vault.adopt(
                credential, as: .setupToken(of: email, at: now), now: now)
            let held = try await ports.vault.slots().slots.first { $0.identity == slot.identity }
            guard held?.generation == slot.generation else {
                throw VaultError.readBackMismatch("the slot does not hold what was written to it")
            }
            book.put(slot)
            await remember(slot)
            let live = try await ports.vault.readLive()?.slot
            for old in older where old.identity.id != live {
                try await forgetOlder(old.identity.id)
            }
            ports.log.write(LogLine(.notice, "filed a setup-token of \(email)"))
            publish()
            return view(slot)
        } catch {
            throw EngineRefusal(error)
        }
    }

    /// A token that can read its profile is a login's, and would be filed
    /// without what renews it.
    private func refuseOther(_ token: Secret) async throws(EngineRefusal) {
        switch await ports.vendor.readProfile(token) {
        case .scopeMissing, .rateLimited, .unreachable: return
        case .identity:
            throw .setupTokenRefused(
                "this token is not one of `claude setup-token`: it can read its profile. Sign in "
                    + "with /login and file that with `rotator capture`")
        case .unauthorized, .revoked:
            throw .setupTokenRefused(
                "the vendor does not accept this token; make another with `claude setup-token`")
        case .restricted:
            throw .setupTokenRefused("the vendor has restricted the account of this token")
        }
    }

    private func forgetOlder(_ account: AccountID) async throws {
        try await ports.vault.forget(account)
        book.remove(account)
        try await ports.history.forget(account, at: ports.clock.now())
        _ = machine.step(.slotForgotten(account))
    }

    private func view(_ slot: Slot) -> AccountView {
        book.view(of: slot, machine.remembered, at: ports.clock.now())
    }
}

extension AccountIdentity {
    /// In the place of an account uuid, which nobody can tell.
    private static let accountUUID = "setup-token"

    /// An account of its own: the e-mail's digest, and when it was filed.
    static func setupToken(of email: String, at now: Timestamp) -> AccountIdentity {
        AccountIdentity(
            id: AccountID(
                accountUUID: accountUUID,
                organizationUUID: digest(of: email) + "-" + String(now.milliseconds, radix: 16)),
            email: email)
    }

    var isSetupToken: Bool { id.accountUUID == Self.accountUUID }

    func isSetupToken(of email: String) -> Bool {
        isSetupToken && self.email.lowercased() == email.lowercased()
    }

    private static func digest(of email: String) -> String {
        String(FNV1a.digest(email.lowercased()), radix: 16)
    }
}
