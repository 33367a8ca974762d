// What other threads tell the reactor: a queue and a pipe that wakes it.

import CSystem
import Synchronization

enum ReactorMessage: Sendable {
    /// Names a connection for as long as it lives; never used again.
    typealias ConnectionID = UInt64

    case response(ConnectionID, HTTPResponse)
    /// A stream's next piece; nil is its end.
    case piece(ConnectionID, [UInt8]?)
    case stop(drainMilliseconds: Int64, done: CheckedContinuation<Void, Never>)
}

final class Mailbox: Sendable {
    private struct State {
        var messages: [ReactorMessage] = []
        var pipe: (read: Int32, write: Int32)?
        var isClosed = false
    }

    private let state = Mutex(State())

    func open() throws(HTTPServerError) {
        var fds: [Int32] = [-1, -1]
        let result = csystem_pipe(&fds)
        guard result >= 0 else { throw .failed(.unixSocket(path: "pipe"), errno: -result) }
        let pipe = (read: fds[0], write: fds[1])
        state.withLock { $0.pipe = pipe }
    }

    /// Readable when a message waits.
    var wakeDescriptor: Int32 { state.withLock { $0.pipe?.read ?? -1 } }

    func post(_ message: ReactorMessage) {
        let isDropped = state.withLock { state in
            guard !state.isClosed else { return true }
            state.messages.append(message)
            if state.messages.count == 1, let pipe = state.pipe {
                csystem_wake(pipe.write)
            }
            return false
        }
        if isDropped, case .stop(_, let done) = message { done.resume() }
    }

    func takeAll() -> [ReactorMessage] {
        state.withLock { state in
            if let pipe = state.pipe { csystem_drain(pipe.read) }
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// The reactor is gone; later messages are dropped.
    func close() {
        let left = state.withLock { state in
            state.isClosed = true
            if let pipe = state.pipe {
                _ = csystem_close(pipe.read)
                _ = csystem_close(pipe.write)
            }
            state.pipe = nil
            defer { state.messages = [] }
            return state.messages
        }
        for case .stop(_, let done) in left { done.resume() }
    }
}
