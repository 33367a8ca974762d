// The product's TickMachine with the effects performed against the night's own
// accounts: the same events, in the same order, as the engine sends.

import RotationCore
import VendorSimulator

struct Judge {
    private var machine: TickMachine
    private let slots: [AccountID: SlotFacts]
    private let ids: [AccountID]
    var endpoint: UsageEndpoint

    init(bounds: Bounds, night: Night, saysWhen: Bool) {
        machine = TickMachine(bounds: bounds, remembered: RememberedState())
        ids = night.accounts.map(\.id)
        slots = Dictionary(
            night.accounts.enumerated().map { index, account in
                (
                    account.id,
                    SlotFacts(
                        email: account.email,
                        details: CredentialDetails(
                            kind: .login, canRefresh: true, accessTokenExpiresAt: nil,
                            rateLimitTier: account.tier),
                        generation: Generation(UInt64(index + 1)))
                )
            }, uniquingKeysWith: { first, _ in first })
        endpoint = UsageEndpoint(night, saysWhen: saysWhen)
    }

    /// A session's status line, with the model it works with where that has a
    /// week of its own; whether it asks for a tick at once.
    mutating func observe(_ quota: Quota, with model: String?, at second: Int) -> Bool {
        let now = Timestamp(seconds: Int64(World.epoch + second))
        let line = Observation(
            session: "session", apiMilliseconds: Int64(second), model: model,
            windows: UsageEndpoint.accountWide(quota))
        _ = machine.take(line, at: now)
        return machine.isWorthTick(at: now)
    }

    /// Whom to make live, if anybody, and when to tick again.
    mutating func tick(
        _ quotas: [Quota], live: Int, at second: Int, isBusy: Bool
    ) -> (swapTo: Int?, next: Int) {
        let now = Timestamp(seconds: Int64(World.epoch + second))
        var swapTo: Int?
        var effects = machine.step(
            .tickRequested(TickRequest(trigger: .schedule), optedIn: true, at: now))
        while let effect = effects.first {
            switch effect {
            case .lookForClaude:
                effects = machine.step(
                    .claudeLookedFor(ClaudePresence(running: true, isBusy: isBusy), at: now))
            case .observeStore:
                guard let facts = slots[ids[live]] else { return (nil, second + 60) }
                effects = machine.step(
                    .storeObserved(live: .identified(ids[live], facts), slots: slots, at: now))
            case .readUsage(let accounts):
                var answers: [AccountID: UsageAnswer] = [:]
                for account in accounts {
                    guard let index = ids.firstIndex(of: account) else { continue }
                    answers[account] = endpoint.ask(index, quotas[index], at: second)
                }
                effects = machine.step(.usageRead(answers, at: now))
            case .refresh(let account, _):
                effects = machine.step(.refreshFinished(account, .notDue, at: now))
            case .swap(_, _, let to):
                swapTo = ids.firstIndex(of: to)
                guard let facts = slots[to] else { return (nil, second + 60) }
                effects = machine.step(
                    .swapFinished(.done(live: facts, tookMilliseconds: 5), at: now))
            case .conclude(let conclusion):
                let next = Int(conclusion.nextTickAt.milliseconds / 1000) - World.epoch
                return (swapTo, max(next, second + 1))
            }
        }
        return (swapTo, second + 60)
    }
}
