// Nudges to the operator's own webhook, as Standard Webhooks says
// (https://www.standardwebhooks.com): signed, dated, named. Over libcurl like
// the vendor, with a transport of its own: no token ever gets near it
// (decision 25).

import RotationCore
import RotationEngine

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

package final class WebhookCourier: NudgeCourier {
    package let channel = AnnouncementChannel.webhook
    private let url: String
    private let isLoopback: Bool
    private let transport: CurlTransport
    private let now: @Sendable () -> Timestamp
    private let sign: @Sendable ([UInt8]) -> String?

    /// `url` may have a query, which may be secret: it is in no error. `sign`
    /// answers with Base64 of an HMAC-SHA-256, or nil when there is none.
    package init(
        url: String, userAgent: String, limits: TransferLimits = TransferLimits(),
        now: @escaping @Sendable () -> Timestamp, sign: @escaping @Sendable ([UInt8]) -> String?
    ) throws(EndpointError) {
        isLoopback = try Address(url, allowsQuery: true).isLoopback
        self.url = url
        self.now = now
        self.sign = sign
        transport = CurlTransport(userAgent: userAgent, limits: limits)
    }

    package func shutdown() { transport.shutdown() }

    package func deliver(_ letter: NudgeLetter) async -> Delivery {
        guard let body = Self.body(letter) else {
            return .failed("it could not be written as JSON")
        }
        // Dated when it is sent: receivers refuse what is old.
        let seconds = "\(now().milliseconds / 1000)"
        guard let signature = sign(Array("\(letter.id).\(seconds).".utf8) + body) else {
            return .failed("it could not be signed")
        }
        let order = TransferOrder(
            url: url, isLoopback: isLoopback, bearer: nil, body: Secret(body),
            headers: [
                "Content-Type: application/json", "webhook-id: \(letter.id)",
                "webhook-timestamp: \(seconds)", "webhook-signature: v1,\(signature)",
            ])
        switch await transport.exchange(order) {
        case .failed(let kind, _): return .failed("the webhook did not answer (\(kind.rawValue))")
        case .response(let response):
            switch response.status {
            case 200...299: return .delivered
            case 410: return .gone("the webhook answered 410; no more is sent until a restart")
            default:
                return .failed(
                    "the webhook answered \(response.status)",
                    retryAfter: Refusal.retryAfter(response.retryAfter, now: now()))
            }
        }
    }

    // MARK: -

    private struct Message: Encodable {
        let type: String
        let timestamp: String
        let data: Content
    }

    private struct Content: Encodable {
        let code: String
        let email: String?
        let severity: String
        let urgency: String
        let kind: String?
        let since: String
        let message: String
        let command: String?
    }

    /// The same at every attempt.
    private static func body(_ letter: NudgeLetter) -> [UInt8]? {
        let nudge = letter.standing.nudge
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let message = Message(
            type: "nudge." + nudge.code.rawValue, timestamp: letter.standing.since.rfc3339,
            data: Content(
                code: nudge.code.rawValue, email: nudge.email, severity: nudge.severity.rawValue,
                urgency: nudge.urgency.rawValue, kind: nudge.kind,
                since: letter.standing.since.rfc3339, message: nudge.message,
                command: nudge.command))
        return (try? encoder.encode(message)).map { Array($0) }
    }
}
