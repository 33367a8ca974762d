// The real clock, as far as it can be held to anything without waiting.

import HostFacts
import RotationCore
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct SystemClockTests {
    private let clock = SystemClock()

    @Test func `now is the machine's time`() {
        let before = Int64(time(nil))
        let now = clock.now()
        let after = Int64(time(nil))
        // time(2) may lag by a kernel tick behind clock_gettime(2).
        #expect((before...after + 1).contains(now.seconds))
    }

    @Test func `uptime never steps back`() {
        var last = clock.uptimeMilliseconds()
        for _ in 0..<1000 {
            let next = clock.uptimeMilliseconds()
            #expect(next >= last)
            last = next
        }
        #expect(last > 0)
    }

    @Test(arguments: [Int64.min / 2, -1, 0])
    func `a moment that has come is not waited for`(milliseconds: Int64) async throws {
        let now = clock.now().milliseconds
        try await clock.sleep(until: Timestamp(milliseconds: now + milliseconds))
    }

    @Test func `a moment to come is reached`() async throws {
        let moment = Timestamp(milliseconds: clock.now().milliseconds + 5)
        try await clock.sleep(until: moment)
        #expect(clock.now() >= moment)
    }

    @Test func `a cancelled sleeper wakes with the reason`() async {
        let clock = clock
        let sleeper = Task { try await clock.sleep(until: Timestamp(milliseconds: .max)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
