// What the tick lets the desk do by itself, if the user turned it on: a sign-in
// for an account that needs one and whose profile is still signed in. One at a
// time, three times an account at most. And what a crash left.

import DurableFiles
import RotationCore
import RotationEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension LoginDesk {
    package var bootstraps: Bool { settings.bootstraps }

    package func bootstrap(
        needy: [SignInOrder], whole: Set<String>, filing: SignInFiling
    ) async {
        guard settings.bootstraps, state.withLock({ $0.running == nil && !$0.isStopping })
        else { return }
        let now = clock.now()
        let orders = candidates(needy, whole: whole)
        let signedIn = orders.filter { order in
            ProfileSession(
                profile: settings.profile(of: order.email), hosts: settings.pages.hosts
            ).isLive(at: now)
        }
        let sessions = Set(signedIn.map { $0.email.lowercased() })
        let whole = Set(whole.map { $0.lowercased() })
        state.withLock { $0.sessions = sessions }
        // Whole again, or nothing is left to try with: counted anew next time.
        for email in attempts.keys where whole.contains(email) || !sessions.contains(email) {
            keep { $0.clear(email) }
        }
        let standing = attempts
        let due = signedIn.first { standing[$0.email.lowercased()]?.isStalled != true }
        guard let due else { return }
        launch(due, at: now, filing: filing)
    }

    private func launch(_ order: SignInOrder, at now: Timestamp, filing: SignInFiling) {
        let key = order.email.lowercased()
        guard keep({ $0.launch(key, at: now) }) else {
            log.write(LogLine(.error, "no sign-in by itself: bootstrap.json cannot be written"))
            return
        }
        log.write(
            LogLine(
                .notice, "\(order.email) needs a sign-in and its profile is signed in: one begins"))
        do {
            _ = try begin(order, isUnattended: true, filing: filing)
        } catch {
            let detail = error.detail
            keep { $0.failed(key, .browserFailed, detail) }
            AccountLog(path: settings.log(of: order.email)).write(
                "not begun (by itself): \(detail)", at: now)
        }
    }

    /// Known accounts, and those a person began to sign in to and that were
    /// never filed; sorted by e-mail.
    private func candidates(
        _ needy: [SignInOrder], whole: Set<String>
    ) -> [SignInOrder] {
        let known = Set((needy.map(\.email) + whole).map { $0.lowercased() })
        let names = (try? DurableFile.names(in: settings.profileDirectory)) ?? []
        let begun = names.compactMap(FileNames.email).filter { email in
            !known.contains(email) && isWanted(email)
        }
        return (needy + begun.map { SignInOrder(email: $0, refusesOthers: true) })
            .sorted { $0.email < $1.email }
    }

    package func bootstrapRecords() -> [BootstrapRecord] {
        let running = state.withLock { $0.running }
        return attempts.sorted { $0.key < $1.key }.map { email, entry in
            BootstrapRecord(
                email: email, attempts: entry.attempts,
                lastAt: Timestamp(milliseconds: entry.lastAt),
                lastFailure: entry.failure.flatMap(SignIn.Failure.init(rawValue:)),
                lastDetail: entry.failure == nil ? "it was cut short" : entry.detail,
                logPath: settings.log(of: email),
                // The last try may still succeed.
                isStalled: entry.isStalled && running != email)
        }
    }

    package func hasLiveSession(_ email: String) -> Bool {
        state.withLock { $0.sessions.contains(email.lowercased()) }
    }

    // MARK: Accounts that are wanted and not there yet

    private func wantedMark(_ email: String) -> String {
        settings.profile(of: email) + "/.rotator-wanted"
    }

    private func isWanted(_ email: String) -> Bool {
        ((try? FileFacts.of(wantedMark(email))) ?? nil) != nil
    }

    func markWanted(_ email: String, _ isWanted: Bool) {
        let mark = wantedMark(email)
        if isWanted {
            try? DurableFile.replace(mark, with: [])
        } else if ((try? FileFacts.of(mark)) ?? nil) != nil {
            try? DurableFile.remove(mark)
        }
    }

    // MARK: After a crash

    package func recover(filing: SignInFiling) async {
        for directory in leftovers {
            if let order = directory.order,
                let made = try? await store.read(in: directory.config),
                await !takeUp(made, order, filing)
            {
                log.write(
                    LogLine(
                        .warning,
                        "a sign-in to \(order.email) that a crash cut short is kept: "
                            + "the vendor could not be asked whose it is"))
                continue
            }
            await remove(directory)
        }
    }

    /// False when it may succeed later and must not be lost.
    private func takeUp(
        _ made: MadeCredential, _ order: SignInOrder, _ filing: SignInFiling
    ) async -> Bool {
        switch await filing.prove(made) {
        case .unanswered: return false
        case .refused(let detail):
            log.write(
                LogLine(
                    .warning,
                    "a sign-in to \(order.email) that a crash cut short is gone: "
                        + detail))
            return true
        case .identity(let identity):
            let isMeant =
                order.account.map { $0 == identity.id }
                ?? (identity.email.lowercased() == order.email.lowercased())
            guard isMeant || !order.refusesOthers else { return true }
            guard let complaint = await filing.file(made, identity) else {
                markWanted(identity.email, false)
                log.write(
                    LogLine(
                        .notice, "a sign-in to \(identity.email) that a crash cut short was filed"))
                return true
            }
            log.write(
                LogLine(.error, "a sign-in to \(identity.email) is not filed yet: \(complaint)"))
            return false
        }
    }
}

extension SignInRefusal {
    /// For people.
    package var detail: String {
        switch self {
        case .running(let email): "a sign-in to \(email) is running"
        case .clientMissing(let text), .browserMissing(let text), .displayMissing(let text),
            .windowIsOpen(let text), .notAnEmail(let text), .failed(let text):
            text
        }
    }
}
