// One sign-in from its private directory to the filed slot: the official client
// is started, what it would open is opened in the account's own profile, and
// what it stored is proven and filed. Whatever happens, the children end and
// the directory goes.

import CSystem
import DurableFiles
import RotationCore
import RotationEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a run ended without a stored credential.
struct RunFailure: Error {
    let reason: SignIn.Failure
    let detail: String
}

struct SignInRun: Sendable {
    let order: SignInOrder
    let isUnattended: Bool
    let settings: LoginSettings
    let programs: Programs
    let directory: PrivateDirectory
    let store: any SignInStore
    let filing: SignInFiling
    let clock: any EngineClock
    /// Uptime in milliseconds.
    let deadline: Int64
    /// Whether somebody wants it ended, and as what.
    let isEnded: @Sendable () -> SignIn.Failure?
    let tell: @Sendable (SignIn.State, String) -> Void

    /// Milliseconds a program is given to end by itself.
    private static let grace: Int64 = 5000
    private static let look = 100

    /// Whose credential was filed.
    func run() async -> Result<AccountIdentity, RunFailure> {
        let client: Child
        let input: PipeEnds
        switch await startClient() {
        case .success(let started): (client, input) = started
        case .failure(let failure): return .failure(failure)
        }
        var window: Window?
        let result: Result<AccountIdentity, RunFailure>
        do throws(RunFailure) {
            let opened = try await openWindow(for: client)
            window = opened
            let made = try await waitForCredential(client, opened)
            tell(.authorised, "the official client has stored the credential")
            result = .success(try await settle(made))
        } catch {
            result = .failure(error)
        }
        input.closeWrite()
        await client.end(graceMilliseconds: result.isSuccess ? Self.grace : 1000)
        // SIGTERM is the end of the desktop session to Chromium, which then leaves
        // without writing its cookies; SIGINT is a person's wish to quit.
        await window?.child.end(with: SIGINT, graceMilliseconds: Self.grace)
        return result
    }

    // MARK: The client

    private func startClient() async -> Result<(Child, PipeEnds), RunFailure> {
        do throws(StartFailure) {
            // It listens for a pasted code; an input that has ended would be one.
            let input = try PipeEnds()
            let client = try await Child.start(
                programs.client, ["auth", "login", "--email", order.email], clientEnvironment,
                descriptors: [input.read, -1, -1]
            ).get()
            input.closeRead()
            return .success((client, input))
        } catch {
            return .failure(
                RunFailure(
                    reason: .clientFailed,
                    detail: "\(programs.client) could not be started: \(error.text)"))
        }
    }

    private var clientEnvironment: [String: String] {
        var environment = settings.environment.filter { name, _ in
            !settings.pinningVariables.contains(name) && !name.hasPrefix("ROTATOR_")
                && !name.hasPrefix("CLAUDE_CODE_OAUTH_") && name != "CLAUDECODE"
        }
        environment["CLAUDE_CONFIG_DIR"] = directory.config
        environment["BROWSER"] = directory.launcher
        environment["PATH"] = directory.programs + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
        return environment
    }

    // MARK: The window

    private func openWindow(for client: Child) async throws(RunFailure) -> Window {
        var named: String?
        while named == nil {
            named = directory.address
            guard named == nil else { break }
            if let ending = client.ending {
                throw RunFailure(
                    reason: .clientFailed,
                    detail: "`claude auth login` \(ending) before it opened a page")
            }
            try await pause()
        }
        guard let address = named else { throw ended(.clientFailed) }
        if let complaint = settings.pages.complaint(address) {
            throw RunFailure(
                reason: .unexpectedPage,
                detail: "the official client wanted to open an address, but \(complaint); it was "
                    + "not opened")
        }
        let presses = isUnattended && settings.pressesConsent
        let plan = Window.Plan(
            browser: programs.browser, email: order.email, address: address, presses: presses,
            isHeadless: presses && settings.isHeadless)
        switch await Window.open(plan, settings) {
        case .success(let window):
            tell(
                .windowOpen,
                presses
                    ? "the consent page is open and is pressed for you, as configured"
                    : "a window on the account's own profile is open; sign in there")
            return window
        case .failure(let failure):
            throw RunFailure(
                reason: .browserFailed,
                detail: "\(programs.browser) could not be started: \(failure.text)")
        }
    }

    // MARK: Waiting

    private func waitForCredential(
        _ client: Child, _ window: Window
    ) async throws(RunFailure) -> MadeCredential {
        var looks = 0
        var isSignedIn = false
        var closedLooks = 0
        while true {
            if let status = client.status {
                if let made = try? await store.read(in: directory.config) { return made }
                throw RunFailure(
                    reason: .clientFailed,
                    detail: status == 0
                        ? "`claude auth login` ended without storing a credential"
                        : "`claude auth login` \(client.ending ?? "ended")")
            }
            // A client that stays although it has stored one is not waited for.
            if looks % 20 == 19, let made = try? await store.read(in: directory.config) {
                return made
            }
            if !isSignedIn, looks % 10 == 0, hasSession {
                isSignedIn = true
                tell(.signedIn, "the account's profile is signed in")
            }
            if let stop = window.driver?.stop { throw Self.failure(stop) }
            if let ending = window.child.ending {
                // The code may be on its way back to the client.
                closedLooks += 1
                if closedLooks > 30 { throw Self.closed(ending, afterLooks: looks - closedLooks) }
            }
            looks += 1
            try await pause()
        }
    }

    private var hasSession: Bool {
        ProfileSession(
            profile: settings.profile(of: order.email), hosts: settings.pages.hosts
        ).isLive(at: clock.now())
    }

    private func pause() async throws(RunFailure) {
        if let reason = isEnded() { throw ended(reason) }
        guard csystem_uptime_ms() < deadline else { throw ended(.timedOut) }
        await Pause.milliseconds(Self.look)
    }

    // MARK: Proving and filing

    private func settle(_ made: MadeCredential) async throws(RunFailure) -> AccountIdentity {
        let identity = try await prove(made)
        let isMeant =
            order.account.map { $0 == identity.id }
            ?? (identity.email.lowercased() == order.email.lowercased())
        guard isMeant || !order.refusesOthers else {
            throw RunFailure(
                reason: .otherAccount,
                detail: "the sign-in was to \(identity.email) and not to the seat of "
                    + "\(order.email) that was meant; nothing was filed")
        }
        tell(
            .verified,
            isMeant
                ? "the vendor says it is \(identity.email)"
                : "the vendor says it is \(identity.email), not \(order.email); it is filed "
                    + "under its own name")
        if let complaint = await filing.file(made, identity) {
            throw RunFailure(
                reason: .notStored, detail: "the credential was not stored: \(complaint)")
        }
        return identity
    }

    /// A vendor that does not say is asked again, for a minute past the end of
    /// the sign-in at most: what a person has just done is not thrown away.
    private func prove(_ made: MadeCredential) async throws(RunFailure) -> AccountIdentity {
        while true {
            switch await filing.prove(made) {
            case .identity(let identity): return identity
            case .refused(let detail):
                throw RunFailure(reason: .identityUnproven, detail: detail)
            case .unanswered(let detail):
                if let reason = isEnded() { throw ended(reason) }
                guard csystem_uptime_ms() < deadline + 60_000 else {
                    throw RunFailure(reason: .identityUnproven, detail: detail)
                }
            }
            await Pause.milliseconds(2000)
        }
    }

    // MARK: What went wrong

    private func ended(_ reason: SignIn.Failure) -> RunFailure {
        let detail =
            switch reason {
            case .timedOut: "nobody finished it within \(settings.timeoutSeconds) s"
            case .cancelled: "it was cancelled"
            default: "the service is stopping"
            }
        return RunFailure(reason: reason, detail: detail)
    }

    private static func closed(_ ending: String, afterLooks looks: Int) -> RunFailure {
        guard looks > 20 else {
            return RunFailure(
                reason: .browserFailed, detail: "the browser \(ending) as soon as it was started")
        }
        return RunFailure(
            reason: .windowClosed, detail: "the window was closed before the end (it \(ending))")
    }

    private static func failure(_ stop: ConsentStop) -> RunFailure {
        switch stop {
        case .signInForm:
            RunFailure(reason: .signInForm, detail: "the page asks to sign in again")
        case .challenge:
            RunFailure(
                reason: .challenge, detail: "the page asks to prove that a person is there")
        case .unexpectedAccount:
            RunFailure(
                reason: .unexpectedAccount, detail: "the page is signed in to another account")
        case .unexpectedPage(let what):
            RunFailure(
                reason: .unexpectedPage, detail: "the page is not the one expected: \(what)")
        }
    }
}

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
