// How a program that stays ends by a signal: Ctrl-C is how a person leaves it,
// so that is a good end; the others end it as a shell would tell them, 128 and
// the signal's number.

import ArgumentParser
import CSystem

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum SignalEnd {
    static let stop = SIGTSTP

    /// Nil when the signal ends nothing.
    static func code(_ signal: Int32) -> Int32? {
        switch signal {
        case SIGINT: 0
        case SIGTERM, SIGHUP, SIGQUIT: 128 + signal
        default: nil
        }
    }

    static func end(_ code: Int32) throws {
        if code != 0 { throw ArgumentParser.ExitCode(code) }
    }

    static func stopSelf() { csystem_stop_self() }
}
