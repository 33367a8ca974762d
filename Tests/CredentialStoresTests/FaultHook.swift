// Fails a write step, or runs something at one or at every one.

import DurableFiles
import Synchronization

@testable import CredentialStores

final class FaultHook: Sendable {
    private struct State {
        var failing: WriteStep?
        var action: (step: WriteStep, run: @Sendable () -> Void)?
        var observer: (@Sendable (WriteStep) -> Void)?
        var passed: [WriteStep] = []
    }

    private let state = Mutex(State())

    func fail(at step: WriteStep) { state.withLock { $0.failing = step } }
    func run(at step: WriteStep, _ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.action = (step, action) }
    }
    func atEvery(_ observer: @escaping @Sendable (WriteStep) -> Void) {
        state.withLock { $0.observer = observer }
    }
    var passed: [WriteStep] { state.withLock { $0.passed } }

    func pass(_ step: WriteStep) throws(DurableFileError) {
        let (fails, action, observer) = state.withLock { state in
            state.passed.append(step)
            return (state.failing == step, state.action, state.observer)
        }
        observer?(step)
        if let action, action.step == step { action.run() }
        guard fails else { return }
        throw DurableFileError(
            kind: .unreachable, path: "file", operation: step.name, reason: "test fault")
    }
}

extension WriteStep {
    /// Every moment of a swap, in the order they come.
    static var all: [WriteStep] {
        DurableFile.Step.allCases.map { .saveSlot($0) } + [.readSlotBack]
            + DurableFile.Step.allCases.map { .writeLive($0) } + [.readLiveBack]
            + DurableFile.Step.allCases.map { .writeConfiguration($0) }
    }

    var isOfConfiguration: Bool {
        if case .writeConfiguration = self { true } else { false }
    }

    /// From here on the live store holds the incoming credential.
    var isAfterInstall: Bool {
        self == .writeLive(.syncDirectory) || self == .readLiveBack || isOfConfiguration
    }
}
