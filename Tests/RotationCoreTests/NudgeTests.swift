// What only a person can do: who is named, how pressing it is, and when it is
// news.

import Support
import Testing

@testable import RotationCore

@Suite struct NudgeTests {
    private let now = Timestamp(seconds: 1_790_000_000)

    private func slot(
        _ email: String = "b@example.com", kind: CredentialKind = .login, canRefresh: Bool = true,
        accessEnds: Int64? = 3600, loginEnds: Int64? = nil, grant: GrantStanding = .unspent
    ) -> SlotFacts {
        SlotFacts(
            email: email,
            details: CredentialDetails(
                kind: kind, canRefresh: canRefresh,
                accessTokenExpiresAt: accessEnds.map { now.adding(seconds: $0) },
                loginExpiresAt: loginEnds.map { now.adding(seconds: $0) }),
            generation: Generation(1), grant: grant)
    }

    private func board(
        _ slots: [SlotFacts], _ outcome: Outcome = .stayed, _ reason: Reason = .belowThreshold,
        feed: NudgeFeed = NudgeFeed(), failedLooks: Int = 0, answers: [UsageAnswer] = []
    ) -> NudgeBoard {
        let ids = "abcdefgh".map { id(String($0)) }
        var usage: [AccountID: UsageFacts] = [:]
        for (account, answer) in zip(ids, answers) {
            var facts = UsageFacts()
            facts.lastAnswer = answer
            usage[account] = facts
        }
        return NudgeBoard(
            situation: .init(
                slots: Dictionary(uniqueKeysWithValues: zip(ids, slots)), live: ids[0],
                usage: usage),
            verdict: Verdict(outcome: outcome, reason: reason, sentence: "It is so."),
            pinnedSessions: [], failedLooks: failedLooks, feed: feed, now: now)
    }

    // MARK: Logins

    @Test(arguments: [
        (172_801 as Int64, NudgeUrgency.notice), (172_800, .within48Hours),
        (86_401, .within48Hours), (86_400, .within24Hours), (1, .within24Hours), (0, .expired),
        (-86_400, .expired),
    ])
    func `urgency grows as the end of a login comes near`(left: Int64, urgency: NudgeUrgency) {
        let nudge = board([slot("a@example.com"), slot(loginEnds: left)]).logins.first
        #expect((nudge?.code == .loginNeeded) == (urgency > .notice))
        #expect(nudge?.urgency == urgency)
        #expect(
            nudge?.severity
                == (urgency >= .expired ? .critical : urgency > .notice ? .warning : .info))
    }

    @Test func `a grant the vendor rejected is dead, whatever its dates`() {
        let nudge = board([slot("a@x"), slot(loginEnds: 9_999_999, grant: .rejected)]).logins.first
        #expect(nudge?.urgency == .dead && nudge?.severity == .critical)
        #expect(nudge?.email == "b@example.com")
    }

    @Test(arguments: [GrantStanding.unspent, .maybeSpent])
    func `an account that renews itself is never named`(grant: GrantStanding) {
        let lapsed = slot(accessEnds: -7200, grant: grant)
        let unknown = slot("c@example.com", accessEnds: nil, loginEnds: nil)
        #expect(board([slot("a@example.com"), lapsed, unknown]).nudges.isEmpty)
    }

    @Test func `a setup-token is named when its estimate comes near, with its own remedy`() {
        func told(_ ends: Int64) -> Nudge? {
            board([
                slot("a@example.com"), slot(kind: .setupToken, canRefresh: false, accessEnds: ends),
            ]).logins.first
        }
        #expect(told(172_801) == nil)
        let nudge = told(172_800)
        #expect(nudge?.code == .loginNeeded && nudge?.urgency == .within48Hours)
        #expect(nudge?.command == "rotator add-token b@example.com")
        #expect(nudge?.message.contains("estimate") == true)
    }

    @Test func `a setup-token beside a login that renews itself is not named`() {
        let token = slot(kind: .setupToken, canRefresh: false, accessEnds: -1)
        #expect(board([slot("a@example.com"), slot(), token]).logins.isEmpty)
        #expect(board([slot("a@example.com"), slot(grant: .rejected), token]).logins.count == 1)
    }

    @Test func `what the login desk can bring back by itself is not named`() {
        let dead = slot(grant: .rejected)
        let can = NudgeFeed(bootstraps: ["b@example.com": BootstrapFacts(isPossible: true)])
        #expect(board([slot("a@example.com"), dead], feed: can).logins.isEmpty)
        let cannot = NudgeFeed(bootstraps: ["b@example.com": BootstrapFacts(isPossible: false)])
        let codes = board([slot("a@example.com"), dead], feed: cannot).logins.map(\.code)
        #expect(codes == [.loginNeeded])
    }

    @Test(arguments: BootstrapStop.allCases)
    func `a bootstrap that stopped names its log and the way to sign in`(stop: BootstrapStop) {
        let feed = NudgeFeed(
            bootstraps: [
                "b@example.com": BootstrapFacts(
                    isPossible: true, attempts: 3, logPath: "/d/bootstrap-b.log", stopped: stop)
            ], signIn: .dedicatedWindow(script: "/s/open-login.sh"))
        let nudges = board([slot("a@example.com"), slot(grant: .rejected)], feed: feed).logins
        #expect(nudges.map(\.code) == [.captureStalled], "one or the other, never both")
        let message = nudges[0].message
        for part in ["/d/bootstrap-b.log", "3 attempts", "dedicated", "/s/open-login.sh"] {
            #expect(message.contains(part), "\(message)")
        }
        #expect(nudges[0].command == "rotator login b@example.com")
        #expect(nudges[0].kind == stop.rawValue)
    }

    @Test func `a sign-in says that the default browser stays untouched`() {
        let feed = NudgeFeed(signIn: .dedicatedWindow(script: nil))
        let nudge = board([slot("a@example.com"), slot(grant: .rejected)], feed: feed).logins[0]
        #expect(nudge.message.contains("dedicated browser window"))
        #expect(nudge.message.contains("default browser stays untouched"))
    }

    @Test(arguments: [
        ("b@example.com", "b@example.com"), ("o'x@y", "'o'\\''x@y'"), ("$(id)@x", "'$(id)@x'"),
        ("-x@y", "'-x@y'"), ("", "''"), ("a b", "'a b'"),
    ])
    func `a command can be pasted whatever the e-mail holds`(email: String, word: String) {
        #expect(ShellWord.word(email) == word)
    }

    // MARK: Stuck

    @Test(arguments: [
        (Outcome.stuck, Reason.allExhausted, StuckKind.allSpent),
        (.stuck, .noAlternates, .noAlternates), (.stuck, .noUsableAlternate, .noneUsable),
        (.failed, .identityUnknown, .identityUnknown), (.stuck, .credentialLocked, .storeLocked),
        (.failed, .storeRefused, .storeUnusable), (.failed, .storeUnreachable, .storeUnusable),
        (.failed, .storeMalformed, .storeUnusable), (.stuck, .noLiveCredential, .signedOut),
        (.stuck, .liveRestricted, .restricted), (.failed, .slotMissing, .noneUsable),
    ])
    func `kinds of being stuck are told apart`(outcome: Outcome, reason: Reason, kind: StuckKind) {
        let nudges = board(
            [slot("a@example.com"), slot()], outcome, reason, failedLooks: 3,
            answers: [.noWindows, .unreachable(.offline)]
        ).nudges
        #expect(nudges.map(\.code) == [.rotationStuck])
        #expect(nudges.first?.kind == kind.rawValue)
        #expect(nudges.first?.command?.hasPrefix("rotator ") == true)
    }

    @Test(arguments: [(Outcome.stuck, Reason.noUsableAlternate), (.failed, .identityUnknown)])
    func `nobody answered: it is the network`(outcome: Outcome, reason: Reason) {
        let silent = board(
            [slot("a@example.com"), slot()], outcome, reason, failedLooks: 3,
            answers: [.unreachable(.timedOut), .unreachable(.offline)])
        #expect(silent.stuckKind == .offline)
        let never = board([slot("a@example.com"), slot()], outcome, reason, failedLooks: 3)
        #expect(never.stuckKind != .offline)
    }

    @Test func `a look that fails is told the third time in a row`() {
        var world = CoreHarness.example()
        world.observation = .unidentified
        for _ in 0..<2 { #expect(world.tick().nudges.isEmpty) }
        #expect(world.tick().nudges.map(\.kind) == ["identity-unknown"])
        world.observation = nil
        #expect(world.tick().nudges.isEmpty)
        world.observation = .unidentified
        #expect(world.tick().nudges.isEmpty, "the count begins anew")
    }

    // MARK: News

    private func nudge(
        _ urgency: NudgeUrgency, _ severity: NudgeSeverity = .warning, _ kind: String? = nil
    ) -> Nudge {
        Nudge(
            code: .loginNeeded, email: nil, severity: severity, urgency: urgency, kind: kind,
            message: "m", command: nil)
    }

    @Test func `it is news when it is worse than all that was told, or of another kind`() {
        let told = [nudge(.within24Hours).announced, nudge(.within48Hours).announced]
        #expect(nudge(.within48Hours).isNews(after: []))
        #expect(!nudge(.within24Hours).isNews(after: told))
        #expect(!nudge(.within48Hours).isNews(after: told))
        #expect(nudge(.expired).isNews(after: told))
        #expect(nudge(.notice, .critical).isNews(after: told))
        #expect(nudge(.notice, .info, "other").isNews(after: told))
    }

    @Test func `urgencies are ordered as they are listed`() {
        #expect(NudgeUrgency.allCases.sorted() == NudgeUrgency.allCases)
        #expect(
            NudgeUrgency.allCases.map(\.rawValue) == ["notice", "48h", "24h", "expired", "dead"])
    }

    @Test func `attempts come farther and farther apart, and end`() {
        let delays = (0...RetrySchedule.attempts).map { RetrySchedule.delay(after: $0) }
        #expect(delays == [nil, 5, 300, 1800, 7200, 18_000, 36_000, nil])
    }
}
