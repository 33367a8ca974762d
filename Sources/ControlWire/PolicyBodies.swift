// The bodies of what the operator forbids: hold and reserve of an account, and
// the pause of all swaps.

package struct PolicyBody: Codable, Equatable, Sendable {
    /// Never taken by itself, and never left by itself.
    package var hold: Bool
    /// Percent, 0 to 99, of each window that is to stay unused.
    package var reservePercent: Double

    package init(hold: Bool = false, reservePercent: Double = 0) {
        self.hold = hold
        self.reservePercent = reservePercent
    }
}

/// What `PUT /accounts/{email}/policy` accepts; what is left out stays.
package struct PolicyRequestBody: Codable, Equatable, Sendable {
    package var hold: Bool?
    package var reservePercent: Double?

    package init(hold: Bool? = nil, reservePercent: Double? = nil) {
        self.hold = hold
        self.reservePercent = reservePercent
    }
}

package struct PauseBody: Codable, Equatable, Sendable {
    package var paused: Bool
    @Nullable package var since: String?
    /// Null: until it is lifted.
    @Nullable package var until: String?

    package init(paused: Bool, since: String? = nil, until: String? = nil) {
        self.paused = paused
        self.since = since
        self.until = until
    }
}

/// What `PUT /pause` accepts: an end, a duration, or neither.
package struct PauseRequestBody: Codable, Equatable, Sendable {
    package var until: String?
    package var forSeconds: Int64?

    package init(until: String? = nil, forSeconds: Int64? = nil) {
        self.until = until
        self.forSeconds = forSeconds
    }
}
