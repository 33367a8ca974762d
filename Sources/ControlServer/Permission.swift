// What a route asks of whoever asks: the column of the route table that the
// gate reads. Peers, names and origins are asked about on every route; this is
// what differs between them (decision 20).

enum Permission: Sendable, CaseIterable {
    /// The program's own static bytes, which say nothing of the user: asked
    /// for by a browser that cannot send a token yet.
    case page
    /// Looks at what is known. Never changes anything.
    case read
    /// Changes something the operator may change from our own page as well.
    case operate
    /// For programs only: fills, empties or feeds what decisions rest on. Not
    /// even a page of ours has a reason to.
    case administer

    /// Whether the token is asked for, when there is one.
    var needsToken: Bool { self != .page }
}
