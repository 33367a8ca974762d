// A whole engine over in-memory ports: three accounts, a clock that moves only
// when told, and a vendor that answers what the test scripts.

import RotationCore
import RotationEngine
import Support

let alice = AccountIdentity(
    id: AccountID(accountUUID: "aaaa", organizationUUID: "0001"), email: "alice@example.com")
let bob = AccountIdentity(
    id: AccountID(accountUUID: "bbbb", organizationUUID: "0002"), email: "bob@example.com")
let carol = AccountIdentity(
    id: AccountID(accountUUID: "cccc", organizationUUID: "0003"), email: "carol@example.com")

/// Tokens are canaries: no test may find one outside the vault.
func token(of identity: AccountIdentity, generation: Int = 1) -> String {
    "canary-\(identity.id.accountUUID)-\(generation)"
}

struct EngineHarness {
    let clock = ManualClock()
    let vault: InMemoryVault
    let vendor = ScriptedVendor()
    let history = InMemoryHistory()
    let host = StubHost()
    let flag: MemoryFlag
    let log = RecordingLog()
    let ports: EnginePorts
    let engine: RotationEngine

    init(
        optedIn: Bool = true, unsupportedAdvice: String? = nil, bounds: Bounds = Bounds(),
        imports: any ImportSource = NoImportSource(), standingNudges: [Nudge] = [],
        signIns: any SignInDesk = NoSignInDesk()
    ) {
        vault = InMemoryVault(unsupportedAdvice: unsupportedAdvice)
        flag = MemoryFlag(optedIn)
        ports = EnginePorts(
            clock: clock, vault: vault, vendor: vendor, history: history, host: host,
            flag: flag, log: log, imports: imports, standingNudges: standingNudges,
            signIns: signIns)
        engine = RotationEngine(ports: ports, bounds: bounds)
    }

    var details: CredentialDetails {
        CredentialDetails(
            kind: .login, canRefresh: true,
            accessTokenExpiresAt: clock.now().adding(seconds: 8 * 3600), plan: "max")
    }

    /// Makes `identity` the live account, its slot filed or not.
    func setLive(_ identity: AccountIdentity, filed: Bool = true, generation: Int = 1) async {
        let token = token(of: identity, generation: generation)
        await vault.setLive(token: token, details: details)
        if filed { await vault.putSlot(token: token, details: details, identity: identity) }
        vendor.set(profile: .identity(identity), forToken: Array(token.utf8))
    }

    func putSlot(_ identity: AccountIdentity, details: CredentialDetails? = nil) async {
        await vault.putSlot(
            token: token(of: identity), details: details ?? self.details, identity: identity)
    }

    /// Scripts what the usage endpoint answers for an account.
    func setUsage(
        _ identity: AccountIdentity, fiveHour: Double, sevenDay: Double, generation: Int = 1
    ) {
        let now = clock.now()
        set(
            usage: .windows([
                UsageWindow(
                    key: .fiveHour, utilization: fiveHour,
                    resetsAt: now.adding(seconds: 2 * 3600)),
                UsageWindow(
                    key: .sevenDay, utilization: sevenDay,
                    resetsAt: now.adding(seconds: 3 * 86400)),
            ]), of: identity, generation: generation)
    }

    func set(usage: UsageAnswer, of identity: AccountIdentity, generation: Int = 1) {
        vendor.set(
            usage: usage, forToken: Array(token(of: identity, generation: generation).utf8))
    }

    /// The issue's own example: live at 98/40, B at 12/20, C at 60/90.
    func setExample(carolSevenDay: Double = 90, bobFiveHour: Double = 12) async {
        await setLive(alice)
        await putSlot(bob)
        await putSlot(carol)
        setUsage(alice, fiveHour: 98, sevenDay: 40)
        setUsage(bob, fiveHour: bobFiveHour, sevenDay: 20)
        setUsage(carol, fiveHour: 60, sevenDay: carolSevenDay)
    }

    func tick(onlyIfClaudeRunning: Bool = true, fresh: Bool = false) async throws -> TickReport {
        try await engine.tick(
            TickRequest(
                trigger: .request, onlyIfClaudeRunning: onlyIfClaudeRunning, fresh: fresh))
    }
}
