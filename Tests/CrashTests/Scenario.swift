// What happens while the service is killed: a table of steps, and what each
// comes to when nothing goes wrong.

#if os(Linux)
    import Foundation

    struct Step: Sendable {
        let name: String
        /// Nil when the step is not the service's. Throws when it is gone.
        let perform: @Sendable (Scene) throws -> Answer?
        /// Holds afterwards, in an untouched run.
        let holds: @Sendable (Scene, Answer?) -> Bool
    }

    extension Step {
        /// A failure that is no problem details, or that says nothing was done
        /// when something was.
        func unclear(_ answer: Answer, before: String?, _ scene: Scene) -> [Violation] {
            var found: [Violation] = []
            if answer.status >= 300, answer.problem == nil {
                found.append(
                    Violation(
                        .answersAreClear, "\(name) answered \(answer.status) \(answer.text)"))
            }
            let denials = ["othing was moved", "othing was changed", "othing was written"]
            if denials.contains(where: answer.text.contains), scene.live != before {
                found.append(
                    Violation(
                        .answersAreClear,
                        "\(name) denies that \(before ?? "nobody") was left for "
                            + "\(scene.live ?? "nobody"): \(answer.sentence)"))
            }
            return found
        }
    }

    enum Scenario {
        static let tickTarget = "/tick?only-if-claude-running=false"

        /// A tick that refreshes carol and swaps to bob, an operator's swap, a
        /// capture, Claude Code's own refresh, and the tick that files it.
        static let standard = [
            Step(
                name: "opt in", perform: { try $0.ask("PUT", "/opt-in") },
                holds: { _, answer in answer?.status == 200 }),
            tick { scene, answer in answer?.outcome == "rotated" && scene.live == "bob" },
            swap(to: "carol"),
            Step(
                name: "capture", perform: { try $0.ask("POST", "/captures") },
                holds: { _, answer in answer?.status == 200 }),
            Step(
                name: "Claude Code's refresh",
                perform: { scene in
                    try scene.claudeCodeRenews()
                    return nil
                }, holds: { scene, _ in scene.live == "carol" }),
            tick { scene, answer in
                answer?.outcome == "stayed" && scene.live == "carol"
                    && scene.home.read("data/slots/carol-0001.carol-0002.json")?
                        .contains(scene.token(of: "carol")) == true
            },
        ]

        static func tick(_ holds: @escaping @Sendable (Scene, Answer?) -> Bool) -> Step {
            Step(name: "tick", perform: { try $0.ask("POST", tickTarget) }, holds: holds)
        }

        static func swap(to name: String) -> Step {
            Step(
                name: "swap to \(name)", perform: { try $0.swap(to: name) },
                holds: { scene, answer in answer?.status == 200 && scene.live == name })
        }
    }

    extension Scene {
        func swap(to name: String) throws -> Answer {
            try ask("PUT", "/live", #"{"email":"\#(Self.email(name))"}"#)
        }

        /// The refresh token the vendor issued last.
        func token(of name: String) -> String {
            vendor.simulator.account(Self.email(name))?.refreshToken ?? "-"
        }
    }
#endif
