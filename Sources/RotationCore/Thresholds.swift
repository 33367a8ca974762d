// From where on an account counts as full. Small, because every account of a
// decision has its own, where the bounds are the same for all of them.

package struct Thresholds: Hashable, Sendable {
    /// Percent, 1…100; see `Bounds.threshold`.
    let all: Double
    /// Percent per window name; see `Bounds.thresholdByWindow`.
    let byWindow: [String: Double]

    package func threshold(of window: WindowKey) -> Double {
        byWindow.isEmpty ? all : byWindow[window.name] ?? all
    }

    /// Percent told that an account left at its threshold is not to come to: at
    /// 99 it may be full, and a threshold set lower is meant.
    func line(of window: WindowKey) -> Double { min(99, threshold(of: window) + 2) }

    /// The same, with so many percent of every window kept unused.
    func reserving(_ percent: Double) -> Thresholds {
        guard percent > 0 else { return self }
        return Thresholds(
            all: min(all, 100 - percent), byWindow: byWindow.mapValues { min($0, 100 - percent) })
    }
}

extension Bounds {
    package var thresholds: Thresholds { Thresholds(all: threshold, byWindow: thresholdByWindow) }

    package func threshold(of window: WindowKey) -> Double { thresholds.threshold(of: window) }

    /// The same, with so many percent of every window kept unused.
    package func reserving(_ percent: Double) -> Bounds {
        guard percent > 0 else { return self }
        var lowered = self
        let lower = thresholds.reserving(percent)
        (lowered.threshold, lowered.thresholdByWindow) = (lower.all, lower.byWindow)
        return lowered
    }
}
