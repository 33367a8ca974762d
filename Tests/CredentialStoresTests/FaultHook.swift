// Fails the n-th write step, or runs something there.

import DurableFiles
import Synchronization

@testable import CredentialStores

final class FaultHook: Sendable {
    private struct State {
        var failing: WriteStep?
        var action: (step: WriteStep, run: @Sendable () -> Void)?
        var passed: [WriteStep] = []
    }

    private let state = Mutex(State())

    func fail(at step: WriteStep) { state.withLock { $0.failing = step } }
    func run(at step: WriteStep, _ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.action = (step, action) }
    }
    var passed: [WriteStep] { state.withLock { $0.passed } }

    func pass(_ step: WriteStep) throws(DurableFileError) {
        let (fails, action) = state.withLock { state in
            state.passed.append(step)
            return (state.failing == step, state.action)
        }
        if let action, action.step == step { action.run() }
        guard fails else { return }
        throw DurableFileError(
            kind: .unreachable, path: "file", operation: step.rawValue, reason: "test fault")
    }
}
