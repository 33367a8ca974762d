// SIGKILL around every change of a file the service makes, and of nothing
// else: what the vendor knows when it dies stands in VendorAnswerTests.

#if os(Linux)
    import Testing

    @Suite struct KillTests {
        @Test func `an untouched scenario does what it is for`() async throws {
            let result = try await OwnThread.run { try Run().result() }
            #expect(result.violations == [])
            #expect(result.kills == 0 && result.hit == nil)
        }

        @Test func `killed before every change of a file, nothing is lost`() async throws {
            let skipping = Extent.isWhole ? "" : Fault.database
            let sweep = Sweep(name: "killed before any", lanes: 2) { k in
                Run(
                    fault: Fault(
                        kinds: [.any], effect: .killBefore, at: k, skipping: skipping))
            }
            expectClean(try await sweep.report())
        }

        @Test func `killed after every change of a file, nothing is lost`() async throws {
            let sweep = Sweep(name: "killed after any", stride: Extent.stride(40)) { k in
                Run(fault: Fault(kinds: [.any], effect: .killAfter, at: k))
            }
            expectClean(try await sweep.report())
        }

        @Test func `a write torn in half harms nothing`() async throws {
            let skipping = Extent.isWhole ? "" : Fault.database
            let sweep = Sweep(
                name: "killed halfway through a write", stride: Extent.stride(5)
            ) { k in
                Run(
                    fault: Fault(
                        kinds: [.write], effect: .killHalfway, at: k, skipping: skipping))
            }
            expectClean(try await sweep.report())
        }

        @Test(arguments: [Fault.Effect.killBefore, .killAfter])
        func `killed around every message, what was answered is true`(
            effect: Fault.Effect
        ) async throws {
            let sweep = Sweep(name: "killed around a message", stride: Extent.stride(3)) { k in
                Run(fault: Fault(kinds: [.send], effect: effect, at: k))
            }
            expectClean(try await sweep.report())
        }

        /// Claude Code goes on while the service is dead, and renews what it
        /// finds live.
        @Test func `killed, and Claude Code refreshes before the restart`() async throws {
            // The moments between a credential's change and what is written of
            // it lie beside the calls that make it durable.
            let kinds: [Fault.Kind] = Extent.isWhole ? [.any] : [.fsync]
            let sweep = Sweep(name: "killed and refreshed meanwhile") { k in
                Run(
                    fault: Fault(
                        kinds: kinds, effect: .killBefore, at: k, skipping: Fault.database),
                    meanwhile: .claudeCodeRenews)
            }
            expectClean(try await sweep.report())
        }
    }

    /// The restart is killed too.
    @Suite struct RecoveryKillTests {
        /// By the call the first life ends at: the journal written, the live
        /// store replaced, the locks half given back.
        @Test(arguments: [Fault.Kind.rename, .rmdir])
        func `killed at every change of a file of the recovery`(
            first: Fault.Kind
        ) async throws {
            // All of them, until the scenario has no more, or one.
            var at = Extent.isWhole ? 1 : first == .rename ? 9 : 5
            while true {
                let sweep = Sweep(
                    name: "killed at \(first) \(at), then in the restart",
                    first: 1 + at % 6, stride: 6
                ) { [at] k in
                    Run(
                        fault: Fault(
                            kinds: [first], effect: .killBefore, at: at,
                            skipping: Fault.database),
                        second: Fault(
                            kinds: [.any], effect: .killBefore, at: k,
                            skipping: Extent.isWhole ? "" : Fault.database, fromStart: true))
                }
                let report = try await sweep.report()
                // Nothing left to kill: neither life was.
                if at > 1, report.kills == 0 { break }
                expectClean(report)
                guard Extent.isWhole else { break }
                at += 1
            }
        }
    }
#endif
