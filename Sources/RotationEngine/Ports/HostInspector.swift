// The ports to the machine: its processes and settings, the opt-in flag, the
// clock and the log.

import RotationCore

/// A variable or setting that pins Claude Code's authentication, so that a
/// swapped credential is never read. Names only, never values.
package struct PinningFinding: Hashable, Sendable {
    /// For example `ANTHROPIC_API_KEY` or `apiKeyHelper`.
    package let variable: String
    package let place: Place

    package enum Place: Hashable, Sendable {
        /// The environment this service was started with.
        case serviceEnvironment
        /// The environment of the caller, who sent the name.
        case callerEnvironment
        /// A Claude Code settings file.
        case settingsFile(String)
    }

    package init(variable: String, place: Place) {
        self.variable = variable
        self.place = place
    }
}

package protocol HostInspector: Sendable {
    /// Running Claude Code processes and session files that lead to this
    /// store. Never starts `claude`.
    func lookForClaude() async -> ClaudePresence
    /// What pins authentication in the service's own environment and in the
    /// user's Claude Code settings files.
    func pinningFindings() async -> [PinningFinding]
}

/// `opt-in.flag`: the flag is the truth, the database keeps its history.
package protocol OptInFlag: Sendable {
    /// True when the flag file exists and holds `on`. A file that cannot be
    /// read reads as off: doubt never turns the service on.
    func isOn() -> Bool
    /// Writes or removes the flag atomically; idempotent.
    func set(_ enabled: Bool) throws(FlagError)
}

package struct FlagError: Error, Hashable, Sendable {
    package let message: String
    package init(message: String) { self.message = message }
}

package protocol EngineClock: Sendable {
    func now() -> Timestamp
    /// Milliseconds of a clock that never steps; only differences mean
    /// something.
    func uptimeMilliseconds() -> Int64
    /// Sleeps until about `instant` of this clock; throws when cancelled.
    func sleep(until instant: Timestamp) async throws
}

/// One line of the service log. No secret can get in: messages are made from
/// reasons, e-mails, numbers and file names.
package struct LogLine: Hashable, Sendable {
    /// Levels by who must act: `error` somebody now, `warning` somebody in time,
    /// `notice` nobody although something changed, `info` nobody, `debug` nobody
    /// but who looks for a bug.
    package enum Level: String, Sendable { case debug, info, notice, warning, error }
    package let level: Level
    package let message: String
    package init(_ level: Level, _ message: String) {
        self.level = level
        self.message = message
    }
}

package protocol EngineLog: Sendable {
    func write(_ line: LogLine)
}
