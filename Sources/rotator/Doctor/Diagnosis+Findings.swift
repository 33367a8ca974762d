// The judge of the doctor: facts in, findings out. What stops rotation is an
// error, what will be in the way a warning, the rest is said for the record.

import ControlWire
import HostFacts
import RotationCore
import RotationEngine

extension Diagnosis {
    /// Seconds of difference to the vendor's clock from which it matters: times
    /// of resets and expiries are the vendor's.
    static let skewSeconds: Int64 = 60

    init(_ facts: MachineFacts) {
        findings =
            [
                Self.configuration(facts), Self.service(facts), Self.ticks(facts),
                Self.port(facts), Self.store(facts), Self.slots(facts), Self.locks(facts),
                Self.permissions(facts), Self.database(facts), Self.pinning(facts),
                Self.pinnedSessions(facts), Self.configDirectory(facts), Self.claude(facts),
                Self.clock(facts), Self.browser(facts), Self.libraries(facts),
            ].flatMap { $0 }
    }

    private static func configuration(_ facts: MachineFacts) -> [Finding] {
        guard let error = facts.configurationError else { return [] }
        return [
            .error(
                .configuration, "The configuration is wrong: \(error).",
                "Correct it; what is below was looked at with the defaults.", "rotator config",
                .badArguments)
        ]
    }

    private static func service(_ facts: MachineFacts) -> [Finding] {
        switch facts.service {
        case .running(let version, let optedIn, _, _):
            let state = optedIn ? "on" : "off"
            return [.ok(.service, "The service runs (\(version)) and rotation is \(state).")]
        case .notRunning where facts.flagIsOn:
            return [
                .warning(
                    .service, "Rotation is on, but the service does not run: nothing is rotated.",
                    "Start it.", "rotator heartbeat")
            ]
        case .notRunning: return [.info(.service, "The service does not run; rotation is off.")]
        case .silent(let why):
            return [
                .error(
                    .service, "The service is there and does not answer as it should: \(why).",
                    "Its log may say why; end it and start it anew.", "rotator heartbeat",
                    .serviceUnreachable)
            ]
        }
    }

    private static func ticks(_ facts: MachineFacts) -> [Finding] {
        guard case .running(_, true, let seconds, _) = facts.service else { return [] }
        let limit = max(Bounds().tickStallSeconds, 3 * facts.tickIntervalSeconds)
        guard let seconds else {
            return [.info(.ticks, "No tick has finished yet.")]
        }
        guard seconds >= limit else {
            return [.ok(.ticks, "The last tick finished \(seconds) s ago.")]
        }
        return [
            .error(
                .ticks, "No tick has finished for \(seconds) s: nothing is rotated.",
                "Try one; if it does not end, end the service and start it anew.",
                "rotator tick")
        ]
    }

    private static func port(_ facts: MachineFacts) -> [Finding] {
        switch facts.port {
        case .ours: [.ok(.port, "Port \(facts.portNumber) is this service's.")]
        case .free: [.ok(.port, "Port \(facts.portNumber) is free.")]
        case .notFixed: [.info(.port, "The service takes any free port.")]
        case .taken:
            [
                .error(
                    .port, "Port \(facts.portNumber) is taken by another program.",
                    "Choose another one (server.port, ROTATOR_PORT).", "rotator config")
            ]
        }
    }

    private static func store(_ facts: MachineFacts) -> [Finding] {
        switch facts.store {
        case .unsupported(let advice):
            [
                .error(
                    .store, "There is no credential store: \(advice).",
                    "Choose one (store, ROTATOR_STORE).", "rotator config", .unsupportedPlatform)
            ]
        case .notLookedAt(let name):
            [.info(.store, "\(name) was not looked at, because it might ask you for leave.")]
        case .signedIn(let name):
            [.ok(.store, "Claude Code is signed in (\(name)).")]
        case .signedOut(let name):
            [
                .warning(
                    .store, "Claude Code is signed out (\(name)).",
                    "Sign in with /login in Claude Code, or choose an account.",
                    "rotator accounts")
            ]
        case .unusable(let name, let why):
            [
                .error(
                    .store, "\(name) cannot be used: \(why).",
                    "Sign in again with /login in Claude Code if it does not heal by itself.",
                    "rotator capture", .credentialUnavailable)
            ]
        }
    }

    private static func slots(_ facts: MachineFacts) -> [Finding] {
        let damaged = facts.damagedSlots.map { name in
            Finding.warning(
                .slots, "The slot \(name) is not understood and was left alone.",
                "Sign in to that account again; its slot is then written anew.",
                "rotator accounts")
        }
        if case .unsupported = facts.store { return damaged }
        if case .notLookedAt = facts.store { return damaged }
        guard facts.slots >= 2 else {
            return damaged + [
                .warning(
                    .slots, "\(facts.slots) accounts have a slot and rotation needs two.",
                    "Sign in to another with /login in Claude Code, and file it.",
                    "rotator capture")
            ]
        }
        return damaged + [.ok(.slots, "\(facts.slots) accounts have a slot.")]
    }

    private static func locks(_ facts: MachineFacts) -> [Finding] {
        guard !facts.locks.isEmpty else { return [.ok(.locks, "No lock of Claude Code is held.")] }
        return facts.locks.map { lock in
            guard lock.isStale else {
                return .info(
                    .locks, "\(lock.path) is held, for \(lock.ageSeconds) s; swaps wait for it.")
            }
            return .error(
                .locks, "\(lock.path) has been left behind (\(lock.ageSeconds) s old).",
                "When no Claude Code is just signing in, remove it.",
                "rm -r \(ShellWord.quoted(lock.path))", .credentialUnavailable)
        }
    }

    private static func permissions(_ facts: MachineFacts) -> [Finding] {
        guard !facts.exposed.isEmpty else {
            return [.ok(.permissions, "Files with credentials are for their owner only.")]
        }
        return facts.exposed.map { one in
            .error(
                .permissions,
                "\(one.path) can be looked at by others (\(String(one.mode, radix: 8))).",
                "Take that away.",
                "chmod \(String(one.wanted, radix: 8)) \(ShellWord.quoted(one.path))")
        }
    }

    private static func database(_ facts: MachineFacts) -> [Finding] {
        switch facts.database {
        case .absent: return [.info(.database, "There is no history yet.")]
        case .sound: return [.ok(.database, "The history is sound.")]
        case .older(let detail): return [.info(.database, detail + ".")]
        case .newer(let detail):
            return [
                .error(
                    .database, detail + ".", "Install the newer version of this program.",
                    "rotator --version")
            ]
        case .damaged(let detail):
            let path = facts.databasePath
            return [
                .error(
                    .database, detail + ".",
                    "End the service, move the file aside; a new history is begun.",
                    "mv \(ShellWord.quoted(path)) \(ShellWord.quoted(path + ".damaged"))")
            ]
        case .unavailable(let detail):
            return [
                .error(
                    .database, detail + ".", "Check the disk and the data directory.",
                    "rotator config")
            ]
        }
    }
}
