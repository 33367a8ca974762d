// A desk over stand-ins for the client and the browser, with a vendor that
// answers what the test says. Waits for states, never for time.

import CredentialStores
import Foundation
import LoginDesk
import RotationCore
import RotationEngine
import Support
import Synchronization

let alice = AccountIdentity(
    id: AccountID(accountUUID: "aaaa", organizationUUID: "0001"), email: "alice@example.com")
let bob = AccountIdentity(
    id: AccountID(accountUUID: "bbbb", organizationUUID: "0002"), email: "bob@example.com")

/// The real time: programs run in it.
struct RealClock: EngineClock {
    func now() -> Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
    func uptimeMilliseconds() -> Int64 { Int64(ProcessInfo.processInfo.systemUptime * 1000) }
    func sleep(until instant: Timestamp) async throws {}
}

/// Every state a sign-in has been in.
final class Progress: Sendable {
    private struct Waiter {
        let isMet: @Sendable (SignIn) -> Bool
        let continuation: CheckedContinuation<SignIn, Never>
    }

    private let state = Mutex<(all: [SignIn], waiters: [Waiter])>(([], []))

    var all: [SignIn] { state.withLock { $0.all } }
    var states: [SignIn.State] { all.map(\.state) }

    func note(_ signIn: SignIn) {
        let met = state.withLock { state in
            state.all.append(signIn)
            let met = state.waiters.filter { $0.isMet(signIn) }
            state.waiters.removeAll { $0.isMet(signIn) }
            return met
        }
        for waiter in met { waiter.continuation.resume(returning: signIn) }
    }

    func until(_ isMet: @escaping @Sendable (SignIn) -> Bool) async -> SignIn {
        await withCheckedContinuation { continuation in
            let found = state.withLock { state -> SignIn? in
                if let found = state.all.first(where: isMet) { return found }
                state.waiters.append(Waiter(isMet: isMet, continuation: continuation))
                return nil
            }
            if let found { continuation.resume(returning: found) }
        }
    }

    func end() async -> SignIn { await until(\.state.isOver) }
}

/// What was filed, and what the vendor says.
final class Office: Sendable {
    private let state = Mutex<(proof: SignInFiling.Proof, complaint: String?, filed: [String])>(
        (.identity(alice), nil, []))

    var filed: [String] { state.withLock { $0.filed } }

    func set(_ proof: SignInFiling.Proof, complaint: String? = nil) {
        state.withLock {
            $0.proof = proof
            $0.complaint = complaint
        }
    }

    var filing: SignInFiling {
        SignInFiling(
            prove: { [self] _ in state.withLock { $0.proof } },
            file: { [self] _, identity in
                state.withLock { state in
                    if state.complaint == nil { state.filed.append(identity.email) }
                    return state.complaint
                }
            })
    }
}

struct DeskHarness {
    let directory = TemporaryDirectory()
    let progress = Progress()
    let office = Office()
    let log = RecordingLog()
    let desk: LoginDesk

    static let address =
        "https://claude.ai/oauth/authorize?code=true&response_type=code&code_challenge=abc"
        + "&code_challenge_method=S256&redirect_uri=http%3A%2F%2Flocalhost%3A4711%2Fcallback"

    /// Beside this file.
    static var standIns: String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "StandIns").path
    }

    init(
        _ client: String = "stores", browser: String = "stays", address: String = Self.address,
        environment more: [String: String] = [:],
        _ change: (inout LoginSettings) -> Void = { _ in }
    ) {
        directory.makeDirectory("data")
        directory.write(
            "credential",
            #"{"claudeAiOauth":{"accessToken":"canary-access","refreshToken":"canary-refresh","#
                + #""scopes":["user:inference","user:profile"]}}"#)
        var environment = [
            "PATH": "/usr/bin:/bin", "HOME": directory.path, "DISPLAY": ":0", "STAND_IN": client,
            "STAND_IN_BROWSER": browser, "STAND_IN_ADDRESS": address,
            "STAND_IN_DIRECTORY": directory.path,
        ]
        environment.merge(more) { $1 }
        var settings = LoginSettings(
            dataDirectory: directory.file("data"), environment: environment,
            pinningVariables: ["ANTHROPIC_API_KEY"])
        settings.client = Self.standIns + "/claude"
        settings.browser = Self.standIns + "/browser"
        change(&settings)
        desk = LoginDesk(
            settings: settings, store: FileSignInStore(), clock: RealClock(), log: log,
            onChange: { [progress] in progress.note($0) })
    }

    func begin(_ email: String = alice.email, refusesOthers: Bool = false) throws -> SignIn {
        try desk.begin(
            SignInOrder(email: email, refusesOthers: refusesOthers), filing: office.filing)
    }

    /// The private directories there are.
    var left: [String] { directory.names("data/sign-ins") }

    /// Every text we wrote about it.
    var written: String {
        let logs = directory.names("data/logs").compactMap { directory.read("data/logs/" + $0) }
        let lines = log.lines.map(\.message) + progress.all.map(\.detail)
        return (logs + lines).joined(separator: "\n")
    }

    /// Whether the browser's helper process, if there was one, has been killed.
    /// That it is killed is sure when we are told; that it is gone comes a
    /// moment later.
    func helperIsGone() async -> Bool {
        guard let text = directory.read("browser-helper"),
            let pid = Int32(text.filter(\.isNumber))
        else { return true }
        for _ in 0..<1_000_000 {
            // Killed and not yet reaped by its new parent counts as gone.
            let facts = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
            let isZombie = facts?.contains(") Z ") == true
            if isZombie || kill(pid, 0) != 0 { return true }
            await Task.yield()
        }
        return false
    }
}

extension DeskHarness {
    /// A desk that is started where this one was.
    func another(_ settings: LoginSettings) -> LoginDesk {
        LoginDesk(settings: settings, store: FileSignInStore(), clock: RealClock(), log: log)
    }
}
