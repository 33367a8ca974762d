// The port to whoever runs a sign-in: the official client in a private
// directory, a window on the account's own browser profile. The adapter is
// LoginDesk. It asks nobody whose a credential is and files none; that is the
// engine's, which it calls back.

import RotationCore

/// One sign-in, as far as it has come.
package struct SignIn: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// The official client was started and has not named its page yet.
        case starting
        case windowOpen = "window-open"
        /// The profile holds a live session.
        case signedIn = "signed-in"
        /// The client has stored a credential.
        case authorised
        /// The profile endpoint said whose it is.
        case verified
        case stored
        case failed

        package var isOver: Bool { self == .stored || self == .failed }
    }

    package enum Failure: String, Sendable, CaseIterable {
        case cancelled
        case timedOut = "timed-out"
        case windowClosed = "window-closed"
        case clientFailed = "client-failed"
        case browserFailed = "browser-failed"
        /// The page asks for a sign-in, which is the human's.
        case signInForm = "sign-in-form"
        /// The page asks to prove that a human is there.
        case challenge
        case unexpectedAccount = "unexpected-account"
        case unexpectedPage = "unexpected-page"
        /// Another account was signed in to, and others were to be refused.
        case otherAccount = "other-account"
        case identityUnproven = "identity-unproven"
        case notStored = "not-stored"
        case stopped

        /// Trying again by oneself cannot help: a human has to look.
        package var needsPerson: Bool {
            switch self {
            case .signInForm, .challenge, .unexpectedAccount, .unexpectedPage, .otherAccount: true
            case .cancelled, .timedOut, .windowClosed, .clientFailed, .browserFailed,
                .identityUnproven, .notStored, .stopped:
                false
            }
        }
    }

    package let email: String
    /// Begun by the tick and not by a person.
    package let isUnattended: Bool
    package var state: State
    package let startedAt: Timestamp
    package var changedAt: Timestamp
    /// When it is given up.
    package let endsAt: Timestamp
    package var failure: Failure?
    /// What happened, for people. Holds no secret.
    package var detail: String
    /// Under which e-mail the credential was filed; nil before `stored`.
    package var filedAs: String?

    package init(
        email: String, isUnattended: Bool, startedAt: Timestamp, endsAt: Timestamp, detail: String
    ) {
        self.email = email
        self.isUnattended = isUnattended
        state = .starting
        self.startedAt = startedAt
        changedAt = startedAt
        self.endsAt = endsAt
        self.detail = detail
    }
}

package struct SignInOrder: Hashable, Sendable {
    package let email: String
    /// The seat that is meant, where it is known.
    package let account: AccountID?
    /// A credential of another account is not filed.
    package let refusesOthers: Bool

    package init(email: String, account: AccountID? = nil, refusesOthers: Bool = false) {
        self.email = email
        self.account = account
        self.refusesOthers = refusesOthers
    }
}

/// Why a sign-in was not begun. Texts are for people and say what to do.
package enum SignInRefusal: Error, Hashable, Sendable {
    /// One at a time; whose is running.
    case running(String)
    case clientMissing(String)
    case browserMissing(String)
    case displayMissing(String)
    /// The profile's window is open already, by other hands.
    case windowIsOpen(String)
    case notAnEmail(String)
    case failed(String)
}

/// What the engine does for a sign-in.
package struct SignInFiling: Sendable {
    package enum Proof: Hashable, Sendable {
        case identity(AccountIdentity)
        /// The vendor refused the credential.
        case refused(String)
        /// The vendor did not say; asked again, it may.
        case unanswered(String)
    }

    /// Asks the vendor whose it is; writes nothing.
    package let prove: @Sendable (MadeCredential) async -> Proof
    /// Files it durably; answers why not, nil when it is stored.
    package let file: @Sendable (MadeCredential, AccountIdentity) async -> String?

    package init(
        prove: @escaping @Sendable (MadeCredential) async -> Proof,
        file: @escaping @Sendable (MadeCredential, AccountIdentity) async -> String?
    ) {
        self.prove = prove
        self.file = file
    }
}

/// What the machine did by itself for one account, and whether it will again.
package struct BootstrapRecord: Hashable, Sendable {
    package var email: String
    /// Launches since the account was last whole.
    package var attempts: Int
    package var lastAt: Timestamp
    package var lastFailure: SignIn.Failure?
    package var lastDetail: String
    /// The account's own log.
    package var logPath: String
    /// No further launch until a person signs in.
    package var isStalled: Bool

    package init(
        email: String, attempts: Int, lastAt: Timestamp, lastFailure: SignIn.Failure?,
        lastDetail: String, logPath: String, isStalled: Bool
    ) {
        self.email = email
        self.attempts = attempts
        self.lastAt = lastAt
        self.lastFailure = lastFailure
        self.lastDetail = lastDetail
        self.logPath = logPath
        self.isStalled = isStalled
    }
}

package protocol SignInDesk: Sendable {
    /// Begins one and answers at once; it goes on by itself.
    func begin(_ order: SignInOrder, filing: SignInFiling) throws(SignInRefusal) -> SignIn
    /// The account's last sign-in since the service started.
    func progress(of email: String) -> SignIn?
    /// Ends the running one of an account, and returns when nothing of it is
    /// left; false when none runs.
    func cancel(_ email: String) async -> Bool
    /// What a crash left: a credential made and not filed is filed, all else
    /// removed.
    func recover(filing: SignInFiling) async
    /// Ends whatever runs, and returns when nothing of it is left.
    func stop() async

    /// Whether the tick may begin sign-ins at all.
    var bootstraps: Bool { get }
    /// Begins at most one for an account that needs it and whose profile holds
    /// a live session. `needy`: known accounts without a refreshable slot;
    /// `whole`: those with one.
    func bootstrap(needy: [SignInOrder], whole: Set<String>, filing: SignInFiling) async
    /// Sorted by e-mail.
    func bootstrapRecords() -> [BootstrapRecord]
    /// Whether the account's profile held a live session when last looked at
    /// by `bootstrap`.
    func hasLiveSession(_ email: String) -> Bool
}

/// Where nobody can be signed in.
package struct NoSignInDesk: SignInDesk {
    package init() {}
    package func begin(
        _ order: SignInOrder, filing: SignInFiling
    ) throws(SignInRefusal) -> SignIn {
        throw .failed("this service was started without a place to sign in")
    }
    package func progress(of email: String) -> SignIn? { nil }
    package func cancel(_ email: String) async -> Bool { false }
    package func recover(filing: SignInFiling) async {}
    package func stop() async {}
    package var bootstraps: Bool { false }
    package func bootstrap(
        needy: [SignInOrder], whole: Set<String>, filing: SignInFiling
    ) async {}
    package func bootstrapRecords() -> [BootstrapRecord] { [] }
    package func hasLiveSession(_ email: String) -> Bool { false }
}
