// Looks at the machine for the doctor. Reads only; the one program it runs is
// `claude --version`, and that only where its path does not say the version.

import CSystem
import ControlWire
import CredentialStores
import DurableFiles
import HistoryStore
import HostFacts
import LoginDesk
import LoopbackHTTP
import RotationCore
import RotationEngine
import Upstream

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct Examination {
    let configuration: Configuration
    let environment: [String: String]
    let clock: any EngineClock

    /// Milliseconds the service, and `claude`, are given to answer.
    private static let serviceMilliseconds: Int64 = 3000
    private static let claudeMilliseconds: Int64 = 5000

    private var paths: ClaudePaths {
        ClaudePaths(
            home: environment["HOME"] ?? "", claudeConfigDir: environment["CLAUDE_CONFIG_DIR"])
    }

    /// What the service would sign in with.
    private var login: LoginSettings { SignIns.settings(configuration, environment) }

    func facts() async -> MachineFacts {
        let data = configuration.dataDirectory
        let probe = HostProbe(
            credentialDirectory: paths.credentialDirectory, environment: environment,
            ownUID: geteuid())
        var facts = MachineFacts()
        facts.service = service()
        facts.portNumber = configuration.port
        facts.port = port(facts.service)
        facts.flagIsOn = OptInFlagFile(path: data + "/opt-in.flag").isOn()
        facts.tickIntervalSeconds = configuration.bounds.tickIntervalSeconds
        (facts.store, facts.slots, facts.damagedSlots) = await store()
        facts.locks = LockSighting.all(paths, now: clock.now())
        facts.exposed = exposed()
        facts.databasePath = data + "/rotator.sqlite"
        facts.database = await database(facts.databasePath)
        facts.pinning = await probe.pinningFindings()
        facts.pinnedSessions = await probe.lookForClaude().pinnedSessions
        facts.credentialDirectory = paths.credentialDirectory
        facts.elsewhere = probe.claudeElsewhere()
        facts.claude = claude()
        facts.browser = Programs.browser(login)
        facts.missingLibraries = [CurlVendor.loadError, StoreSighting.digestError]
            .compactMap(\.self)
        return facts
    }

    // MARK: The service

    private func service() -> MachineFacts.Service {
        switch health(.unixSocket(path: configuration.socketPath)) {
        case .failure(.notListening): return .notRunning
        case .failure(.timedOut): return .silent("it did not answer in time")
        case .failure: return .silent("what came is not an answer")
        case .success(let health):
            let last = health.lastTickAt.flatMap(Timestamp.init(rfc3339:))
            return .running(
                version: health.version, optedIn: health.optedIn,
                lastTickSeconds: last.map { clock.now().seconds(since: $0) },
                skewSeconds: health.clockAheadSeconds)
        }
    }

    private func port(_ service: MachineFacts.Service) -> MachineFacts.Port {
        guard configuration.port != 0 else { return .notFixed }
        switch health(.ipv4(port: configuration.port)) {
        case .failure(.notListening): return .free
        case .failure: return .taken
        case .success:
            if case .running = service { return .ours }
            return .taken
        }
    }

    private func health(
        _ address: HTTPClient.Address
    ) -> Result<HealthBody, HTTPClientError> {
        do {
            let answer = try HTTPClient(address).exchange(
                method: "GET", target: "/health", timeoutMilliseconds: Self.serviceMilliseconds)
            guard answer.status == 200,
                let body = try? JSONDecoder().decode(HealthBody.self, from: Data(answer.body))
            else { return .failure(.malformed) }
            return .success(body)
        } catch {
            return .failure(error)
        }
    }

    // MARK: Stores and files

    private func store() async -> (MachineFacts.Store, Int, [String]) {
        let name = configuration.text(.store)
        if let advice = StoreAdvice.unsupported(store: name) {
            return (.unsupported(advice: advice), 0, [])
        }
        guard name == "file" else {
            let shown = name == "secret-service" ? "the Secret Service" : "the keychain"
            return (.notLookedAt(name: shown), 0, [])
        }
        let seen = await StoreSighting.files(paths, dataDirectory: configuration.dataDirectory)
        let file = paths.credentialsFile
        let store: MachineFacts.Store =
            switch seen.live {
            case .signedIn: .signedIn(name: file)
            case .signedOut: .signedOut(name: file)
            case .unusable(let why): .unusable(name: file, why)
            }
        return (store, seen.slots, seen.damaged)
    }

    /// What only its owner may look into, and others may.
    private func exposed() -> [MachineFacts.Exposed] {
        let data = configuration.dataDirectory
        let slots = data + "/slots"
        let names = (try? DurableFile.names(in: slots)) ?? []
        let files =
            [paths.credentialsFile, data + "/lineage.key", data + "/rotator.sqlite"]
            + names.map { slots + "/" + $0 }
        let folders: [(String, UInt32)] = [(data, 0o700), (slots, 0o700)]
        let wanted: [(String, UInt32)] = folders + files.map { ($0, 0o600) }
        return wanted.compactMap { path, mode in
            guard let facts = (try? FileFacts.of(path, following: true)) ?? nil, !facts.isPrivate
            else { return nil }
            return MachineFacts.Exposed(path: path, mode: facts.mode, wanted: mode)
        }
    }

    private func database(_ path: String) async -> MachineFacts.Database {
        guard (try? FileFacts.of(path)) ?? nil != nil else { return .absent }
        let history = SQLiteHistory.forReading(path: path)
        defer { history.close() }
        do {
            try await history.check()
            return .sound
        } catch {
            switch error {
            case .corrupt(let detail): return .damaged(detail)
            case .newerSchema(let detail): return .newer(detail)
            case .unavailable(let detail):
                return detail.contains("of an older version")
                    ? .older(detail) : .unavailable(detail)
            }
        }
    }

    // MARK: Claude Code

    private func claude() -> MachineFacts.Claude? {
        guard let path = Programs.client(login) else { return nil }
        return MachineFacts.Claude(path: path, version: Self.version(in: path) ?? askVersion(path))
    }

    /// Of an installation that is a link into `versions/`; nil of another.
    private static func version(in path: String) -> String? {
        let parts = (canonicalPath(path) ?? path).split(separator: "/")
        guard let last = parts.last, parts.dropLast().last == "versions",
            last.first?.isNumber == true
        else { return nil }
        return String(last)
    }

    /// The first word of what it says that begins with a digit.
    private func askVersion(_ path: String) -> String? {
        let few = environment.filter { ["HOME", "PATH", "LANG"].contains($0.key) }
        guard var child = try? SpawnedChild.start(path, ["--version"], few).get() else {
            return nil
        }
        defer { child.closeAll() }
        let deadline = csystem_uptime_ms() + Self.claudeMilliseconds
        guard case .closed = child.converse([], outputLimit: 4096, until: deadline),
            child.status(until: deadline) != nil
        else {
            child.kill()
            return nil
        }
        let words = String(decoding: child.output, as: UTF8.self)
            .split { $0.isWhitespace }
        return words.first { $0.first?.isNumber == true }.map { String($0.prefix(40)) }
    }
}
