// The Secret Service (freedesktop.org) through secret-tool of libsecret, from
// whose source the facts below are (tool/secret-tool.c, secret-methods.c). A
// store that is there and says no is an error, never a reason to write a file.

import RotationEngine

package struct SecretTool: ItemStore {
    private let tool: GuardedTool

    package static let path = "/usr/bin/secret-tool"

    /// One for the whole service. `environment` is the service's own; only what
    /// finds the user and the session bus is passed.
    package init(environment: [String: String], clock: any EngineClock) {
        self.init(environment: environment, clock: clock, executable: Self.path)
    }

    init(
        environment: [String: String], clock: any EngineClock, executable: String,
        deadlineMilliseconds: Int64 = GuardedTool.deadlineMilliseconds
    ) {
        tool = GuardedTool(
            executable: executable,
            environment: GuardedTool.environment(
                [
                    "HOME", "USER", "LOGNAME", "LANG", "DBUS_SESSION_BUS_ADDRESS",
                    "XDG_RUNTIME_DIR",
                ], of: environment),
            clock: clock, deadlineMilliseconds: deadlineMilliseconds,
            advice: "Unlock the keyring, and let secret-tool use it when it asks")
    }

    /// `store` reads 8192 bytes and keeps those although there are more.
    func capacity(_ item: ItemName) -> Int { 8000 }

    func read(_ item: ItemName) async throws(VaultError) -> [UInt8]? {
        try item.check()
        return try await tool.together { () async throws(VaultError) in try await lookUp(item) }
    }

    func write(_ text: [UInt8], to item: ItemName) async throws(VaultError) {
        try item.check()
        guard !text.isEmpty else { throw .refused("an empty text is not kept in the keyring") }
        guard text.count <= capacity(item) else {
            throw .refused(
                "\(text.count) bytes are more than the \(capacity(item)) that secret-tool keeps "
                    + "whole; the keyring was left as it was")
        }
        try await tool.together { () async throws(VaultError) in
            let answer = try await ask("store", ["--label=\(item)"], item, input: Secret(text))
            guard answer.code == 0 else { throw Self.error(answer.code, item) }
            guard try await lookUp(item) == text else {
                throw .readBackMismatch("keyring item \(item) does not hold what was written")
            }
        }
    }

    func remove(_ item: ItemName) async throws(VaultError) {
        try item.check()
        try await tool.together { () async throws(VaultError) in
            let answer = try await ask("clear", [], item)
            // 1 without a word: there was nothing to clear.
            guard answer.code == 0 || answer.code == 1 && answer.isSilent else {
                throw Self.error(answer.code, item)
            }
            guard try await !isListed(item) else {
                throw .readBackMismatch("keyring item \(item) is still there")
            }
        }
    }

    // MARK: -

    /// 1 without a word is "not found", but also what becomes of an item whose
    /// keyring was not unlocked when the dialog asked for it
    /// (on_lookup_unlocked); a search, which lists locked items too, tells.
    private func lookUp(_ item: ItemName) async throws(VaultError) -> [UInt8]? {
        let answer = try await ask("lookup", [], item)
        if answer.code == 0 { return answer.output.withBytes { $0 } }
        guard answer.code == 1, answer.isSilent else { throw Self.error(answer.code, item) }
        guard try await isListed(item) else { return nil }
        await tool.note(.denied)
        throw .refused("the keyring that holds \(item) is locked; unlock it")
    }

    /// Never asks anybody: it does not unlock. It prints what it finds, secrets
    /// too; they are dropped here.
    private func isListed(_ item: ItemName) async throws(VaultError) -> Bool {
        let answer = try await ask("search", ["--all"], item, canPrompt: false)
        guard answer.code == 0 else { throw Self.error(answer.code, item) }
        return !answer.isSilent
    }

    private func ask(
        _ verb: String, _ options: [String], _ item: ItemName, input: Secret = Secret([]),
        canPrompt: Bool = true
    ) async throws(VaultError) -> GuardedTool.Answer {
        let attributes = ["service", item.service, "account", item.account]
        return try await tool.ask(
            [verb] + options + attributes, input: input, canPrompt: canPrompt
        ) { answer in
            answer.code == 0 || answer.code == 1 && answer.isSilent ? .answered : .failed
        }
    }

    /// What it says is not repeated here: it is written for other eyes.
    private static func error(_ code: Int32, _ item: ItemName) -> VaultError {
        .refused(
            "secret-tool exited \(code) over keyring item \(item); is a keyring running and "
                + "unlocked in this session?")
    }
}
