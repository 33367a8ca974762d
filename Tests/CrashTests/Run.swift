// One life of the service under a fault, its second life without, and the
// judgement.

#if os(Linux)
    import Foundation
    import LoopbackHTTP

    struct Run {
        /// What happens between the kill and the restart.
        enum Meanwhile: Sendable { case nothing, claudeCodeRenews }

        var steps = Scenario.standard
        var fault: Fault?
        /// Strikes the restart after the first kill.
        var second: Fault?
        var meanwhile = Meanwhile.nothing
        /// Makes the relay kill the service, or does anything else before it
        /// is armed.
        var prepare: @Sendable (Scene) -> Void = { _ in }

        struct Result: Sendable {
            /// The call that was hit; nil when the run was untouched.
            var hit: String?
            /// How often the service was killed.
            var kills = 0
            var violations: [Violation] = []
        }

        func result() throws -> Result {
            let scene = try Scene()
            defer { scene.close() }
            var result = Result()
            guard try scene.start(fault) else { throw scene.startFailure }
            try scene.untilFirstTick()
            prepare(scene)
            scene.arm()
            result.violations += perform(scene)
            try buryIfKilled(scene, &result)
            if result.kills == 0 {
                result.violations += alive(scene)
            } else {
                try restart(scene, &result)
            }
            let isOver = second != nil || result.kills == 0
            result.hit = scene.hit ?? (isOver ? nil : "killed at an answer of the vendor")
            return result
        }

        /// What the steps' answers were, until the service is gone.
        private func perform(_ scene: Scene) -> [Violation] {
            var found: [Violation] = []
            for step in steps {
                guard let answer = try? step.perform(scene) else {
                    if scene.child?.runs == false { break }
                    continue
                }
                if scene.hit == nil, scene.child?.runs == true, !step.holds(scene, answer) {
                    found.append(
                        Violation(.scenarioWorks, "\(step.name) answered \(answer.text)"))
                }
                if answer.status >= 300, answer.problem == nil {
                    found.append(
                        Violation(
                            .answersAreClear,
                            "\(step.name) answered \(answer.status) \(answer.text)"))
                }
            }
            return found
        }

        /// A fault that kills may strike after the last answer.
        private func buryIfKilled(_ scene: Scene, _ result: inout Result) throws {
            let mustDie = fault?.effect.kills == true && scene.hit != nil
            guard mustDie || scene.child?.runs == false else { return }
            let code = scene.child?.ended()
            guard code == -SIGKILL else {
                result.violations.append(
                    Violation(
                        .survivesFaults,
                        "it ended with \(code.map(String.init) ?? "nothing"): \(scene.log)"))
                return
            }
            result.kills += 1
        }

        private func restart(_ scene: Scene, _ result: inout Result) throws {
            if meanwhile == .claudeCodeRenews { try scene.claudeCodeRenews() }
            if let second {
                unlink(scene.outside.file("hits"))
                if try scene.start(second) { _ = try? scene.ask("POST", Scenario.tickTarget) }
                if scene.hit != nil {
                    try buryIfKilled(scene, &result)
                } else {
                    scene.child?.kill()
                    _ = scene.child?.ended()
                }
            }
            guard try scene.start() else {
                result.violations.append(Violation(.startsAgain, scene.log))
                return
            }
            result.violations += alive(scene)
        }

        /// One tick of the service as it runs now, its end, and the laws.
        private func alive(_ scene: Scene) -> [Violation] {
            guard scene.child?.runs == true else {
                return [Violation(.survivesFaults, "it is gone: \(scene.log)")]
            }
            scene.lift()
            var found: [Violation] = []
            do {
                let tick = try scene.ask("POST", Scenario.tickTarget)
                let fine = ["off", "stayed", "rotated"]
                if !fine.contains(tick.outcome ?? "") {
                    found.append(Violation(.nextTickWorks, tick.text))
                }
                let states = try Self.slotStates(scene)
                if scene.stop() != 0 { found.append(Violation(.startsAgain, "no clean end")) }
                return found + Invariants(scene: scene, slotStates: states).violations
            } catch {
                return found + [Violation(.startsAgain, "\(error): \(scene.log)")]
            }
        }

        static func slotStates(_ scene: Scene) throws -> [String: String] {
            struct Accounts: Decodable {
                struct Account: Decodable {
                    struct Slot: Decodable { let state: String }
                    let email: String
                    let slot: Slot?
                }
                let accounts: [Account]
            }
            let answer = try scene.ask("GET", "/accounts")
            let accounts = answer.decoded(Accounts.self)?.accounts ?? []
            return Dictionary(
                accounts.map { ($0.email, $0.slot?.state ?? "no slot") },
                uniquingKeysWith: { $1 })
        }
    }
#endif
