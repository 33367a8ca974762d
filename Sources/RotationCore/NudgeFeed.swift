// What the nudges need to know beside a tick: what the login desk found and
// tried, and how a person signs in on this machine.

/// Why a bootstrap is not tried again by itself.
package enum BootstrapStop: String, Sendable, CaseIterable {
    case attemptsSpent = "attempts-spent"
    /// The page asked for something only a person may answer.
    case challenge
    case signInForm = "sign-in-form"
    case wrongAccount = "wrong-account"
    case unexpectedPage = "unexpected-page"

    var words: String {
        switch self {
        case .attemptsSpent: "every attempt is spent"
        case .challenge: "the page showed a challenge"
        case .signInForm: "the page asked to sign in again"
        case .wrongAccount: "another account is signed in there"
        case .unexpectedPage: "the page was not one that is known"
        }
    }
}

/// What the login desk knows of one account.
package struct BootstrapFacts: Hashable, Sendable {
    /// Bootstrapping is allowed and the account's own browser profile holds a
    /// live session: it needs nobody.
    package var isPossible: Bool
    /// How often it was tried since it last succeeded.
    package var attempts: Int
    /// Absolute; nil when nothing was written.
    package var logPath: String?
    /// Nil while it goes on by itself, or was never tried.
    package var stopped: BootstrapStop?

    package init(
        isPossible: Bool, attempts: Int = 0, logPath: String? = nil, stopped: BootstrapStop? = nil
    ) {
        self.isPossible = isPossible
        self.attempts = attempts
        self.logPath = logPath
        self.stopped = stopped
    }
}

/// How a person signs in to an account on this machine.
package enum SignInAdvice: Hashable, Sendable {
    /// With `/login` of Claude Code itself.
    case insideClaudeCode
    /// With `rotator login`, which opens a window of its own. `script` is the
    /// path of `open-login.sh`, where there is one.
    case dedicatedWindow(script: String?)

    /// What to do, ends with a full stop. `email` is nil for any account.
    func sentence(_ email: String?) -> String {
        switch self {
        case .insideClaudeCode:
            return "Sign in with /login in Claude Code\(email == nil ? "" : " as that account"); "
                + "the next tick files it, or at once the command."
        case .dedicatedWindow(let script):
            let other = script.map { " (or \(ShellWord.word($0)) \(Self.name(email)))" } ?? ""
            return "Run the command\(other): a dedicated browser window opens for it. Your "
                + "default browser stays untouched and need not be Chrome."
        }
    }

    func command(_ email: String?) -> String {
        switch self {
        case .insideClaudeCode: "rotator capture"
        case .dedicatedWindow: "rotator login \(Self.name(email))"
        }
    }

    private static func name(_ email: String?) -> String { email.map(ShellWord.word) ?? "EMAIL" }
}

package struct NudgeFeed: Hashable, Sendable {
    /// By e-mail; an account that is missing was never tried and cannot be.
    package var bootstraps: [String: BootstrapFacts]
    package var signIn: SignInAdvice
    package init(
        bootstraps: [String: BootstrapFacts] = [:], signIn: SignInAdvice = .insideClaudeCode
    ) {
        self.bootstraps = bootstraps
        self.signIn = signIn
    }
}
