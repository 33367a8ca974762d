// What an ill-behaved client can cost after it was refused, and while the
// server stops: a bounded number of bytes, and no waiting.

import CSystem
import Testing

@testable import LoopbackHTTP

@Suite struct LingerTests {
    @Test func `after a refusal only so much is read on`() async throws {
        var limits = HTTPLimits.unhurried
        (limits.lingerBytes, limits.lingerMilliseconds) = (1000, 600_000)
        try await withServer(limits) { _, port in
            let client = try RawClient(port: port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\n")
            #expect(await client.read()?.hasPrefix("HTTP/1.1 413 ") == true)
            // Fails once the connection is closed, and not before the bound.
            var sent = 0
            while [0x61].withUnsafeBytes({ csystem_send(client.fd, $0.baseAddress, 1) }) == 1 {
                sent += 1
                await Task.yield()
            }
            #expect(sent > limits.lingerBytes)
        }
    }

    @Test func `a stop waits for the last answer, not for the client to close`() async throws {
        let handler = TestHandler()
        var limits = HTTPLimits.unhurried
        (limits.lingerMilliseconds, limits.lastLingerMilliseconds) = (600_000, 1)
        let server = HTTPServer(handler: handler, limits: limits)
        let port = try server.start([.ipv4(port: 0)])[0].port
        let client = try RawClient(port: port)
        client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n")
        while handler.seen.withLock({ $0.isEmpty }) { await Task.yield() }
        async let stopped: Void = server.stop(drainMilliseconds: 600_000)
        handler.gate.open()
        #expect(await client.read()?.hasSuffix("/held") == true)
        await stopped
        // Still open on our side.
        #expect(client.fd >= 0)
    }
}
