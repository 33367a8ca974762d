// `extra_usage` and `spend` of the usage endpoint's body (reference D7, D8): the
// same fact twice, in two shapes. The first says more; what it leaves out the
// second may say. Amounts are in minor units.

import RotationEngine

enum ExtraUsageDecoder {
    /// Bytes of a word of the vendor's; a longer one is none.
    private static let longestWord = 64

    /// Nil when the body says nothing of it.
    static func extra(_ body: JSONValue) -> ExtraUsage? {
        let (extra, spend) = (body["extra_usage"], body["spend"])
        guard let isEnabled = extra?["is_enabled"]?.bool ?? spend?["enabled"]?.bool else {
            return nil
        }
        let used = spend?["used"]
        let limit = spend?["limit"]
        return ExtraUsage(
            isEnabled: isEnabled,
            usedMinor: amount(extra?["used_credits"]) ?? amount(used?["amount_minor"]),
            limitMinor: amount(extra?["monthly_limit"]) ?? amount(limit?["amount_minor"]),
            utilization: percent(extra?["utilization"]),
            currency: currency(extra?["currency"]) ?? currency(used?["currency"]),
            decimalPlaces: places(extra?["decimal_places"]) ?? places(used?["exponent"]),
            disabledReason: word(extra?["disabled_reason"]) ?? word(spend?["disabled_reason"]))
    }

    private static func amount(_ value: JSONValue?) -> Double? {
        value?.number.flatMap { (0...1e12).contains($0) ? $0 : nil }
    }

    /// What is spent may be well above a limit that was lowered.
    private static func percent(_ value: JSONValue?) -> Double? {
        value?.number.flatMap { (0...1e6).contains($0) ? $0 : nil }
    }

    private static func places(_ value: JSONValue?) -> Int? {
        value?.number.flatMap { (0...6).contains($0) && $0 == $0.rounded() ? Int($0) : nil }
    }

    private static func currency(_ value: JSONValue?) -> String? {
        guard let text = value?.string, text.utf8.count == 3,
            text.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
        else { return nil }
        return text
    }

    private static func word(_ value: JSONValue?) -> String? {
        guard let text = value?.string, (1...longestWord).contains(text.utf8.count) else {
            return nil
        }
        return text
    }
}
