// What a support bundle tells, section by section: facts that exist already,
// gathered without changing anything. Works with the service down.

import ControlWire
import CredentialStores
import DurableFiles
import HistoryStore
import HostFacts
import LoopbackHTTP
import RotationCore
import RotationEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct SupportSection {
    let name: String
    var lines: [String]
}

struct SupportSections {
    let configuration: Configuration
    let environment: [String: String]
    let paths: ClaudePaths
    let now: Timestamp

    /// Lines of the log, and rows of the history, at most.
    private static let logLines = 400
    private static let rows = 50

    /// The sections, and the accounts they name.
    func gather() async -> ([SupportSection], accounts: [(email: String, id: String)]) {
        let (history, accounts) = await history()
        let sections = [
            about, settings, await machine(), files, service(), history, log,
        ]
        return (sections, accounts)
    }

    // MARK: This machine

    private var about: SupportSection {
        var facts = utsname()
        uname(&facts)
        func text<Field>(_ field: Field) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return SupportSection(
            name: "about",
            lines: [
                "rotator \(Version.current)", "made at \(now.rfc3339)",
                "\(text(facts.sysname)) \(text(facts.release)) \(text(facts.machine))",
            ])
    }

    private var settings: SupportSection {
        let rows = SettingKey.allCases.map { key in
            let value = configuration.values[key]
            return [key.rawValue, Self.shown(key, value?.text ?? ""), "(\(source(value)))"]
        }
        let windows = configuration.thresholdByWindow.sorted { $0.key < $1.key }.map {
            ["policy.threshold-by-window.\($0.key)", Report.plain($0.value), "(file)"]
        }
        return SupportSection(name: "configuration", lines: Report.table(rows + windows))
    }

    private func source(_ value: SettingValue?) -> String { value?.source.description ?? "default" }

    /// A command is somebody's own text, an address may carry a password.
    private static func shown(_ key: SettingKey, _ text: String) -> String {
        switch key {
        case .statusLineCommand, .desktopCommand, .browserArguments:
            text.isEmpty ? "" : "(set, not shown)"
        case .apiBaseURL, .tokenURL, .loginPages: text.contains("@") ? "(not shown)" : text
        default: key.shown(text)
        }
    }

    private func machine() async -> SupportSection {
        let host = HostProbe(
            credentialDirectory: paths.credentialDirectory, environment: environment,
            ownUID: geteuid())
        let presence = await host.lookForClaude()
        var lines = [
            "Claude Code runs: \(presence.running)",
            "sessions that pin their own authentication: \(presence.pinnedSessions.count)",
        ]
        for finding in await host.pinningFindings() {
            let place =
                switch finding.place {
                case .settingsFile(let path): path
                case .serviceEnvironment, .callerEnvironment: "this environment"
                }
            lines.append("pins authentication: \(finding.variable) in \(place)")
        }
        if let advice = StoreAdvice.unsupported(store: configuration.text(.store)) {
            lines.append("no credential store: \(advice)")
        }
        let token =
            switch BearerTokenFile(dataDirectory: configuration.dataDirectory).state() {
            case .absent: "off"
            case .token: "on"
            case .unusable(let reason): "unusable: \(reason)"
            }
        return SupportSection(name: "machine", lines: lines + ["bearer token: \(token)"])
    }

    /// Names, modes and sizes; no content.
    private var files: SupportSection {
        let data = configuration.dataDirectory
        var paths = [data, data + "/slots", paths.credentialsFile, paths.configFile]
        for directory in [data, data + "/slots"] {
            let names = (try? DurableFile.names(in: directory)) ?? []
            paths += names.map { directory + "/" + $0 }
        }
        let rows = Set(paths).sorted().map { path -> [String] in
            guard let facts = try? FileFacts.of(path) else { return ["-", "-", path, "not there"] }
            return [
                String(facts.mode, radix: 8), "\(facts.size)", path,
                facts.owner == geteuid() ? "" : "of another user",
            ]
        }
        return SupportSection(name: "files", lines: Report.table(rows))
    }

    // MARK: The service, its history, its log

    private func service() -> SupportSection {
        let client = ServiceClient(configuration)
        var lines: [String] = []
        for target in ["/health", "/opt-in", "/pause", "/accounts", "/nudges"] {
            do throws(HTTPClientError) {
                let answer = try client.exchange("GET", target, timeoutSeconds: 5)
                let body = String(decoding: answer.body, as: UTF8.self)
                lines.append("GET \(target) \(answer.status)")
                lines += body.split(separator: "\n").map(String.init)
            } catch {
                return SupportSection(name: "service", lines: lines + ["no answer: \(error)"])
            }
        }
        return SupportSection(name: "service", lines: lines)
    }

    private func history() async -> (SupportSection, [(email: String, id: String)]) {
        let path = configuration.dataDirectory + "/rotator.sqlite"
        let history = SQLiteHistory.forReading(path: path)
        defer { history.close() }
        var lines = ["schema of this program: \(SQLiteHistory.schemaVersion)"]
        do throws(HistoryError) {
            let loaded = try await history.load()
            lines.append("ticks: \(loaded.lastTick), the last at \(text(loaded.lastTickAt))")
            for account in loaded.accounts {
                lines.append("account \(account.identity.email) \(account.identity.id)")
            }
            for rotation in try await history.rotations(limit: Self.rows, before: nil).items {
                lines.append("rotation \(rotation.at.rfc3339) \(rotation.sentence)")
            }
            for decision in try await history.decisions(limit: Self.rows, before: nil).items {
                lines.append(
                    "decision \(decision.at.rfc3339) \(decision.verdict.outcome.rawValue) "
                        + "\(decision.verdict.reason.rawValue): \(decision.verdict.sentence)")
            }
            let accounts = loaded.accounts.map { ($0.identity.email, "\($0.identity.id)") }
            return (SupportSection(name: "history", lines: lines), accounts)
        } catch {
            lines.append("cannot be read: \(error.detail)")
            return (SupportSection(name: "history", lines: lines), [])
        }
    }

    private func text(_ time: Timestamp?) -> String { time?.rfc3339 ?? "no time" }

    private var log: SupportSection {
        let path = configuration.dataDirectory + "/rotator.log"
        var lines: [String] = []
        for file in [path + ".1", path] {
            guard let bytes = try? DurableFile.read(file, limitBytes: 2 * LogFile.standardLimit)
            else { continue }
            lines += String(decoding: bytes, as: UTF8.self)
                .split(separator: "\n").suffix(Self.logLines).map(String.init)
        }
        return SupportSection(name: "log", lines: lines.suffix(Self.logLines))
    }
}
