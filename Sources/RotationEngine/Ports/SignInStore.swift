// The port to where the official client keeps a credential it was told to keep
// apart: a private `CLAUDE_CONFIG_DIR`. The adapters are CredentialStores'; who
// runs the client there is LoginDesk's business.

import RotationCore

/// What a sign-in left in its private directory.
package struct MadeCredential: Sendable {
    package let credential: ImportedCredential
    /// Proves whose it is.
    package let accessToken: Secret
    /// `.claude.json` of that directory: how Claude Code shows the account. It
    /// is believed only where it names the account that was proven.
    package let configFile: String?

    package init(credential: ImportedCredential, accessToken: Secret, configFile: String?) {
        self.credential = credential
        self.accessToken = accessToken
        self.configFile = configFile
    }
}

package protocol SignInStore: Sendable {
    /// What was stored for this `CLAUDE_CONFIG_DIR`; nil while there is none,
    /// or only a part of one.
    func read(in directory: String) async throws(VaultError) -> MadeCredential?

    /// Removes it from wherever it is kept; succeeds when there is none.
    func wipe(_ directory: String) async throws(VaultError)
}
