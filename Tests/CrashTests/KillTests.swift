// SIGKILL around every change of a file the service makes.

#if os(Linux)
    import Testing

    @Suite struct KillTests {
        @Test func `an untouched scenario does what it is for`() async throws {
            let result = try await OwnThread.run { try Run().result() }
            #expect(result.violations == [])
            #expect(result.kills == 0 && result.hit == nil)
        }

        @Test func `killed before every change of a file, nothing is lost`() async throws {
            let sweep = Sweep(name: "kill before any") { k in
                Run(fault: Fault(kinds: [.any], effect: .killBefore, at: k))
            }
            expectClean(try await sweep.report())
        }
    }
#endif
