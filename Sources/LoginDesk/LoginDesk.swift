// The one room that starts a browser or the official client. One sign-in at a
// time; it runs detached, its state is read from any thread, and ending the
// desk ends it with all it started.

import CSystem
import DurableFiles
import RotationCore
import RotationEngine
import Synchronization

package final class LoginDesk: SignInDesk {
    let settings: LoginSettings
    let store: any SignInStore
    let clock: any EngineClock
    let log: any EngineLog
    /// Called with every change of a sign-in, from any thread.
    private let onChange: @Sendable (SignIn) -> Void
    let state: Mutex<State>
    /// Held while the file is written; never asked for by a tick.
    private let ledger: Mutex<BootstrapLedger>
    /// The same as it stands.
    private let standing: Mutex<[String: BootstrapLedger.Entry]>
    /// What was there when the desk was made: no sign-in of its own.
    let leftovers: [PrivateDirectory]

    struct State {
        /// By e-mail in lower case.
        var signIns: [String: SignIn] = [:]
        var running: String?
        var task: Task<Void, Never>?
        var ending: SignIn.Failure?
        var isStopping = false
        /// Profiles found signed in, by e-mail in lower case.
        var sessions: Set<String> = []
    }

    package init(
        settings: LoginSettings, store: any SignInStore, clock: any EngineClock,
        log: any EngineLog, onChange: @escaping @Sendable (SignIn) -> Void = { _ in }
    ) {
        self.settings = settings
        self.store = store
        self.clock = clock
        self.log = log
        self.onChange = onChange
        leftovers = PrivateDirectory.all(in: settings.signInDirectory)
        state = Mutex(State())
        let kept = BootstrapLedger(path: settings.dataDirectory + "/bootstrap.json")
        ledger = Mutex(kept)
        standing = Mutex(kept.entries)
    }

    // MARK: Orders

    package func begin(
        _ order: SignInOrder, filing: SignInFiling
    ) throws(SignInRefusal) -> SignIn {
        guard EmailAddress.isPlausible(order.email) else {
            throw .notAnEmail("\(order.email.prefix(60)) is not an e-mail address")
        }
        let begun = try begin(order, isUnattended: false, filing: filing)
        // A person has taken over: the machine may try again by itself later.
        keep { $0.clear(order.email.lowercased()) }
        return begun
    }

    package func progress(of email: String) -> SignIn? {
        state.withLock { $0.signIns[email.lowercased()] }
    }

    package func cancel(_ email: String) async -> Bool {
        let task = state.withLock { state -> Task<Void, Never>? in
            guard state.running == email.lowercased() else { return nil }
            if state.ending == nil { state.ending = .cancelled }
            return state.task
        }
        await task?.value
        return task != nil
    }

    package func stop() async {
        let task = state.withLock { state -> Task<Void, Never>? in
            state.isStopping = true
            if state.ending == nil { state.ending = .stopped }
            return state.task
        }
        await task?.value
    }

    // MARK: Running

    func begin(
        _ order: SignInOrder, isUnattended: Bool, filing: SignInFiling
    ) throws(SignInRefusal) -> SignIn {
        let programs = try Programs(settings)
        let hasWindow = !(isUnattended && settings.pressesConsent && settings.isHeadless)
        if hasWindow, let complaint = Window.displayComplaint(settings) {
            throw .displayMissing(complaint)
        }
        let profile = settings.profile(of: order.email)
        if Window.isOpen(profile) {
            throw .windowIsOpen("the window of \(order.email) is open already; close it first")
        }
        try prepare(profile)
        let directory = try PrivateDirectory.make(in: settings.signInDirectory, for: order)
        let now = clock.now()
        let key = order.email.lowercased()
        let begun = SignIn(
            email: order.email, isUnattended: isUnattended, startedAt: now,
            endsAt: now.adding(seconds: settings.timeoutSeconds),
            detail: "the official client is being started")
        let run = SignInRun(
            order: order, isUnattended: isUnattended, settings: settings, programs: programs,
            directory: directory, store: store, filing: filing, clock: clock,
            deadline: csystem_uptime_ms() + settings.timeoutSeconds * 1000,
            isEnded: { [self] in state.withLock { $0.ending } },
            tell: { [self] in tell(key, $0, $1) })
        let refusal = state.withLock { state -> SignInRefusal? in
            if state.isStopping { return .failed("the service is stopping") }
            if let running = state.running { return .running(running) }
            state.running = key
            state.ending = nil
            state.signIns[key] = begun
            state.task = Task.detached {
                self.note(begun)
                await self.carry(run, key)
            }
            return nil
        }
        guard let refusal else { return begun }
        directory.remove()
        throw refusal
    }

    private func prepare(_ profile: String) throws(SignInRefusal) {
        do {
            try DurableFile.makePrivateDirectory(profile)
        } catch {
            throw .failed("the profile's directory: \(error.message)")
        }
    }

    private func carry(_ run: SignInRun, _ key: String) async {
        markWanted(run.order.email, true)
        let result = await run.run()
        await remove(run.directory)
        switch result {
        case .success(let identity):
            markWanted(identity.email, false)
            markWanted(run.order.email, false)
            keep { ledger in
                ledger.clear(key)
                ledger.clear(identity.email.lowercased())
            }
            finish(key) { signIn in
                signIn.state = .stored
                signIn.filedAs = identity.email
                signIn.detail = "filed as \(identity.email)"
            }
        case .failure(let failure):
            if run.isUnattended {
                keep { $0.failed(key, failure.reason, failure.detail) }
            }
            finish(key) { signIn in
                signIn.state = .failed
                signIn.failure = failure.reason
                signIn.detail = failure.detail
            }
        }
    }

    /// The credential's copy first, wherever the client keeps it.
    func remove(_ directory: PrivateDirectory) async {
        do {
            try await store.wipe(directory.config)
        } catch {
            log.write(
                LogLine(.error, "what a sign-in left could not be removed: \(directory.path)"))
        }
        if !directory.remove() {
            log.write(LogLine(.error, "\(directory.path) could not be removed; remove it by hand"))
        }
    }

    // MARK: What is kept

    var attempts: [String: BootstrapLedger.Entry] { standing.withLock { $0 } }

    @discardableResult
    func keep<Answer: Sendable>(_ change: (inout BootstrapLedger) -> Answer) -> Answer {
        ledger.withLock { ledger in
            let answer = change(&ledger)
            let entries = ledger.entries
            standing.withLock { $0 = entries }
            return answer
        }
    }

    // MARK: Telling

    private func tell(_ key: String, _ to: SignIn.State, _ detail: String) {
        change(key) { signIn in
            signIn.state = to
            signIn.detail = detail
        }
    }

    private func finish(_ key: String, _ body: (inout SignIn) -> Void) {
        state.withLock { state in
            state.running = nil
            state.task = nil
        }
        change(key, body)
    }

    private func change(_ key: String, _ body: (inout SignIn) -> Void) {
        let now = clock.now()
        let changed = state.withLock { state -> SignIn? in
            guard var signIn = state.signIns[key] else { return nil }
            body(&signIn)
            signIn.changedAt = now
            state.signIns[key] = signIn
            return signIn
        }
        if let changed { note(changed) }
    }

    private func note(_ signIn: SignIn) {
        let who = signIn.isUnattended ? "by itself" : "asked for"
        let what = signIn.failure.map { "\(signIn.state.rawValue) \($0.rawValue)" }
        AccountLog(path: settings.log(of: signIn.email)).write(
            "\(what ?? signIn.state.rawValue) (\(who)): \(signIn.detail)", at: signIn.changedAt)
        if signIn.state.isOver {
            log.write(
                LogLine(
                    signIn.failure == nil ? .notice : .warning,
                    "the sign-in to \(signIn.email) ended: \(signIn.detail)"))
        }
        onChange(signIn)
    }
}
