// Where a server may listen, and the command line's client against servers
// good and bad.

import CSystem
import Testing

@testable import LoopbackHTTP

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A directory of its own, removed with everything in it.
final class TestDirectory {
    let path: String
    let ownUID = getuid()

    init() throws {
        var template = Array("/tmp/rotator-http-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in ["s.sock", "file"] { _ = remove(path + "/" + name) }
        _ = rmdir(path)
    }

    func mode(of name: String) -> mode_t? {
        var facts = stat()
        return lstat(path + "/" + name, &facts) == 0 ? facts.st_mode & 0o777 : nil
    }
}

private struct Echo: HTTPHandler {
    func reply(to request: HTTPRequest) -> HTTPReply {
        .now(HTTPResponse(status: 200, body: .bytes(request.body)))
    }
}

@Suite(.serialized) struct ListenerTests {
    @Test func `a socket file is for its owner only and goes with the server`() async throws {
        let directory = try TestDirectory()
        let server = HTTPServer(handler: Echo())
        _ = try server.start([.unixSocket(path: directory.path + "/s.sock")])
        #expect(directory.mode(of: "s.sock") == 0o600)
        await server.stop()
        #expect(directory.mode(of: "s.sock") == nil)
    }

    @Test func `a socket file left by a crash is replaced, a live one is not`() async throws {
        let directory = try TestDirectory()
        let path = directory.path + "/s.sock"
        _ = csystem_close(csystem_listen_unix(path))
        let server = HTTPServer(handler: Echo())
        _ = try server.start([.unixSocket(path: path)])
        #expect(throws: HTTPServerError.addressInUse(.unixSocket(path: path))) {
            try HTTPServer(handler: Echo()).start([.unixSocket(path: path)])
        }
        await server.stop()
    }

    @Test func `what is not a socket is left alone`() throws {
        let directory = try TestDirectory()
        let path = directory.path + "/file"
        _ = Int(open(path, O_CREAT | O_WRONLY, 0o600))
        #expect(throws: HTTPServerError.notASocket(path: path)) {
            try HTTPServer(handler: Echo()).start([.unixSocket(path: path)])
        }
        #expect(directory.mode(of: "file") != nil)
    }

    @Test func `a port in use is said, and nothing of the start is left`() async throws {
        let directory = try TestDirectory()
        let path = directory.path + "/s.sock"
        let first = HTTPServer(handler: Echo())
        let port = try first.start([.ipv4(port: 0)])[0].port
        let second = HTTPServer(handler: Echo())
        #expect(throws: HTTPServerError.addressInUse(.ipv4(port: port))) {
            try second.start([.unixSocket(path: path), .ipv4(port: port)])
        }
        #expect(directory.mode(of: "s.sock") == nil)
        await first.stop()
    }

    @Test func `both loopbacks get the same port, or the second is said to be missing`()
        async throws
    {
        let server = HTTPServer(handler: Echo())
        do {
            let bound = try server.start([.ipv4(port: 0), .ipv6(port: 0)])
            #expect(bound[0].port == bound[1].port)
            await server.stop()
        } catch .addressUnavailable(let listener) {
            guard case .ipv6 = listener else {
                Issue.record("only IPv6 may be missing")
                return
            }
        }
    }
}

@Suite(.serialized) struct ClientTests {
    @Test func `a request with a body is answered`() async throws {
        let server = HTTPServer(handler: Echo())
        let port = try server.start([.ipv4(port: 0)])[0].port
        let answer = try HTTPClient(.ipv4(port: port)).exchange(
            method: "POST", target: "/", body: Array("hello".utf8), timeoutMilliseconds: 600_000)
        #expect(answer.body == Array("hello".utf8))
        await server.stop()
    }

    @Test func `nobody there is said`() throws {
        let directory = try TestDirectory()
        #expect(throws: HTTPClientError.notListening) {
            try HTTPClient(.unixSocket(path: directory.path + "/s.sock")).exchange(
                method: "GET", target: "/", timeoutMilliseconds: 1000)
        }
    }

    /// Listens, accepts one connection, sends `bytes`, closes.
    private func exchange(
        against bytes: String?, closes: Bool = true
    ) async throws -> Result<HTTPClientResponse, HTTPClientError> {
        let listener = csystem_listen_ipv4(0)
        let port = UInt16(csystem_bound_port(listener))
        let client = Task.detached { () -> Result<HTTPClientResponse, HTTPClientError> in
            do throws(HTTPClientError) {
                return .success(
                    try HTTPClient(.ipv4(port: port)).exchange(
                        method: "GET", target: "/",
                        timeoutMilliseconds: bytes == nil ? 50 : 600_000))
            } catch {
                return .failure(error)
            }
        }
        while csystem_wait(listener, 0, 0) != 1 { await Task.yield() }
        let fd = csystem_accept(listener)
        for byte in Array((bytes ?? "").utf8) {
            _ = [byte].withUnsafeBytes { csystem_send(fd, $0.baseAddress, 1) }
        }
        if bytes != nil { _ = csystem_shutdown_write(fd) }
        let result = await client.value
        _ = csystem_close(fd)
        _ = csystem_close(listener)
        return result
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "hi"),
        (
            "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\nh\r\n1\r\ni\r\n0\r\n\r\n",
            "hi"
        ),
        ("HTTP/1.0 200 OK\r\n\r\nhi", "hi"), ("HTTP/1.1 204 No Content\r\n\r\n", ""),
    ])
    func `every framing is read`(answer: String, body: String) async throws {
        let response = try await exchange(against: answer).get()
        #expect(response.body == Array(body.utf8))
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi", HTTPClientError.connectionLost),
        ("", .connectionLost), ("SSH-2.0-x\r\n\r\n", .malformed),
        ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", .malformed),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", .malformed),
    ])
    func `half an answer is not an answer`(answer: String, error: HTTPClientError) async throws {
        await #expect(throws: error) { try await exchange(against: answer).get() }
    }

    @Test func `silence ends at the deadline`() async throws {
        await #expect(throws: HTTPClientError.timedOut) { try await exchange(against: nil).get() }
    }
}
