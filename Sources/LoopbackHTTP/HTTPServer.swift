// The server's front: binds, starts the reactor's thread, stops it. Only this
// file and the reactor know there is a thread.

import CSystem
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a server listens: loopback addresses, literally, or a socket file.
package enum HTTPListener: Hashable, Sendable {
    /// 127.0.0.1; port 0 picks a free one.
    case ipv4(port: UInt16)
    /// ::1; port 0 picks a free one.
    case ipv6(port: UInt16)
    /// Created with mode 0600. A socket file nobody listens on is replaced.
    case unixSocket(path: String)
}

extension HTTPListener: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ipv4(let port): "127.0.0.1:\(port)"
        case .ipv6(let port): "[::1]:\(port)"
        case .unixSocket(let path): path
        }
    }

    /// The same, on `port` if it would take any.
    fileprivate func preferring(port: UInt16?) -> HTTPListener {
        guard let port else { return self }
        return switch self {
        case .ipv4(port: 0): .ipv4(port: port)
        case .ipv6(port: 0): .ipv6(port: port)
        case .ipv4, .ipv6, .unixSocket: self
        }
    }
}

/// A listener with the port it got.
package struct BoundListener: Hashable, Sendable {
    package let listener: HTTPListener
    /// 0 for a unix socket.
    package let port: UInt16
}

package enum HTTPServerError: Error, Hashable, Sendable {
    /// Another process listens there.
    case addressInUse(HTTPListener)
    /// This machine has no such address, for example no IPv6 loopback.
    case addressUnavailable(HTTPListener)
    /// Something that is not a socket is at the path.
    case notASocket(path: String)
    case failed(HTTPListener, errno: Int32)
    case alreadyStarted
}

/// An HTTP/1.1 server on loopback. Start it once, stop it once.
package final class HTTPServer: Sendable {
    private struct State {
        var sockets: [ListeningSocket] = []
        var isStarted = false
    }

    private let handler: any HTTPHandler
    private let limits: HTTPLimits
    private let mailbox = Mailbox()
    private let state = Mutex(State())

    package init(handler: any HTTPHandler, limits: HTTPLimits = .standard) {
        self.handler = handler
        self.limits = limits
    }

    /// Binds all of them or none, then serves. Port 0 after the first TCP
    /// listener means the first one's port, so that both loopbacks agree.
    package func start(
        _ listeners: [HTTPListener]
    ) throws(HTTPServerError) -> [BoundListener] {
        let wasStarted = state.withLock { state in
            defer { state.isStarted = true }
            return state.isStarted
        }
        guard !wasStarted else { throw .alreadyStarted }
        var sockets: [ListeningSocket] = []
        do {
            for listener in listeners {
                let first = sockets.first { $0.port != 0 }?.port
                sockets.append(try ListeningSocket(listener.preferring(port: first)))
            }
            try mailbox.open()
        } catch {
            for socket in sockets { socket.close() }
            state.withLock { $0.isStarted = false }
            throw error
        }
        let limit = csystem_raise_descriptor_limit()
        let reactor = ReactorConfiguration(
            sockets: sockets, handler: handler, limits: limits, mailbox: mailbox,
            connectionLimit: min(limits.connections, max(8, limit - 64)))
        state.withLock { $0.sockets = sockets }
        startThread { Reactor(reactor).run() }
        return sockets.map { BoundListener(listener: $0.listener, port: $0.port) }
    }

    /// Accepts no more, lets running requests finish for at most
    /// `drainMilliseconds`, closes everything and returns when it is done.
    package func stop(drainMilliseconds: Int64 = 500) async {
        let sockets = state.withLock { state in
            defer { state.sockets = [] }
            return state.sockets
        }
        guard !sockets.isEmpty else { return }
        await withCheckedContinuation { continuation in
            mailbox.post(.stop(drainMilliseconds: drainMilliseconds, done: continuation))
        }
        for socket in sockets { socket.unlink() }
    }
}

/// One bound, listening socket.
struct ListeningSocket: Sendable {
    let listener: HTTPListener
    let fd: Int32
    let port: UInt16

    init(_ listener: HTTPListener) throws(HTTPServerError) {
        self.listener = listener
        switch listener {
        case .ipv4(let wanted): fd = csystem_listen_ipv4(wanted)
        case .ipv6(let wanted): fd = csystem_listen_ipv6(wanted)
        case .unixSocket(let path):
            try Self.clearStaleSocket(at: path)
            fd = csystem_listen_unix(path)
        }
        switch -fd {
        case ...0: break
        case EADDRINUSE: throw .addressInUse(listener)
        case EADDRNOTAVAIL, EAFNOSUPPORT: throw .addressUnavailable(listener)
        default: throw .failed(listener, errno: -fd)
        }
        if case .unixSocket = listener {
            port = 0
        } else {
            port = UInt16(truncatingIfNeeded: csystem_bound_port(fd))
        }
    }

    func close() {
        _ = csystem_close(fd)
        unlink()
    }

    /// Removes the socket file; a later start would find it stale anyway.
    func unlink() {
        guard case .unixSocket(let path) = listener else { return }
        #if canImport(Glibc)
            _ = Glibc.unlink(path)
        #else
            _ = Darwin.unlink(path)
        #endif
    }

    /// A socket file left by a crash refuses connections; only then is it
    /// removed.
    private static func clearStaleSocket(at path: String) throws(HTTPServerError) {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return }
        guard facts.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        let probe = csystem_connect_unix(path, 1000)
        guard probe < 0 else {
            _ = csystem_close(probe)
            throw .addressInUse(.unixSocket(path: path))
        }
        guard -probe == ECONNREFUSED else {
            throw .failed(.unixSocket(path: path), errno: -probe)
        }
        _ = remove(path)
    }
}

/// Runs `body` on a thread of its own, detached.
private func startThread(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(ThreadBody(body)).toOpaque()
    let failed = csystem_thread_start(
        { argument in
            guard let argument else { return }
            Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
        }, box)
    precondition(failed == 0, "the reactor's thread could not be started")
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
