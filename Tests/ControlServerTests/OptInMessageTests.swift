// The one line that turning it on says names what is in force.

import RotationCore
import RotationEngine
import Testing

@testable import ControlServer
@testable import ControlWire

@Suite struct OptInMessageTests {
    @Test(arguments: StrategyName.allCases)
    func `the strategy in force is told, in the body and in the line`(strategy: StrategyName) {
        var bounds = Bounds()
        bounds.strategy = strategy
        var snapshot = Snapshot(startedAt: Timestamp(seconds: 0))
        snapshot.optedIn = true
        let body = OptInBody(snapshot, bounds: bounds, at: Timestamp(seconds: 0))
        #expect(body.strategy == strategy.rawValue)
        #expect(body.message.contains("threshold 97 %, \(strategy.rawValue))."))
    }
}
