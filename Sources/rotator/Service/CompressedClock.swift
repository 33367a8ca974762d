// The demo's clock: starts at the real time and runs `speed` times as fast.

import CSystem
import HostFacts
import RotationCore
import RotationEngine

struct CompressedClock: EngineClock {
    private let speed: Int64
    private let startedAt: Timestamp
    private let startedUptime: Int64

    init(speed: Int64) {
        self.speed = speed
        startedAt = SystemClock().now()
        startedUptime = csystem_uptime_ms()
    }

    func now() -> Timestamp {
        let passed = (csystem_uptime_ms() - startedUptime) * speed
        return Timestamp(milliseconds: startedAt.milliseconds + passed)
    }

    func uptimeMilliseconds() -> Int64 { csystem_uptime_ms() }

    func sleep(until instant: Timestamp) async throws {
        let left = instant.milliseconds - now().milliseconds
        guard left > 0 else { return }
        try await Task.sleep(for: .milliseconds(max(1, left / speed)))
    }
}
