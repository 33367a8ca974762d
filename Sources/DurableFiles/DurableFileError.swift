// What can go wrong with a file, told apart by what it means to a caller.
// Texts name the path, the operation and errno, never contents.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package struct DurableFileError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The system or a rule of this house said no: permissions, another
        /// owner, a read-only file system, not a regular file.
        case refused
        /// Larger than the caller allows.
        case tooLarge
        /// Input/output failed; trying again may help.
        case unreachable
    }

    package let kind: Kind
    package let path: String
    /// What was tried, for example `rename`.
    package let operation: String
    /// Why, in words.
    package let reason: String

    package init(kind: Kind, path: String, operation: String, reason: String) {
        self.kind = kind
        self.path = path
        self.operation = operation
        self.reason = reason
    }

    /// From errno, as the failed call left it.
    init(_ path: String, _ operation: String, errno code: Int32) {
        let isRefusal = [EACCES, EPERM, EROFS, ELOOP, ENOTDIR, EISDIR].contains(code)
        self.init(
            kind: isRefusal ? .refused : .unreachable, path: path, operation: operation,
            reason: String(cString: strerror(code)))
    }

    /// `path: operation: reason`.
    package var message: String { "\(path): \(operation): \(reason)" }
}
