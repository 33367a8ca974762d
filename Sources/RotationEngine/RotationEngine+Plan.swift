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
    /// The pause that is on now. The plan is played as if there were none.
    package var pause: Pause?
}

extension RotationEngine {
    package nonisolated func plan(until: Timestamp) async throws(EngineRefusal) -> PlanView {
        let (snapshot, now) = (snapshot, ports.clock.now())
        let weights = snapshot.weights
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
        let isLiveHeld = snapshot.accounts.contains { $0.isLive && $0.policy.isHeld }
        let accounts = snapshot.accounts.map { view in
            PlanAccount(
                id: view.identity.id, reading: view.reading,
                weight: weights[view.identity.id] ?? 1,
                reservePercent: view.policy.reservePercent,
                obstacle: view.planObstacle(isLiveHeld: isLiveHeld))
        }
        let plan = NightPlan(
            now: now, until: until, live: snapshot.live, accounts: accounts, burn: burn,
            bounds: bounds)
        let pause = snapshot.pause.flatMap { $0.isOn(at: now) ? $0 : nil }
        return PlanView(plan: plan, burn: burn, accounts: snapshot.accounts, pause: pause)
    }
}

extension Snapshot {
    /// Capacities by plan, relative to the smallest there is, so that a work
    /// point is a point of that one; empty, and so all alike, where one is not
    /// known.
    fileprivate var weights: [AccountID: Double] {
        let slots = accounts.compactMap(\.slot).map { ($0.identity.id, SlotFacts($0)) }
        let tiers = PlanWeight.weights(of: Dictionary(slots, uniquingKeysWith: { $1 }))
        guard let least = tiers.values.min() else { return [:] }
        return tiers.mapValues { $0 / least }
    }
}

extension AccountView {
    /// What its credential or the operator forbids; a lapsed token that can be
    /// refreshed does not. A live account that is held is never left: it alone
    /// is planned on.
    fileprivate func planObstacle(isLiveHeld: Bool) -> Reason? {
        if isLiveHeld, !isLive { return .rotationNotNeeded }
        if policy.isHeld, !isLive { return .held }
        guard let slot else { return .slotMissing }
        if slot.details.kind == .setupToken { return .setupTokenUnmeasured }
        return switch slotState {
        case .needsLogin: .slotNeedsLogin
        case .suspect: .slotRejected
        case .usable, .expired: usageStatus == .rejected ? .slotRejected : nil
        }
    }
}
