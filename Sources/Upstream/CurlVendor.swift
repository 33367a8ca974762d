// The vendor's endpoints over HTTP: usage, profile, and the refresh grant. No
// other is ever asked, and never one that costs inference.

import RotationCore
import RotationEngine
import Synchronization

package final class CurlVendor: VendorAPI {
    private let endpoints: VendorEndpoints
    private let transport: CurlTransport
    private let now: @Sendable () -> Timestamp
    private let ahead = Mutex<Int64?>(nil)

    /// Claude Code's public client (RFC 6749 §2.1), whose grants these are.
    private static let clientID = "9d1c250a-e61b-44d9-88ed-5944d1962f5e"

    /// `userAgent` names this product; it is never another's.
    package init(
        endpoints: VendorEndpoints, userAgent: String, limits: TransferLimits = TransferLimits(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.endpoints = endpoints
        self.now = now
        transport = CurlTransport(userAgent: userAgent, limits: limits)
    }

    /// Nil when libcurl is there, else what is missing and how to get it.
    package static var loadError: String? { CurlTransport.loadError }

    /// Ends what is under way as cancelled.
    package func shutdown() { transport.shutdown() }

    package func readUsage(_ token: Secret) async -> UsageAnswer {
        await readUsageReport(token).answer
    }

    package func readUsageReport(_ token: Secret) async -> UsageReport {
        switch await get(endpoints.usageURL, token) {
        case .failure(let refusal): UsageReport(refusal.usage)
        case .success(let body):
            UsageDecoder.report(body) ?? UsageReport(.unreachable(.malformed))
        }
    }

    package func decodeUsage(_ body: [UInt8]) -> UsageAnswer? { UsageDecoder.answer(body) }

    package func readProfile(_ token: Secret) async -> ProfileAnswer {
        switch await get(endpoints.profileURL, token) {
        case .failure(let refusal): return refusal.profile
        case .success(let body):
            guard let identity = Self.identity(body) else { return .unreachable(.malformed) }
            return .identity(identity)
        }
    }

    package func refresh(_ token: Secret) async -> RefreshAnswer {
        guard token.isToken else { return .unreachable(.malformed, mayHaveRotated: false) }
        let body = token.withBytes { bytes in
            Secret(
                Array(#"{"grant_type":"refresh_token","client_id":"\#(Self.clientID)","#.utf8)
                    + Array(#""refresh_token":""#.utf8) + Self.escaped(bytes)
                    + Array(#""}"#.utf8))
        }
        let order = TransferOrder(
            url: endpoints.tokenURL, isLoopback: endpoints.tokenIsLoopback, bearer: nil, body: body)
        switch await exchange(order) {
        case .failed(let kind, let wasSent): return .unreachable(kind, mayHaveRotated: wasSent)
        case .response(let response): return RefreshAnswer(response, now: now())
        }
    }

    package var clockAheadSeconds: Int64? { ahead.withLock { $0 } }

    // MARK: -

    private func exchange(_ order: TransferOrder) async -> TransferOutcome {
        let outcome = await transport.exchange(order)
        if case .response(let response) = outcome,
            let theirs = response.date.flatMap(Refusal.imfFixdate)
        {
            let seconds = now().seconds(since: theirs)
            ahead.withLock { $0 = seconds }
        }
        return outcome
    }

    private enum Body {
        case success([UInt8])
        case failure(Refusal)
    }

    private func get(_ url: String, _ token: Secret) async -> Body {
        // An empty bearer is answered 429 with a long Retry-After (reference
        // D11): never sent, nor one that no vendor can have issued.
        guard token.isToken else { return .failure(.unauthorized) }
        let order = TransferOrder(
            url: url, isLoopback: endpoints.apiIsLoopback, bearer: token, body: nil)
        switch await exchange(order) {
        case .failed(let kind, _): return .failure(.unreachable(kind))
        case .response(let response):
            if let refusal = Refusal(response, now: now()) { return .failure(refusal) }
            return .success(response.body)
        }
    }

    private static func identity(_ body: [UInt8]) -> AccountIdentity? {
        guard let value = JSONValue(body), let account = value["account"],
            let organization = value["organization"],
            let accountUUID = account["uuid"]?.string, !accountUUID.isEmpty,
            let organizationUUID = organization["uuid"]?.string, !organizationUUID.isEmpty,
            let email = account["email"]?.string, email.contains("@")
        else { return nil }
        return AccountIdentity(
            id: AccountID(accountUUID: accountUUID, organizationUUID: organizationUUID),
            email: email, displayName: account["display_name"]?.string,
            organizationName: organization["name"]?.string,
            organizationType: organization["organization_type"]?.string,
            rateLimitTier: organization["rate_limit_tier"]?.string)
    }

    /// JSON string content of a token, which is visible ASCII.
    private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { $0 == 0x22 || $0 == 0x5C ? [0x5C, $0] : [$0] }
    }
}
