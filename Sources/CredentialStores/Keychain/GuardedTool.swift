// A command-line tool that guards secrets, asked one call at a time and behind
// the denied latch. It knows nothing of what the tool is asked; that is
// SecurityTool's and SecretTool's.

import RotationEngine

actor GuardedTool {
    /// An exit with a code. Not printable, and never part of an error text: a
    /// tool may echo a secret on either output.
    struct Answer: Sendable {
        let code: Int32
        let output: Secret
        let errors: Secret
        /// It wrote nothing at all.
        var isSilent: Bool { output.isEmpty && errors.isEmpty }
    }

    /// For people, for example `security`.
    nonisolated let name: String
    private let executable: String
    private let environment: [String: String]
    private let clock: any EngineClock
    private let deadlineMilliseconds: Int64
    /// What to do about a denial, for people.
    private let advice: String
    private let turns = OneAtATime()
    private var latch = DeniedLatch()

    /// Milliseconds a call may take.
    static let deadlineMilliseconds: Int64 = 5000

    init(
        executable: String, environment: [String: String], clock: any EngineClock,
        deadlineMilliseconds: Int64, advice: String
    ) {
        name = executable.split(separator: "/").last.map(String.init) ?? executable
        self.executable = executable
        self.environment = environment
        self.clock = clock
        self.deadlineMilliseconds = deadlineMilliseconds
        self.advice = advice
    }

    /// Those of `environment` the tool needs to find its user's store.
    static func environment(
        _ names: [String], of environment: [String: String]
    ) -> [String: String] {
        environment.filter { names.contains($0.key) && !$0.value.isEmpty }
    }

    /// Calls that belong together, without others in between.
    nonisolated func together<Value: Sendable>(
        _ body: @Sendable () async throws(VaultError) -> Value
    ) async throws(VaultError) -> Value {
        try await turns(body)
    }

    /// One call; only from within `together`. `canPrompt` when the tool may put
    /// a dialog on the screen and wait for it. `sign` is what an answer shows.
    func ask(
        _ arguments: [String], input: Secret = Secret([]), canPrompt: Bool,
        sign: @Sendable (Answer) -> DeniedLatch.Sign
    ) async throws(VaultError) -> Answer {
        guard latch.admits(at: clock.uptimeMilliseconds()) else {
            throw .refused(
                "\(name) is not asked for now, because access was denied or nobody answered its "
                    + "dialog; it is asked again after \(Self.coolDownMinutes) minutes. \(advice)")
        }
        let run = CommandRun(
            executable: executable, arguments: arguments, environment: environment, input: input,
            deadlineMilliseconds: deadlineMilliseconds)
        switch await run.outcome() {
        case .exited(let code, let output, let errors):
            let answer = Answer(code: code, output: output, errors: errors)
            note(sign(answer))
            return answer
        case .timedOut:
            note(canPrompt ? .timedOut : .nothing)
            throw .unreachable(
                "\(name) did not answer within \(deadlineMilliseconds) ms"
                    + (canPrompt ? "; a dialog may be waiting on the screen" : ""))
        case .notStarted(let reason):
            note(.nothing)
            throw .unreachable("\(executable) could not be started: \(reason)")
        case .broken(let reason):
            note(.nothing)
            throw .unreachable("\(name) \(reason)")
        }
    }

    /// For what only several answers together show.
    func note(_ sign: DeniedLatch.Sign) {
        latch.note(sign, at: clock.uptimeMilliseconds())
    }

    private static let coolDownMinutes = DeniedLatch.coolDownMilliseconds / 60_000
}
