// What may be taken for an e-mail address: good enough to name an account by,
// to be a word of a command and part of a file's name. Whether there is such a
// mailbox, nobody here asks.

package enum EmailAddress {
    /// Characters at most (RFC 5321 §4.5.3.1 allows a path of 256 octets, two
    /// of them brackets).
    package static let longest = 254

    package static func isPlausible(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let scalars = text.unicodeScalars
        // A leading dash would be an option to the program it is given to.
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && scalars.count <= longest
            && scalars.first != "-" && scalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    }
}
