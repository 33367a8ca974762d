// What an account has spent beside its plan, as the vendor says it. Amounts are
// in minor units: 211926 with 2 decimal places is 2119.26.

package struct ExtraUsageBody: Codable, Equatable, Sendable {
    package var enabled: Bool
    @Nullable package var usedMinor: Double?
    /// Null: without a limit, or not said.
    @Nullable package var limitMinor: Double?
    /// Percent; null is normal, also while enabled.
    @Nullable package var utilization: Double?
    @Nullable package var currency: String?
    @Nullable package var decimalPlaces: Int?
    @Nullable package var disabledReason: String?

    package init(
        enabled: Bool, usedMinor: Double? = nil, limitMinor: Double? = nil,
        utilization: Double? = nil, currency: String? = nil, decimalPlaces: Int? = nil,
        disabledReason: String? = nil
    ) {
        self.enabled = enabled
        self.usedMinor = usedMinor
        self.limitMinor = limitMinor
        self.utilization = utilization
        self.currency = currency
        self.decimalPlaces = decimalPlaces
        self.disabledReason = disabledReason
    }
}
