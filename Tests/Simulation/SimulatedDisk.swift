// A disk on which a write lands, is refused, comes undone or is torn, and
// which dies with the process: after that nothing lands any more.

import DurableFiles

struct SimulatedDisk: Disk {
    let world: World
    let epoch: Int

    private static let dead = failure("the process is dead")

    private static func failure(_ reason: String) -> DurableFileError {
        DurableFileError(kind: .unreachable, path: "disk", operation: "use", reason: reason)
    }

    /// Nil when the operation may be made.
    private func before(_ state: inout WorldState, writes: Bool) -> DurableFileError? {
        guard state.isAlive, state.epoch == epoch else { return Self.dead }
        state.moment()
        guard state.isAlive else { return Self.dead }
        if writes, !state.isSettling, state.generator.oneIn(state.odds.refusedWrite) {
            return Self.failure("no space left on device")
        }
        return nil
    }

    /// Some failures and deaths come after the fact.
    private func after(_ state: inout WorldState) -> DurableFileError? {
        guard !state.isSettling else { return nil }
        if state.generator.oneIn(state.odds.death) {
            state.die()
            return Self.dead
        }
        if state.generator.oneIn(state.odds.refusedWrite) {
            return Self.failure("the directory could not be made durable")
        }
        return nil
    }

    private func check(_ error: DurableFileError?) throws(DurableFileError) {
        if let error { throw error }
    }

    func read(_ path: String, limitBytes: Int) throws(DurableFileError) -> [UInt8]? {
        let (error, bytes) = world.with { state in
            (before(&state, writes: false), state.files[path])
        }
        try check(error)
        return bytes
    }

    func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(DurableFileError) {
        let error = world.with { state -> DurableFileError? in
            if let error = before(&state, writes: true) { return error }
            if !state.isSettling, path == WorldState.live || path.contains("/slots/"),
                state.liesInARow < 2, state.generator.oneIn(state.odds.lyingWrite)
            {
                state.liesInARow += 1
                // It says it is done; half of it is there, or nothing.
                let isTorn = path == WorldState.live && state.generator.oneIn(2)
                if isTorn { state.files[path] = Array(bytes.prefix(40)) }
                state.note("a write of \(path) is \(isTorn ? "torn" : "lost")")
                return nil
            }
            state.liesInARow = 0
            let token = Texts.member("refreshToken", of: bytes) ?? "no token"
            state.note("we write \(path): \(token)")
            if path == WorldState.live { state.noticeOurWrite(bytes) }
            state.files[path] = bytes
            return after(&state)
        }
        try check(error)
    }

    func append(_ line: [UInt8], to path: String) throws(DurableFileError) {
        let error = world.with { state -> DurableFileError? in
            if let error = before(&state, writes: true) { return error }
            var bytes = state.files[path] ?? []
            if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
            if state.odds.death > 0, !state.isSettling,
                state.generator.oneIn(state.odds.death)
            {
                state.files[path] = bytes + line.prefix(state.generator.below(line.count))
                state.die()
                return Self.dead
            }
            state.files[path] = bytes + line + [0x0A]
            return nil
        }
        try check(error)
    }

    func remove(_ path: String, durably: Bool) throws(DurableFileError) {
        let error = world.with { state -> DurableFileError? in
            if let error = before(&state, writes: true) { return error }
            state.files[path] = nil
            return nil
        }
        try check(error)
    }

    func names(in directory: String) throws(DurableFileError) -> [String] {
        let (error, names) = world.with { state in
            let prefix = directory + "/"
            let names = state.files.keys.filter { $0.hasPrefix(prefix) }.sorted()
                .map { String($0.dropFirst(prefix.count)) }
            return (before(&state, writes: false), names)
        }
        try check(error)
        return names
    }

    func makePrivateDirectory(_ path: String, unlessThere: Bool) throws(DurableFileError) {}

    func mode(of path: String) throws(DurableFileError) -> UInt32? {
        world.with { $0.files[path] == nil ? nil : 0o600 }
    }
}
