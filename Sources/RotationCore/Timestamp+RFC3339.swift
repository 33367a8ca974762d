// RFC 3339 date-times, read strictly and written one way. Pure arithmetic: the
// civil-from-days algorithm over the proleptic Gregorian calendar, so nothing
// depends on a locale, a time zone or a formatter.

extension Timestamp {
    /// Parses a `date-time` of RFC 3339 §5.6: `T` or `t` between date and time,
    /// any number of fraction digits (kept to the millisecond, rounded down),
    /// `Z`, `z` or a numeric offset. A leap second (`:60`) is read as the last
    /// whole second before it. Nil for anything else.
    package init?(rfc3339 text: String) {
        var reader = DateTimeReader(text)
        guard let milliseconds = reader.read() else { return nil }
        self.init(milliseconds: milliseconds)
    }

    /// UTC, whole seconds rounded towards the past: `2026-11-23T21:04:05Z`.
    package var rfc3339: String {
        let (days, second) = daysAndSecond
        let date = CivilDate(daysSinceEpoch: days)
        return DateTimeWriter.text { text in
            text.put(year: date.year)
            text.put(date.month, after: "-")
            text.put(date.day, after: "-")
            text.put(second / 3600, after: "T")
            text.put(second / 60 % 60, after: ":")
            text.put(second % 60, after: ":")
        }
    }

    /// The time of day in UTC, for sentences: `21:04Z`.
    package var timeOfDay: String {
        let second = daysAndSecond.second
        return DateTimeWriter.text { text in
            text.put(second / 3600)
            text.put(second / 60 % 60, after: ":")
        }
    }

    private var daysAndSecond: (days: Int64, second: Int64) {
        let days = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
        return (days, seconds - days * 86400)
    }
}

/// In place, digit by digit: where no account is left, a decision tells a moment of
/// each.
private struct DateTimeWriter {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private var count = 0

    /// What is put, and `Z`. The farthest year a timestamp can be of has nine digits.
    static func text(_ put: (inout DateTimeWriter) -> Void) -> String {
        String(unsafeUninitializedCapacity: 32) { bytes in
            var writer = DateTimeWriter(bytes: bytes)
            put(&writer)
            writer.put(UInt8(ascii: "Z"))
            return writer.count
        }
    }

    /// Four digits, as RFC 3339 has it; a year that needs more is told with them.
    mutating func put(year: Int64) {
        guard (0...9999).contains(year) else { return String(year).utf8.forEach { put($0) } }
        put(year / 100)
        put(year % 100)
    }

    /// Two digits of a number below 100.
    mutating func put(_ number: Int64, after mark: Unicode.Scalar? = nil) {
        if let mark { put(UInt8(ascii: mark)) }
        put(0x30 + UInt8(number / 10))
        put(0x30 + UInt8(number % 10))
    }

    private mutating func put(_ byte: UInt8) {
        bytes[count] = byte
        count += 1
    }
}

/// A day of the proleptic Gregorian calendar.
private struct CivilDate {
    var year: Int64
    var month: Int64
    var day: Int64

    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
    /// `civil_from_days`: eras of 400 years that begin on 1 March.
    init(daysSinceEpoch: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Nil when the day does not exist.
    init?(year: Int64, month: Int64, day: Int64) {
        guard (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[Int(month) - 1] else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Hinnant's `days_from_civil`.
    var daysSinceEpoch: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

/// Reads one date-time from front to back; every `read…` is nil on the first
/// byte that does not fit.
private struct DateTimeReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    /// Milliseconds since the epoch.
    mutating func read() -> Int64? {
        guard let year = number(4), take("-"), let month = number(2), take("-"),
            let day = number(2), take("T") || take("t"),
            let date = CivilDate(year: year, month: month, day: day),
            let hour = number(2), hour <= 23, take(":"),
            let minute = number(2), minute <= 59, take(":"),
            let second = number(2), second <= 60,
            let fraction = fraction(), let offset = offset(), rest.isEmpty
        else { return nil }
        let time = hour * 3600 + minute * 60 + min(second, 59)
        return (date.daysSinceEpoch * 86400 + time - offset) * 1000 + fraction
    }

    private mutating func take(_ character: Character) -> Bool {
        guard rest.first == character.asciiValue else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func number(_ width: Int) -> Int64? {
        guard rest.count >= width else { return nil }
        var value: Int64 = 0
        for byte in rest.prefix(width) {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        rest.removeFirst(width)
        return value
    }

    /// Milliseconds of an optional fraction.
    private mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        var scale: Int64 = 100
        for byte in digits.prefix(3) {
            value += Int64(byte - 0x30) * scale
            scale /= 10
        }
        rest.removeFirst(digits.count)
        return value
    }

    /// Seconds east of UTC.
    private mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") {
            sign = 1
        } else if take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hour = number(2), hour <= 23, take(":"), let minute = number(2), minute <= 59
        else { return nil }
        return sign * (hour * 3600 + minute * 60)
    }
}
