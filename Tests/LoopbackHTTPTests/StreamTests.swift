// Bodies that are made while they are read: who sets the pace, who is cut off,
// who is told when it is over.

import CSystem
import Foundation
import Synchronization
import Testing

@testable import LoopbackHTTP

/// Numbers pieces; says when the stream that holds it is let go.
final class Pieces: Sendable {
    private let freed: AsyncGate
    private let state = Mutex((next: 0, running: 0, mostRunning: 0))

    init(freed: AsyncGate) { self.freed = freed }
    deinit { freed.open() }

    func next() -> Int {
        state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
    }

    func begin() {
        state.withLock { state in
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
        }
    }

    func end() { state.withLock { $0.running -= 1 } }
    var mostRunning: Int { state.withLock { $0.mostRunning } }
}

/// Returns once its task is cancelled.
func untilCancelled() async {
    let gate = AsyncGate()
    await withTaskCancellationHandler {
        await gate.wait()
    } onCancel: {
        gate.open()
    }
}

/// Streams by path, and what the laws need to see of them.
private final class StreamHandler: HTTPHandler {
    /// Bytes of every piece of the endless one.
    static let size = 65536
    let asked = Mutex(0)
    let mostAtOnce = Mutex(0)
    let freed = AsyncGate()
    let more = AsyncGate()
    let left = AsyncGate()
    let hasBegun = AsyncGate()

    func reply(to request: HTTPRequest) -> HTTPReply {
        switch request.rawPath {
        case "/endless": .now(HTTPResponse(status: 200, body: .stream(endless)))
        case "/slow": .now(HTTPResponse(status: 200, body: .stream(slow)))
        case "/two": .now(HTTPResponse(status: 200, body: .stream(two)))
        case "/whenever":
            .whenever {
                self.hasBegun.open()
                await untilCancelled()
                self.left.open()
                return HTTPResponse(status: 200)
            }
        case "/refused": .now(HTTPResponse(status: 503, body: .bytes(Array("no".utf8))))
        default: .now(HTTPResponse(status: 200, body: .bytes(Array("plain".utf8))))
        }
    }

    private var endless: HTTPStream {
        let pieces = Pieces(freed: freed)
        return HTTPStream {
            pieces.begin()
            defer { pieces.end() }
            self.asked.withLock { $0 += 1 }
            await Task.yield()
            self.mostAtOnce.withLock { $0 = max($0, pieces.mostRunning) }
            return [UInt8](repeating: 0x61, count: Self.size)
        }
    }

    private var slow: HTTPStream {
        let pieces = Pieces(freed: freed)
        return HTTPStream {
            switch pieces.next() {
            case 0: return Array("first".utf8)
            case 1:
                self.hasBegun.open()
                await self.more.wait()
                return Array("second".utf8)
            default:
                await untilCancelled()
                return nil
            }
        }
    }

    private var two: HTTPStream {
        let pieces = Pieces(freed: freed)
        return HTTPStream {
            let number = pieces.next()
            return number < 2 ? Array("piece\(number)\n".utf8) : nil
        }
    }
}

private func get(_ path: String, version: String = "1.1", fields: String = "") -> String {
    "GET \(path) HTTP/\(version)\r\nHost: a\r\n\(fields)\r\n"
}

private func withStreams(
    _ limits: HTTPLimits = .unhurried,
    _ body: (StreamHandler, HTTPServer, UInt16) async throws -> Void
) async throws {
    let handler = StreamHandler()
    let server = HTTPServer(handler: handler, limits: limits)
    let port = try server.start([.ipv4(port: 0)])[0].port
    let result: Result<Void, any Error>
    do {
        result = .success(try await body(handler, server, port))
    } catch {
        result = .failure(error)
    }
    handler.more.open()
    await server.stop()
    try result.get()
}

@Suite(.serialized) struct StreamTests {
    @Test func `of a stalled reader no more is made than the kernel takes, and it is cut off`()
        async throws
    {
        var limits = HTTPLimits.unhurried
        limits.writeMilliseconds = 500
        // Nothing but the pace holds the producer back.
        limits.unsentBytes = .max
        let directory = try TestDirectory()
        let handler = StreamHandler()
        let server = HTTPServer(handler: handler, limits: limits)
        let path = directory.path + "/s.sock"
        _ = try server.start([.unixSocket(path: path)])
        let client = try RawClient(path: path)
        client.send(get("/endless"))
        await handler.freed.wait()
        // A unix socket holds some 200 KiB unless told otherwise.
        let asked = handler.asked.withLock { $0 }
        #expect((1...32).contains(asked))
        #expect(handler.mostAtOnce.withLock { $0 } == 1)
        await server.stop()
        withExtendedLifetime(client) {}
    }

    @Test func `who reads outlives the write deadline that ends a stalled one`() async throws {
        var limits = HTTPLimits.unhurried
        limits.writeMilliseconds = 100
        limits.idleMilliseconds = 100
        try await withStreams(limits) { handler, _, port in
            let listener = try RawClient(port: port)
            listener.send(get("/slow"))
            #expect(await listener.read(until: "first") != nil)
            await handler.hasBegun.wait()
            let other = try RawClient(port: port)
            other.send(get("/plain"))
            // Idle for as long, and cut off.
            #expect(await other.read()?.hasSuffix("plain") == true)
            handler.more.open()
            #expect(await listener.read(until: "second") != nil)
        }
    }

    @Test func `HTTP 1_0 gets the pieces as they are, and the close is the end`() async throws {
        try await withStreams { _, _, port in
            let client = try RawClient(port: port)
            client.send(get("/two", version: "1.0", fields: "Connection: keep-alive\r\n"))
            let answer = try #require(await client.read())
            #expect(answer.contains("Connection: close\r\n"))
            #expect(!answer.contains("Transfer-Encoding"))
            #expect(answer.hasSuffix("\r\n\r\npiece0\npiece1\n"))
        }
    }

    @Test func `a stop ends a stream as ended, not as cut off`() async throws {
        try await withStreams { handler, server, port in
            let client = try RawClient(port: port)
            client.send(get("/slow"))
            #expect(await client.read(until: "first") != nil)
            await handler.hasBegun.wait()
            async let stopped: Void = server.stop(drainMilliseconds: 20_000)
            let rest = await client.read()
            #expect(rest?.hasSuffix("0\r\n\r\n") == true)
            _ = csystem_shutdown_write(client.fd)
            await stopped
            handler.more.open()
            await handler.freed.wait()
        }
    }

    @Test func `the head of a stream says when the connection ends with it`() async throws {
        try await withStreams { _, _, port in
            let client = try RawClient(port: port)
            client.send(get("/two", fields: "Connection: close\r\n"))
            let answer = try #require(await client.read())
            #expect(answer.contains("Connection: close\r\n") && answer.hasSuffix("0\r\n\r\n"))
        }
    }

    @Test func `HEAD has the head, and what the stream held is let go`() async throws {
        try await withStreams { handler, _, port in
            let client = try RawClient(port: port)
            client.send("HEAD /slow HTTP/1.1\r\nHost: a\r\n\r\n" + get("/plain"))
            let answer = try #require(await client.read(until: "plain"))
            #expect(!answer.contains("first") && answer.contains("chunked"))
            await handler.freed.wait()
        }
    }

    @Test func `who leaves while something is waited for is forgotten`() async throws {
        try await withStreams { handler, _, port in
            do {
                let client = try RawClient(port: port)
                client.send(get("/whenever"))
                await handler.hasBegun.wait()
            }
            await handler.left.wait()
        }
    }

    @Test func `who shuts its side before it is waited for is forgotten too`() async throws {
        try await withStreams { _, _, port in
            let client = try RawClient(port: port)
            client.send(get("/whenever"))
            _ = csystem_shutdown_write(client.fd)
            #expect(await client.read() == "")
        }
    }
}

/// A port nobody listens at, and nobody else gets while this lives.
private final class HeldPort {
    private let descriptor: Int32
    let number: UInt16

    init() throws {
        descriptor = socket(AF_INET, streamKind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size)
            }
        }
        try #require(failed == 0)
        number = UInt16(csystem_bound_port(descriptor))
    }

    deinit { _ = csystem_close(descriptor) }
}

@Suite(.serialized) struct StreamClientTests {
    private struct Followed: Sendable {
        var result: Result<HTTPClientResponse, HTTPClientError> = .failure(.timedOut)
        var text = ""
        var count = 0
    }

    /// On a thread of its own: the client blocks, and the producers of streams
    /// need those of the pool.
    private func follow(
        _ port: UInt16, _ target: String, most: Int = .max, quietMilliseconds: Int64 = 120_000
    ) async -> Followed {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var followed = Followed()
                do throws(HTTPClientError) {
                    let response = try HTTPClient(.ipv4(port: port)).stream(
                        target: target, fields: HTTPFields(), quietMilliseconds: quietMilliseconds
                    ) { piece in
                        followed.text += String(decoding: piece, as: UTF8.self)
                        followed.count += 1
                        return followed.count < most
                    }
                    followed.result = .success(response)
                } catch {
                    followed.result = .failure(error)
                }
                continuation.resume(returning: followed)
            }
        }
    }

    @Test func `a stream is handed on without its framing`() async throws {
        try await withStreams { _, _, port in
            let two = await follow(port, "/two")
            let response = try two.result.get()
            #expect(response.status == 200 && two.text == "piece0\npiece1\n")
            #expect(await follow(port, "/plain").text == "plain")
        }
    }

    @Test func `what is no 200 is gathered, and nothing handed on`() async throws {
        try await withStreams { _, _, port in
            let refused = await follow(port, "/refused")
            let response = try refused.result.get()
            #expect(response.status == 503 && response.body == Array("no".utf8))
            #expect(refused.text.isEmpty)
        }
    }

    @Test func `the reader ends it when it has enough`() async throws {
        try await withStreams { handler, _, port in
            #expect(await follow(port, "/endless", most: 3).count == 3)
            await handler.freed.wait()
        }
    }

    @Test func `a quiet server is given up`() async throws {
        try await withStreams { _, _, port in
            let quiet = await follow(port, "/slow", quietMilliseconds: 50)
            #expect(throws: HTTPClientError.timedOut) { _ = try quiet.result.get() }
        }
    }

    // The port of a server that was stopped can be another test's a moment later.
    @Test func `one that is not there is named`() async throws {
        let port = try HeldPort()
        let gone = await follow(port.number, "/two")
        #expect(throws: HTTPClientError.notListening) { _ = try gone.result.get() }
        withExtendedLifetime(port) {}
    }

    @Test(arguments: [1, 2, 3, 7, 100])
    func `chunks are taken apart wherever they are cut`(step: Int) throws {
        let text = "5;x=y\r\nhello\r\n1\r\n \r\nA\r\n0123456789\r\n0\r\n\r\n"
        let bytes = Array(text.utf8)
        var decoder = BodyDecoder(
            HTTPFields([.init(name: "Transfer-Encoding", value: "chunked")]))
        var body: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            body += try decoder.decode(bytes[start..<min(start + step, bytes.count)])
        }
        #expect(String(decoding: body, as: UTF8.self) == "hello 0123456789")
        #expect(decoder.isAtEnd)
    }

    @Test(arguments: ["x\r\n", "-1\r\n", "\r\n", String(repeating: "0", count: 65)])
    func `what is no chunk is malformed`(text: String) {
        var decoder = BodyDecoder(
            HTTPFields([.init(name: "Transfer-Encoding", value: "chunked")]))
        #expect(throws: HTTPClientError.malformed) { try decoder.decode(Array(text.utf8)[...]) }
    }

    @Test func `a length is kept to, and without one the close is the end`() throws {
        var known = BodyDecoder(HTTPFields([.init(name: "Content-Length", value: "3")]))
        #expect(try known.decode(Array("abcd".utf8)[...]) == Array("abc".utf8))
        #expect(known.isAtEnd && !known.endsAtClose)
        var open = BodyDecoder(HTTPFields())
        #expect(try open.decode(Array("abcd".utf8)[...]) == Array("abcd".utf8))
        #expect(!open.isAtEnd && open.endsAtClose)
    }
}
