// `opt-in.flag`: holds exactly `on`, absent when off. A skill may write or
// remove it while no service runs, so it is read anew each time.

import DurableFiles
import RotationEngine

package struct OptInFlagFile: OptInFlag {
    private let path: String

    package init(path: String) { self.path = path }

    /// One trailing newline is forgiven, because shells add it.
    package func isOn() -> Bool {
        guard let bytes = (try? DurableFile.read(path, limitBytes: 16)) ?? nil else { return false }
        return bytes == Array("on".utf8) || bytes == Array("on\n".utf8)
    }

    package func set(_ enabled: Bool) throws(FlagError) {
        do {
            if !enabled { return try DurableFile.remove(path) }
            guard !isOn() else { return }
            try DurableFile.makePrivateDirectory(DurableFile.directory(of: path))
            try DurableFile.replace(path, with: Array("on".utf8))
        } catch {
            throw FlagError(message: error.message)
        }
    }
}
