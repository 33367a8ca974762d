// The composition root: the one place that knows paths, environment variables
// and the real clock. `serve` and `demo` run the same service.

import ControlServer
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

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
    import Foundation
#endif

/// Why the service could not be started, and what to do.
struct StartError: Error {
    let message: String
}

/// A running service.
final class Service {
    let engine: RotationEngine
    let port: UInt16
    private let server: HTTPServer
    private let vendor: CurlVendor
    private let history: SQLiteHistory
    private let lock: InstanceLock?
    private let signIns: LoginDesk
    private let signInChanges: AsyncStream<SignIn>.Continuation
    private let telling: Task<Void, Never>
    private let ticking: Task<Void, Never>
    private let announcing: Task<Void, Never>
    private let couriers: Couriers

    /// Starts it. `environment` is Claude Code's as well as ours: `HOME` and
    /// `CLAUDE_CONFIG_DIR` find its files.
    init(
        configuration: Configuration, environment: [String: String], clock: any EngineClock,
        log: ServiceLog, limits: RateLimits? = nil
    ) async throws(StartError) {
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw StartError(message: "HOME is not set; Claude Code's files are found by it")
        }
        let paths = ClaudePaths(
            home: home, claudeConfigDir: environment["CLAUDE_CONFIG_DIR"])
        try Self.prepare(configuration.dataDirectory)
        let endpoints = try Self.endpoints(configuration)
        let couriers = try Couriers(configuration, environment, clock)
        self.couriers = couriers
        let vendor = CurlVendor(endpoints: endpoints, userAgent: Version.userAgent) { clock.now() }
        let (vault, lock) = try Self.vault(configuration, paths, environment, clock)
        history = SQLiteHistory(path: configuration.dataDirectory + "/rotator.sqlite")
        // A sign-in has a handful of changes; of a flood the newest are told.
        let (changes, signInChanges) = AsyncStream<SignIn>.makeStream(
            bufferingPolicy: .bufferingNewest(64))
        self.signInChanges = signInChanges
        signIns = try SignIns.desk(
            configuration, environment,
            store: Self.signInStore(configuration, environment, clock), clock: clock, log: log
        ) { signInChanges.yield($0) }
        var ports = EnginePorts(
            clock: clock, vault: vault, vendor: vendor,
            history: history,
            host: HostProbe(
                credentialDirectory: paths.credentialDirectory, environment: environment,
                ownUID: geteuid()),
            flag: OptInFlagFile(path: configuration.dataDirectory + "/opt-in.flag"), log: log,
            imports: PythonRotatorData(
                home: home, ownDirectory: configuration.dataDirectory, environment: environment,
                security: Self.keychain(environment, clock), clock: clock),
            usageCache: ClaudeUsageCache(paths: paths),
            standingNudges: endpoints.otherHost.map(Self.nudge).map { [$0] } ?? [],
            signIns: signIns)
        ports.signInAdvice = SignInHint.advice
        let engine = RotationEngine(ports: ports, bounds: configuration.bounds)
        let identity = ServiceIdentity(
            version: Version.current, pid: getpid(), ownUID: geteuid())
        let limits = limits ?? (configuration.text(.rateLimits) == "false" ? .unlimited : .standard)
        let handler = ControlHandler(
            engine: engine, clock: clock, identity: identity, timer: SystemClock(),
            token: try Self.token(configuration), rateLimits: limits)
        server = HTTPServer(handler: Self.logged(handler, log, clock))
        port = try Self.listen(server, configuration)
        self.engine = engine
        self.vendor = vendor
        self.lock = lock
        await engine.start()
        telling = Task { await engine.tell(changes) }
        await engine.recoverSignIns()
        let announcer = Announcer(engine: engine, couriers: couriers.all)
        announcing = Task { await announcer.run() }
        ticking = Task {
            // Loaded only where it will be needed at once (decision 3).
            if engine.snapshot.optedIn, let missing = CurlVendor.loadError {
                log.write(LogLine(.error, "the vendor cannot be asked: \(missing)"))
            }
            await engine.run()
        }
    }

    /// Lets what runs finish, then stops.
    func stop() async {
        ticking.cancel()
        announcing.cancel()
        // First: what was just authorised is filed while the engine still takes it.
        await signIns.stop()
        signInChanges.finish()
        await telling.value
        await engine.stop()
        vendor.shutdown()
        couriers.shutdown()
        // What was delivered is to be written down, or it is told again.
        await announcing.value
        await server.stop()
        // Else what was written last is in the log beside the file, or not at all
        // in a copy of it.
        history.close()
        withExtendedLifetime(lock) {}
    }

    // MARK: -

    private static func prepare(_ directory: String) throws(StartError) {
        do {
            try DurableFile.makePrivateDirectory(directory)
        } catch {
            throw StartError(message: "the data directory: \(error.message)")
        }
    }

    private static func endpoints(
        _ configuration: Configuration
    ) throws(StartError) -> VendorEndpoints {
        do {
            return try VendorEndpoints(
                apiBaseURL: configuration.text(.apiBaseURL),
                tokenURL: configuration.text(.tokenURL),
                allowOtherHosts: configuration.text(.allowOtherHosts) == "true")
        } catch {
            throw StartError(message: error.message)
        }
    }

    private static func vault(
        _ configuration: Configuration, _ paths: ClaudePaths, _ environment: [String: String],
        _ clock: any EngineClock
    ) throws(StartError) -> (any CredentialVault, InstanceLock?) {
        if let advice = StoreAdvice.unsupported(store: configuration.text(.store)) {
            return (UnsupportedVault(advice: advice), nil)
        }
        do {
            let lock = try InstanceLock.acquire(directory: paths.credentialDirectory)
            // Nobody else writes here now: what a killed writer left is nobody's.
            DurableFile.clearLeftovers(in: configuration.dataDirectory)
            DurableFile.clearLeftovers(in: configuration.dataDirectory + "/slots")
            DurableFile.clearLeftovers(besides: [paths.credentialsFile, paths.configFile])
            return (try stores(configuration, paths, environment, clock), lock)
        } catch let error as VaultError {
            guard case .unsupported(let advice) = error else {
                throw StartError(message: "the credential store: \(error)")
            }
            return (UnsupportedVault(advice: advice), nil)
        } catch let error as InstanceLockError {
            switch error {
            case .held(let directory):
                throw StartError(message: "another rotator serves the credentials in \(directory)")
            case .failed(let reason): throw StartError(message: reason)
            }
        } catch {
            throw StartError(message: "the credential store could not be opened")
        }
    }

    /// Without a service: a vault that takes no lock until it writes.
    static func stores(
        _ configuration: Configuration, _ paths: ClaudePaths, _ environment: [String: String],
        _ clock: any EngineClock
    ) throws(VaultError) -> Vault {
        let data = configuration.dataDirectory
        switch configuration.text(.store) {
        case "file": return Vault(paths: paths, dataDirectory: data, clock: clock)
        case "secret-service":
            return Vault(
                secretService: paths, dataDirectory: data, environment: environment, clock: clock)
        default:
            let login = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
            return try Vault(
                keychain: paths, dataDirectory: data, environment: environment,
                loginName: login, clock: clock, composed: Self.composed)
        }
    }

    /// Looked up for each request, so that `rotator token rotate` needs no
    /// restart.
    private static func token(
        _ configuration: Configuration
    ) throws(StartError) -> @Sendable () -> TokenRule {
        let file = BearerTokenFile(dataDirectory: configuration.dataDirectory)
        let isRequired = configuration.text(.requireToken) == "true"
        if isRequired, case .absent = file.state() {
            do {
                try file.replace(random: SystemRandomNumberGenerator.bytes(32))
            } catch {
                throw StartError(message: "the bearer token: \(error.message)")
            }
        }
        return {
            switch file.state() {
            case .token(let secret): .required(secret)
            case .unusable(let reason): .unusable(reason)
            case .absent where isRequired:
                .unusable("\(file.path) is gone; `rotator token on` makes a new one")
            case .absent: .off
            }
        }
    }

    private static func logged(
        _ handler: ControlHandler, _ log: ServiceLog, _ clock: any EngineClock
    ) -> any HTTPHandler {
        guard let sink = log.requestSink else { return handler }
        return RequestLog(handler, clock: clock, write: sink)
    }

    /// Where Claude Code keeps what it is told to keep in another directory.
    private static func signInStore(
        _ configuration: Configuration, _ environment: [String: String], _ clock: any EngineClock
    ) -> any SignInStore {
        guard let tool = keychain(environment, clock), configuration.text(.store) != "file" else {
            return FileSignInStore()
        }
        let login = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
        return KeychainSignInStore(
            tool: tool, environment: environment, loginName: login, composed: { composed($0) })
    }

    /// What another rotator kept in the keychain; only macOS has one.
    private static func keychain(
        _ environment: [String: String], _ clock: any EngineClock
    ) -> SecurityTool? {
        #if canImport(Darwin)
            SecurityTool(environment: environment, clock: clock)
        #else
            nil
        #endif
    }

    /// NFC; only macOS has a keychain to name.
    private static func composed(_ text: String) -> String {
        #if canImport(Darwin)
            text.precomposedStringWithCanonicalMapping
        #else
            text
        #endif
    }

    /// Both loopbacks and the unix socket; a machine without IPv6 does without.
    private static func listen(
        _ server: HTTPServer, _ configuration: Configuration
    ) throws(StartError) -> UInt16 {
        let socket = HTTPListener.unixSocket(path: configuration.socketPath)
        let ipv4 = HTTPListener.ipv4(port: configuration.port)
        let ipv6 = HTTPListener.ipv6(port: configuration.port)
        do {
            return try server.start([ipv4, ipv6, socket])[0].port
        } catch .addressUnavailable(.ipv6) {
            do {
                return try server.start([ipv4, socket])[0].port
            } catch {
                throw StartError(error)
            }
        } catch {
            throw StartError(error)
        }
    }

    private static func nudge(_ host: String) -> Nudge {
        Nudge(
            code: .otherHost, email: nil, severity: .warning,
            message: "Tokens are sent to \(host), which is not the vendor's host, because the "
                + "configuration says so.", command: "rotator config")
    }
}

extension StartError {
    fileprivate init(_ error: HTTPServerError) {
        message =
            switch error {
            case .addressInUse(let listener):
                "\(listener) is in use; is the service running already?"
            case .addressUnavailable(let listener): "\(listener) is not available"
            case .notASocket(let path): "\(path) is there and is not a socket; move it aside"
            case .failed(let listener, let code):
                "\(listener) cannot be listened on: \(String(cString: strerror(code)))"
            case .alreadyStarted: "the server was started twice"
            }
    }
}
