// SIGKILL at the vendor's answers: what was issued and never stored is the one
// loss no order of writing can prevent, so it must be said at once.

#if os(Linux)
    import Testing

    @Suite struct VendorAnswerTests {
        @Test func `killed before the vendor sees a request, nothing is lost`() async throws {
            let sweep = Sweep(name: "killed before a request arrives") { k in
                Run(moment: .killAt(.asked(k)))
            }
            expectClean(try await sweep.report())
        }

        @Test func `killed before an answer arrives, a lost grant is reported`() async throws {
            let sweep = Sweep(name: "killed before an answer arrives") { k in
                Run(moment: .killAt(.answered(k)))
            }
            expectClean(try await sweep.report())
        }

        @Test func `killed between an answer and its storing, it is reported`() async throws {
            let sweep = Sweep(name: "killed between an answer and its storing") { k in
                Run(
                    fault: Fault(kinds: [.any], effect: .killBefore),
                    moment: .armAt(.answered(k)))
            }
            expectClean(try await sweep.report())
        }
    }
#endif
