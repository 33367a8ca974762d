// Fails a write step, or runs something at one or at every one; and the disk
// that passes every step it makes by it.

import DurableFiles
import Synchronization

@testable import CredentialStores

/// The moments a file is about to change or has just changed.
enum WriteStep: Hashable, Sendable {
    case journal(DurableFile.Step)
    case saveSlot(DurableFile.Step), readSlotBack
    case ledger
    case writeLive(DurableFile.Step), readLiveBack
    case writeConfiguration(DurableFile.Step)

    /// Nil for files no law speaks of.
    init?(replacing path: String, _ step: DurableFile.Step) {
        if path.hasSuffix("/journal.json") {
            self = .journal(step)
        } else if path.contains("/slots/") {
            self = .saveSlot(step)
        } else if path.hasSuffix("/.credentials.json") {
            self = .writeLive(step)
        } else if path.hasSuffix("/.claude.json") {
            self = .writeConfiguration(step)
        } else {
            return nil
        }
    }

    var name: String { "\(self)" }
}

final class FaultHook: Sendable {
    private struct State {
        var failing: WriteStep?
        var action: (step: WriteStep, run: @Sendable () -> Void)?
        var observer: (@Sendable (WriteStep) -> Void)?
        var passed: [WriteStep] = []
    }

    private let state = Mutex(State())

    func fail(at step: WriteStep) { state.withLock { $0.failing = step } }
    /// Once.
    func run(at step: WriteStep, _ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.action = (step, action) }
    }
    func atEvery(_ observer: @escaping @Sendable (WriteStep) -> Void) {
        state.withLock {
            $0.observer = observer
            $0.passed = []
        }
    }
    var passed: [WriteStep] { state.withLock { $0.passed } }

    func pass(_ step: WriteStep?) throws(DurableFileError) {
        guard let step else { return }
        let (fails, action, observer) = state.withLock { state in
            state.passed.append(step)
            return (state.failing == step, state.action, state.observer)
        }
        observer?(step)
        if let action, action.step == step {
            state.withLock { $0.action = nil }
            action.run()
        }
        guard fails else { return }
        throw DurableFileError(
            kind: .unreachable, path: "file", operation: step.name, reason: "test fault")
    }
}

/// The machine's file system, with a hook at every step.
final class HookedDisk: Disk {
    private let hook: FaultHook
    private let system = SystemDisk()
    private let replaced = Mutex("")

    init(_ hook: FaultHook) { self.hook = hook }

    func read(_ path: String, limitBytes: Int) throws(DurableFileError) -> [UInt8]? {
        let isReadBack = replaced.withLock { last in
            defer { if last == path { last = "" } }
            return last == path
        }
        if isReadBack, path.contains("/slots/") { try hook.pass(.readSlotBack) }
        if isReadBack, path.hasSuffix("/.credentials.json") { try hook.pass(.readLiveBack) }
        return try system.read(path, limitBytes: limitBytes)
    }

    func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(DurableFileError) {
        replaced.withLock { $0 = path }
        try DurableFile.replace(path, with: bytes, mode: mode) { step throws(DurableFileError) in
            try hook.pass(WriteStep(replacing: path, step))
        }
    }

    func append(_ line: [UInt8], to path: String) throws(DurableFileError) {
        try hook.pass(.ledger)
        try system.append(line, to: path)
    }

    func remove(_ path: String, durably: Bool) throws(DurableFileError) {
        try system.remove(path, durably: durably)
    }

    func names(in directory: String) throws(DurableFileError) -> [String] {
        try system.names(in: directory)
    }

    func makePrivateDirectory(_ path: String, unlessThere: Bool) throws(DurableFileError) {
        try system.makePrivateDirectory(path, unlessThere: unlessThere)
    }

    func mode(of path: String) throws(DurableFileError) -> UInt32? { try system.mode(of: path) }
}

extension WriteStep {
    /// Every moment of a swap of a credential not filed yet, in order.
    static var all: [WriteStep] {
        DurableFile.Step.allCases.map { .journal($0) }
            + DurableFile.Step.allCases.map { .saveSlot($0) } + [.readSlotBack, .ledger]
            + DurableFile.Step.allCases.map { .writeLive($0) } + [.readLiveBack, .ledger]
            + DurableFile.Step.allCases.map { .writeConfiguration($0) }
    }

    var isOfConfiguration: Bool {
        if case .writeConfiguration = self { true } else { false }
    }
}
