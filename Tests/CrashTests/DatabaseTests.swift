// The history's database held by another program, or damaged: nothing moves
// that could not be written down, and nothing is lost.

#if os(Linux)
    import Foundation
    import GRDB
    import Testing

    @Suite struct DatabaseTests {
        @Test func `held by another program, an answer says so and the next tick works`()
            async throws
        {
            let violations = try await OwnThread.run {
                let scene = try Scene()
                defer { scene.close() }
                guard try scene.start() else { throw scene.startFailure }
                try scene.untilFirstTick()
                // Each write waits five seconds for the other program, and a
                // tick that does everything writes often.
                if Extent.isWhole { _ = try scene.ask("PUT", "/opt-in") }
                let found = try holding(scene) {
                    try refusals(scene, Extent.isWhole ? ["tick", "swap"] : ["swap"])
                }
                return found + Run().judgement(scene)
            }
            #expect(violations == [])
            Tally.add("database held by another program", violations)
        }

        @Test(arguments: [0, 100, 4096])
        func `damaged, nothing is moved until a human put it aside`(from: Int) async throws {
            let violations = try await OwnThread.run {
                let scene = try Scene()
                defer { scene.close() }
                try damage(scene, from: from)
                guard try scene.start() else { throw scene.startFailure }
                let before = scene.live
                var found = try refusals(scene, ["tick", "swap"])
                if scene.live != before {
                    found.append(Violation(.historyIsTrue, "a swap was made unrecorded"))
                }
                for name in ["", "-wal", "-shm"] {
                    unlink(scene.home.file("data/rotator.sqlite" + name))
                }
                let tick = try scene.ask("POST", Scenario.tickTarget)
                if !["off", "rotated"].contains(tick.outcome) {
                    found.append(Violation(.nextTickWorks, tick.sentence))
                }
                return found + Run().judgement(scene)
            }
            #expect(violations == [])
            Tally.add("database damaged from byte \(from)", violations)
        }

        /// What must be refused while the history cannot be written.
        private func refusals(_ scene: Scene, _ names: [String]) throws -> [Violation] {
            let refused = Step(
                name: "while it cannot be written", perform: { _ in nil },
                holds: { _, answer in answer?.problem == "history-unavailable" })
            return try names.flatMap { name in
                let before = scene.live
                let answer =
                    name == "tick"
                    ? try scene.ask("POST", Scenario.tickTarget) : try scene.swap(to: "bob")
                var found = refused.unclear(answer, before: before, scene)
                if !refused.holds(scene, answer) {
                    found.append(
                        Violation(.answersAreClear, "\(name): \(answer.status) \(answer.text)"))
                }
                return found
            }
        }

        /// This process is another program to the service.
        private func holding<Value>(_ scene: Scene, _ body: () throws -> Value) throws -> Value {
            let queue = try DatabaseQueue(path: scene.home.file("data/rotator.sqlite"))
            defer { try? queue.close() }
            return try queue.writeWithoutTransaction { db in
                try db.execute(sql: "BEGIN EXCLUSIVE")
                defer { try? db.execute(sql: "ROLLBACK") }
                return try body()
            }
        }

        private func damage(_ scene: Scene, from: Int) throws {
            let path = scene.home.file("data/rotator.sqlite")
            for name in ["-wal", "-shm"] { unlink(path + name) }
            guard let file = fopen(path, "r+") else { throw scene.startFailure }
            defer { fclose(file) }
            fseek(file, from, SEEK_SET)
            for _ in 0..<20_000 { fputc(0xA5, file) }
        }
    }
#endif
