// A body that is made while it is read. The reader sets the pace: a piece is
// asked for only when the one before has left for the kernel, so that of a slow
// reader's stream nothing waits here but that one piece.

/// Pieces of a body, pulled one at a time.
package struct HTTPStream: Sendable {
    /// The next piece; nil is the end. Never called again before it has
    /// answered, nor after nil. Its task is cancelled when the reader leaves or
    /// the server stops; what it answers then is thrown away.
    ///
    /// What the closure holds is let go with the connection, also when it was
    /// never called: a `HEAD`, or a reader that left before the head was written.
    let next: @Sendable () async -> [UInt8]?

    package init(_ next: @escaping @Sendable () async -> [UInt8]?) { self.next = next }
}
