// Which stores a vault is made over: files, the keychain, or files with the
// slots in the Secret Service.

import DurableFiles
import RotationEngine

extension Vault {
    /// Credentials in files, as Claude Code keeps them off macOS.
    package init(paths: ClaudePaths, dataDirectory: String, clock: any EngineClock) {
        self.init(
            live: FileLiveStore(path: paths.credentialsFile),
            slots: FileSlotStore(directory: dataDirectory + "/slots"), paths: paths,
            dataDirectory: dataDirectory, clock: clock)
    }

    /// The live credential in a file, the slots in the Secret Service.
    package init(
        secretService paths: ClaudePaths, dataDirectory: String, environment: [String: String],
        clock: any EngineClock
    ) {
        self.init(
            live: FileLiveStore(path: paths.credentialsFile),
            slots: SecretServiceSlotStore(
                tool: SecretTool(environment: environment, clock: clock)),
            paths: paths, dataDirectory: dataDirectory, clock: clock)
    }

    /// Both in the login keychain, through `/usr/bin/security`; `.unsupported`
    /// where Claude Code was told to keep them elsewhere. `composed` is NFC, as
    /// Claude Code hashes it.
    package init(
        keychain paths: ClaudePaths, dataDirectory: String, environment: [String: String],
        loginName: String?, clock: any EngineClock, composed: (String) -> String
    ) throws(VaultError) {
        let names = try KeychainNames(
            environment: environment, loginName: loginName, sha256: Digest.sha256,
            composed: composed)
        let tool = SecurityTool(environment: environment, clock: clock)
        self.init(
            live: KeychainLiveStore(
                names: names, tool: tool, mirrorPath: paths.credentialsFile),
            slots: KeychainSlotStore(tool: tool), paths: paths, dataDirectory: dataDirectory,
            clock: clock)
    }

    private init(
        live: any LiveStore, slots: any SlotStore, paths: ClaudePaths, dataDirectory: String,
        clock: any EngineClock
    ) {
        self.init(
            live: live, slots: slots,
            locks: ClaudeLocks(paths: paths, dataDirectory: dataDirectory, clock: clock),
            clock: clock, configurationFile: paths.configFile, dataDirectory: dataDirectory,
            disk: SystemDisk())
    }
}
