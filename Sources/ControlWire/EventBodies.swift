// The data of events that is not the body of another route. A decision, a
// rotation, a nudge, a pause and a sign-in are told as their routes tell them.

/// `accounts`: what changed is in `GET /accounts`.
package struct AccountsEventBody: Codable, Equatable, Sendable {
    package var at: String
    /// Sorted.
    package var emails: [String]

    package init(at: String, emails: [String]) {
        self.at = at
        self.emails = emails
    }
}

/// `opt-in`: the rest is in `GET /opt-in`.
package struct OptInEventBody: Codable, Equatable, Sendable {
    package var at: String
    package var enabled: Bool

    package init(at: String, enabled: Bool) {
        self.at = at
        self.enabled = enabled
    }
}

/// `reset`: what came between is not known here any more; read everything anew.
package struct ResetEventBody: Codable, Equatable, Sendable {
    package enum Reason: String, Sendable, CaseIterable {
        /// Events behind that id are no longer kept.
        case tooOld = "too-old"
        /// No event of this history has that id yet.
        case unknownID = "unknown-id"
    }

    /// One of `Reason`.
    package var reason: String
    /// Events go on behind this one.
    package var newest: Int64

    package init(reason: Reason, newest: Int64) {
        self.reason = reason.rawValue
        self.newest = newest
    }
}
