// Every command a nudge names is one this program has.

import Support
import Testing

@testable import RotationCore
@testable import rotator

@Suite struct NudgeCommandTests {
    private let now = Timestamp(seconds: 1_790_000_000)

    private func slot(_ email: String, _ kind: CredentialKind, _ grant: GrantStanding) -> SlotFacts
    {
        SlotFacts(
            email: email,
            details: CredentialDetails(
                kind: kind, canRefresh: kind == .login, accessTokenExpiresAt: now,
                loginExpiresAt: now.adding(seconds: 250_000)),
            generation: Generation(1), grant: grant)
    }

    /// Every nudge there is, as this installation says it.
    private var nudges: [Nudge] {
        let reasons: [Reason] = [
            .allExhausted, .noAlternates, .noUsableAlternate, .identityUnknown, .credentialLocked,
            .storeRefused, .noLiveCredential, .liveRestricted,
        ]
        let stopped = BootstrapFacts(isPossible: true, attempts: 3, stopped: .challenge)
        let ids = (1...4).map { AccountID(accountUUID: "a\($0)", organizationUUID: "o") }
        let slots = [
            slot("a@x", .login, .rejected), slot("b@x", .login, .unspent),
            slot("c@x", .setupToken, .unspent), slot("d@x", .login, .rejected),
        ]
        return reasons.flatMap { reason in
            [slots, []].flatMap { slots in
                NudgeBoard(
                    situation: .init(
                        slots: Dictionary(uniqueKeysWithValues: zip(ids, slots)), live: ids[0]),
                    verdict: Verdict(outcome: .stuck, reason: reason, sentence: "S."),
                    pinnedSessions: [PinnedSession(pid: 1, variables: ["V"])],
                    lock: LockHeld(name: "x.lock", since: now), otherManagerAt: now,
                    feed: NudgeFeed(bootstraps: ["d@x": stopped], signIn: SignInHint.advice),
                    now: now
                ).nudges
            }
        } + [Nudge.tickStalled(since: now)]
    }

    @Test func `every code but the configuration's own is looked at`() {
        let missing = Set(NudgeCode.allCases).subtracting(nudges.map(\.code))
        #expect(missing == [.otherHost])
    }

    @Test func `every command is a verb of this program`() {
        for nudge in nudges {
            let words = (nudge.command ?? "").split(separator: " ").map(String.init)
            #expect(words.first == "rotator", "\(nudge)")
            #expect(words.count > 1 && RotatorCommand.verbs.contains(words[1]), "\(nudge)")
        }
    }

    @Test func `a window of its own is offered exactly where there is one`() {
        let offers = nudges.contains { $0.command?.hasPrefix("rotator login") == true }
        #expect(offers == RotatorCommand.verbs.contains("login"))
    }
}
