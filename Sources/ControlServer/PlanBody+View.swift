// The plan as the body of `GET /plan`. Percents are told rounded down, as the
// vendor tells them; a rate to two digits behind the point.

import ControlWire
import RotationCore
import RotationEngine

extension BandBody {
    fileprivate init(_ band: Band) {
        self.init(low: band.low.told, likely: band.likely.told, high: band.high.told)
    }
}

extension ReachBody {
    fileprivate init(_ reach: Reach) {
        self.init(
            earliest: reach.earliest?.rfc3339, likely: reach.likely?.rfc3339,
            latest: reach.latest?.rfc3339)
    }
}

extension BurnBody {
    fileprivate init(_ burn: Burn) {
        self.init(
            pointsPerHour: BandBody(burn.perHour), sevenDayShare: burn.sevenDayShare.told,
            activeHours: burn.activeHours, idle: burn.isIdle)
    }
}

extension ForecastBody {
    fileprivate init(_ forecast: Forecast, email: String, at now: Timestamp) {
        self.init(
            email: email, live: forecast.isLive, readAt: forecast.readAt.rfc3339,
            ageSeconds: max(0, now.seconds(since: forecast.readAt)),
            windows: forecast.windows.map { window in
                WindowForecastBody(
                    name: window.key.name, utilization: window.utilization?.rounded(.down),
                    resetsAt: window.resetsAt?.rfc3339, pointsPerHour: BandBody(window.burn),
                    thresholdAt: ReachBody(window.threshold), wallAt: ReachBody(window.wall))
            })
    }
}

extension PlanBody {
    init(_ view: PlanView) {
        let plan = view.plan
        func known(_ id: AccountID) -> AccountView? {
            view.accounts.first { $0.identity.id == id }
        }
        func email(_ id: AccountID) -> String { known(id)?.identity.email ?? id.description }
        self.init(
            at: plan.from.rfc3339, until: plan.until.rfc3339, horizon: plan.horizon.rfc3339,
            lasts: plan.lasts.rawValue,
            segments: plan.segments.map { segment in
                PlanSegmentBody(
                    email: segment.account.map(email), from: segment.from.rfc3339,
                    to: segment.to.rfc3339, reason: segment.reason.rawValue)
            },
            dryAt: ReachBody(plan.dry), firstResetAfter: plan.firstResetAfter?.rfc3339,
            burn: view.burn.map(BurnBody.init),
            accounts: plan.forecasts.map {
                ForecastBody($0, email: email($0.account), at: plan.from)
            },
            unknown: plan.unplanned.map { one in
                UnplannedBody(
                    email: email(one.account), reason: one.reason.rawValue,
                    readAt: known(one.account)?.reading?.readAt.rfc3339)
            }, pause: PauseBody(view.pause, at: plan.from))
    }
}

extension Double {
    fileprivate var told: Double { (self * 100).rounded() / 100 }
}
