// Local times, as people name them. The service knows no time zone; the command
// line has the one of its environment, through the C library.

import RotationCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum LocalTime {
    /// `22:05`, or `11-26 22:05` where that is half a day or more from `now`
    /// and on another day.
    static func text(_ time: Timestamp, from now: Timestamp) -> String {
        let (here, there) = (parts(now), parts(time))
        let clock = "\(two(there.tm_hour)):\(two(there.tm_min))"
        let isNear =
            abs(time.seconds(since: now)) < 12 * 3600
            || (here.tm_yday == there.tm_yday && here.tm_year == there.tm_year)
        return isNear ? clock : "\(two(there.tm_mon + 1))-\(two(there.tm_mday)) \(clock)"
    }

    /// The next time the clock shows `HH:MM`, or the instant of an RFC 3339
    /// time; nil for anything else.
    static func parse(_ text: String, after now: Timestamp) -> Timestamp? {
        if let instant = Timestamp(rfc3339: text) { return instant }
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.joined().allSatisfy({ ("0"..."9").contains($0) }),
            (1...2).contains(halves[0].count), halves[1].count == 2,
            let hour = Int32(halves[0]), let minute = Int32(halves[1]),
            (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        let today = instant(hour, minute, daysOn: 0, from: now)
        return today > now ? today : instant(hour, minute, daysOn: 1, from: now)
    }

    private static func instant(
        _ hour: Int32, _ minute: Int32, daysOn: Int32, from now: Timestamp
    ) -> Timestamp {
        var wanted = parts(now)
        wanted.tm_mday += daysOn
        wanted.tm_hour = hour
        wanted.tm_min = minute
        wanted.tm_sec = 0
        // Whether it is summer then is for the library to say.
        wanted.tm_isdst = -1
        return Timestamp(seconds: Int64(mktime(&wanted)))
    }

    private static func parts(_ time: Timestamp) -> tm {
        var seconds = time_t(time.seconds)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return parts
    }

    private static func two(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
