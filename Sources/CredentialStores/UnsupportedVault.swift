// Where no credential store is supported, or none was chosen: every call says
// why and what to do, and nothing is touched.

import RotationCore
import RotationEngine

package struct UnsupportedVault: CredentialVault {
    package let name = "none"
    private let advice: String

    package init(advice: String) { self.advice = advice }

    package var unsupportedAdvice: String? { advice }

    package func readLive() async throws(VaultError) -> LiveCredential? {
        throw .unsupported(advice: advice)
    }
    package func slots() async throws(VaultError) -> SlotListing {
        throw .unsupported(advice: advice)
    }
    package func fileLive(
        _ generation: Generation, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot { throw .unsupported(advice: advice) }
    package func accessToken(of account: AccountID) async throws(VaultError) -> Secret {
        throw .unsupported(advice: advice)
    }
    package func swap(_ order: SwapOrder) async throws(VaultError) -> SwapReceipt {
        throw .unsupported(advice: advice)
    }
    package func forget(_ account: AccountID) async throws(VaultError) {
        throw .unsupported(advice: advice)
    }

    package func refresh(
        _ order: RefreshOrder, request: @escaping @Sendable (Secret) async -> RefreshAnswer
    ) async throws(VaultError) -> RefreshReceipt { throw .unsupported(advice: advice) }

    package func adopt(
        _ credential: ImportedCredential, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot { throw .unsupported(advice: advice) }

    package nonisolated func setupToken(
        _ token: Secret, expiresAt: Timestamp
    ) -> ImportedCredential { ImportedCredential(text: token, origin: "the operator") }
    package func enrol(
        _ made: MadeCredential, as identity: AccountIdentity, now: Timestamp
    ) async throws(VaultError) -> Slot { throw .unsupported(advice: advice) }

    package func slot(
        knowing credential: ImportedCredential
    ) async throws(VaultError) -> Slot? { throw .unsupported(advice: advice) }

    /// Nothing is ever begun here.
    package func recover(now: Timestamp) async throws(VaultError) -> [Recovery] { [] }

    package func settled() async {}

    package func lineage(
        of account: AccountID, limit: Int
    ) async throws(VaultError) -> [LineageEntry] { [] }
}
