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
