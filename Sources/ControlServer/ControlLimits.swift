// Every bound on those who stay: listeners and long polls, with unit and reason.

import Synchronization

package struct ControlLimits: Sendable {
    /// Streams of `GET /events` at once; each holds one page of events at most.
    package var listeners = 64
    /// Long polls at once.
    package var waiters = 64
    /// Seconds of silence on a stream before a comment tells that it lives; a
    /// dead reader is found by it.
    package var beatSeconds: Int64 = 15
    /// Seconds a long poll may ask for; proxies give up at a minute.
    package var longestWaitSeconds: Int64 = 60
    /// Milliseconds a reader is told to wait before it comes back.
    package var retryMilliseconds: Int64 = 3000
    /// Seconds one is told to wait when there is no room.
    package var retryAfterSeconds: Int64 = 5
    /// Events read from the history and sent as one piece.
    package var pageOfEvents = 16

    package init() {}
    package static let standard = ControlLimits()
}

/// A bounded number of places. One that is taken is given back when it is let
/// go, whatever became of the connection.
final class Seats: Sendable {
    final class Seat: Sendable {
        private let seats: Seats
        fileprivate init(_ seats: Seats) { self.seats = seats }
        deinit { seats.taken.withLock { $0 -= 1 } }
    }

    private let limit: Int
    private let taken = Mutex(0)

    init(_ limit: Int) { self.limit = limit }

    var count: Int { taken.withLock { $0 } }

    /// Nil when all are taken.
    func take() -> Seat? {
        let isFree = taken.withLock { taken in
            guard taken < limit else { return false }
            taken += 1
            return true
        }
        return isFree ? Seat(self) : nil
    }
}
