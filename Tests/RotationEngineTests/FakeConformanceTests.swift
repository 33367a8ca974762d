// The fakes the engine's laws rest on do what the real adapters do: they pass
// the same suites.

import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

private struct MemoryVaultWorld: VaultWorld {
    let memory = InMemoryVault()
    var vault: any CredentialVault { memory }

    func signIn(_ token: String, missingScopes: Bool) async {
        await memory.setLive(
            token: token,
            details: CredentialDetails(kind: .login, canRefresh: true, accessTokenExpiresAt: nil),
            missing: missingScopes ? ["scopes"] : [])
    }
    func signOut() async { await memory.clearLive() }
    func liveToken() async -> String? { await memory.liveToken }
}

@Suite struct FakeConformanceTests {
    @Test(arguments: VaultConformance.laws.map(\.name))
    func `the vault in memory is a vault`(law: String) async throws {
        let check = try #require(VaultConformance.laws.first { $0.name == law }).check
        try await check(MemoryVaultWorld())
    }
}

private struct ScriptedWorld: VendorWorld {
    let scripted = ScriptedVendor()
    var vendor: any VendorAPI { scripted }
    let token = Secret(Array("t".utf8))
    let identity = AccountIdentity(
        id: AccountID(accountUUID: "a", organizationUUID: "o"), email: "a@example.com")

    func arrange(_ answer: UsageAnswer) async {
        scripted.set(usage: answer, forToken: Array("t".utf8))
        scripted.set(profile: .identity(identity), forToken: Array("t".utf8))
    }
}

@Suite struct ScriptedVendorTests {
    @Test func `the scripted vendor is a vendor`() async {
        await VendorConformance.windows(ScriptedWorld())
        await VendorConformance.strangers(ScriptedWorld())
        for answer in VendorConformance.refusals {
            await VendorConformance.refusal(answer, ScriptedWorld())
        }
    }
}

private struct MemoryHistoryWorld: HistoryWorld {
    let memory = InMemoryHistory()
    var history: any HistoryLog { memory }
    func reopened() async throws -> any HistoryLog { memory }
}

@Suite struct MemoryHistoryTests {
    @Test(arguments: HistoryConformance.laws.map(\.name))
    func `the history in memory is a history`(law: String) async throws {
        let check = try #require(HistoryConformance.laws.first { $0.name == law }).check
        try await check(MemoryHistoryWorld())
    }
}
