// A secret is a type that cannot be printed. It is not Codable, not
// Hashable, not a String: the only way at its bytes is `withBytes`, whose use
// is easy to search for. Rooms that may use it: CredentialStores (makes it)
// Upstream (sends it) and, of the service's own bearer token,
// ControlServer (compares it).

/// A token. Printing, dumping or interpolating it gives `<secret>`.
package struct Secret: Sendable {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Lends the bytes. The callee must not keep, print or copy them further
    /// than the request or file they are meant for.
    package func withBytes<Result, Failure: Error>(
        _ body: ([UInt8]) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes)
    }

    package var isEmpty: Bool { bytes.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<secret>" }
    package var debugDescription: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
