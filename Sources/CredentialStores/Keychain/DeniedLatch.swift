// When not to ask any more. A tool that asks the person at the screen and is
// told no, or is left without an answer, would ask again at every tick; the
// latch keeps it from being started until a cool-down has passed, and then lets
// one call through to see. Time is told: milliseconds of a clock that never
// steps.

struct DeniedLatch {
    static let coolDownMilliseconds: Int64 = 600_000
    /// One slow call is no denial; this many in a row are.
    static let timeOutsThatSet = 3

    /// What a call has shown.
    enum Sign {
        /// It answered, with what is there or with a proven absence.
        case answered
        /// The person, or the system for the person, said no.
        case denied
        /// No answer, while a dialog may have been on the screen.
        case timedOut
        /// It ended by itself with something else: a locked store, a failure.
        case failed
        /// Nothing was learned: it could not be started, or a call that cannot
        /// ask anybody timed out.
        case nothing
    }

    private enum State {
        case clear(timeOuts: Int)
        case set(until: Int64)
        /// The cool-down has passed and one call was let through.
        case probing
    }

    private var state = State.clear(timeOuts: 0)

    /// Whether a program may be started now. After the cool-down that lets one
    /// through; its sign must be noted before this is asked again.
    mutating func admits(at now: Int64) -> Bool {
        switch state {
        case .clear: return true
        case .set(let until) where now < until: return false
        case .set:
            state = .probing
            return true
        case .probing: return false
        }
    }

    mutating func note(_ sign: Sign, at now: Int64) {
        switch (sign, state) {
        case (.answered, _): state = .clear(timeOuts: 0)
        case (.denied, _), (_, .probing), (_, .set): set(at: now)
        case (.failed, .clear): state = .clear(timeOuts: 0)
        case (.timedOut, .clear(let timeOuts)):
            if timeOuts + 1 >= Self.timeOutsThatSet {
                set(at: now)
            } else {
                state = .clear(timeOuts: timeOuts + 1)
            }
        case (.nothing, .clear): break
        }
    }

    private mutating func set(at now: Int64) {
        state = .set(until: now + Self.coolDownMilliseconds)
    }
}
