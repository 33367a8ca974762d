// Many at once: ten operators who want something else, and another program
// that holds Claude Code's lock and will not let go.

#if os(Linux)
    import Dispatch
    import Foundation
    import Synchronization
    import Testing

    @Suite struct CrowdTests {
        @Test func `ten operators swap at once, and every account is whole`() async throws {
            let violations = try await OwnThread.run {
                let scene = try Scene()
                defer { scene.close() }
                guard try scene.start() else { throw scene.startFailure }
                try scene.untilFirstTick()
                var found = swapTenTimes(scene).filter { answer in
                    answer.status != 200 && answer.problem == nil
                }.map { Violation(.answersAreClear, "\($0.status) \($0.text)") }
                for name in Scene.names {
                    let slot = scene.home.read(Invariants.slotFile(name)) ?? ""
                    if !slot.contains(scene.token(of: name)) {
                        found.append(
                            Violation(.noGrantIsLost, "the slot of \(name) is not its newest"))
                    }
                }
                return found + Run().judgement(scene)
            }
            #expect(violations == [])
            Tally.add("ten operators at once", violations)
        }

        private func swapTenTimes(_ scene: Scene) -> [Answer] {
            let socket = scene.home.file("data/rotator.sock")
            let answers = Mutex<[Answer]>([])
            DispatchQueue.concurrentPerform(iterations: 10) { index in
                let email = Scene.email(Scene.names[index % 3])
                let answer =
                    (try? Scene.ask(
                        socket, "PUT", "/live", #"{"email":"\#(email)","force":true}"#))
                    ?? Answer(status: 0, type: "", text: "no answer")
                answers.withLock { $0.append(answer) }
            }
            return answers.withLock { $0 }
        }

        /// As long as it takes: three seconds, or the twenty of scripts/crash.
        private static let holdSeconds = Extent.isWhole ? 20.0 : 3.0

        @Test func `while another holds Claude Code's lock nothing is written`() async throws {
            let violations = try await OwnThread.run {
                let scene = try Scene()
                defer { scene.close() }
                guard try scene.start() else { throw scene.startFailure }
                try scene.untilFirstTick()
                _ = try scene.ask("PUT", "/opt-in")
                // Carol is renewed meanwhile, else a tick would have more to do.
                let before = scene.credentials
                let lock = LockHolder(scene.home.file(".claude/.oauth_refresh.lock"))
                var found = try ticksWhileHeld(scene)
                if scene.credentials != before {
                    found.append(Violation(.lockIsRespected, "the live store was written"))
                }
                lock.release()
                let tick = try scene.ask("POST", Scenario.tickTarget)
                if tick.outcome != "rotated" {
                    found.append(Violation(.nextTickWorks, tick.sentence))
                }
                return found + Run().judgement(scene)
            }
            #expect(violations == [])
            Tally.add("another holds the lock", violations)
        }

        /// Ticks one after the other until the time is over; each is put off,
        /// and who asks for something else meanwhile is answered.
        private func ticksWhileHeld(_ scene: Scene) throws -> [Violation] {
            let socket = scene.home.file("data/rotator.sock")
            let end = Date().addingTimeInterval(Self.holdSeconds)
            var found: [Violation] = []
            repeat {
                let ticked = Mutex<Result<Answer, any Error>?>(nil)
                let done = DispatchSemaphore(value: 0)
                Thread.detachNewThread {
                    let answer = Result { try Scene.ask(socket, "POST", Scenario.tickTarget) }
                    ticked.withLock { $0 = answer }
                    done.signal()
                }
                var others = 0
                while done.wait(timeout: .now()) != .success {
                    for target in ["/health", "/accounts", "/decisions"]
                    where try scene.ask("GET", target).status != 200 {
                        found.append(Violation(.lockIsRespected, "\(target) waits too"))
                    }
                    others += 1
                }
                let answer = try ticked.withLock { $0 }?.get()
                if answer?.outcome != "deferred" || others == 0 {
                    found.append(
                        Violation(.lockIsRespected, answer?.sentence ?? "the tick says nothing"))
                }
            } while Date() < end
            return found
        }
    }

    /// Another program with Claude Code's lock, and its heartbeat.
    private final class LockHolder: Sendable {
        private let path: String
        private let stop = DispatchSemaphore(value: 0)
        private let stopped = DispatchSemaphore(value: 0)

        init(_ path: String) {
            self.path = path
            mkdir(path, 0o700)
            let (stop, stopped) = (stop, stopped)
            Thread.detachNewThread {
                while stop.wait(timeout: .now() + .seconds(1)) != .success {
                    utimes(path, nil)
                }
                rmdir(path)
                stopped.signal()
            }
        }

        func release() {
            stop.signal()
            stopped.wait()
        }
    }
#endif
