// What the client sends to the byte, and what it makes of servers that break
// off, babble, stall or lie.

import Foundation
import LoopbackHTTP
import RotationCore
import RotationEngine
import Synchronization
import Testing

@testable import Upstream

private let now = Timestamp(seconds: 1_790_000_000)
private let token = Secret(Array("sk-ant-oat01-simulated".utf8))

private func vendor(port: UInt16, totalMilliseconds: Int = 30_000) throws -> CurlVendor {
    var limits = TransferLimits()
    limits.totalMilliseconds = totalMilliseconds
    let base = "http://127.0.0.1:\(port)"
    return CurlVendor(
        endpoints: try VendorEndpoints(apiBaseURL: base, tokenURL: base + "/v1/oauth/token"),
        userAgent: "account-rotator/test", limits: limits, now: { now })
}

/// What a reading makes of a server that reads the request and does this.
private func usage(
    totalMilliseconds: Int = 30_000, _ serve: @escaping @Sendable (RawConnection) -> Void
) async throws -> UsageAnswer {
    let server = try RawServer { connection in
        _ = connection.readHead()
        serve(connection)
    }
    let vendor = try vendor(port: server.port, totalMilliseconds: totalMilliseconds)
    let answer = await vendor.readUsage(token)
    vendor.shutdown()
    server.stop()
    return answer
}

/// What a refresh makes of it, as a line.
private func refreshed(
    totalMilliseconds: Int = 30_000, _ serve: @escaping @Sendable (RawConnection) -> Void
) async throws -> String {
    let server = try RawServer { connection in
        _ = connection.readHead()
        serve(connection)
    }
    let vendor = try vendor(port: server.port, totalMilliseconds: totalMilliseconds)
    let answer = await vendor.refresh(token)
    vendor.shutdown()
    server.stop()
    guard case .unreachable(let kind, let mayHaveRotated) = answer else { return "answered" }
    return "\(kind.rawValue) \(mayHaveRotated)"
}

@Suite struct MisbehavingVendorTests {
    @Test func `a reading sends these fields and no others of ours`() async throws {
        let heads = Mutex<[String]>([])
        let server = try RawServer { connection in
            heads.withLock { $0.append(connection.readHead()) }
            connection.answer("{}")
        }
        let vendor = try vendor(port: server.port)
        #expect(await vendor.readUsage(token) == .noWindows)
        vendor.shutdown()
        server.stop()
        let lines = try #require(heads.withLock { $0 }.first).split(separator: "\r\n")
        #expect(
            lines.map(String.init) == [
                "GET /api/oauth/usage HTTP/1.1", "Host: 127.0.0.1:\(server.port)",
                "User-Agent: account-rotator/test", lines[3].description,
                "Accept: application/json", "anthropic-beta: oauth-2025-04-20",
                "Content-Type: application/json", "Authorization: Bearer sk-ant-oat01-simulated",
            ])
        #expect(lines[3].hasPrefix("Accept-Encoding: "))
    }

    @Test func `a refresh sends the grant and no Authorization`() async throws {
        let seen = Mutex<[String]>([])
        let server = try RawServer { connection in
            let head = connection.readHead()
            let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
            let size = length.flatMap { Int($0.dropFirst(16)) } ?? 0
            seen.withLock { $0 = [head, connection.readBody(bytes: size)] }
            connection.answer(#"{"error":"invalid_client"}"#, status: "401 Unauthorized")
        }
        let vendor = try vendor(port: server.port)
        guard case .oauthError("invalid_client") = await vendor.refresh(token) else {
            Issue.record("the error's code is lost")
            return
        }
        vendor.shutdown()
        server.stop()
        let (head, body) = try #require(seen.withLock { $0.count == 2 ? ($0[0], $0[1]) : nil })
        #expect(head.hasPrefix("POST /v1/oauth/token HTTP/1.1\r\n"))
        #expect(head.contains("Content-Type: application/json\r\n"))
        #expect(!head.contains("Authorization"))
        #expect(
            body == #"{"grant_type":"refresh_token","#
                + #""client_id":"9d1c250a-e61b-44d9-88ed-5944d1962f5e","#
                + #""refresh_token":"sk-ant-oat01-simulated"}"#)
    }

    @Test func `several readings take one connection`() async throws {
        let server = try RawServer { connection in
            while !connection.readHead().isEmpty { connection.answer("{}") }
        }
        let vendor = try vendor(port: server.port)
        for _ in 0..<5 { #expect(await vendor.readUsage(token) == .noWindows) }
        #expect(server.connections == 1)
        vendor.shutdown()
        server.stop()
    }

    @Test func `a connection the server closed is made anew`() async throws {
        let server = try RawServer { connection in
            _ = connection.readHead()
            connection.answer("{}")
        }
        let vendor = try vendor(port: server.port)
        for _ in 0..<3 { #expect(await vendor.readUsage(token) == .noWindows) }
        #expect(server.connections == 3)
        vendor.shutdown()
        server.stop()
    }

    @Test(arguments: [
        ("", UnreachableKind.offline),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", .offline),
        ("SSH-2.0-OpenSSH_9.2\r\n", .malformed),
        ("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<ht>", .malformed),
        ("HTTP/1.1 204 No Content\r\n\r\n", .malformed),
        ("HTTP/1.1 308 Permanent Redirect\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", .malformed),
        ("HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n", .serverError),
    ])
    func `what is no answer is unreachable`(said: String, kind: UnreachableKind) async throws {
        #expect(try await usage { $0.write(said) } == .unreachable(kind))
    }

    @Test func `Retry-After of the last response counts, spaces or not`() async throws {
        let answer = try await usage { connection in
            connection.write("HTTP/1.1 100 Continue\r\nRetry-After: 7\r\n\r\n")
            connection.answer("", status: "429 No", fields: "RETRY-AFTER: \t 60 \r\n")
        }
        #expect(answer == .rateLimited(retryAfter: now.adding(seconds: 60)))
    }

    @Test func `Retry-After of an interim response does not count`() async throws {
        let answer = try await usage { connection in
            connection.write("HTTP/1.1 103 Early Hints\r\nRetry-After: 7\r\n\r\n")
            connection.answer("", status: "429 No")
        }
        #expect(answer == .rateLimited(retryAfter: nil))
    }

    @Test func `a 429 without Retry-After says by its windows when to come back`() async throws {
        let reset = now.adding(seconds: 3600)
        let fields = """
            anthropic-ratelimit-unified-5h-reset: \(reset.milliseconds / 1000 - 60)\r
            Anthropic-Ratelimit-Unified-Reset: \(reset.milliseconds / 1000)\r
            anthropic-ratelimit-unified-7d-reset: \(reset.milliseconds / 1000 + 60)\r

            """
        let alone = try await usage { $0.answer("", status: "429 No", fields: fields) }
        #expect(alone == .rateLimited(retryAfter: reset))
        let both = try await usage {
            $0.answer("", status: "429 No", fields: fields + "Retry-After: 60\r\n")
        }
        #expect(both == .rateLimited(retryAfter: now.adding(seconds: 60)))
        let perWindow = try await usage {
            $0.answer(
                "", status: "429 No",
                fields: "anthropic-ratelimit-unified-5h-reset: \(reset.milliseconds / 1000)\r\n")
        }
        #expect(perWindow == .rateLimited(retryAfter: nil))
        let interim = try await usage { connection in
            connection.write("HTTP/1.1 103 Early Hints\r\n\(fields)\r\n")
            connection.answer("", status: "429 No")
        }
        #expect(interim == .rateLimited(retryAfter: nil))
    }

    @Test func `an endless answer ends at the limit`() async throws {
        let chunk = "10000\r\n" + String(repeating: " ", count: 65536) + "\r\n"
        let answer = try await usage { connection in
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<64 { connection.write(chunk) }
        }
        #expect(answer == .unreachable(.malformed))
    }

    @Test func `a server that stalls costs the deadline, and may have rotated`() async throws {
        // Ends when the client has gone.
        let stalled = try await refreshed(totalMilliseconds: 50) { _ = $0.readHead() }
        #expect(stalled == "timed-out true")
    }

    @Test func `a refresh that got no usable answer may have rotated`() async throws {
        #expect(try await refreshed { _ in } == "offline true")
        #expect(try await refreshed { $0.answer("", status: "502 Bad") } == "server-error true")
        #expect(try await refreshed { $0.answer("<html>") } == "malformed true")
    }

    @Test func `a refresh that was refused has not rotated`() async throws {
        let refused = try await refreshed { $0.answer("<html>", status: "403 Forbidden") }
        #expect(refused == "refused-by-edge false")
        let moved = try await refreshed { $0.answer("", status: "302 Found") }
        #expect(moved == "malformed false")
    }

    @Test(arguments: ["", "a b", "a\r\nX-Injected: 1", "a\0b", "é"])
    func `what cannot be a token is never sent`(text: String) async throws {
        let server = try RawServer { $0.answer("{}") }
        let vendor = try vendor(port: server.port)
        let wrong = Secret(Array(text.utf8))
        #expect(await vendor.readUsage(wrong) == .unauthorized)
        #expect(await vendor.readProfile(wrong) == .unauthorized)
        guard case .unreachable(.malformed, mayHaveRotated: false) = await vendor.refresh(wrong)
        else {
            Issue.record("it was sent, or called a dead grant")
            return
        }
        #expect(server.connections == 0)
        vendor.shutdown()
        server.stop()
    }

    @Test func `a task cancelled before it asks sends nothing`() async throws {
        let server = try RawServer { $0.answer("{}") }
        let vendor = try vendor(port: server.port)
        let reading = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await vendor.readUsage(token)
        }
        #expect(await reading.value == .unreachable(.cancelled))
        #expect(server.connections == 0)
        vendor.shutdown()
        server.stop()
    }

    @Test(arguments: ["http", "https"])
    func `a refresh cancelled before it was sent has not rotated`(scheme: String) async throws {
        let requests = Mutex(0)
        let server = try RawServer { connection in
            // With TLS the handshake is never answered; what comes is no request.
            while !connection.readHead().isEmpty { requests.withLock { $0 += 1 } }
        }
        let base = "\(scheme)://127.0.0.1:\(server.port)"
        let vendor = CurlVendor(
            endpoints: try VendorEndpoints(apiBaseURL: base, tokenURL: base), userAgent: "t",
            now: { now })
        let refresh = Task { await vendor.refresh(token) }
        if scheme == "http" {
            while requests.withLock({ $0 }) == 0 { await Task.yield() }
        } else {
            while server.connections == 0 { await Task.yield() }
        }
        refresh.cancel()
        guard case .unreachable(.cancelled, let mayHaveRotated) = await refresh.value else {
            Issue.record("it was not cancelled")
            return
        }
        #expect(mayHaveRotated == (scheme == "http"))
        vendor.shutdown()
        server.stop()
    }

    // In a process of its own, whose environment is nobody else's.
    @Test func `this machine is never reached through a proxy`() async {
        await #expect(processExitsWith: .success) {
            for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"] {
                setenv(name, "http://127.0.0.1:1", 1)
            }
            let server = try RawServer { connection in
                _ = connection.readHead()
                connection.answer("{}")
            }
            let base = "http://127.0.0.1:\(server.port)"
            let vendor = CurlVendor(
                endpoints: try VendorEndpoints(apiBaseURL: base, tokenURL: base), userAgent: "t",
                now: { Timestamp(seconds: 0) })
            #expect(await vendor.readUsage(Secret([0x74])) == .noWindows)
        }
    }

    @Test func `another host is reached through the proxy of the environment`() async {
        await #expect(processExitsWith: .success) {
            let heads = Mutex<[String]>([])
            let proxy = try RawServer { connection in
                heads.withLock { $0.append(connection.readHead()) }
                connection.answer("", status: "502 No")
            }
            setenv("https_proxy", "http://127.0.0.1:\(proxy.port)", 1)
            let vendor = CurlVendor(
                endpoints: try VendorEndpoints(), userAgent: "t", now: { Timestamp(seconds: 0) })
            guard case .unreachable = await vendor.readUsage(Secret(Array("secret".utf8))) else {
                Issue.record("there is no vendor behind this proxy")
                return
            }
            let head = heads.withLock { $0.first } ?? ""
            #expect(head.hasPrefix("CONNECT api.anthropic.com:443 "))
            #expect(!head.contains("secret"))
        }
    }

    @Test func `https that is not TLS is a TLS failure`() async throws {
        let server = try RawServer { $0.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") }
        let base = "https://127.0.0.1:\(server.port)"
        let vendor = CurlVendor(
            endpoints: try VendorEndpoints(apiBaseURL: base, tokenURL: base), userAgent: "t",
            now: { now })
        #expect(await vendor.readUsage(token) == .unreachable(.tls))
        guard case .unreachable(.tls, mayHaveRotated: false) = await vendor.refresh(token) else {
            Issue.record("nothing was sent before the handshake was done")
            return
        }
        vendor.shutdown()
        server.stop()
    }

    @Test func `a vendor that is dropped lets its thread go`() async throws {
        let server = try RawServer { connection in
            while !connection.readHead().isEmpty { connection.answer("{}") }
        }
        for _ in 0..<50 {
            let vendor = try vendor(port: server.port, totalMilliseconds: 10_000)
            try #require(await vendor.readUsage(token) == .noWindows)
        }
        // The server serves one connection at a time: each was closed.
        #expect(server.connections == 50)
        server.stop()
    }
}
