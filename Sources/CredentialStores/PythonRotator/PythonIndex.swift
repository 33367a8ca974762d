// The Python rotator's `state.json`: which accounts it knows. A digest beside
// it tells whether it is whole; a second copy stands in for one that is not.

import DurableFiles
import RotationEngine

struct PythonIndex {
    let emails: [String]
    /// Why not all accounts may be known; nil when the index was whole, or
    /// there is none.
    let fault: String?

    static let names = ["state.json", "state.json.bak"]
    private static let limit = 1 << 20

    init(root: String, disk: any Disk) {
        var faults: [String] = []
        for name in Self.names {
            do {
                let path = "\(root)/\(name)"
                guard let text = try disk.read(path, limitBytes: Self.limit) else { continue }
                let sum = try disk.read(path + ".sha256", limitBytes: 1024)
                guard Self.isWhole(text, sum) else {
                    faults.append("\(name) does not match its digest")
                    continue
                }
                guard let emails = Self.emails(in: text) else {
                    faults.append("\(name) is not understood")
                    continue
                }
                self.emails = emails
                fault = nil
                return
            } catch {
                faults.append(error.message)
            }
        }
        emails = []
        fault = faults.isEmpty ? nil : faults.joined(separator: "; ")
    }

    /// Without a digest beside it, or a library to compute one, it is believed.
    private static func isWhole(_ text: [UInt8], _ sum: [UInt8]?) -> Bool {
        let digest = Digest.sha256(text)
        guard let sum, !digest.isEmpty else { return true }
        return sum.prefix { $0 != 0x20 && $0 != 0x0A }.elementsEqual(Hexadecimal.digits(digest))
    }

    private static func emails(in text: [UInt8]) -> [String]? {
        guard let state = try? JSONObjectText(text) else { return nil }
        guard let slots = state["slots"], !JSONText.isNull(slots) else { return [] }
        return (try? JSONObjectText(slots)).map { $0.members.map(\.key).sorted() }
    }

    /// Of a slot's file, without its ending.
    static func stem(of email: String) -> String {
        String(email.map { $0 == "/" ? "_" : $0 })
    }

    static func stem(ofFile name: String) -> String {
        String(name[..<(name.firstRange(of: ".json")?.lowerBound ?? name.endIndex)])
    }

    /// A file's name has lost what a path cannot hold; the index has not.
    func email(ofFile name: String) -> String {
        let stem = Self.stem(ofFile: name)
        return emails.first { Self.stem(of: $0) == stem } ?? stem
    }
}
