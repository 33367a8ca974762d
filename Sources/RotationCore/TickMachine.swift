// The judge as a value: facts in, requests out. No clock, no random, no async,
// no secret; this is what makes a simulation of it deterministic.

/// One tick at a time; between ticks it holds what is remembered.
package struct TickMachine: Sendable {
    package private(set) var remembered: RememberedState
    package let bounds: Bounds

    package init(bounds: Bounds, remembered: RememberedState) {
        self.bounds = bounds
        self.remembered = remembered
    }

    /// Whether a tick is under way.
    package var isTicking: Bool { false }

    /// Takes one event and returns what to do next. During a tick exactly one
    /// effect is outstanding at any time; the last is `.conclude`.
    package mutating func step(_ event: TickEvent) -> [TickEffect] { [] }
}
