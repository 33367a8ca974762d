// The body of `GET /readings`; see Bodies.swift for its manners. Columns, not
// objects: a picture of 50 accounts has some ten thousand points.

/// One account's window over time. The three columns are equally long.
package struct SeriesBody: Codable, Equatable, Sendable {
    package var id: String
    package var email: String
    /// Seconds after `since` of each reading; grows.
    package var seconds: [Int64]
    /// Percent; null where it was not told.
    package var utilization: [Double?]
    /// Seconds after `since` when the window resets; null where not told.
    package var resetSeconds: [Int64?]

    package init(
        id: String, email: String, seconds: [Int64], utilization: [Double?],
        resetSeconds: [Int64?]
    ) {
        self.id = id
        self.email = email
        self.seconds = seconds
        self.utilization = utilization
        self.resetSeconds = resetSeconds
    }
}

/// A time in which nothing was left to swap to.
package struct StallBody: Codable, Equatable, Sendable {
    package var from: String
    /// Null while it goes on.
    @Nullable package var to: String?
    package init(from: String, to: String? = nil) {
        self.from = from
        self.to = to
    }
}

package struct ReadingsBody: Codable, Equatable, Sendable {
    package var at: String
    package var since: String
    package var until: String
    package var window: String
    package var stepSeconds: Int64
    package var accounts: [SeriesBody]
    package var stalls: [StallBody]

    package init(
        at: String, since: String, until: String, window: String, stepSeconds: Int64,
        accounts: [SeriesBody], stalls: [StallBody]
    ) {
        self.at = at
        self.since = since
        self.until = until
        self.window = window
        self.stepSeconds = stepSeconds
        self.accounts = accounts
        self.stalls = stalls
    }
}
