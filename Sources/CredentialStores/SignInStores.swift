// Where the official client keeps the credential of a private
// `CLAUDE_CONFIG_DIR`: the file in it, or, on macOS, a keychain item named after
// that directory.

import DurableFiles
import RotationCore
import RotationEngine

package struct FileSignInStore: SignInStore {
    package init() {}

    package func read(in directory: String) async throws(VaultError) -> MadeCredential? {
        try await FileLiveStore(path: directory + "/.credentials.json").made(in: directory)
    }

    package func wipe(_ directory: String) async throws(VaultError) {
        try await FileLiveStore(path: directory + "/.credentials.json").remove()
    }
}

package struct KeychainSignInStore: SignInStore {
    private let tool: SecurityTool
    private let environment: [String: String]
    private let loginName: String?
    private let composed: @Sendable (String) -> String

    /// `environment` is the service's own; `composed` is NFC.
    package init(
        tool: SecurityTool, environment: [String: String], loginName: String?,
        composed: @escaping @Sendable (String) -> String
    ) {
        self.tool = tool
        self.environment = environment
        self.loginName = loginName
        self.composed = composed
    }

    package func read(in directory: String) async throws(VaultError) -> MadeCredential? {
        try await store(directory).made(in: directory)
    }

    package func wipe(_ directory: String) async throws(VaultError) {
        try await store(directory).remove()
    }

    /// As the client finds it there, whatever this service was started with.
    private func store(_ directory: String) throws(VaultError) -> KeychainLiveStore {
        var environment = environment
        environment["CLAUDE_CONFIG_DIR"] = directory
        environment["CLAUDE_SECURESTORAGE_CONFIG_DIR"] = nil
        return KeychainLiveStore(
            names: try KeychainNames(
                environment: environment, loginName: loginName, sha256: Digest.sha256,
                composed: composed),
            tool: tool, mirrorPath: directory + "/.credentials.json")
    }
}

extension LiveStore {
    /// A credential that is whole; a part of one may be a writer half done.
    fileprivate func made(in directory: String) async throws(VaultError) -> MadeCredential? {
        guard let bytes = try await read(), let text = try? CredentialText(bytes),
            let oauth = text.oauth, let tokens = oauth.tokens, oauth.missing.isEmpty
        else { return nil }
        return MadeCredential(
            credential: ImportedCredential(text: Secret(bytes), origin: name),
            accessToken: Secret(tokens.access), configFile: directory + "/.claude.json")
    }
}
