// Keeping grants alive: what the vault and the vendor make of one refresh, and
// the question start-up asks after a crash cut one short.

import RotationCore

extension RotationEngine {
    func refresh(_ account: AccountID, expecting: Generation) async -> RefreshResult {
        let result = await refreshNow(account, expecting: expecting)
        counters.count(result)
        return result
    }

    private func refreshNow(
        _ account: AccountID, expecting: Generation
    ) async -> RefreshResult {
        let vendor = ports.vendor
        let email = book.emails[account] ?? account.description
        do {
            let receipt = try await ports.vault.refresh(
                RefreshOrder(
                    account: account, expecting: expecting,
                    lockPatienceSeconds: Self.automaticLockPatienceSeconds,
                    now: ports.clock.now())
            ) { token in await vendor.refresh(token) }
            // Also what brought nothing may have put the grant in doubt.
            switch receipt {
            case .refused, .unanswered: try? await adoptSlots()
            case .refreshed, .notDue, .grantRejected, .otherAccount: break
            }
            return await settle(receipt, of: account, email)
        } catch .locked(let held) {
            return .locked(held)
        } catch {
            try? await adoptSlots()
            ports.log.write(
                LogLine(.error, "refresh of \(email) could not be made: \(error.detail)"))
            return .failed(error.reason, detail: error.detail)
        }
    }

    private func settle(
        _ receipt: RefreshReceipt, of account: AccountID, _ email: String
    ) async -> RefreshResult {
        switch receipt {
        case .refreshed(let slot):
            await keep(slot)
            ports.log.write(LogLine(.notice, "refreshed \(email)"))
            return .refreshed(SlotFacts(slot))
        case .notDue: return .notDue
        case .grantRejected(let slot), .otherAccount(let slot):
            await keep(slot)
            ports.log.write(
                LogLine(.warning, "the grant of \(email) is no longer accepted; sign in again"))
            return .rejected(SlotFacts(slot))
        case .refused(.rateLimited(let retryAfter)): return .rateLimited(retryAfter: retryAfter)
        case .refused(.oauthError(let code)):
            ports.log.write(LogLine(.error, "the token endpoint answered \(code) for \(email)"))
            return .oauthError(code: code)
        case .refused(.unreachable(let kind, _)): return .unreachable(kind)
        case .refused(.tokens), .refused(.invalidGrant): return .unreachable(.malformed)
        case .unanswered(let kind):
            ports.log.write(
                LogLine(.warning, "no answer to the refresh of \(email); it is asked again"))
            return .unreachable(kind)
        }
    }

    private func keep(_ slot: Slot) async {
        book.put(slot)
        await remember(slot)
        publish()
    }

    /// A grant that was sent before a crash is asked about at once: if it is
    /// spent, what was issued for it is lost and the human must know now.
    package func askAboutSpentGrants() async {
        guard !maybeSpent.isEmpty else { return }
        await enter()
        defer { leave() }
        try? await adoptSlots()
        for account in maybeSpent {
            guard let slot = book.slots[account], slot.grant == .maybeSpent else { continue }
            _ = await refresh(account, expecting: slot.generation)
        }
        maybeSpent = []
    }
}
