// libcurl's multi interface on a thread of its own: many exchanges at once,
// connections reused, and no wake-up while there is nothing to do. Here is the
// side that asks; the thread's own side is TransferLoop.

import CSystem
import RotationCore
import RotationEngine
import Synchronization

typealias TransferDone = CheckedContinuation<TransferOutcome, Never>

final class CurlTransport: Sendable {
    private let inbox: TransferInbox

    init(userAgent: String, limits: TransferLimits) {
        inbox = TransferInbox(userAgent: userAgent, limits: limits)
    }

    deinit { shutdown() }

    /// Nil when libcurl is there, else what is missing. Loads it.
    static var loadError: String? { csystem_curl_load().map { String(cString: $0) } }

    func exchange(_ order: TransferOrder) async -> TransferOutcome {
        guard Self.loadError == nil else { return .failed(.offline, wasSent: false) }
        let id = inbox.newID()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { done in inbox.start(id, order, done) }
        } onCancel: {
            inbox.post(.cancel(id: id))
        }
        // The cancellation may have come after the answer and wait for an
        // exchange that will never start.
        if Task.isCancelled { inbox.post(.forget(id: id)) }
        return outcome
    }

    /// Ends everything under way as cancelled; later exchanges fail at once.
    func shutdown() { inbox.shutDown() }
}

/// What the thread is asked for.
enum TransferCommand: Sendable {
    case start(id: UInt64, TransferOrder, TransferDone)
    case cancel(id: UInt64)
    /// Drops what is remembered of a cancellation that came too late.
    case forget(id: UInt64)
}

/// Commands on their way to the thread. Shared by both sides, so that the
/// handle cannot be freed under a wake-up.
final class TransferInbox: Sendable {
    private struct State {
        var commands: [TransferCommand] = []
        /// The multi handle's address; 0 while no thread runs.
        var multi: UInt = 0
        var nextID: UInt64 = 1
        var isShutDown = false
    }

    let userAgent: String
    let limits: TransferLimits
    private let state = Mutex(State())

    init(userAgent: String, limits: TransferLimits) {
        self.userAgent = userAgent
        self.limits = limits
    }

    func newID() -> UInt64 {
        state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
    }

    /// Starts the thread with the first exchange.
    func start(_ id: UInt64, _ order: TransferOrder, _ done: TransferDone) {
        let refusal: UnreachableKind? = state.withLock { state in
            if state.isShutDown { return .cancelled }
            if state.multi == 0, !startThread(&state) { return .offline }
            append(.start(id: id, order, done), &state)
            return nil
        }
        if let refusal { done.resume(returning: .failed(refusal, wasSent: false)) }
    }

    /// Without a thread it is kept: a cancellation then is of an exchange that
    /// is still to be started.
    func post(_ command: TransferCommand) {
        state.withLock { append(command, &$0) }
    }

    func shutDown() {
        state.withLock { state in
            state.isShutDown = true
            wake(state.multi)
        }
    }

    /// For the thread: what came since it last asked, and whether it is to end.
    func take() -> (commands: [TransferCommand], isShutDown: Bool) {
        state.withLock { state in
            defer { state.commands = [] }
            return (state.commands, state.isShutDown)
        }
    }

    /// For the thread, as its last act before it frees the handle: nobody wakes
    /// it from here on.
    func close() -> [TransferCommand] {
        state.withLock { state in
            defer { state.commands = [] }
            state.multi = 0
            return state.commands
        }
    }

    // MARK: -

    private func append(_ command: TransferCommand, _ state: inout State) {
        if state.isShutDown, state.multi == 0 { return }
        state.commands.append(command)
        wake(state.multi)
    }

    private func wake(_ multi: UInt) {
        guard let multi = UnsafeMutableRawPointer(bitPattern: multi) else { return }
        csystem_curl_wake(multi)
    }

    private func startThread(_ state: inout State) -> Bool {
        guard let multi = csystem_curl_multi() else { return false }
        let loop = Unmanaged.passRetained(TransferLoop(UInt(bitPattern: multi), inbox: self))
        let failed = csystem_thread_start(
            { argument in
                guard let argument else { return }
                Unmanaged<TransferLoop>.fromOpaque(argument).takeRetainedValue().run()
            }, loop.toOpaque())
        guard failed == 0 else {
            loop.release()
            csystem_curl_multi_free(multi)
            return false
        }
        state.multi = UInt(bitPattern: multi)
        return true
    }
}
