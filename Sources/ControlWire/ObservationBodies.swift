// The bodies of `POST /observations`: what a status line command got from
// Claude Code, reduced, and what it can draw from.

/// What `POST /observations` accepts.
package struct ObservationRequestBody: Codable, Equatable, Sendable {
    package var session: String
    /// Grows with every answer the session had.
    package var apiMilliseconds: Int64?
    package var model: String?
    /// `five_hour` and `seven_day`, each at most once.
    package var windows: [ObservedWindowBody]

    package init(
        session: String, apiMilliseconds: Int64? = nil, model: String? = nil,
        windows: [ObservedWindowBody]
    ) {
        self.session = session
        self.apiMilliseconds = apiMilliseconds
        self.model = model
        self.windows = windows
    }
}

/// A window as a status line names it.
package struct ObservedWindowBody: Codable, Equatable, Sendable {
    package var name: String
    package var utilization: Double?
    package var resetsAt: String?

    package init(name: String, utilization: Double? = nil, resetsAt: String? = nil) {
        self.name = name
        self.utilization = utilization
        self.resetsAt = resetsAt
    }
}

package struct StatusLineBody: Codable, Equatable, Sendable {
    package var optedIn: Bool
    /// E-mail of the live account, or null.
    @Nullable package var live: String?
    /// Its account-wide windows as known now.
    package var windows: [WindowBody]
    /// The first reset among them that is to come.
    @Nullable package var nextResetAt: String?
    package var knownAlternates: Int
    /// Alternates below their thresholds when last read.
    package var usableAlternates: Int

    package init(
        optedIn: Bool, live: String? = nil, windows: [WindowBody], nextResetAt: String? = nil,
        knownAlternates: Int, usableAlternates: Int
    ) {
        self.optedIn = optedIn
        self.live = live
        self.windows = windows
        self.nextResetAt = nextResetAt
        self.knownAlternates = knownAlternates
        self.usableAlternates = usableAlternates
    }
}
