// A check that cannot fail is a defect: every law is broken once, by hand, in
// the files of a run that broke none.

#if os(Linux)
    import Foundation
    import GRDB
    import Testing

    @Suite struct InvariantTests {
        struct Harm: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let law: Violation.Law
            let harm: @Sendable (Scene) throws -> Void

            init(
                _ name: String, _ law: Violation.Law,
                _ harm: @escaping @Sendable (Scene) throws -> Void
            ) {
                testDescription = name
                self.law = law
                self.harm = harm
            }
        }

        private static let live = ".claude/.credentials.json"

        private static func rewrite(
            _ scene: Scene, _ file: String, _ change: (String) -> String
        ) {
            scene.home.write(file, change(scene.home.read(file) ?? ""))
        }

        private static func sql(_ scene: Scene, _ text: String) throws {
            let queue = try DatabaseQueue(path: scene.home.file("data/rotator.sqlite"))
            try queue.write { db in try db.execute(sql: text) }
            try queue.close()
        }

        private static let rotation = """
            INSERT INTO decisions (id, tick, at, trigger, outcome, reason, sentence, from_email,
                to_email, repeats, last_at) VALUES (900, NULL, 1, 'request', 'rotated', 'x', 'x',
                'alice@example.com', 'alice@example.com', 1, 1);
            """

        static let harms = [
            Harm("a live file for everybody", .liveIsOneAccount) { scene in
                chmod(scene.home.file(live), 0o644)
            },
            Harm("half a live file", .liveIsOneAccount) { scene in
                rewrite(scene, live) { String($0.prefix($0.count / 2)) }
            },
            Harm("a live file of two accounts", .liveIsOneAccount) { scene in
                rewrite(scene, live) {
                    $0.replacing(scene.token(of: "alice"), with: scene.token(of: "bob"))
                }
            },
            Harm("a grant nobody stored", .noGrantIsLost) { scene in
                try scene.vendor.renew(Scene.email("bob"))
            },
            Harm("a live grant that is spent", .liveIsOneAccount) { scene in
                try scene.vendor.renew(Scene.email("alice"))
            },
            Harm("a machine's member in other words", .machineIsUntouched) { scene in
                rewrite(scene, live) { $0.replacing("[1.0]", with: "[1]") }
            },
            Harm("a configuration without its member", .machineIsUntouched) { scene in
                rewrite(scene, ".claude.json") { $0.replacing("numStartups", with: "n") }
            },
            Harm("a slot with another's credential", .slotsAreTheirOwn) { scene in
                rewrite(scene, Invariants.slotFile("bob")) { _ in
                    (scene.home.read(Invariants.slotFile("carol")) ?? "")
                        .replacing("carol@example.com", with: "bob@example.com")
                }
            },
            Harm("a slot for everybody", .slotsAreTheirOwn) { scene in
                chmod(scene.home.file(Invariants.slotFile("bob")), 0o640)
            },
            Harm("an empty slot", .slotsAreTheirOwn) { scene in
                rewrite(scene, Invariants.slotFile("bob")) { _ in "" }
            },
            Harm("a lock", .nothingIsLeft) { scene in
                scene.home.makeDirectory(".claude/.oauth_refresh.lock")
            },
            Harm("a temporary file", .nothingIsLeft) { scene in
                scene.home.write("data/slots/x.durable-1-2.tmp", "")
            },
            Harm("a database of noise", .databaseIsSound) { scene in
                rewrite(scene, "data/rotator.sqlite") { _ in "noise, not a database" }
            },
            Harm("no database", .databaseIsSound) { scene in
                unlink(scene.home.file("data/rotator.sqlite"))
            },
            Harm("a rotation nobody recorded", .historyIsTrue) { scene in
                scene.signIn("bob")
            },
            Harm("a rotating decision without its rotation", .historyIsTrue) { scene in
                try sql(scene, rotation)
            },
            Harm("a swap recorded twice", .historyIsTrue) { scene in
                for id in [901, 902] {
                    try sql(
                        scene,
                        rotation.replacing("900", with: "\(id)").replacing(
                            "'alice@example.com', 1, 1", with: "'bob@example.com', 1, 1"
                        )
                            + "INSERT INTO rotations (decision_id, at, to_account, "
                            + "took_milliseconds, is_automatic) VALUES (\(id), 1, 'x', 1, 0)")
                }
                scene.signIn("bob")
            },
            Harm("a token in the ledger", .secretsStay) { scene in
                rewrite(scene, "data/lineage.jsonl") { $0 + scene.token(of: "bob") }
            },
        ]

        @Test(arguments: harms) func `a broken law is seen`(harm: Harm) async throws {
            let laws = try await OwnThread.run {
                let scene = try Scene()
                defer { scene.close() }
                guard try scene.start() else { throw scene.startFailure }
                try scene.untilFirstTick()
                let states = try Run.slotStates(scene)
                guard scene.stop() == 0 else { throw scene.startFailure }
                let before = Invariants(scene: scene, slotStates: states).violations
                guard before.isEmpty else { throw HarnessError(description: "\(before)") }
                try harm.harm(scene)
                return Invariants(scene: scene, slotStates: states).violations.map(\.law)
            }
            #expect(laws.contains(harm.law))
        }
    }
#endif
