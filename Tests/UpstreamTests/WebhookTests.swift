// The operator's webhook: what is sent, and what its answers mean.

import RotationCore
import RotationEngine
import Synchronization
import Testing

@testable import Upstream

@Suite struct WebhookTests {
    private static let now = Timestamp(seconds: 1_790_000_000)

    private var letter: NudgeLetter {
        NudgeLetter(
            id: "webhook_0123456789abcdef",
            standing: StandingNudge(
                nudge: Nudge(
                    code: .loginNeeded, email: "b@example.com", severity: .warning,
                    urgency: .within24Hours, message: "m", command: "rotator capture"),
                since: Self.now, acknowledged: false), sentAt: Self.now)
    }

    private func courier(
        _ url: String, sign: @escaping @Sendable ([UInt8]) -> String? = { _ in "c2ln" }
    ) throws -> WebhookCourier {
        try WebhookCourier(url: url, userAgent: "rotator/test", now: { Self.now }, sign: sign)
    }

    @Test func `a letter is signed over its name, its time and its body, and holds no token`()
        async throws
    {
        let seen = Mutex("")
        let server = try RawServer { connection in
            let head = connection.readHead()
            let length = head.split(separator: "\r\n")
                .first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.split(separator: " ")[1]) }
            let body = connection.readBody(bytes: length ?? 0)
            seen.withLock { $0 = head + body }
            connection.answer("", status: "204 No Content")
        }
        defer { server.stop() }
        let signed = Mutex("")
        let courier = try courier("http://127.0.0.1:\(server.port)/hook?key=secret") { content in
            signed.withLock { $0 = String(decoding: content, as: UTF8.self) }
            return "c2ln"
        }
        defer { courier.shutdown() }
        #expect(await courier.deliver(letter) == .delivered)
        let said = seen.withLock { $0 }
        let parts = said.split(separator: "\r\n\r\n", maxSplits: 1).map(String.init)
        #expect(parts[0].hasPrefix("POST /hook?key=secret HTTP/1.1"))
        for field in [
            "webhook-id: webhook_0123456789abcdef", "webhook-timestamp: 1790000000",
            "webhook-signature: v1,c2ln", "Content-Type: application/json",
        ] {
            #expect(parts[0].contains(field), "\(said)")
        }
        #expect(!said.lowercased().contains("authorization"))
        #expect(!said.contains("anthropic"))
        let body = parts[1]
        #expect(signed.withLock { $0 } == "webhook_0123456789abcdef.1790000000.\(body)")
        #expect(body.contains(#""type":"nudge.oauth-login-needed""#))
        #expect(body.contains(#""urgency":"24h""#))
    }

    @Test(arguments: [
        ("200 OK", "", Delivery.delivered), ("299 Odd", "", .delivered),
        ("410 Gone", "", .gone("the webhook answered 410; no more is sent until a restart")),
        ("302 Found", "Location: http://127.0.0.1:1/\r\n", .failed("the webhook answered 302")),
        ("500 No", "", .failed("the webhook answered 500")),
        (
            "429 Slow", "Retry-After: 60\r\n",
            .failed("the webhook answered 429", retryAfter: Timestamp(seconds: 1_790_000_060))
        ),
    ])
    func `an answer means what Standard Webhooks says`(
        status: String, fields: String, delivery: Delivery
    ) async throws {
        let server = try RawServer { connection in
            _ = connection.readHead()
            connection.answer("", status: status, fields: fields)
        }
        defer { server.stop() }
        let courier = try courier("http://localhost:\(server.port)/")
        defer { courier.shutdown() }
        #expect(await courier.deliver(letter) == delivery)
    }

    @Test func `nothing is sent unsigned, and nobody there is a failure`() async throws {
        let courier = try courier("http://127.0.0.1:1/", sign: { _ in nil })
        #expect(await courier.deliver(letter) == .failed("it could not be signed"))
        let other = try self.courier("http://127.0.0.1:1/")
        guard case .failed = await other.deliver(letter) else {
            Issue.record("delivered to nobody")
            return
        }
        courier.shutdown()
        other.shutdown()
    }

    @Test(arguments: [
        "http://example.com/", "ftp://localhost/", "https://u:p@example.com/", "nonsense", "",
    ])
    func `an address that shows nudges to everybody is refused`(url: String) {
        #expect(throws: EndpointError.self) { try courier(url) }
    }
}
