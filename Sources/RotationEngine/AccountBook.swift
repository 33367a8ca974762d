// The accounts we hold a slot for, who of them is live, and how they look to
// a reader. A value: the engine owns the one instance.

import RotationCore

struct AccountBook {
    private(set) var slots: [AccountID: Slot] = [:]
    /// The live account as far as it is known; nil when the store holds no
    /// credential, or one that could not be identified.
    var live: AccountID?

    /// What accounts have spent beside their plans, as last read.
    var extras: [AccountID: ExtraUsage] = [:]

    /// Every known account, as a selector or a snapshot lists them.
    var identities: [AccountIdentity] {
        slots.values.map(\.identity).sorted { ($0.email, $0.id) < ($1.email, $1.id) }
    }

    var emails: [AccountID: String] { slots.mapValues(\.identity.email) }

    mutating func replaceSlots(_ all: [Slot]) {
        slots = Dictionary(all.map { ($0.identity.id, $0) }, uniquingKeysWith: { $1 })
    }

    mutating func put(_ slot: Slot) { slots[slot.identity.id] = slot }

    mutating func remove(_ account: AccountID) {
        slots[account] = nil
        extras[account] = nil
    }

    /// Finds the one account a caller means: by id, or by e-mail regardless of
    /// case, as mail domains are and as people type them. A setup-token beside a
    /// login of the same e-mail is only meant by its id.
    func resolve(_ selector: AccountSelector) throws(EngineRefusal) -> AccountIdentity {
        if let id = AccountID(selector), let slot = slots[id] { return slot.identity }
        let wanted = selector.lowercased()
        let all = identities.filter { $0.email.lowercased() == wanted }
        let logins = all.filter { !$0.isSetupToken }
        let found = logins.isEmpty ? all : logins
        guard let first = found.first else { throw .unknownAccount(selector) }
        guard found.count == 1 else {
            throw .ambiguousAccount(selector, ids: found.map(\.id.description))
        }
        return first
    }

    func facts() -> [AccountID: SlotFacts] {
        slots.mapValues(Self.facts)
    }

    func views(_ remembered: RememberedState, at now: Timestamp) -> [AccountView] {
        identities.compactMap { identity in
            guard let slot = slots[identity.id] else { return nil }
            return view(of: slot, remembered, at: now)
        }
    }

    func view(of slot: Slot, _ remembered: RememberedState, at now: Timestamp) -> AccountView {
        let usage = remembered.usage[slot.identity.id] ?? UsageFacts()
        return AccountView(
            identity: slot.identity, isLive: slot.identity.id == live, slot: slot,
            slotState: Self.state(of: slot, usage: usage, at: now),
            usageStatus: UsageStatus(usage), reading: usage.reading,
            policy: remembered.rules[slot.identity.id], extra: extras[slot.identity.id])
    }

    static func state(of slot: Slot, usage: UsageFacts, at now: Timestamp) -> SlotState {
        facts(of: slot).state(usage: usage, at: now)
    }

    static func facts(of slot: Slot) -> SlotFacts {
        SlotFacts(slot)
    }
}

extension SlotFacts {
    init(_ slot: Slot) {
        // The profile's word is newer than the sign-in's.
        var details = slot.details
        details.rateLimitTier = slot.identity.rateLimitTier ?? details.rateLimitTier
        self.init(
            email: slot.identity.email, details: details, generation: slot.generation,
            grant: slot.grant, issuedAt: slot.refreshedAt)
    }
}

extension UsageStatus {
    init(_ facts: UsageFacts) {
        self =
            switch facts.lastAnswer {
            case nil: facts.reading == nil ? .neverRead : .known
            case .windows: .known
            case .noWindows, .scopeMissing: .unknown
            case .rateLimited: .rateLimited
            case .unauthorized, .revoked, .restricted: .rejected
            case .unreachable: .unreachable
            }
    }
}
