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
}
