// What the engine refuses, as a problem of the API: which code, what failed and
// what to do about it. Closed switch: a new refusal does not compile until it
// has an answer here.

import ControlWire
import RotationCore
import RotationEngine

extension ProblemBody {
    init(_ refusal: EngineRefusal) {
        switch refusal {
        case .pinnedEnvironment(let finding): self.init(finding)
        case .unsupportedPlatform(let advice):
            self.init(code: .unsupportedPlatform, detail: advice)
        case .unknownAccount(let selector):
            self.init(
                code: .unknownAccount,
                detail: "no account \(selector) is known; GET /accounts lists them")
        case .ambiguousAccount(let email, let ids):
            self.init(
                code: .ambiguousAccount,
                detail: "\(email) has several seats; name one of \(ids.joined(separator: ", "))")
        case .accountIsLive(let email):
            self.init(
                code: .accountIsLive,
                detail: "\(email) is live; switch to another account before forgetting it")
        case .alreadyLive(let email):
            self.init(
                code: .alreadyLive, detail: "\(email) is live already; nothing had to be changed")
        case .targetUnusable(let email, _, let detail):
            self.init(
                code: .targetUnusable,
                detail: "\(email) cannot serve now: \(detail); `force` switches to it anyway")
        case .identityUnknown(let detail):
            self.init(
                code: .identityUnknown,
                detail: "\(detail); nothing was written. `rotator why` tells what was found")
        case .noLiveCredential:
            self.init(
                code: .noLiveCredential,
                detail: "Claude Code is signed out; sign in with `claude` and /login")
        case .credentialIncomplete, .credentialLocked, .credentialChanged,
            .credentialSuperseded, .storeRefused, .storeUnreachable, .storeMalformed:
            self.init(ofStore: refusal)
        case .historyUnavailable(let detail):
            self.init(
                code: .historyUnavailable,
                detail: "\(detail); nothing was moved. `rotator doctor` looks at the database")
        case .notRecorded(let sentence, let detail):
            self.init(
                code: .historyUnavailable,
                detail: "\(sentence) It is not in the history yet: \(detail); it is written before "
                    + "anything else is done")
        case .flagNotWritten(let detail):
            self.init(
                code: .flagNotWritten,
                detail: "the opt-in flag: \(detail); `rotator doctor` looks at the data directory")
        case .nothingToImport(let detail): self.init(code: .nothingToImport, detail: detail)
        case .otherManagerOn(let detail): self.init(code: .otherManagerOn, detail: detail)
        case .setupTokenRefused(let detail):
            self.init(code: .setupTokenRefused, detail: detail + "; nothing was filed")
        case .noDecisionYet:
            self.init(code: .noDecisionYet, detail: "no decision has been made yet; POST /tick")
        case .unknownNudge:
            self.init(code: .unknownNudge, detail: "no such nudge stands; GET /nudges lists them")
        case .signIn(let refusal): self.init(refusal)
        case .noSignIn(let email):
            self.init(
                code: .noLogin,
                detail: "no sign-in to \(email) runs; POST /accounts/\(email)/login begins one")
        case .stopping:
            self.init(code: .stopping, detail: "the service is stopping; try again in a moment")
        }
    }

    private init(_ refusal: SignInRefusal) {
        switch refusal {
        case .running(let email):
            self.init(
                code: .loginRunning,
                detail: "a sign-in to \(email) is running, one at a time; wait for it, or end it "
                    + "with DELETE /accounts/\(email)/login")
        case .clientMissing(let detail): self.init(code: .claudeMissing, detail: detail)
        case .browserMissing(let detail): self.init(code: .browserMissing, detail: detail)
        case .displayMissing(let detail): self.init(code: .displayMissing, detail: detail)
        case .windowIsOpen(let detail): self.init(code: .loginRunning, detail: detail)
        case .notAnEmail(let detail): self.init(code: .badRequest, detail: detail)
        case .failed(let detail): self.init(code: .loginFailed, detail: detail)
        }
    }

    private static let lookAtStores = "; `rotator doctor` looks at the stores"

    private init(ofStore refusal: EngineRefusal) {
        switch refusal {
        case .credentialIncomplete(let missing):
            self.init(
                code: .credentialIncomplete,
                detail: "the live credential lacks \(missing.joined(separator: ", ")); sign in "
                    + "again with `claude` and /login")
        case .credentialLocked(let held):
            self.init(
                code: .credentialLocked,
                detail: "Claude Code's lock \(held.name) has been held since "
                    + "\(held.since.rfc3339); nothing was changed, try again")
        case .credentialChanged:
            self.init(
                code: .credentialChanged,
                detail: "the live credential changed meanwhile; nothing was changed, try again")
        case .credentialSuperseded:
            self.init(
                code: .credentialSuperseded,
                detail: "the slot holds a newer credential of this account than the live store; "
                    + "nothing was written. The next tick puts the newest in its place")
        case .storeRefused(let detail):
            self.init(code: .storeRefused, detail: detail + Self.lookAtStores)
        case .storeUnreachable(let detail):
            self.init(code: .storeUnreachable, detail: detail + Self.lookAtStores)
        case .storeMalformed(let detail):
            self.init(code: .storeMalformed, detail: detail + Self.lookAtStores)
        default: self.init(code: .internalError, detail: "an unexpected refusal")
        }
    }

    private init(_ finding: PinningFinding) {
        let place =
            switch finding.place {
            case .serviceEnvironment: "the environment of the service"
            case .callerEnvironment: "the environment of the caller"
            case .settingsFile(let path): path
            }
        self.init(
            code: .pinnedEnvironment,
            detail: "\(finding.variable) is set in \(place); it overrides the credential store, "
                + "so that rotation would have no effect. Remove it there, then try again.",
            variable: finding.variable, where: place)
    }
}
