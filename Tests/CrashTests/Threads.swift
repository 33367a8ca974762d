// The harness blocks: it waits for processes and for answers. So it runs on
// threads of its own and never on the few of the concurrency pool. A child is
// killed with the thread that started it (PR_SET_PDEATHSIG), so one thread
// sees a whole sweep through.

import Dispatch
import Foundation

enum OwnThread {
    /// Runs `body` on a new thread.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread { done.resume(with: Result(catching: body)) }
        }
    }

    /// The other way: waits, on a thread of one's own, for what is async.
    static func wait(for body: @escaping @Sendable () async -> Void) {
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            await body()
            done.signal()
        }
        done.wait()
    }
}

/// What went wrong with the harness itself.
struct HarnessError: Error, CustomStringConvertible {
    let description: String
}
