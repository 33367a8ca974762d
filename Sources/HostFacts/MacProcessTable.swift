// Processes on macOS, from libproc and KERN_PROCARGS2. Not tried where this
// was written: the block's parser is tested with blocks made by hand.

import CSystem

struct MacProcessTable: ProcessTable {
    let ownUID: UInt32

    func processes() -> [ProcessFacts] {
        var pids = [Int32](repeating: 0, count: 8192)
        let count = csystem_mac_processes(ownUID, &pids, Int32(pids.count))
        guard count > 0 else { return [] }
        return pids.prefix(Int(count)).filter { $0 > 0 }.sorted().map(facts)
    }

    func exists(_ pid: Int32) -> Bool { csystem_process_exists(pid) == 1 }

    func startSeconds(of pid: Int32) -> Int64? {
        let seconds = csystem_mac_start(pid)
        return seconds > 0 ? seconds : nil
    }

    private func facts(_ pid: Int32) -> ProcessFacts {
        var path = [CChar](repeating: 0, count: 4096)
        let length = csystem_mac_path(pid, &path, UInt32(path.count))
        let executable =
            length > 0
            ? String(
                decoding: path.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            : nil
        var block = [CChar](repeating: 0, count: 1 << 20)
        let size = csystem_mac_arguments(pid, &block, block.count)
        let parsed =
            size > 0
            ? ArgumentBlock(block.prefix(size).map { UInt8(bitPattern: $0) }) : nil
        return ProcessFacts(
            pid: pid, executable: executable, arguments: parsed?.arguments ?? [],
            environment: parsed.map { WantedEnvironment(block: $0.environment) })
    }
}

/// KERN_PROCARGS2: argc as a native int, the path, NULs, `argc` arguments,
/// then the environment.
struct ArgumentBlock {
    let arguments: [String]
    let environment: [UInt8]

    init?(_ bytes: [UInt8]) {
        guard bytes.count > 4 else { return nil }
        let count = bytes[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard let pathEnd = bytes[4...].firstIndex(of: 0),
            var position = bytes[pathEnd...].firstIndex(where: { $0 != 0 })
        else { return nil }
        var arguments: [String] = []
        while arguments.count < count, position < bytes.count {
            let end = bytes[position...].firstIndex(of: 0) ?? bytes.count
            arguments.append(String(decoding: bytes[position..<end], as: UTF8.self))
            position = min(end + 1, bytes.count)
        }
        self.arguments = arguments
        environment = Array(bytes[position...])
    }
}
