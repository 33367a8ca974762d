// A point in time, and its RFC 3339 form.
//
// The judge imports nothing, not even Foundation, and never asks what time it
// is: every `Timestamp` it sees was handed to it. Calendar arithmetic is the
// civil-from-days algorithm (proleptic Gregorian, UTC), so formatting does not
// depend on a locale or a time zone.

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds
/// ignored (POSIX time).
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch. Negative before 1970.
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package init(seconds: Int64) { self.milliseconds = seconds * 1000 }

    /// Whole seconds since the epoch, rounded towards the past.
    package var seconds: Int64 {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package func adding(seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + seconds * 1000)
    }

    /// Whole seconds from `earlier` to this instant; negative when this one is
    /// the earlier.
    package func seconds(since earlier: Timestamp) -> Int64 {
        (milliseconds - earlier.milliseconds) / 1000
    }
}
