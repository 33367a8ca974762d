// What `rotator top` knows at a moment: the service's last answers, and how it
// stands with the service itself.

import ControlWire

struct TopSnapshot: Sendable {
    var optIn: OptInBody?
    var pause: PauseBody?
    var accounts: [AccountBody] = []
    /// Newest first.
    var decisions: [DecisionBody] = []
    var nudges: [NudgeBody] = []
    /// Why nothing newer is known: what failed; what to do.
    var trouble: String?
    /// What the last key led to.
    var notice: String?
    var isTicking = false
}
