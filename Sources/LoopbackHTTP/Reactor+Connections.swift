// What happens on one connection: requests in order, one answered at a time,
// answers gathered into one send, and an end that does not cut off the last.

import CSystem

extension Reactor {
    func receive(_ message: ReactorMessage) {
        switch message {
        case .response(let id, let response):
            guard let connection = connections[id], case .waiting = connection.phase else {
                return
            }
            connection.task = nil
            connection.leavesAtInputEnd = false
            connection.phase = .reading
            answer(connection, response)
            serve(connection)
        case .piece(let id, let bytes):
            guard let connection = connections[id], case .streaming = connection.phase else {
                return
            }
            connection.task = nil
            if let bytes { append(bytes, to: connection) } else { endStream(connection) }
        case .stop(let drain, let done):
            beginStop(drainMilliseconds: drain, done: done)
        }
    }

    /// Answers every complete request that has come, in order, until one must
    /// be waited for.
    func serve(_ connection: Connection) {
        do throws(ProtocolError) {
            while case .reading = connection.phase, let request = try connection.parser.next() {
                dispatch(request, on: connection)
            }
            if case .reading = connection.phase {
                if connection.parser.takeContinueRequest() {
                    connection.output.append(contentsOf: ResponseWriter.continueResponse)
                }
                scheduleReading(connection)
            }
        } catch {
            return refuse(connection, error)
        }
        write(connection)
    }

    private func dispatch(_ request: ParsedRequest, on connection: Connection) {
        connection.current = request.head
        let whole = HTTPRequest(
            method: request.head.method, target: request.head.target,
            fields: request.head.fields, body: request.body, connection: connection.info())
        switch configuration.handler.reply(to: whole) {
        case .now(let response): answer(connection, response)
        case .later(let body): wait(connection, for: body)
        case .whenever(let body):
            guard !connection.isInputClosed else {
                // Its reader is taken to be gone; see inputClosed(_:).
                connection.phase = .closing
                return
            }
            connection.leavesAtInputEnd = true
            wait(connection, for: body)
        }
    }

    private func wait(
        _ connection: Connection, for body: @escaping @Sendable () async -> HTTPResponse
    ) {
        connection.phase = .waiting
        connection.deadline = .max
        let id = connection.id
        let mailbox = configuration.mailbox
        connection.task = Task { mailbox.post(.response(id, await body())) }
    }

    /// A connection that said something of a request has less time than one
    /// that idles; a head in progress keeps the deadline it started with.
    private func scheduleReading(_ connection: Connection) {
        let limits = configuration.limits
        if connection.parser.isAwaitingBody {
            if connection.reading != .body {
                connection.reading = .body
                schedule(connection, at: now + limits.bodyMilliseconds)
            }
        } else if connection.parser.unreadCount > 0 {
            if connection.reading != .head {
                connection.reading = .head
                schedule(connection, at: now + limits.headMilliseconds)
            }
        } else {
            connection.reading = .idle
            schedule(connection, at: now + limits.idleMilliseconds)
        }
    }

    // MARK: Answering

    private func answer(_ connection: Connection, _ response: HTTPResponse) {
        let head = connection.current
        let isLast = !(head?.isPersistent ?? false) || connection.isInputClosed || isStopping
        switch response.body {
        case .bytes(let bytes):
            writer.writeHead(
                response, framing: .length(bytes.count), isLast: isLast,
                wallSeconds: wallSeconds(), to: &connection.output)
            if head?.method != "HEAD" { connection.output.append(contentsOf: bytes) }
            connection.reading = .idle
            if isLast { connection.phase = .closing }
        case .stream(let stream):
            start(stream, of: response, on: connection)
        }
    }

    /// The bytes were not a request: says so, and closes, because what follows
    /// cannot be trusted.
    func refuse(_ connection: Connection, _ error: ProtocolError) {
        connection.current = nil
        answer(connection, error.response)
        connection.phase = .closing
        write(connection)
    }

    func write(_ connection: Connection) {
        let before = connection.unsent
        guard connection.flush() else { return drop(connection) }
        if connection.unsent > 0 {
            guard connection.unsent <= configuration.limits.unsentBytes else {
                return drop(connection)
            }
            if connection.unsent < before || !connection.registered.write {
                schedule(connection, at: now + configuration.limits.writeMilliseconds)
            }
        } else if case .closing = connection.phase {
            return linger(connection)
        } else if case .waiting = connection.phase {
            connection.deadline = .max
        } else if case .streaming = connection.phase {
            connection.deadline = .max
            pull(connection)
        }
        updateInterest(connection)
    }

    private func updateInterest(_ connection: Connection) {
        let isBusy: Bool
        switch connection.phase {
        case .waiting, .streaming, .closing: isBusy = true
        case .reading, .lingering: isBusy = false
        }
        // Enough is buffered; the rest waits in the kernel.
        let limits = configuration.limits
        let isFull =
            isBusy && connection.parser.unreadCount > limits.headBytes + limits.bodyBytes
        let wanted = (
            read: !connection.isInputClosed && !isFull, write: connection.unsent > 0
        )
        guard wanted != connection.registered else { return }
        connection.registered = wanted
        _ = csystem_poller_set(
            poller, connection.fd, connection.id, 1, wanted.read ? 1 : 0, wanted.write ? 1 : 0)
    }

    // MARK: Streams

    private func start(
        _ stream: HTTPStream, of response: HTTPResponse, on connection: Connection
    ) {
        guard !connection.isInputClosed else {
            // Its reader is taken to be gone; see inputClosed(_:).
            connection.phase = .closing
            return
        }
        connection.isChunked = connection.current?.minorVersion == 1
        let isHead = connection.current?.method == "HEAD"
        let isLast =
            !connection.isChunked || isStopping || connection.current?.isPersistent == false
        writer.writeHead(
            response, framing: connection.isChunked ? .chunked : .close, isLast: isLast,
            wallSeconds: wallSeconds(), to: &connection.output)
        guard !isHead else {
            if isLast { connection.phase = .closing }
            return
        }
        connection.phase = .streaming
        connection.deadline = .max
        connection.stream = stream
        // The first piece is asked for once the head has left; see write(_:).
    }

    /// Asks for the next piece, once everything before it has been sent.
    private func pull(_ connection: Connection) {
        guard connection.task == nil, let stream = connection.stream else { return }
        let id = connection.id
        let mailbox = configuration.mailbox
        connection.task = Task { mailbox.post(.piece(id, await stream.next())) }
    }

    private func append(_ bytes: [UInt8], to connection: Connection) {
        if connection.isChunked {
            ResponseWriter.writeChunk(bytes, to: &connection.output)
        } else {
            connection.output.append(contentsOf: bytes)
        }
        write(connection)
    }

    /// Ends the body so that its reader sees it was the end.
    func endStream(_ connection: Connection) {
        connection.task?.cancel()
        connection.task = nil
        connection.stream = nil
        if connection.isChunked {
            connection.output.append(contentsOf: ResponseWriter.lastChunk)
        }
        let isLast =
            !connection.isChunked || connection.current?.isPersistent == false || isStopping
        connection.phase = isLast ? .closing : .reading
        serve(connection)
    }

    // MARK: Ending

    /// The other side sends no more. What it asked for is still answered; a
    /// stream's reader is taken to be gone.
    func inputClosed(_ connection: Connection) {
        connection.isInputClosed = true
        switch connection.phase {
        case .reading where connection.unsent == 0, .streaming, .lingering: drop(connection)
        case .waiting where connection.leavesAtInputEnd: drop(connection)
        case .reading: connection.phase = .closing
        case .waiting, .closing: break
        }
        if connections[connection.id] != nil { write(connection) }
    }

    /// RFC 9112 §9.6: shut our side, read on for a moment, then close; a plain
    /// close would reset the connection and could take the answer with it.
    private func linger(_ connection: Connection) {
        guard !connection.isInputClosed, csystem_shutdown_write(connection.fd) == 0 else {
            return drop(connection)
        }
        connection.phase = .lingering
        let limits = configuration.limits
        let patience = isStopping ? limits.lastLingerMilliseconds : limits.lingerMilliseconds
        schedule(connection, at: now + patience)
        updateInterest(connection)
    }

    func drop(_ connection: Connection) {
        connections[connection.id] = nil
        connection.task?.cancel()
        _ = csystem_poller_forget(poller, connection.fd)
        _ = csystem_close(connection.fd)
    }
}
