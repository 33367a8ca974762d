// Turning it on and off. The flag file is the truth, because a skill may write
// or remove it while no service runs; the history keeps when it changed.

import RotationCore

extension RotationEngine {
    /// Turns rotation on or off; idempotent, and never a tick. On is refused
    /// when anything pins authentication, because the swap would go unread,
    /// and where no credential store is supported.
    package func setOptIn(
        _ enabled: Bool, callerPinningVariables: [String]
    ) async throws(EngineRefusal) -> Snapshot {
        guard !isStopping else { throw .stopping }
        await enter()
        defer { leave() }
        if enabled { try await refuseOptIn(callerPinningVariables) }
        do {
            try ports.flag.set(enabled)
        } catch {
            throw .flagNotWritten(error.message)
        }
        await noticeOptIn()
        return snapshot
    }

    /// Re-reads the opt-in flag, which a skill may have changed. Waits for a
    /// running order only when it did change.
    package func refreshOptIn() async -> Snapshot {
        if ports.flag.isOn() == snapshot.optedIn { return snapshot }
        await enter()
        defer { leave() }
        await noticeOptIn()
        return snapshot
    }

    private func refuseOptIn(_ callers: [String]) async throws(EngineRefusal) {
        if let variable = callers.sorted().first {
            throw .pinnedEnvironment(
                PinningFinding(variable: variable, place: .callerEnvironment))
        }
        if let finding = await ports.host.pinningFindings().first {
            throw .pinnedEnvironment(finding)
        }
        if let advice = ports.vault.unsupportedAdvice {
            throw .unsupportedPlatform(advice: advice)
        }
    }

    /// Brings the published state in line with the flag file. Must be called
    /// while holding the turn.
    func noticeOptIn() async {
        let isOn = ports.flag.isOn()
        guard isOn != snapshot.optedIn || (isOn && snapshot.optedInSince == nil) else { return }
        let now = ports.clock.now()
        do {
            try await ports.history.recordOptIn(enabled: isOn, at: now)
        } catch {
            ports.log.write(LogLine(.error, "opt-in change not recorded: \(error.detail)"))
        }
        ports.log.write(LogLine(.notice, isOn ? "rotation is on" : "rotation is off"))
        publish { snapshot in
            snapshot.optedIn = isOn
            snapshot.optedInSince = isOn ? now : nil
        }
    }
}
