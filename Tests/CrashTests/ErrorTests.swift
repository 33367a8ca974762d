// A disk that is full, broken or read-only, at every call: the service says
// so, loses nothing, and works again as soon as the fault is lifted.

#if os(Linux)
    import Testing

    struct Trouble: Sendable, CustomTestStringConvertible {
        let error: String
        let kinds: [Fault.Kind]
        let sticky: Bool

        var testDescription: String { error + (sticky ? " from then on" : " once") }

        /// Those a call can fail with: a descriptor that is open for writing
        /// stays so.
        private static let names: [Fault.Kind] = [.open, .rename, .unlink, .mkdir, .rmdir, .meta]
        private static let kinds: [(String, [Fault.Kind])] = [
            ("ENOSPC", [.open, .write, .fsync, .rename, .mkdir]), ("EIO", [.any]),
            ("EACCES", names), ("EROFS", names),
        ]
        static let all = [false, true].flatMap { sticky in
            kinds.map { Trouble(error: $0, kinds: $1, sticky: sticky) }
        }
    }

    @Suite struct ErrorTests {
        @Test(arguments: Trouble.all)
        func `a call that fails is said, loses nothing and is made up for`(
            trouble: Trouble
        ) async throws {
            let sweep = Sweep(
                name: "\(trouble.testDescription)", stride: Extent.stride(31),
                lanes: Extent.isWhole ? 4 : 1
            ) { k in
                Run(
                    fault: Fault(
                        kinds: trouble.kinds,
                        effect: .fail(trouble.error, sticky: trouble.sticky), at: k,
                        skipping: Extent.isWhole ? "" : Fault.database))
            }
            expectClean(try await sweep.report())
        }

        /// The worst moment: the live store is replaced, that it is durable
        /// cannot be had, and putting it back fails too.
        @Test func `a credential folder that cannot be made durable is told of`() async throws {
            let sweep = Sweep(name: "EIO from then on, credential folder") { k in
                Run(
                    fault: Fault(
                        kinds: [.open, .fsync, .write], effect: .fail("EIO", sticky: true),
                        at: k, folder: ".claude"))
            }
            expectClean(try await sweep.report())
        }

        @Test(arguments: ["data", ".claude"], ["EROFS", "EACCES"])
        func `a folder that turned read-only is said, and nothing is lost`(
            folder: String, error: String
        ) async throws {
            let run = Run(
                fault: Fault(
                    kinds: [.open, .rename, .unlink, .mkdir, .rmdir, .meta],
                    effect: .fail(error, sticky: true), folder: folder))
            let result = try await OwnThread.run { try run.result() }
            #expect(result.hit != nil)
            #expect(result.violations == [])
            Tally.add("\(folder) \(error)", result.violations)
        }

        /// It may refuse to start; it may not start and do harm.
        @Test(arguments: ["data", ".claude"])
        func `a folder that is read-only at the start is said, and nothing is lost`(
            folder: String
        ) async throws {
            let fault = Fault(
                kinds: [.open, .rename, .unlink, .mkdir, .rmdir, .meta],
                effect: .fail("EROFS", sticky: true), folder: folder, fromStart: true)
            let violations = try await OwnThread.run {
                let scene = try Scene()
                defer { scene.close() }
                var found: [Violation] = []
                scene.arm()
                if try scene.start(fault) {
                    found += Run().answers(scene)
                } else if scene.child?.ended() != 1 || scene.log.isEmpty {
                    found.append(Violation(.survivesFaults, "the start says: \(scene.log)"))
                }
                guard scene.hit != nil else { throw HarnessError(description: "not hit") }
                scene.lift()
                if scene.child?.runs == false, try !scene.start() { throw scene.startFailure }
                return found + Run().judgement(scene)
            }
            #expect(violations == [])
            Tally.add("\(folder) read-only at the start", violations)
        }
    }
#endif
