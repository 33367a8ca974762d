// The real clock. The only one in the house; everything else is told the time.

import CSystem
import RotationCore
import RotationEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package struct SystemClock: EngineClock {
    package init() {}

    package func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(
            milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    package func uptimeMilliseconds() -> Int64 { csystem_uptime_ms() }

    /// In slices, so that a clock set anew or a machine that slept is noticed
    /// within half a minute.
    package func sleep(until instant: Timestamp) async throws {
        while true {
            let left = instant.milliseconds - now().milliseconds
            guard left > 0 else { return }
            try await Task.sleep(for: .milliseconds(min(left, 30_000)))
        }
    }
}
