// A home with three accounts filed and rotation off, made once by the real
// service and kept in memory: every run starts from the same bytes.

#if os(Linux)
    import Foundation
    import Support

    struct Template: Sendable {
        struct Entry: Sendable {
            let path: String
            let mode: Int
            /// Nil for a directory.
            let bytes: Data?
        }

        let entries: [Entry]
        /// The newest row of the history.
        let mark: HistoryMark

        /// Milliseconds since the epoch: when the accounts' windows began.
        static let madeAt = Int64(Date().timeIntervalSince1970 * 1000)
        /// Stands in carol's slot for a moment two minutes after the run began.
        static let laterInSlot = "1999999999000"

        static let shared: Result<Template, any Error> = Result { try make() }

        private static func make() throws -> Template {
            let scene = try Scene(entries: [
                Entry(path: ".claude", mode: 0o700, bytes: nil),
                Entry(path: ".claude/sessions", mode: 0o700, bytes: nil),
                Entry(
                    path: ".claude.json", mode: 0o600,
                    bytes: Data(
                        #"{"numStartups":3,"oauthAccount":{},"z":[ 1 ]}"#.utf8)),
            ])
            defer { scene.close() }
            scene.vendor.simulator.change(Scene.email("carol")) { account in
                account.accessTokenExpiresAt = Int64(laterInSlot) ?? 0
            }
            scene.signIn("carol")
            guard try scene.start() else { throw scene.startFailure }
            for name in ["carol", "bob", "alice"] {
                scene.signIn(name)
                let answer = try scene.ask("POST", "/captures")
                guard answer.status == 200 else {
                    throw HarnessError(description: "no capture of \(name): \(answer.text)")
                }
            }
            let mark = try scene.historyMark(after: nil)
            guard scene.stop() == 0 else {
                throw HarnessError(description: "the service did not stop: \(scene.log)")
            }
            return Template(entries: try entries(of: scene.home.path), mark: mark)
        }

        private static func entries(of root: String) throws -> [Entry] {
            let manager = FileManager.default
            return try (manager.subpaths(atPath: root) ?? []).sorted().compactMap { path in
                let facts = try manager.attributesOfItem(atPath: root + "/" + path)
                let mode = (facts[.posixPermissions] as? NSNumber)?.intValue ?? 0
                switch facts[.type] as? FileAttributeType {
                case .typeDirectory: return Entry(path: path, mode: mode, bytes: nil)
                case .typeRegular:
                    let bytes = try Data(contentsOf: URL(filePath: root + "/" + path))
                    return Entry(path: path, mode: mode, bytes: bytes)
                default: return nil
                }
            }
        }
    }

    /// The newest row of the history and how often it repeated: changes with
    /// every tick.
    struct HistoryMark: Hashable, Sendable {
        let id: Int64
        let repeats: Int64
    }
#endif
