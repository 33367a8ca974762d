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
        /// Kills the service at an answer of the vendor, or arms the fault
        /// there.
        var moment: Moment?

        enum Moment: Sendable {
            case killAt(Vendor.Moment)
            case armAt(Vendor.Moment)
        }

        struct Result: Sendable {
            /// The call that was hit; nil when the run was untouched.
            var hit: String?
            /// How often the service was killed.
            var kills = 0
            var violations: [Violation] = []
            /// A request got no answer.
            var wasLost = false
            /// A kill came where the grant just issued cannot be kept.
            var excusesLoss = false
            /// What the service wrote, for whoever looks into one.
            var log = ""
        }

        func result() throws -> Result {
            let scene = try Scene()
            defer { scene.close() }
            var result = Result()
            guard try scene.start(fault) else { throw scene.startFailure }
            try scene.untilFirstTick()
            watch(scene)
            result.violations += perform(scene, &result)
            try buryIfKilled(scene, &result)
            if result.kills == 0 {
                if fault != nil, scene.hit != nil { result.violations += madeUpFor(scene) }
                result.violations += judgement(scene)
            } else {
                try restart(scene, &result)
            }
            let isOver = second != nil || result.kills == 0
            result.hit = scene.hit ?? (isOver ? nil : "killed at an answer of the vendor")
            result.log = scene.log
            return result
        }

        private func watch(_ scene: Scene) {
            guard let child = scene.child else { return }
            switch moment {
            case nil: scene.arm()
            case .killAt(let wanted):
                scene.vendor.onMoment { moment in
                    guard moment == wanted else { return true }
                    child.kill()
                    _ = child.ended()
                    return false
                }
            case .armAt(let wanted):
                let arm = scene.armer
                scene.vendor.onMoment { moment in
                    if moment == wanted { arm() }
                    return true
                }
            }
        }

        /// The violations among the steps' answers under a fault that kills
        /// nobody.
        func answers(_ scene: Scene) -> [Violation] {
            steps.flatMap { step in
                do {
                    let before = scene.live
                    guard let answer = try step.perform(scene) else { return [Violation]() }
                    return step.unclear(answer, before: before, scene)
                } catch {
                    return [Violation(.answersAreClear, "\(step.name): \(error)")]
                }
            }
        }

        /// What the steps' answers were, until the service is gone.
        private func perform(_ scene: Scene, _ result: inout Result) -> [Violation] {
            var found: [Violation] = []
            let mayGo = fault.map(\.effect.kills) ?? true
            for step in steps {
                // Hit by its last answer, perhaps.
                if mayGo, scene.hit != nil { break }
                let before = scene.live
                let answer: Answer?
                do {
                    answer = try step.perform(scene)
                } catch {
                    if mayGo {
                        result.wasLost = true
                        break
                    }
                    found.append(Violation(.answersAreClear, "\(step.name): \(error)"))
                    continue
                }
                guard let answer else { continue }
                if scene.hit == nil, scene.child?.runs == true, !step.holds(scene, answer) {
                    found.append(
                        Violation(.scenarioWorks, "\(step.name) answered \(answer.text)"))
                }
                found += step.unclear(answer, before: before, scene)
            }
            return found
        }

        /// A fault that kills may strike after the last answer.
        private func buryIfKilled(_ scene: Scene, _ result: inout Result) throws {
            let mustDie = fault?.effect.kills == true && scene.hit != nil
            guard mustDie || result.wasLost || scene.child?.runs == false else { return }
            let code = scene.child?.ended()
            guard code == -SIGKILL else {
                result.violations.append(
                    Violation(
                        .survivesFaults,
                        "it ended with \(code.map(String.init) ?? "nothing"): \(scene.log)"))
                return
            }
            result.kills += 1
            result.excusesLoss = result.excusesLoss || lossIsExcused(scene)
        }

        /// Killed at an answer, at a message or while carol's new pair was
        /// written; carol's is the grant the service renews.
        private func lossIsExcused(_ scene: Scene) -> Bool {
            guard let hit = scene.hit else { return true }
            return hit.hasSuffix(" socket") || hit.contains("/slots/carol")
        }

        private func restart(_ scene: Scene, _ result: inout Result) throws {
            if meanwhile == .claudeCodeRenews { try scene.claudeCodeRenews() }
            if let second {
                unlink(scene.outside.file("hits"))
                scene.arm()
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
            result.violations += judgement(scene, excusesLoss: result.excusesLoss)
        }

        /// Lifts the fault: the very next tick works. Then restarts.
        private func madeUpFor(_ scene: Scene) -> [Violation] {
            guard scene.child?.runs == true else { return [] }
            scene.lift()
            var found = tick(scene)
            found += cleanEnd(scene)
            if (try? scene.start()) != true {
                found.append(Violation(.startsAgain, scene.log))
            }
            return found
        }

        private func cleanEnd(_ scene: Scene) -> [Violation] {
            let code = scene.stop()
            guard code != 0 else { return [] }
            let how = code.map { "it ended with \($0)" } ?? "it did not end"
            return [Violation(.startsAgain, "\(how): \(scene.log.suffix(600))")]
        }

        private func tick(_ scene: Scene) -> [Violation] {
            do {
                let tick = try scene.ask("POST", Scenario.tickTarget)
                guard !["off", "stayed", "rotated"].contains(tick.outcome) else { return [] }
                return [Violation(.nextTickWorks, tick.sentence)]
            } catch {
                return [Violation(.nextTickWorks, "\(error): \(scene.log)")]
            }
        }

        /// One tick of the service as it runs now, its end, and the laws.
        func judgement(_ scene: Scene, excusesLoss: Bool = false) -> [Violation] {
            guard scene.child?.runs == true else {
                return [Violation(.survivesFaults, "it is gone: \(scene.log)")]
            }
            scene.lift()
            var found = tick(scene)
            let states = (try? Self.slotStates(scene)) ?? [:]
            found += cleanEnd(scene)
            let laws = Invariants(
                scene: scene, slotStates: states, excusesLoss: excusesLoss)
            return found + laws.violations
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
