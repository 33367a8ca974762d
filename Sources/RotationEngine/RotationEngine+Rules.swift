// The operator's rules: hold, reserve, pause. Kept before they count, so that a
// restart finds what was answered; they work while rotation is off.

import RotationCore

extension RotationEngine {
    /// Changes what is named and leaves the rest. `reservePercent` is 0..<100.
    package func setPolicy(
        of account: AccountSelector, isHeld: Bool?, reservePercent: Double?
    ) async throws(EngineRefusal) -> AccountView {
        try await order { engine async throws(EngineRefusal) in
            let target = try engine.book.resolve(account)
            var rules = engine.machine.remembered.rules
            if let isHeld { rules[target.id].isHeld = isHeld }
            if let reservePercent { rules[target.id].reservePercent = reservePercent }
            try await engine.keep(rules)
            guard let slot = engine.book.slots[target.id] else {
                throw .unknownAccount(target.email)
            }
            return engine.book.view(
                of: slot, engine.machine.remembered, at: engine.ports.clock.now())
        }
    }

    /// Nothing is swapped until then; without an end, until `resume`. A pause
    /// that is on keeps its beginning.
    package func pause(until: Timestamp?) async throws(EngineRefusal) -> Snapshot {
        try await order { engine async throws(EngineRefusal) in
            let now = engine.ports.clock.now()
            var rules = engine.machine.remembered.rules
            let running = rules.pause.flatMap { $0.isOn(at: now) ? $0 : nil }
            rules.pause = Pause(since: running?.since ?? now, until: until)
            try await engine.keep(rules)
            return engine.snapshot
        }
    }

    package func resume() async throws(EngineRefusal) -> Snapshot {
        try await order { engine async throws(EngineRefusal) in
            var rules = engine.machine.remembered.rules
            rules.pause = nil
            try await engine.keep(rules)
            return engine.snapshot
        }
    }

    private func keep(_ rules: OperatorRules) async throws(EngineRefusal) {
        guard rules != machine.remembered.rules else { return }
        do {
            try await ports.history.save(rules, at: ports.clock.now())
        } catch {
            throw error.refusal
        }
        machine.follow(rules)
        publish()
    }
}
