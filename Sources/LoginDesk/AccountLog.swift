// One account's sign-ins, a line an event, in the data directory. Lines are
// made of states and reasons; what the client or the browser wrote never gets
// here, because it may hold an address with a code in it.

import DurableFiles
import RotationCore

struct AccountLog: Sendable {
    let path: String
    private static let sizeLimit: Int64 = 256 << 10

    func write(_ text: String, at now: Timestamp) {
        let line = Array("\(now.rfc3339) \(text)".utf8).map { $0 < 0x20 ? 0x20 : $0 }
        do {
            try DurableFile.makePrivateDirectory(DurableFile.directory(of: path))
            // Small on purpose: it is begun anew when it has grown.
            if let facts = try FileFacts.of(path), facts.size > Self.sizeLimit {
                try DurableFile.replace(path, with: line + [0x0A])
            } else {
                try DurableFile.append(line, to: path)
            }
        } catch {
            // A log that cannot be written keeps nobody from signing in; the
            // state is told by the service as well.
        }
    }
}
