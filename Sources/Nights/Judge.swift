// The product's TickMachine with the effects performed against the night's own
// accounts: the same events, in the same order, as the engine sends.

import RotationCore

struct Judge {
    private var machine: TickMachine
    private let slots: [AccountID: SlotFacts]
    private let ids: [AccountID]
    var endpoint: UsageEndpoint

    init(bounds: Bounds, accounts: Int, saysWhen: Bool) {
        machine = TickMachine(bounds: bounds, remembered: RememberedState())
        ids = (0..<accounts).map {
            AccountID(accountUUID: "account-\($0)", organizationUUID: "organization-\($0)")
        }
        slots = Dictionary(
            uniqueKeysWithValues: ids.enumerated().map { index, id in
                (
                    id,
                    SlotFacts(
                        email: "account-\(index)@example.com",
                        details: CredentialDetails(
                            kind: .login, canRefresh: true, accessTokenExpiresAt: nil),
                        generation: Generation(UInt64(index + 1)))
                )
            })
        endpoint = UsageEndpoint(accounts: accounts, saysWhen: saysWhen)
    }

    /// A session's status line; whether it asks for a tick at once.
    mutating func observe(_ quota: Quota, at second: Int) -> Bool {
        let now = Timestamp(seconds: Int64(World.epoch + second))
        let line = Observation(
            session: "session", apiMilliseconds: Int64(second),
            windows: [
                UsageEndpoint.window(.fiveHour, quota.five, quota.fiveResetsAt),
                UsageEndpoint.window(.sevenDay, quota.seven, quota.sevenResetsAt),
            ])
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
