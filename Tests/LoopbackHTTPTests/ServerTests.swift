// The server over real loopback sockets.

import CSystem
import Synchronization
import Testing

@testable import LoopbackHTTP

/// Answers by path; counts and keeps what the laws need to see.
final class TestHandler: HTTPHandler {
    let seen = Mutex<[HTTPRequest]>([])
    let gate = AsyncGate()
    let streamCancelled = AsyncGate()

    func reply(to request: HTTPRequest) -> HTTPReply {
        seen.withLock { $0.append(request) }
        let echo = HTTPResponse(status: 200, body: .bytes(Array(request.target.utf8)))
        switch request.rawPath {
        case "/later":
            return .later { echo }
        case "/held":
            return .later {
                await self.gate.wait()
                return echo
            }
        case "/stream":
            return .now(HTTPResponse(status: 200, body: .stream(stream(count: 3))))
        case "/endless":
            return .now(HTTPResponse(status: 200, body: .stream(stream(count: nil))))
        default:
            return .now(echo)
        }
    }

    private func stream(count: Int?) -> HTTPStream {
        let pieces = Pieces(freed: streamCancelled)
        return HTTPStream {
            let number = pieces.next()
            guard number < count ?? 1 else {
                if count == nil { await untilCancelled() }
                return nil
            }
            return Array("part\(number)".utf8)
        }
    }
}

/// Opens once; everybody waits until then.
final class AsyncGate: Sendable {
    private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>(
        (false, []))

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// A client that sends bytes as they are and reads what comes.
final class RawClient {
    let fd: Int32

    init(port: UInt16) throws {
        fd = csystem_connect_ipv4(port, 5000)
        try #require(fd >= 0)
    }

    init(path: String) throws {
        fd = csystem_connect_unix(path, 5000)
        try #require(fd >= 0)
    }

    deinit { _ = csystem_close(fd) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                csystem_send(fd, $0.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            if count > 0 {
                sent += count
            } else if csystem_wait(fd, 1, 5000) != 1 || !isTemporary(count) {
                return
            }
        }
    }

    /// Reads until `marker` has come, or the end; nil after ten minutes without a
    /// byte. Yields instead of blocking: handlers' tasks need the threads.
    func read(until marker: String? = nil) async -> String? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let marker, text.contains(marker) { return text }
            let giveUp = csystem_uptime_ms() + 600_000
            while csystem_wait(fd, 0, 0) != 1 {
                guard csystem_uptime_ms() < giveUp else { return nil }
                await Task.yield()
            }
            let count = buffer.withUnsafeMutableBytes {
                csystem_receive(fd, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return text }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}

private func get(_ path: String, _ fields: String = "") -> String {
    "GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
}

extension HTTPLimits {
    /// Where time is not what is tested: on a machine with other work to do, a test
    /// may be kept waiting for longer than a connection may idle.
    static var unhurried: HTTPLimits {
        var limits = HTTPLimits()
        limits.headMilliseconds = 3_600_000
        limits.bodyMilliseconds = 3_600_000
        limits.idleMilliseconds = 3_600_000
        limits.writeMilliseconds = 3_600_000
        limits.lingerMilliseconds = 3_600_000
        return limits
    }
}

/// Starts a server, runs `body`, stops the server.
func withServer(
    _ limits: HTTPLimits = .unhurried,
    _ body: (TestHandler, UInt16) async throws -> Void
) async throws {
    let handler = TestHandler()
    let server = HTTPServer(handler: handler, limits: limits)
    let port = try server.start([.ipv4(port: 0)])[0].port
    let result: Result<Void, any Error>
    do {
        result = .success(try await body(handler, port))
    } catch {
        result = .failure(error)
    }
    handler.gate.open()
    await server.stop()
    try result.get()
}

@Suite(.serialized) struct ServerTests {
    @Test func `a connection is kept for many requests`() async throws {
        try await withServer { handler, port in
            let client = try RawClient(port: port)
            for number in 0..<5 {
                client.send(get("/\(number)"))
                let answer = await client.read(until: "\r\n\r\n/\(number)")
                #expect(answer?.hasPrefix("HTTP/1.1 200 OK\r\nDate: ") == true)
                #expect(answer?.contains("Content-Length: 2\r\nConnection: keep-alive") == true)
            }
            #expect(handler.seen.withLock { $0.count } == 5)
        }
    }

    @Test func `pipelined requests are answered in order, also behind a slow one`() async throws {
        try await withServer { handler, port in
            let client = try RawClient(port: port)
            client.send(get("/1") + get("/held") + get("/3") + get("/4", "Connection: close\r\n"))
            #expect(await client.read(until: "\r\n\r\n/1") != nil)
            handler.gate.open()
            let rest = try #require(await client.read())
            let order = ["/held", "/3", "/4"].compactMap { rest.firstRange(of: "\r\n\r\n" + $0) }
            #expect(order.count == 3)
            #expect(order.map(\.lowerBound) == order.map(\.lowerBound).sorted())
        }
    }

    @Test func `HEAD has the length and not the body`() async throws {
        try await withServer { _, port in
            let client = try RawClient(port: port)
            client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = try #require(await client.read())
            #expect(answer.contains("Content-Length: 4\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func `a refusal reaches a reader who is still sending`() async throws {
        try await withServer { _, port in
            let client = try RawClient(port: port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n")
            client.send([UInt8](repeating: 0x61, count: 400_000))
            let answer = try #require(await client.read())
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains("application/problem+json"))
            #expect(answer.contains("Connection: close"))
        }
    }

    @Test func `after a refusal what still comes is read, not answered with a reset`() async throws
    {
        try await withServer { _, port in
            let client = try RawClient(port: port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n")
            #expect(await client.read()?.hasPrefix("HTTP/1.1 413 ") == true)
            // A closed socket answers the first with a reset, so that the
            // second fails.
            for _ in 0..<2 {
                let sent = [0x61].withUnsafeBytes { csystem_send(client.fd, $0.baseAddress, 1) }
                #expect(sent == 1)
            }
        }
    }

    @Test func `after bytes that are no request nothing more is answered`() async throws {
        try await withServer { handler, port in
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\nHost: a\r\n\r\n" + get("/smuggled"))
            #expect(await client.read()?.hasPrefix("HTTP/1.1 400 ") == true)
            #expect(handler.seen.withLock { $0.isEmpty })
        }
    }

    @Test func `a body is invited with 100 Continue`() async throws {
        try await withServer { handler, port in
            let client = try RawClient(port: port)
            client.send(
                "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(await client.read(until: "100 Continue\r\n\r\n") != nil)
            client.send("hi")
            #expect(await client.read(until: "\r\n\r\n/b") != nil)
            #expect(handler.seen.withLock { $0.map(\.body) } == [Array("hi".utf8)])
        }
    }

    @Test func `a head that dawdles is cut off`() async throws {
        var limits = HTTPLimits.unhurried
        limits.headMilliseconds = 50
        try await withServer(limits) { handler, port in
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\nHo")
            #expect(await client.read() == "")
            #expect(handler.seen.withLock { $0.isEmpty })
        }
    }

    @Test func `an idle connection and a body that dawdles are cut off`() async throws {
        var limits = HTTPLimits.unhurried
        limits.idleMilliseconds = 50
        limits.bodyMilliseconds = 50
        try await withServer(limits) { _, port in
            let idle = try RawClient(port: port)
            idle.send(get("/x"))
            #expect(await idle.read()?.hasSuffix("/x") == true)
            let slow = try RawClient(port: port)
            slow.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
            #expect(await slow.read() == "")
        }
    }

    @Test func `when full the oldest without a head makes room`() async throws {
        var limits = HTTPLimits.unhurried
        limits.connections = 2
        try await withServer(limits) { _, port in
            let oldest = try RawClient(port: port)
            oldest.send("GET / HT")
            let second = try RawClient(port: port)
            second.send(get("/second"))
            #expect(await second.read(until: "/second") != nil)
            let third = try RawClient(port: port)
            third.send(get("/third"))
            #expect(await third.read(until: "/third") != nil)
            #expect(await oldest.read() == "")
            second.send(get("/again"))
            #expect(await second.read(until: "/again") != nil)
        }
    }

    @Test func `when full of work a newcomer is told so`() async throws {
        var limits = HTTPLimits.unhurried
        limits.connections = 1
        try await withServer(limits) { handler, port in
            let busy = try RawClient(port: port)
            busy.send(get("/held"))
            while handler.seen.withLock({ $0.isEmpty }) { await Task.yield() }
            let newcomer = try RawClient(port: port)
            #expect(await newcomer.read()?.hasPrefix("HTTP/1.1 503 ") == true)
        }
    }

    @Test func `a stream is chunked to its end and the connection kept`() async throws {
        try await withServer { _, port in
            let client = try RawClient(port: port)
            client.send(get("/stream") + get("/after"))
            let answer = try #require(await client.read(until: "/after"))
            #expect(answer.contains("Transfer-Encoding: chunked"))
            #expect(
                answer.contains("5\r\npart0\r\n5\r\npart1\r\n5\r\npart2\r\n0\r\n\r\nHTTP/1.1 200"))
        }
    }

    @Test func `a stream's producer is told when its reader leaves`() async throws {
        try await withServer { handler, port in
            do {
                let client = try RawClient(port: port)
                client.send(get("/endless"))
                #expect(await client.read(until: "part0") != nil)
            }
            await handler.streamCancelled.wait()
        }
    }

    @Test func `a reader that shuts its side is still answered`() async throws {
        try await withServer { handler, port in
            let client = try RawClient(port: port)
            client.send(get("/held"))
            while handler.seen.withLock({ $0.isEmpty }) { await Task.yield() }
            _ = csystem_shutdown_write(client.fd)
            handler.gate.open()
            #expect(await client.read()?.hasSuffix("/held") == true)
        }
    }

    @Test func `a stop lets the running request finish and refuses new connections`() async throws {
        let handler = TestHandler()
        let server = HTTPServer(handler: handler, limits: .unhurried)
        let port = try server.start([.ipv4(port: 0)])[0].port
        let client = try RawClient(port: port)
        client.send(get("/held"))
        while handler.seen.withLock({ $0.isEmpty }) { await Task.yield() }
        async let stopped: Void = server.stop(drainMilliseconds: 20_000)
        while true {
            let fd = csystem_connect_ipv4(port, 1000)
            guard fd >= 0 else { break }
            _ = csystem_close(fd)
            await Task.yield()
        }
        handler.gate.open()
        let answer = await client.read()
        #expect(answer?.hasSuffix("/held") == true)
        #expect(answer?.contains("Connection: close") == true)
        await stopped
    }

    @Test func `the user on the other end is known, on every transport`() async throws {
        let directory = try TestDirectory()
        let handler = TestHandler()
        let server = HTTPServer(handler: handler, limits: .unhurried)
        let path = directory.path + "/s.sock"
        let bound = try server.start([.ipv4(port: 0), .unixSocket(path: path)])
        let addresses: [HTTPClient.Address] = [.ipv4(port: bound[0].port), .unixSocket(path: path)]
        for address in addresses {
            let answer = try HTTPClient(address).exchange(
                method: "GET", target: "/who", timeoutMilliseconds: 600_000)
            #expect(answer.status == 200)
        }
        let peers = handler.seen.withLock { $0.map(\.connection.peer) }
        #expect(peers == [.uid(directory.ownUID), .uid(directory.ownUID)])
        await server.stop()
    }
}
