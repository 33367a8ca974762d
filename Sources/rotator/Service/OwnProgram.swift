// Where this very program is, for what is started from it and what lies beside
// it.

import CSystem

enum OwnProgram {
    /// Absolute; nil where the system does not say.
    static var path: String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        guard csystem_own_path(&buffer, buffer.count) > 0 else { return nil }
        return String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
