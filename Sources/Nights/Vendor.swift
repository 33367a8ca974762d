// The usage endpoint as measured (reference D12): about 28 requests in a
// trailing hour and account, then 429 for an hour from the last good one on.
// Utilization is told in whole points, as the vendor does.

import RotationCore
import VendorSimulator

struct UsageEndpoint {
    static let perHour = 28
    private var asked: [[Int]]
    private var blockedUntil: [Int]
    private(set) var requests = 0
    private(set) var throttled = 0
    /// Says when to come back; without it a client is on its own.
    let saysWhen: Bool
    private let model: String?
    private let outages: [Range<Int>]

    init(_ night: Night, saysWhen: Bool) {
        asked = Array(repeating: [], count: night.quotas.count)
        blockedUntil = Array(repeating: 0, count: night.quotas.count)
        self.saysWhen = saysWhen
        model = night.model
        outages = night.outages
    }

    mutating func ask(_ account: Int, _ quota: Quota, at second: Int) -> UsageAnswer {
        requests += 1
        if outages.contains(where: { $0.contains(second) }) { return .unreachable(.timedOut) }
        asked[account].removeAll { second - $0 >= 3600 }
        if second >= blockedUntil[account], asked[account].count >= Self.perHour {
            blockedUntil[account] = second + 3600
        }
        guard second >= blockedUntil[account] else {
            throttled += 1
            let until = Timestamp(seconds: Int64(World.epoch + blockedUntil[account]))
            return .rateLimited(retryAfter: saysWhen ? until : nil)
        }
        asked[account].append(second)
        var windows = Self.accountWide(quota)
        if let model, let used = quota.model {
            let key = WindowKey(name: "weekly_scoped", model: model)
            windows.append(Self.window(key, used, quota.sevenResetsAt))
        }
        return .windows(windows)
    }

    static func accountWide(_ quota: Quota) -> [UsageWindow] {
        [
            window(.fiveHour, quota.five, quota.fiveResetsAt),
            window(.sevenDay, quota.seven, quota.sevenResetsAt),
        ]
    }

    /// Utilization is told in whole points, as the vendor does.
    private static func window(_ key: WindowKey, _ used: Double, _ reset: Int) -> UsageWindow {
        UsageWindow(
            key: key, utilization: used.rounded(.down),
            resetsAt: Timestamp(seconds: Int64(World.epoch + reset)))
    }
}
