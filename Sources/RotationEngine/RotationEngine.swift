// The loop: takes orders one at a time, feeds the tick machine, performs its
// effects through the ports and publishes a snapshot after every change. The
// one writer of everything.

import RotationCore

/// All the engine touches the world through.
package struct EnginePorts: Sendable {
    package var clock: any EngineClock
    package var vault: any CredentialVault
    package var vendor: any VendorAPI
    package var history: any HistoryLog
    package var host: any HostInspector
    package var flag: any OptInFlag
    package var log: any EngineLog

    package init(
        clock: any EngineClock, vault: any CredentialVault, vendor: any VendorAPI,
        history: any HistoryLog, host: any HostInspector, flag: any OptInFlag,
        log: any EngineLog
    ) {
        self.clock = clock
        self.vault = vault
        self.vendor = vendor
        self.history = history
        self.host = host
        self.flag = flag
        self.log = log
    }
}

/// Names an account by e-mail or by `AccountID.description`.
package typealias AccountSelector = String

package actor RotationEngine {
    package nonisolated let bounds: Bounds

    package init(ports: EnginePorts, bounds: Bounds) {
        self.bounds = bounds
    }

    /// Loads the history and looks at the vault once. Off means off: when not
    /// opted in, no secret is read.
    package func start() async {}

    /// Ticks every `bounds.tickIntervalSeconds` until cancelled.
    package func run() async {}

    /// Refuses new orders, lets the running one finish.
    package func stop() async {}

    /// The latest published picture; safe and cheap from any thread.
    package nonisolated var snapshot: Snapshot { Snapshot(startedAt: Timestamp(seconds: 0)) }

    /// Re-reads the opt-in flag, which a skill may have changed.
    package func refreshOptIn() async -> Snapshot { snapshot }

    package func setOptIn(
        _ enabled: Bool, callerPinningVariables: [String]
    ) async throws(EngineRefusal) -> Snapshot { throw .stopping }

    /// One tick now; concurrent callers share one.
    package func tick(_ request: TickRequest) async throws(EngineRefusal) -> TickReport {
        throw .stopping
    }

    package func capture() async throws(EngineRefusal) -> AccountView { throw .stopping }

    package func swap(
        to account: AccountSelector, force: Bool
    ) async throws(EngineRefusal) -> DecisionRecord { throw .stopping }

    package func forget(_ account: AccountSelector) async throws(EngineRefusal) {}

    package func decisions(
        limit: Int, before: Int64?
    ) async throws(EngineRefusal) -> Page<DecisionRecord> { throw .stopping }

    package func rotations(
        limit: Int, before: Int64?
    ) async throws(EngineRefusal) -> Page<RotationRecord> { throw .stopping }

    package func acknowledge(
        _ code: NudgeCode, email: String?
    ) async throws(EngineRefusal) { throw .unknownNudge }
}
