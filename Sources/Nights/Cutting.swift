// One recorded night made from what was burned in it, with every account's
// windows as they stood when it began. A window not known then is not guessed:
// its account is left out of that night.

import RotationCore
import VendorSimulator

struct Cutting {
    /// Of each account, oldest first.
    let readings: [AccountID: [Reading]]
    let slots: [AccountID: SlotFacts]
    let weights: [AccountID: Double]
    let burned: Burned
    let weekShare: Double
    let bounds: Bounds

    private struct Standing {
        var used: Double
        /// Nil where the window had not begun.
        var resetsAt: Timestamp?
    }

    /// The night, and whom it leaves out.
    func night(_ span: Range<Timestamp>) -> (Night, unknown: [AccountID]) {
        let rises = burned.rises.filter { $0.from < span.upperBound && $0.to > span.lowerBound }
        var (accounts, quotas, unknown) = ([NightAccount](), [Quota](), [AccountID]())
        for (id, slot) in slots.sorted(by: { $0.key < $1.key }) {
            guard let quota = quota(of: id, in: span) else {
                unknown.append(id)
                continue
            }
            accounts.append(
                NightAccount(id: id, email: slot.email, tier: slot.details.rateLimitTier))
            quotas.append(quota)
        }
        let first = rises.first.flatMap { rise in accounts.firstIndex { $0.id == rise.account } }
        let night = Night(
            quotas: quotas, demand: Self.demand(rises, in: span), accounts: accounts,
            live: first ?? 0)
        return (night, unknown)
    }

    /// Each rise evenly over its time, as far as that is within the span.
    private static func demand(_ rises: [Rise], in span: Range<Timestamp>) -> [Double] {
        let step = Int64(Night.step) * 1000
        let start = span.lowerBound.milliseconds
        let count = Int((span.upperBound.milliseconds - start + step - 1) / step)
        var demand = [Double](repeating: 0, count: count)
        for rise in rises {
            let rate = rise.points / Double(rise.to.milliseconds - rise.from.milliseconds)
            let from = max(rise.from.milliseconds, start)
            let to = min(rise.to.milliseconds, span.upperBound.milliseconds)
            guard from < to else { continue }
            for index in Int((from - start) / step)...Int((to - 1 - start) / step) {
                let begin = max(from, start + Int64(index) * step)
                let end = min(to, start + Int64(index + 1) * step)
                demand[index] += rate * Double(end - begin)
            }
        }
        return demand
    }

    // MARK: Windows at the beginning

    /// Nil where one of its windows is not known.
    private func quota(of account: AccountID, in span: Range<Timestamp>) -> Quota? {
        let start = span.lowerBound
        guard let five = standing(.fiveHour, of: account, in: span),
            let seven = standing(.sevenDay, of: account, in: span)
        else { return nil }
        func second(_ reset: Timestamp?, _ length: Int) -> Int {
            max(1, reset.map { Int($0.seconds(since: start)) } ?? length)
        }
        var quota = Quota(
            five: min(five.used, 100), seven: min(seven.used, 100),
            fiveResetsAt: second(five.resetsAt, Quota.fiveHours),
            sevenResetsAt: second(seven.resetsAt, Quota.sevenDays),
            earlyReset: burned.earlyResets[account]?.first { span.contains($0) }
                .map { max(1, Int($0.seconds(since: start))) })
        quota.capacity = weights[account] ?? 1
        quota.weekShare = weekShare
        return quota
    }

    /// As last said before the night, where that is young and still holds; else
    /// as first said soon after, less what is known to have been burned since.
    private func standing(
        _ key: WindowKey, of account: AccountID, in span: Range<Timestamp>
    ) -> Standing? {
        let start = span.lowerBound
        let said = (readings[account] ?? []).compactMap {
            reading -> (at: Timestamp, window: UsageWindow)? in
            let window = reading.windows.first {
                $0.key == key && $0.carriedFrom == nil && $0.utilization != nil
            }
            return window.map { (reading.readAt, $0) }
        }
        let last = said.last { $0.at <= start }
        if let last, start.seconds(since: last.at) <= bounds.planReadingSeconds,
            let used = last.window.utilization(at: start)
        {
            return Standing(used: used, resetsAt: last.window.resetsAt)
        }
        let end = min(span.upperBound, start.adding(seconds: bounds.planReadingSeconds))
        guard let (at, window) = said.first(where: { start < $0.at && $0.at <= end }),
            let used = window.utilization
        else { return nil }
        let length = Int64(key == .fiveHour ? Quota.fiveHours : Quota.sevenDays)
        guard let reset = window.resetsAt, reset.adding(seconds: -length) <= start else {
            // It began after the night did; the one before it was over by then
            // only where that was said.
            let wasOver = last?.window.resetsAt.map { $0 <= start } ?? false
            return wasOver ? Standing(used: 0, resetsAt: nil) : nil
        }
        let share = key == .fiveHour ? 1 : weekShare
        let own = burned.rises.filter { $0.account == account && $0.from < at && $0.to > start }
        let since = own.reduce(0) { sum, rise in
            let length = Double(rise.to.milliseconds - rise.from.milliseconds)
            let from = max(rise.from, start)
            return sum + rise.points * Double(min(rise.to, at).milliseconds - from.milliseconds)
                / length
        }
        let before = used - since / (weights[account] ?? 1) * share
        return Standing(used: max(0, before), resetsAt: reset)
    }
}
