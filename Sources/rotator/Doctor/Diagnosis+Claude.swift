// Findings about Claude Code, the clock and what else has to be installed.

import ControlWire
import HostFacts
import RotationCore
import RotationEngine

extension Diagnosis {
    static func pinning(_ facts: MachineFacts) -> [Finding] {
        guard !facts.pinning.isEmpty else {
            return [.ok(.pinning, "Nothing pins authentication in this environment or settings.")]
        }
        return facts.pinning.map { finding in
            switch finding.place {
            case .serviceEnvironment, .callerEnvironment:
                .error(
                    .pinning,
                    "\(finding.variable) is set in this environment; a rotation would have no "
                        + "effect on what is started from it.", "Unset it where it is set.",
                    "unset \(finding.variable)", .pinnedEnvironment)
            case .settingsFile(let path):
                .error(
                    .pinning,
                    "\(path) sets \(finding.variable); a rotation would have no effect.",
                    "Remove it there, then look again.", "rotator doctor", .pinnedEnvironment)
            }
        }
    }

    static func pinnedSessions(_ facts: MachineFacts) -> [Finding] {
        facts.pinnedSessions.sorted { $0.pid < $1.pid }.map { session in
            .warning(
                .pinnedSession,
                "Claude Code \(session.pid) has \(session.variables.joined(separator: ", ")) in "
                    + "its environment; no rotation reaches it.",
                "Leave it, unset that, start it anew.", "rotator doctor")
        }
    }

    static func configDirectory(_ facts: MachineFacts) -> [Finding] {
        guard !facts.elsewhere.isEmpty else {
            return [
                .ok(.configDirectory, "Claude Code's files are in \(facts.credentialDirectory).")
            ]
        }
        return facts.elsewhere.map { other in
            .warning(
                .configDirectory,
                "Claude Code \(other.pid) keeps its credential in \(other.directory), this "
                    + "environment says \(facts.credentialDirectory); it is not rotated.",
                "Start the service with the CLAUDE_CONFIG_DIR of the sessions it is for.",
                "rotator serve")
        }
    }

    static func claude(_ facts: MachineFacts) -> [Finding] {
        guard let claude = facts.claude else {
            return [
                .warning(
                    .claude, "`claude` was not found on the PATH or where it is installed.",
                    "Install Claude Code; signing in goes through it.",
                    "rotator doctor")
            ]
        }
        guard let version = claude.version else {
            return [
                .warning(
                    .claude, "\(claude.path) does not say its version.",
                    "See whether it starts.", "claude --version")
            ]
        }
        return [.ok(.claude, "\(claude.path), version \(version).")]
    }

    static func clock(_ facts: MachineFacts) -> [Finding] {
        guard case .running(_, _, _, let skew) = facts.service, let skew else {
            return [
                .info(.clock, "The clock was not compared: the vendor was not asked anything yet.")
            ]
        }
        guard abs(skew) >= skewSeconds else {
            return [.ok(.clock, "The clock agrees with the vendor's, within \(abs(skew)) s.")]
        }
        let direction = skew > 0 ? "ahead of" : "behind"
        return [
            .warning(
                .clock, "The clock is \(abs(skew)) s \(direction) the vendor's.",
                "Resets and expiries are the vendor's times: set the clock.", "date -u")
        ]
    }

    static func browser(_ facts: MachineFacts) -> [Finding] {
        guard let browser = facts.browser else {
            return [
                .info(
                    .browser,
                    "No Chrome or Chromium was found; only a sign-in in a window of its own needs "
                        + "one.")
            ]
        }
        return [.ok(.browser, "\(browser) is there for sign-ins in a window of their own.")]
    }

    static func libraries(_ facts: MachineFacts) -> [Finding] {
        guard !facts.missingLibraries.isEmpty else {
            return [.ok(.libraries, "libcurl and the digests are there.")]
        }
        return facts.missingLibraries.map { missing in
            .error(.libraries, missing + ".", "Install it, then look again.", "rotator doctor")
        }
    }
}
