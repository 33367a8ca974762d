// Sign-ins: the engine says for whom one is begun, proves whose the credential
// is that came of it, and files it. The window and the official client are
// LoginDesk's. The proof is asked for outside the turn: a tick never waits for
// it.

import RotationCore

extension RotationEngine {
    /// Begins a sign-in for a known account, or for one that is not known yet
    /// by its e-mail. It goes on by itself; see `signInProgress`.
    package func signIn(
        _ selector: AccountSelector, refusesOthers: Bool
    ) throws(EngineRefusal) -> SignIn {
        guard !isStopping else { throw .stopping }
        if let advice = ports.vault.unsupportedAdvice {
            throw .unsupportedPlatform(advice: advice)
        }
        let order = try signInOrder(selector, refusesOthers: refusesOthers)
        do {
            let begun = try ports.signIns.begin(order, filing: filing)
            ports.log.write(LogLine(.notice, "a sign-in to \(order.email) was begun"))
            return begun
        } catch {
            throw .signIn(error)
        }
    }

    package func signInProgress(
        of selector: AccountSelector
    ) throws(EngineRefusal) -> SignIn {
        let email = try signInOrder(selector, refusesOthers: false).email
        guard let progress = ports.signIns.progress(of: email) else { throw .noSignIn(email) }
        return progress
    }

    /// Returns when nothing of it is left.
    package func cancelSignIn(of selector: AccountSelector) async throws(EngineRefusal) {
        let email = try signInOrder(selector, refusesOthers: false).email
        guard await ports.signIns.cancel(email) else { throw .noSignIn(email) }
    }

    private func signInOrder(
        _ selector: AccountSelector, refusesOthers: Bool
    ) throws(EngineRefusal) -> SignInOrder {
        do {
            let known = try book.resolve(selector)
            // An e-mail can look like an id; only the id itself means one seat.
            let isSeat = known.id.description == selector
            return SignInOrder(
                email: known.email, account: isSeat ? known.id : nil,
                refusesOthers: refusesOthers)
        } catch .unknownAccount {
            guard selector.contains("@") else { throw .unknownAccount(selector) }
            return SignInOrder(email: selector, refusesOthers: refusesOthers)
        } catch .ambiguousAccount {
            // One e-mail, several seats: which of them it is will be proven.
            return SignInOrder(email: selector, refusesOthers: refusesOthers)
        } catch {
            throw error
        }
    }

    /// Tells listeners of every change of a sign-in, in order, until there are no
    /// more. Beside the orders: a tick delays nobody who watches a window.
    package func tell(_ changes: AsyncStream<SignIn>) async {
        for await signIn in changes {
            do {
                try await ports.history.tell(signIn)
            } catch {
                ports.log.write(
                    LogLine(.warning, "listeners were not told of a sign-in: \(error.detail)"))
            }
            publish()
        }
    }

    /// What a crash cut short: filed or removed. After `start`, before anything
    /// else; it asks the vendor only about a credential found there.
    package func recoverSignIns() async {
        guard ports.vault.unsupportedAdvice == nil else { return }
        await ports.signIns.recover(filing: filing)
    }

    // MARK: Proving and filing

    nonisolated var filing: SignInFiling {
        SignInFiling(
            prove: { [weak self] made in
                await self?.prove(made) ?? .unanswered("the service is stopping")
            },
            file: { [weak self] made, identity in
                guard let self else { return "the service is stopping" }
                return await self.file(made, as: identity)
            })
    }

    private func prove(_ made: MadeCredential) async -> SignInFiling.Proof {
        switch await ports.vendor.readProfile(made.accessToken) {
        case .identity(let identity): .identity(identity)
        case .unauthorized, .revoked: .refused("the vendor refused the new credential")
        case .restricted: .refused("the vendor has restricted this account")
        case .scopeMissing: .refused("the new credential is for inference only")
        case .rateLimited: .unanswered("the vendor asks to wait before it says whose it is")
        case .unreachable: .unanswered("the vendor could not be asked whose it is")
        }
    }

    private func file(_ made: MadeCredential, as identity: AccountIdentity) async -> String? {
        do {
            try await order { engine async throws(EngineRefusal) in
                try await engine.enrol(made, as: identity)
            }
            return nil
        } catch {
            return error.signInDetail
        }
    }

    private func enrol(
        _ made: MadeCredential, as identity: AccountIdentity
    ) async throws(EngineRefusal) {
        do {
            let slot = try await ports.vault.enrol(made, as: identity, now: ports.clock.now())
            let held = try await ports.vault.slots().slots.first { $0.identity.id == identity.id }
            guard held?.generation == slot.generation else {
                throw VaultError.readBackMismatch("the slot does not hold what was written to it")
            }
            book.put(slot)
            await remember(slot)
        } catch {
            throw EngineRefusal(error)
        }
        ports.log.write(LogLine(.notice, "filed a sign-in to \(identity.email)"))
        publish()
    }

    // MARK: Bootstrap

    /// After a tick that looked at the store; returns before anything begins.
    func considerBootstrap(after outcome: Outcome) {
        let desk = ports.signIns
        guard desk.bootstraps, snapshot.optedIn, !isStopping,
            outcome != .off, outcome != .claudeNotRunning
        else { return }
        let now = ports.clock.now()
        var needy: [SignInOrder] = []
        var whole: Set<String> = []
        // A setup-token's account is one of its own, which no sign-in leads to.
        for identity in book.identities where !identity.isSetupToken {
            guard let slot = book.slots[identity.id] else { continue }
            if SlotFacts(slot).renewsItself(at: now) {
                whole.insert(identity.email)
            } else {
                needy.append(
                    SignInOrder(email: identity.email, account: identity.id, refusesOthers: true))
            }
        }
        let filing = filing
        Task.detached { await desk.bootstrap(needy: needy, whole: whole, filing: filing) }
    }

    /// By e-mail, what the nudges are told of the desk.
    var bootstrapFacts: [String: BootstrapFacts] {
        let desk = ports.signIns
        let records = Dictionary(
            desk.bootstrapRecords().map { ($0.email.lowercased(), $0) },
            uniquingKeysWith: { first, _ in first })
        var facts: [String: BootstrapFacts] = [:]
        for email in Set(book.slots.values.map(\.identity.email)) {
            let record = records[email.lowercased()]
            let isPossible = desk.bootstraps && desk.hasLiveSession(email)
            guard record != nil || isPossible else { continue }
            facts[email] = BootstrapFacts(
                isPossible: isPossible, attempts: record?.attempts ?? 0, logPath: record?.logPath,
                stopped: record?.stop)
        }
        return facts
    }

    /// What was given up of accounts that were never filed: the nudges of a tick
    /// know only slots.
    var stalledNudges: [Nudge] {
        let filed = Set(book.slots.values.map { $0.identity.email.lowercased() })
        return ports.signIns.bootstrapRecords().compactMap { record in
            guard let stop = record.stop, !filed.contains(record.email.lowercased()) else {
                return nil
            }
            return Nudge.captureStalled(
                email: record.email, attempts: record.attempts, stop: stop,
                logPath: record.logPath, signIn: ports.signInAdvice)
        }
    }
}

extension BootstrapRecord {
    fileprivate var stop: BootstrapStop? {
        guard isStalled else { return nil }
        return switch lastFailure {
        case .challenge: .challenge
        case .signInForm: .signInForm
        case .unexpectedAccount, .otherAccount: .wrongAccount
        case .unexpectedPage: .unexpectedPage
        case .cancelled, .timedOut, .windowClosed, .clientFailed, .browserFailed,
            .identityUnproven, .notStored, .stopped, nil:
            .attemptsSpent
        }
    }
}

extension SlotFacts {
    /// Whether it lives on without a person: a grant that is not known to be
    /// dead, of a login that has not ended.
    func renewsItself(at now: Timestamp) -> Bool {
        details.renewsItself && !needsLogin
            && details.loginExpiresAt.map { now < $0 } != false
    }
}

extension EngineRefusal {
    fileprivate var signInDetail: String {
        switch self {
        case .storeRefused(let text), .storeUnreachable(let text), .storeMalformed(let text),
            .historyUnavailable(let text):
            text
        case .credentialIncomplete(let missing): "it lacks \(missing.joined(separator: ", "))"
        case .credentialSuperseded: "its slot holds a newer one"
        case .stopping: "the service is stopping"
        default: "the slot could not be written"
        }
    }
}
