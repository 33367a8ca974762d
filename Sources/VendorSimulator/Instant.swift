// Points in time as the vendor writes them: microseconds and `+00:00`.

enum Instant {
    /// `milliseconds` since the epoch, not before it.
    static func text(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        // Howard Hinnant's civil_from_days.
        let shifted = seconds / 86400 + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        let civilYear = year + era * 400 + (civilMonth <= 2 ? 1 : 0)
        let time = seconds % 86400
        return "\(civilYear)-\(two(civilMonth))-\(two(day))T\(two(time / 3600)):"
            + "\(two(time / 60 % 60)):\(two(time % 60)).\(three(milliseconds % 1000))000+00:00"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func three(_ number: Int64) -> String {
        number < 10 ? "00\(number)" : number < 100 ? "0\(number)" : "\(number)"
    }
}
