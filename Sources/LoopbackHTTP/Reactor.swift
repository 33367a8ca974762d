// The loop: one thread, level-triggered readiness, no blocking call but the
// wait itself. It sleeps for ever while no connection is open. What happens on
// one connection stands in Reactor+Connections.

import CSystem

struct ReactorConfiguration: Sendable {
    let sockets: [ListeningSocket]
    let handler: any HTTPHandler
    let limits: HTTPLimits
    let mailbox: Mailbox
    let connectionLimit: Int
}

/// Lives on one thread; made and used there only.
final class Reactor {
    let configuration: ReactorConfiguration
    let poller: Int32
    var writer = ResponseWriter()
    var connections: [ReactorMessage.ConnectionID: Connection] = [:]
    /// No deadline is looked at before this; `.max` when nothing is due.
    var nextSweep = Int64.max
    private var sweptAt = Int64.min
    private var nextID: ReactorMessage.ConnectionID = 1 << 16
    private var acceptsAgainAt: Int64?
    private var stopping: (at: Int64, done: CheckedContinuation<Void, Never>)?
    private var readBuffer = [UInt8](repeating: 0, count: 65536)

    private static let wakeToken: UInt64 = 0

    init(_ configuration: ReactorConfiguration) {
        self.configuration = configuration
        poller = csystem_poller_open()
        precondition(poller >= 0, "no descriptor is left to wait with")
    }

    var now: Int64 { csystem_uptime_ms() }
    var isStopping: Bool { stopping != nil }

    func run() {
        _ = csystem_poller_set(
            poller, configuration.mailbox.wakeDescriptor, Self.wakeToken, 0, 1, 0)
        for index in configuration.sockets.indices { listen(index, isOn: true, isNew: true) }
        var ready = [csystem_ready](repeating: csystem_ready(), count: 256)
        while true {
            let count = csystem_poller_wait(poller, &ready, 256, waitMilliseconds)
            guard count >= 0 else { break }
            for index in 0..<Int(count) { handle(ready[index]) }
            sweepIfDue()
            if let stopping, connections.isEmpty || now >= stopping.at { break }
        }
        finish()
    }

    private func handle(_ ready: csystem_ready) {
        if ready.token == Self.wakeToken {
            for message in configuration.mailbox.takeAll() { receive(message) }
        } else if ready.token <= UInt64(configuration.sockets.count) {
            accept(from: Int(ready.token) - 1)
        } else if let connection = connections[ready.token] {
            if ready.writable != 0 { write(connection) }
            if ready.readable != 0, connections[ready.token] != nil { read(connection) }
        }
    }

    private var waitMilliseconds: Int32 {
        let due = min(nextSweep, acceptsAgainAt ?? .max, stopping?.at ?? .max)
        guard due != .max else { return -1 }
        return Int32(clamping: max(0, due - now))
    }

    // MARK: Accepting

    private func listen(_ index: Int, isOn: Bool, isNew: Bool = false) {
        _ = csystem_poller_set(
            poller, configuration.sockets[index].fd, UInt64(index + 1), isNew ? 0 : 1,
            isOn ? 1 : 0, 0)
    }

    private func accept(from index: Int) {
        let socket = configuration.sockets[index]
        // A bounded batch, so that a flood of newcomers does not starve others.
        for _ in 0..<64 {
            let fd = csystem_accept(socket.fd)
            if fd >= 0 {
                admit(fd, from: socket)
            } else if isExhausted(fd) {
                if !dropOldestHeadless() { pauseAccepting() }
                return
            } else if !isAboutThatConnection(fd) {
                return
            }
        }
    }

    private func admit(_ fd: Int32, from socket: ListeningSocket) {
        nextID += 1
        let transport: HTTPConnectionInfo.Transport =
            if case .unixSocket = socket.listener { .unixSocket } else { .tcp(port: socket.port) }
        let isFull =
            connections.count >= configuration.connectionLimit && !dropOldestHeadless()
        let connection = Connection(
            id: nextID, fd: fd, transport: transport, limits: configuration.limits,
            deadline: now + configuration.limits.headMilliseconds)
        connections[nextID] = connection
        _ = csystem_poller_set(poller, fd, nextID, 0, 1, 0)
        schedule(connection, at: connection.deadline)
        if isFull { refuse(connection, .tooManyConnections) }
    }

    /// Makes room: of the connections without a complete head the oldest go,
    /// so that idle or slow ones cannot lock others out. One in 64 of all at a
    /// time, so that a flood is not searched through for each newcomer.
    private func dropOldestHeadless() -> Bool {
        let headless = connections.values.filter(\.isHeadless).sorted { $0.id < $1.id }
        for connection in headless.prefix(max(1, configuration.connectionLimit / 64)) {
            drop(connection)
        }
        return !headless.isEmpty
    }

    /// Without a descriptor accept(2) fails at once and the listener stays
    /// readable; waiting a little keeps the loop from spinning.
    private func pauseAccepting() {
        acceptsAgainAt = now + 100
        for index in configuration.sockets.indices { listen(index, isOn: false) }
    }

    // MARK: Reading

    func read(_ connection: Connection) {
        let count = readBuffer.withUnsafeMutableBytes {
            csystem_receive(connection.fd, $0.baseAddress, $0.count)
        }
        guard count > 0 else {
            if count < 0, isTemporary(count) { return }
            if count < 0 { return drop(connection) }
            return inputClosed(connection)
        }
        if case .lingering = connection.phase {
            connection.discarded += count
            if connection.discarded > configuration.limits.lingerBytes { drop(connection) }
            return
        }
        readBuffer.withUnsafeBytes {
            connection.parser.append(UnsafeRawBufferPointer(rebasing: $0[..<count]))
        }
        serve(connection)
    }

    // MARK: Time

    func schedule(_ connection: Connection, at deadline: Int64) {
        connection.deadline = deadline
        nextSweep = min(nextSweep, notTooSoon(deadline))
    }

    /// A sweep looks at every connection, so thousands of deadlines, a
    /// millisecond apart, are met together, at most this late.
    private func notTooSoon(_ deadline: Int64) -> Int64 {
        max(deadline, sweptAt == .min ? deadline : sweptAt + 20)
    }

    private func sweepIfDue() {
        let now = now
        if let again = acceptsAgainAt, now >= again {
            acceptsAgainAt = nil
            if !isStopping {
                for index in configuration.sockets.indices { listen(index, isOn: true) }
            }
        }
        guard now >= nextSweep else { return }
        // A late answer would be of no use: whatever was waited for did not come.
        for connection in connections.values where now >= connection.deadline { drop(connection) }
        sweptAt = now
        nextSweep = connections.values.map(\.deadline).min().map(notTooSoon) ?? .max
    }

    // MARK: Stopping

    func beginStop(drainMilliseconds: Int64, done: CheckedContinuation<Void, Never>) {
        guard stopping == nil else { return done.resume() }
        stopping = (now + drainMilliseconds, done)
        for socket in configuration.sockets {
            _ = csystem_poller_forget(poller, socket.fd)
            _ = csystem_close(socket.fd)
        }
        for connection in connections.values {
            switch connection.phase {
            case .reading where connection.unsent == 0, .lingering: drop(connection)
            case .streaming: endStream(connection)
            // What is answered goes out still, and then nothing more is read.
            case .reading: connection.phase = .closing
            case .waiting, .closing: break
            }
        }
    }

    private func finish() {
        for connection in connections.values { drop(connection) }
        configuration.mailbox.close()
        _ = csystem_close(poller)
        stopping?.done.resume()
    }
}
