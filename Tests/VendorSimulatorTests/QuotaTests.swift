// The one arithmetic of quota: of the simulated vendor's accounts, and of
// nights.

import Testing
import VendorSimulator

private let fiveHours = Quota.fiveHours

@Suite struct QuotaTests {
    private func quota(_ five: Double, _ seven: Double) -> Quota {
        Quota(
            five: five, seven: seven, fiveResetsAt: fiveHours, sevenResetsAt: Quota.sevenDays)
    }

    @Test(arguments: [(10, 10, 0), (11, 10, 1), (9, 9, 0)] as [(Double, Double, Double)])
    func `there is as much as there is`(wanted: Double, served: Double, short: Double) {
        var quota = quota(90, 0)
        #expect(quota.serve(wanted) == served && wanted - served == short)
        #expect(quota.isSpent == (served == 10))
    }

    @Test func `a spent week stops the five hours as well`() {
        var quota = quota(10, 100)
        #expect(quota.left == 0 && quota.serve(1) == 0 && quota.isSpent)
        #expect(quota.five == 10)
    }

    @Test(arguments: [-1, 0, 1])
    func `a window begins anew at its reset, not before`(second: Int) {
        var quota = quota(40, 50)
        let lapsed = quota.pass(to: fiveHours + second)
        #expect(quota.five == (second < 0 ? 40 : 0) && lapsed == (second < 0 ? 0 : 60))
        #expect(quota.fiveResetsAt == (second < 0 ? 1 : 2) * fiveHours && quota.seven == 50)
    }

    @Test func `after a long time the reset is ahead again`() {
        var quota = quota(40, 50)
        _ = quota.pass(to: 30 * 86_400)
        #expect(quota.fiveResetsAt > 30 * 86_400 && quota.sevenResetsAt > 30 * 86_400)
        #expect(quota.five == 0 && quota.seven == 0)
    }

    @Test func `a week reset early is free before anybody said so`() {
        for (used, isUntold) in [(96.0, false), (97, true)] {
            var quota = quota(1, used)
            quota.earlyReset = 100
            _ = quota.pass(to: 99)
            #expect(quota.seven == used && !quota.resetUntold)
            _ = quota.pass(to: 100)
            #expect(quota.seven == 0 && quota.resetUntold == isUntold)
            #expect(quota.earlyReset == nil && quota.sevenResetsAt == Quota.sevenDays)
        }
    }

    @Test func `a simulated account burns by it`() {
        let simulator = VendorSimulator(
            accounts: [
                SimulatedAccount(
                    email: "a@example.com", accountUUID: "u", organizationUUID: "o", fiveHour: 40,
                    sevenDay: 99, now: 0)
            ], clockMilliseconds: { 0 }, seed: 1)
        simulator.consume(email: "a@example.com", percent: 50)
        // One point of the week is eight of the five hours.
        #expect(simulator.account("a@example.com")?.sevenDay == 100)
        #expect(simulator.account("a@example.com")?.fiveHour == 48)
    }
}
