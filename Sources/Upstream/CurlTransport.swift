// libcurl's multi interface on a thread of its own: many exchanges at once,
// connections reused, and no wake-up while there is nothing to do.

import CSystem
import RotationCore
import RotationEngine
import Synchronization

final class CurlTransport: Sendable {
    private typealias Done = CheckedContinuation<TransferOutcome, Never>

    private enum Command: Sendable {
        case start(id: UInt64, TransferOrder, Done)
        case cancel(id: UInt64)
        case shutdown
    }

    private struct State {
        var commands: [Command] = []
        /// The multi handle's address; 0 before the first exchange.
        var multi: UInt = 0
        var nextID: UInt64 = 1
        var isShutDown = false
    }

    private let userAgent: String
    private let limits: TransferLimits
    private let state = Mutex(State())

    init(userAgent: String, limits: TransferLimits) {
        self.userAgent = userAgent
        self.limits = limits
    }

    deinit { shutdown() }

    /// Nil when libcurl is there, else what is missing.
    static var loadError: String? { csystem_curl_load().map { String(cString: $0) } }

    func exchange(_ order: TransferOrder) async -> TransferOutcome {
        guard Self.loadError == nil else { return .failed(.offline, wasSent: false) }
        let id = state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { done in post(.start(id: id, order, done)) }
        } onCancel: {
            post(.cancel(id: id))
        }
    }

    /// Ends everything under way as cancelled; later exchanges fail at once.
    func shutdown() { post(.shutdown) }

    private func post(_ command: Command) {
        let refused: Command? = state.withLock { state in
            guard !state.isShutDown else { return command }
            if case .shutdown = command {
                state.isShutDown = true
                if state.multi == 0 { return nil }
            }
            state.commands.append(command)
            if state.multi == 0 { startThread(&state) }
            csystem_curl_wake(UnsafeMutableRawPointer(bitPattern: state.multi))
            return nil
        }
        if case .start(_, _, let done) = refused {
            done.resume(returning: .failed(.cancelled, wasSent: false))
        }
    }

    private func startThread(_ state: inout State) {
        let multi = csystem_curl_multi()
        state.multi = UInt(bitPattern: multi)
        let loop = Loop(
            multi: state.multi, userAgent: userAgent, limits: limits,
            takeCommands: { [weak self] in self?.takeCommands() ?? [.shutdown] })
        let box = Unmanaged.passRetained(loop).toOpaque()
        let failed = csystem_thread_start(
            { argument in
                guard let argument else { return }
                Unmanaged<Loop>.fromOpaque(argument).takeRetainedValue().run()
            }, box)
        precondition(failed == 0, "the transport's thread could not be started")
    }

    private func takeCommands() -> [Command] {
        state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }

    // MARK: On the thread

    private final class Loop {
        private let multi: UnsafeMutableRawPointer?
        private let userAgent: String
        private let limits: TransferLimits
        private let takeCommands: @Sendable () -> [Command]
        private var transfers: [UInt64: Transfer] = [:]
        /// Cancelled before it was started; the order of the two is not fixed.
        private var cancelledEarly: Set<UInt64> = []
        private var isOver = false

        init(
            multi: UInt, userAgent: String, limits: TransferLimits,
            takeCommands: @escaping @Sendable () -> [Command]
        ) {
            self.multi = UnsafeMutableRawPointer(bitPattern: multi)
            self.userAgent = userAgent
            self.limits = limits
            self.takeCommands = takeCommands
        }

        func run() {
            while !isOver {
                for command in takeCommands() { obey(command) }
                csystem_curl_perform(multi)
                var result = csystem_curl_result()
                while csystem_curl_next(multi, &result) == 1 {
                    guard let transfer = transfers.removeValue(forKey: result.id) else { continue }
                    transfer.finish(result)
                    csystem_curl_finish(multi, transfer.handle)
                }
                // Woken by a command; libcurl shortens it for its own timers.
                if !isOver { csystem_curl_wait(multi, transfers.isEmpty ? 3_600_000 : 1000) }
            }
            for id in Array(transfers.keys) { cancel(id) }
            csystem_curl_multi_free(multi)
        }

        private func obey(_ command: Command) {
            switch command {
            case .start(let id, let order, let done):
                guard cancelledEarly.remove(id) == nil, !isOver else {
                    return done.resume(returning: .failed(.cancelled, wasSent: false))
                }
                start(id, order, done)
            case .cancel(let id):
                if transfers[id] == nil { cancelledEarly.insert(id) }
                if cancelledEarly.count > 4096 { cancelledEarly.removeAll() }
                cancel(id)
            case .shutdown: isOver = true
            }
        }

        private func cancel(_ id: UInt64) {
            guard let transfer = transfers.removeValue(forKey: id) else { return }
            csystem_curl_finish(multi, transfer.handle)
            // What had been sent is not known any more; assume the worst.
            transfer.done.resume(returning: .failed(.cancelled, wasSent: true))
        }

        private func start(_ id: UInt64, _ order: TransferOrder, _ done: Done) {
            let transfer = Transfer(bodyLimit: limits.bodyBytes, done: done)
            transfer.handle = withRequest(id, order, transfer) { request in
                withUnsafePointer(to: request) { csystem_curl_start(multi, $0) }
            }
            guard transfer.handle != nil else {
                return done.resume(returning: .failed(.offline, wasSent: false))
            }
            transfers[id] = transfer
        }

        private func withRequest(
            _ id: UInt64, _ order: TransferOrder, _ transfer: Transfer,
            _ use: (csystem_curl_request) -> UnsafeMutableRawPointer?
        ) -> UnsafeMutableRawPointer? {
            var lines = [
                Array("Accept: application/json".utf8),
                Array("anthropic-beta: oauth-2025-04-20".utf8),
                Array("Content-Type: application/json".utf8),
            ]
            if let bearer = order.bearer {
                lines.append(
                    bearer.withBytes { Array("Authorization: Bearer ".utf8) + $0 })
            }
            let copies = lines.map { Self.copy($0) }
            defer { for copy in copies { copy.deallocate() } }
            var headers = copies.map { UnsafePointer<CChar>?(UnsafePointer($0)) } + [nil]
            let body = order.body?.withBytes { ($0.count, Self.copy($0)) }
            defer { body?.1.deallocate() }
            return order.url.withCString { url in
                userAgent.withCString { agent in
                    headers.withUnsafeMutableBufferPointer { list in
                        use(
                            csystem_curl_request(
                                id: id, url: url, user_agent: agent,
                                headers: list.baseAddress.map { UnsafePointer($0) },
                                body: body.map { UnsafePointer($0.1) },
                                body_size: body?.0 ?? 0,
                                connect_timeout_ms: limits.connectMilliseconds,
                                total_timeout_ms: limits.totalMilliseconds,
                                without_proxy: order.isLoopback ? 1 : 0, on_body: receiveBody,
                                on_header: receiveHeader,
                                context: Unmanaged.passUnretained(transfer).toOpaque()))
                    }
                }
            }
        }

        /// A C string; the caller frees it.
        private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar> {
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
            for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
            copy[bytes.count] = 0
            return copy
        }
    }
}
