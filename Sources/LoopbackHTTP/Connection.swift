// One connection as the reactor sees it: what was read, what is to be written,
// and by when something must happen. Lives on the reactor's thread only.

import CSystem

final class Connection {
    enum Phase {
        /// Between requests, or reading one.
        case reading
        /// A handler's task is at work.
        case waiting
        /// A stream is being written.
        case streaming
        /// The last answer is being written; then our side is shut.
        case closing
        /// Our side is shut; what still comes is thrown away.
        case lingering
    }

    enum Reading { case idle, head, body }

    let id: ReactorMessage.ConnectionID
    let fd: Int32
    let transport: HTTPConnectionInfo.Transport
    var phase = Phase.reading
    var parser: RequestParser
    var output: [UInt8] = []
    var sent = 0
    /// The request being answered: its method and version decide the framing.
    var current: RequestHead?
    var isChunked = false
    /// Where the pieces of the body come from while one is streamed.
    var stream: HTTPStream?
    /// Whoever shuts its side while it waits is taken to be gone.
    var leavesAtInputEnd = false
    var task: Task<Void, Never>?
    /// Bytes thrown away since our side was shut.
    var discarded = 0
    /// The other side will send no more.
    var isInputClosed = false
    /// What the poller was told to look for.
    var registered = (read: true, write: false)
    /// What is being read, as far as its deadline goes.
    var reading = Reading.head
    /// Milliseconds of uptime; `.max` when nothing is due.
    var deadline: Int64
    private var peer: HTTPConnectionInfo.Peer?

    init(
        id: ReactorMessage.ConnectionID, fd: Int32, transport: HTTPConnectionInfo.Transport,
        limits: HTTPLimits, deadline: Int64
    ) {
        self.id = id
        self.fd = fd
        self.transport = transport
        self.deadline = deadline
        parser = RequestParser(limits: limits)
    }

    var unsent: Int { output.count - sent }

    /// No head is complete: it may be dropped to make room.
    var isHeadless: Bool {
        if case .reading = phase { return !parser.isAwaitingBody && unsent == 0 }
        return false
    }

    /// Looked up once, when the first request needs it.
    func info() -> HTTPConnectionInfo {
        let found = peer ?? lookUpPeer()
        peer = found
        return HTTPConnectionInfo(transport: transport, peer: found)
    }

    private func lookUpPeer() -> HTTPConnectionInfo.Peer {
        var uid: UInt32 = 0
        let isUnix: Int32 = transport == .unixSocket ? 1 : 0
        return csystem_peer_uid(fd, isUnix, csystem_peer_by_any, &uid) == 0 ? .uid(uid) : .unknown
    }

    /// Sends what it can; false when the connection is broken.
    func flush() -> Bool {
        while unsent > 0 {
            let count = output.withUnsafeBytes { bytes in
                csystem_send(fd, bytes.baseAddress?.advanced(by: sent), unsent)
            }
            guard count > 0 else { return isTemporary(count) }
            sent += count
        }
        output.removeAll(keepingCapacity: output.capacity <= 65536)
        sent = 0
        return true
    }
}
