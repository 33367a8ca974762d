// What every vendor port must do with each answer of the vendor, whatever it
// is reached through.

import RotationCore
import RotationEngine
import Testing

/// A vendor whose answers can be arranged for one account.
package protocol VendorWorld: Sendable {
    var vendor: any VendorAPI { get }
    var token: Secret { get }
    var identity: AccountIdentity { get }
    func arrange(_ answer: UsageAnswer) async
}

package enum VendorConformance {
    package static let refusals: [UsageAnswer] = [
        .unauthorized, .revoked, .restricted, .scopeMissing, .noWindows,
        .rateLimited(retryAfter: nil), .unreachable(.serverError), .unreachable(.malformed),
    ]

    package static func windows(_ world: any VendorWorld) async {
        let windows = [
            UsageWindow(
                key: .fiveHour, utilization: 12.5, resetsAt: Timestamp(seconds: 1_790_003_600)),
            UsageWindow(
                key: .sevenDay, utilization: 97, resetsAt: Timestamp(seconds: 1_790_090_000)),
        ]
        await world.arrange(.windows(windows))
        #expect(await world.vendor.readUsage(world.token) == .windows(windows))
        #expect(await world.vendor.readProfile(world.token) == .identity(world.identity))
    }

    package static func refusal(_ answer: UsageAnswer, _ world: any VendorWorld) async {
        await world.arrange(answer)
        #expect(await world.vendor.readUsage(world.token) == answer)
    }

    package static func strangers(_ world: any VendorWorld) async {
        let stranger = Secret(Array("nobody's".utf8))
        #expect(await world.vendor.readUsage(stranger) == .unauthorized)
        #expect(await world.vendor.readProfile(stranger) == .unauthorized)
    }
}
