// The plan of the night, as a reader asks for it: the published picture, what
// the history knows of the burn, and arithmetic. Nothing is read from the
// vendor or from a store, so it is answered while off too, with the age of what
// is known.

import RotationCore

/// What `GET /plan` answers from.
package struct PlanView: Sendable {
    package var plan: NightPlan
    package var burn: Burn?
    /// Sorted by e-mail, then id.
    package var accounts: [AccountView]
}

extension RotationEngine {
    /// `weights` are the accounts' capacities relative to one of weight 1;
    /// those not named have it.
    package nonisolated func plan(
        until: Timestamp, weights: [AccountID: Double] = [:]
    ) async throws(EngineRefusal) -> PlanView {
        let (snapshot, now) = (snapshot, ports.clock.now())
        var ledger = BurnLedger(now: now, weights: weights, bounds: bounds)
        do {
            let since = now.adding(seconds: -bounds.burnHistorySeconds)
            var after: ReadingCursor?
            repeat {
                let page = try await ports.history.readings(
                    since: since, after: after, limit: 500)
                for record in page.items { ledger.take(record.account, record.reading) }
                after = page.next
            } while after != nil
        } catch {
            throw error.refusal
        }
        let burn = ledger.burn
        let accounts = snapshot.accounts.map { view in
            PlanAccount(
                id: view.identity.id, reading: view.reading,
                weight: weights[view.identity.id] ?? 1, obstacle: view.planObstacle)
        }
        let plan = NightPlan(
            now: now, until: until, live: snapshot.live, accounts: accounts, burn: burn,
            bounds: bounds)
        return PlanView(plan: plan, burn: burn, accounts: snapshot.accounts)
    }
}

extension AccountView {
    /// What its credential forbids; a lapsed token that can be refreshed does
    /// not.
    fileprivate var planObstacle: Reason? {
        guard let slot else { return .slotMissing }
        if slot.details.kind == .setupToken { return .setupTokenUnmeasured }
        return switch slotState {
        case .needsLogin: .slotNeedsLogin
        case .suspect: .slotRejected
        case .usable, .expired: usageStatus == .rejected ? .slotRejected : nil
        }
    }
}
