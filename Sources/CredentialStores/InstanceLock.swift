// One rotator per credential store: an advisory lock (flock(2)) on Claude
// Code's credential directory itself, so that two services with other ports or
// data directories still exclude each other. The kernel lets go when the
// process ends, however it ends.

import DurableFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package enum InstanceLockError: Error, Hashable, Sendable {
    /// Another service serves this store.
    case held(directory: String)
    case failed(String)
}

package final class InstanceLock: Sendable {
    private let fd: Int32

    private init(_ fd: Int32) { self.fd = fd }

    deinit { close(fd) }

    /// Held until the value is released. The directory is made when missing.
    package static func acquire(
        directory: String
    ) throws(InstanceLockError) -> InstanceLock {
        do {
            try DurableFile.makePrivateDirectoryIfMissing(directory)
        } catch {
            throw .failed(error.message)
        }
        let fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard fd >= 0 else { throw .failed("\(directory): \(String(cString: strerror(errno)))") }
        guard flock(fd, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(fd)
            guard code == EWOULDBLOCK else {
                throw .failed("\(directory): \(String(cString: strerror(code)))")
            }
            throw .held(directory: directory)
        }
        return InstanceLock(fd)
    }
}
