// Which directory entry this is, beyond its name: an inode number is given out
// again after a removal, with its time of birth it is not. And the rename that
// never replaces.

import CSystem

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package struct FileBirth: Hashable, Sendable {
    package let inode: UInt64
    /// Of the file system's clock.
    package let seconds: Int64
    package let nanoseconds: Int64

    package init(inode: UInt64, seconds: Int64, nanoseconds: Int64) {
        self.inode = inode
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Nil when nothing is there, or the file system keeps no time of birth.
    package static func of(_ path: String) -> FileBirth? {
        var inode: UInt64 = 0
        var seconds: Int64 = 0
        var nanoseconds: Int64 = 0
        guard csystem_birth(path, &inode, &seconds, &nanoseconds) == 0 else { return nil }
        return FileBirth(inode: inode, seconds: seconds, nanoseconds: nanoseconds)
    }
}

/// What came of an exclusive rename.
package enum ExclusiveRename: Hashable, Sendable {
    case done
    /// Something has that name already.
    case exists
    /// Kernel or file system cannot.
    case unsupported
    case failed(DurableFileError)

    /// renameat2(2) with RENAME_NOREPLACE, renamex_np(2) with RENAME_EXCL.
    package static func move(_ from: String, to: String) -> ExclusiveRename {
        guard csystem_rename_exclusive(from, to) != 0 else { return .done }
        return switch errno {
        case EEXIST, ENOTEMPTY: .exists
        case ENOSYS, EINVAL, ENOTSUP: .unsupported
        default: .failed(DurableFileError(to, "rename", errno: errno))
        }
    }
}
