// Windows of one model (reference D: `limits[]`, `seven_day_opus`). They count
// for a model that is at work, and only that far: it is a reason to leave where
// an alternate has some of it left, and never one to refuse an account. What is
// not known of a model speaks for nothing and against nobody.

enum ModelFamily {
    /// `Opus 4.1`, `Opus` and `claude-opus-4-1` are one family: the first word
    /// with a letter in it, but for the maker's.
    static func name(of model: String) -> String {
        let words = model.lowercased().split { " -_/.".contains($0) }.filter { word in
            word.contains { $0.isLetter }
        }
        return (words.first { $0 != "claude" } ?? words.first).map(String.init)
            ?? model.lowercased()
    }
}

extension UsageFacts {
    /// Remembers the models whose windows rose from the reading before to this
    /// one: somebody works with them.
    mutating func noticeModels(in newer: Reading, bounds: Bounds) {
        modelsRisen = modelsRisen.filter {
            newer.readAt.seconds(since: $0.value) < bounds.modelInUseSeconds
        }
        for window in newer.windows {
            guard let model = window.key.model, let used = window.utilization,
                let before = reading?.windows.first(where: { $0.key == window.key })?.utilization,
                used > before
            else { continue }
            modelsRisen[ModelFamily.name(of: model)] = newer.readAt
        }
    }
}

extension TickMachine {
    /// All a decision on the live account is made from. `accounts` are those of
    /// `slots` in the order ties are broken.
    func situation(
        live: AccountID, slots: [AccountID: SlotFacts], accounts: [AccountID], at now: Timestamp
    ) -> Situation {
        Situation(
            bounds: bounds, now: now, live: live, slots: slots, remembered: remembered,
            accounts: accounts, capacities: capacities,
            modelsInUse: modelsInUse(live: live, at: now), isBusy: tick?.isBusy,
            waitingSince: waitingSince)
    }

    /// What would be decided now, with nothing read or swapped: so that what a
    /// decision costs can be measured by itself.
    package func verdict(
        live: AccountID, slots: [AccountID: SlotFacts], accounts: [AccountID], at now: Timestamp
    ) -> Verdict {
        let situation = situation(live: live, slots: slots, accounts: accounts, at: now)
        return RotationPolicy(situation: situation).decide().verdict
    }

    /// Families named by a status line lately, or seen to rise on the live
    /// account or on the one its work came from.
    private func modelsInUse(live: AccountID, at now: Timestamp) -> Set<String> {
        func lately(_ seen: [String: Timestamp]) -> [String] {
            seen.filter { now.seconds(since: $0.value) < bounds.modelInUseSeconds }
                .map { ModelFamily.name(of: $0.key) }
        }
        var names = lately(desk.models) + lately(remembered.usage[live]?.modelsRisen ?? [:])
        if let last = remembered.lastAutomaticSwap, last.to == live {
            names += lately(remembered.usage[last.from]?.modelsRisen ?? [:])
        }
        return Set(names)
    }
}

extension Situation {
    /// The account's windows of models at work that are at their threshold, in
    /// the order of keys.
    func spentModels(of one: Assessment) -> [UsageWindow] {
        guard !modelsInUse.isEmpty, let reading = one.reading else { return [] }
        let thresholds = one.thresholds
        return reading.windows.filter { window in
            guard let model = window.key.model, let used = window.utilization(at: now) else {
                return false
            }
            return used >= thresholds.threshold(of: window.key)
                && modelsInUse.contains(ModelFamily.name(of: model))
        }
    }

    /// How the live account stands where only a model is at its threshold.
    var modelStanding: LiveStanding? {
        spentModels(of: live).isEmpty
            ? nil : .leave(.modelAtThreshold, isUrgent: false, allowsLastResort: false)
    }

    /// Of the accounts that may be taken those without a spent model at work;
    /// the others where there is none, unless it is a model live is left for.
    func candidates(_ usable: [Assessment], leaving reason: Reason) -> [Assessment] {
        if modelsInUse.isEmpty { return usable }
        let clean = usable.filter { spentModels(of: $0).isEmpty }
        return clean.isEmpty && reason != .modelAtThreshold ? usable : clean
    }

    /// Alternates worth a reading before one is taken. A model may be spent for
    /// days: nobody is asked again about an account that could not be taken.
    var worthReading: [Assessment] {
        if case .stay = liveStanding { return lapsing(isStale: true) }
        guard case .leave(.modelAtThreshold, _, _) = liveStanding else { return alternates }
        let hopeful: [Reason?] = [nil, .readingStale, .readingUnknown]
        return alternates.filter {
            hopeful.contains(obstacle(to: $0)) && spentModels(of: $0).isEmpty
        }
    }

    /// Why an alternate that could be taken was not, where none was.
    func notTaken(_ one: Assessment) -> Reason {
        guard case .leave(.modelAtThreshold, _, _) = liveStanding,
            !spentModels(of: one).isEmpty
        else { return .rotationNotNeeded }
        return .modelAtThreshold
    }

    /// A seat without windows, as usage-based Enterprise has: there is nothing
    /// to go by. An answer that only once had none is not believed while a
    /// young reading says otherwise.
    func hasNoWindows(_ one: Assessment) -> Bool { one.saysNoWindows && !one.isFresh }
}

extension Sentences {
    /// `its Opus is at 100 %`.
    static func spent(_ one: Assessment, _ s: Situation) -> String {
        let models = s.spentModels(of: one).compactMap { window in
            window.utilization.map { "\(window.key.model ?? "model") is at \(percent($0))" }
        }
        return "its " + models.joined(separator: ", its ")
    }
}
