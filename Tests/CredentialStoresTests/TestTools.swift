// Small tools of these tests.

import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

final class MutexBox<Value: Sendable>: Sendable {
    private let state: Mutex<Value>
    init(_ value: Value) { state = Mutex(value) }
    func set(_ value: Value) { state.withLock { $0 = value } }
    var value: Value { state.withLock { $0 } }
}

enum DurableFileDirectory {
    struct Failed: Error {}
    static func remove(_ path: String) throws {
        guard rmdir(path) == 0 else { throw Failed() }
    }
}
