// What an account has spent beside its plan. Shown and nothing else: the judge
// never sees it, so it can be no reason to leave an account or to take one.
// Kept in memory only; after a restart it is not known until it is read again.

import RotationCore

package struct ExtraUsage: Hashable, Sendable {
    package var isEnabled: Bool
    /// In the currency's minor units; nil when not said.
    package var usedMinor: Double?
    /// Nil: without a limit, or not said.
    package var limitMinor: Double?
    /// Percent, 0 to 100; nil is normal, also while enabled.
    package var utilization: Double?
    /// ISO 4217.
    package var currency: String?
    /// How many digits of the amounts are minor: 2 for cents.
    package var decimalPlaces: Int?
    /// The vendor's word for why it is off, for example `out_of_credits`.
    package var disabledReason: String?

    package init(
        isEnabled: Bool, usedMinor: Double? = nil, limitMinor: Double? = nil,
        utilization: Double? = nil, currency: String? = nil, decimalPlaces: Int? = nil,
        disabledReason: String? = nil
    ) {
        self.isEnabled = isEnabled
        self.usedMinor = usedMinor
        self.limitMinor = limitMinor
        self.utilization = utilization
        self.currency = currency
        self.decimalPlaces = decimalPlaces
        self.disabledReason = disabledReason
    }
}

/// What one request to the usage endpoint brought.
package struct UsageReport: Hashable, Sendable {
    package let answer: UsageAnswer
    package let extra: ExtraUsage?

    package init(_ answer: UsageAnswer, extra: ExtraUsage? = nil) {
        self.answer = answer
        self.extra = extra
    }

    /// Whether the vendor told the state of the account, extra usage included.
    var isGood: Bool {
        switch answer {
        case .windows, .noWindows: true
        case .rateLimited, .unauthorized, .revoked, .restricted, .scopeMissing, .unreachable: false
        }
    }
}

extension VendorAPI {
    /// A vendor that knows of no extra usage.
    package func readUsageReport(_ token: Secret) async -> UsageReport {
        UsageReport(await readUsage(token))
    }
}
