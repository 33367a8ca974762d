// A throw-away home with a signed-in Claude Code, and a vault over it.

import DurableFiles
import PortConformance
import RotationCore
import RotationEngine
import Support

@testable import CredentialStores

struct FileVaultHarness: VaultWorld {
    let home = TemporaryDirectory()
    let clock = ManualClock()
    let fault = FaultHook()
    let files: Vault
    var vault: any CredentialVault { files }

    init() {
        home.makeDirectory(".claude")
        let hook = fault
        files = Vault(home, clock, disk: HookedDisk(hook))
    }

    /// The machine's own members, with white space and escapes of their own.
    static let machine = #""mcpOAuth": { "x" : [1.0, "\u0041"] },"pluginSecrets":{"p":"s"}"#

    static func store(_ token: String, scopes: Bool = true, more: String = "") -> String {
        let scopeList = scopes ? #"["user:inference","user:profile"]"# : #"["user:profile"]"#
        return """
            {"claudeAiOauth":{"accessToken":"\(token)","refreshToken":"refresh-\(token)",\
            "expiresAt":1790003600000,"scopes":\(scopeList),"subscriptionType":"max",\
            "futureMember":{"kept":[1,2]}}, \(machine)\(more)}
            """
    }

    func signIn(_ token: String, missingScopes: Bool) async {
        home.write(".claude/.credentials.json", Self.store(token, scopes: !missingScopes))
    }

    func signOut() async {
        home.write(".claude/.credentials.json", "{\(Self.machine)}")
    }

    func liveToken() async -> String? {
        guard let text = home.read(".claude/.credentials.json"),
            let store = try? CredentialText(Array(text.utf8)), let tokens = store.oauth?.tokens
        else { return nil }
        return String(decoding: tokens.access, as: UTF8.self)
    }

    /// Alice is live as `a1`, with a member her slot does not hold yet; bob's slot holds `b1`.
    func arrange() async throws -> SwapOrder {
        for (token, identity) in [("b1", VaultConformance.bob), ("a1", VaultConformance.alice)] {
            await signIn(token, missingScopes: false)
            guard let live = try await files.readLive() else { break }
            _ = try await files.fileLive(live.generation, as: identity, now: clock.now())
        }
        // The same tokens, but not what the slot holds: it has to be saved.
        home.write(".claude/.credentials.json", Self.store("a1", more: #", "later":true"#))
        guard let live = try await files.readLive() else { preconditionFailure("alice is live") }
        return SwapOrder(
            outgoing: .init(identity: VaultConformance.alice, generation: live.generation),
            incoming: VaultConformance.bob.id, lockPatienceSeconds: 0, now: clock.now())
    }

    /// Runs something while the clock moves on by a second whenever somebody
    /// waits for it.
    func advancing<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let isDone = MutexBox(false)
        async let value: Value = {
            defer { isDone.set(true) }
            return try await body()
        }()
        while !isDone.value {
            if clock.sleeperCount > 0 { clock.advance(seconds: 1) }
            await Task.yield()
        }
        return try await value
    }
}

extension Vault {
    /// Over the files of a throw-away home, which is the data directory too.
    init(_ home: TemporaryDirectory, _ clock: ManualClock, disk: any Disk = SystemDisk()) {
        let paths = ClaudePaths(home: home.path, claudeConfigDir: nil)
        self.init(
            live: FileLiveStore(path: paths.credentialsFile, disk: disk),
            slots: FileSlotStore(directory: home.file("slots"), disk: disk),
            locks: ClaudeLocks(paths: paths, dataDirectory: home.path, clock: clock),
            clock: clock, configurationFile: paths.configFile, dataDirectory: home.path,
            disk: disk)
    }
}
