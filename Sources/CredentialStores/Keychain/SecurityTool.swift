// The macOS keychain through /usr/bin/security (decision 11): the program that
// created an item may read it without a dialog, and Claude Code uses this one.
// Facts about it are Apple's source of it (SecurityTool: security.c,
// readline.c, keychain_find.c) and reference A2.

import RotationEngine

package struct SecurityTool: ItemStore {
    private let tool: GuardedTool

    /// The one path Claude Code uses.
    package static let path = "/usr/bin/security"

    /// One for the whole service: calls take turns, and the latch is shared.
    /// `environment` is the service's own; only what finds the user is passed.
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
                ["HOME", "USER", "LOGNAME", "LANG"], of: environment),
            clock: clock, deadlineMilliseconds: deadlineMilliseconds,
            advice: "Unlock the login keychain, and choose Always Allow when it asks for security")
    }

    // MARK: ItemStore

    /// `security -i` reads lines of 4095 characters and runs what is over as a
    /// further command. Claude Code keeps 64 bytes of distance, and so do we.
    static let lineLimit = 4096 - 64

    func capacity(_ item: ItemName) -> Int {
        // Two hexadecimal digits a byte.
        max(0, (Self.lineLimit - Self.line([], item).count) / 2)
    }

    func read(_ item: ItemName) async throws(VaultError) -> [UInt8]? {
        try item.check()
        return try await tool.together { () async throws(VaultError) in try await find(item) }
    }

    func write(_ text: [UInt8], to item: ItemName) async throws(VaultError) {
        try item.check()
        guard !text.isEmpty else { throw .refused("an empty text is not kept in the keychain") }
        let line = Self.line(text, item)
        guard line.count <= Self.lineLimit else {
            throw .refused(
                "\(text.count) bytes are more than the \(capacity(item)) that security takes on "
                    + "its standard input; the keychain was left as it was")
        }
        try await tool.together { () async throws(VaultError) in
            let answer = try await ask(["-i"], input: Secret(line), canPrompt: true)
            guard answer.code == 0 else { throw Self.error(answer.code, item) }
            guard try await find(item) == text else {
                throw .readBackMismatch("keychain item \(item) does not hold what was written")
            }
        }
    }

    func remove(_ item: ItemName) async throws(VaultError) {
        try item.check()
        try await tool.together { () async throws(VaultError) in
            let answer = try await ask(
                ["delete-generic-password", "-a", item.account, "-s", item.service],
                canPrompt: true)
            guard answer.code == 0 || answer.code == Self.notFound else {
                throw Self.error(answer.code, item)
            }
            guard try await find(item) == nil else {
                throw .readBackMismatch("keychain item \(item) is still there")
            }
        }
    }

    // MARK: -

    private func find(_ item: ItemName) async throws(VaultError) -> [UInt8]? {
        let answer = try await ask(
            ["find-generic-password", "-a", item.account, "-w", "-s", item.service],
            canPrompt: true)
        switch answer.code {
        case 0:
            guard let text = answer.output.withBytes(Self.value) else {
                throw .unreachable("security did not print keychain item \(item) to its end")
            }
            return text
        case Self.notFound:
            try await proveReachable()
            return nil
        default: throw Self.error(answer.code, item)
        }
    }

    /// "Not found" is also what the tool makes of any failure of its search
    /// (find_first_generic_password): in a session without the user's own
    /// keychain nothing is ever found, and that proves nothing.
    private func proveReachable() async throws(VaultError) {
        let answer = try await ask(["list-keychains"], canPrompt: false)
        let isThere = answer.output.withBytes { text in
            text.split(separator: 0x0A).contains { line in
                let path = line.filter { $0 != 0x20 && $0 != 0x22 }
                return !path.isEmpty && path != Array(Self.systemKeychain.utf8)
            }
        }
        guard answer.code == 0, isThere else {
            throw .unreachable(
                "the login keychain is not in reach of this session, so nothing is known of what "
                    + "it holds; start the service from the session of the user who is logged in")
        }
    }

    private func ask(
        _ arguments: [String], input: Secret = Secret([]), canPrompt: Bool
    ) async throws(VaultError) -> GuardedTool.Answer {
        try await tool.ask(arguments, input: input, canPrompt: canPrompt) { answer in
            switch answer.code {
            case 0, Self.notFound: .answered
            case let code where Self.denied.contains(code): .denied
            default: .failed
            }
        }
    }

    // MARK: What goes in and comes out

    /// The one line for `security -i`; it needs its newline, because a line cut
    /// off by the end of the input is not run.
    static func line(_ text: [UInt8], _ item: ItemName) -> [UInt8] {
        let command = "add-generic-password -U -a \"\(item.account)\" -s \"\(item.service)\" -X "
        return Array(command.utf8) + Hexadecimal.digits(text) + [0x0A]
    }

    /// Of what `-w` prints: the bytes, or hexadecimal digits when one of them
    /// is not printable, and a newline. Nil without the newline. Digits of a
    /// JSON object are decoded however they came to be. Another text made of
    /// such digits cannot be told apart; no JSON object and none of our items
    /// is one.
    static func value(_ printed: [UInt8]) -> [UInt8]? {
        guard printed.last == 0x0A else { return nil }
        let text = Array(printed.dropLast())
        guard let decoded = Hexadecimal.bytes(text),
            decoded.contains(where: { !(0x20...0x7E).contains($0) })
                || (try? JSONObjectText(decoded)) != nil
        else { return text }
        return decoded
    }

    // MARK: Exit codes: the low byte of an OSStatus (SecBase.h)

    /// errSecItemNotFound.
    private static let notFound: Int32 = 44
    /// errSecAuthFailed, errSecUserCanceled.
    private static let denied: Set<Int32> = [51, 128]
    /// errSecInteractionNotAllowed, errSecInteractionRequired.
    private static let locked: Set<Int32> = [36, 29]
    /// errSecNoDefaultKeychain, errSecNoSuchKeychain, errSecNotAvailable.
    private static let missing: Set<Int32> = [37, 50, 53]

    private static func error(_ code: Int32, _ item: ItemName) -> VaultError {
        switch code {
        case let code where denied.contains(code):
            .refused(
                "access to keychain item \(item) was denied (security exited \(code)); choose "
                    + "Always Allow when it asks for security")
        case let code where locked.contains(code):
            .refused(
                "the keychain is locked (security exited \(code)); log in at the screen, or run "
                    + "security unlock-keychain")
        case let code where missing.contains(code):
            .unreachable("there is no keychain to ask (security exited \(code))")
        default: .refused("security exited \(code) over keychain item \(item)")
        }
    }

    private static let systemKeychain = "/Library/Keychains/System.keychain"
}
