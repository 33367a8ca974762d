// What the Python rotator keeps (reference §1 and §6): an index `state.json`,
// plaintext `slots/<email>.json`, keychain items. Read tolerantly: what is
// damaged is one finding and stops no other. Only plaintext is ever removed,
// never a keychain item, and never our own files.

import DurableFiles
import RotationEngine

package struct PythonRotatorData: ImportSource {
    private let home: String
    private let environment: [String: String]
    private let disk: any Disk
    /// Nil where there is no keychain.
    private let keychain: (any ItemStore)?
    private let clock: any EngineClock
    /// Ours may be the same one: both follow `CLAUDE_PLUGIN_DATA`.
    private let ownDirectory: String

    static let plugin = "ai-maestro-janitor-ai-maestro-plugins"
    private static let limit = 1 << 20
    /// It stamps a file at every tick, which come a minute apart.
    private static let stampSeconds: Int64 = 15 * 60

    /// `security` is the keychain to look into; nil where there is none.
    package init(
        home: String, ownDirectory: String, environment: [String: String],
        security: SecurityTool?, clock: any EngineClock
    ) {
        self.init(
            home: home, ownDirectory: ownDirectory, environment: environment,
            disk: SystemDisk(), keychain: security, clock: clock)
    }

    init(
        home: String, ownDirectory: String, environment: [String: String], disk: any Disk,
        keychain: (any ItemStore)?, clock: any EngineClock
    ) {
        self.home = home
        self.ownDirectory = ownDirectory
        self.environment = environment
        self.disk = disk
        self.keychain = keychain
        self.clock = clock
    }

    // MARK: ImportSource

    package func find(in directory: String?) async throws(ImportError) -> ImportFinding {
        let root = try root(directory)
        let index = PythonIndex(root: root, disk: disk)
        var pieces: [Piece] = []
        var plaintext: [PlaintextFile] = []
        var stems: [String] = []
        for name in try names(in: root + "/slots") where Self.isSlot(name) {
            let path = "\(root)/slots/\(name)"
            stems.append(PythonIndex.stem(ofFile: name))
            let piece = file(path, label: index.email(ofFile: name))
            if let text = piece.text {
                plaintext.append(PlaintextFile(path: path, content: text))
            }
            pieces.append(piece)
        }
        for email in index.emails {
            let kept = await items(of: email)
            if kept.isEmpty, !stems.contains(PythonIndex.stem(of: email)) {
                pieces.append(
                    Piece(label: email, origin: root + "/state.json", isAbsent: true))
            }
            pieces += kept
        }
        if let fault = index.fault {
            pieces.append(Piece(label: "-", origin: root + "/state.json", fault: fault))
        }
        guard !pieces.isEmpty else { throw .nothingFound("\(root) holds no credential") }
        return ImportFinding(
            source: root, candidates: PythonBlob.candidates(of: pieces), plaintext: plaintext,
            stillOn: try stillOn(root))
    }

    package func remove(_ file: PlaintextFile) async throws(ImportError) {
        do throws(DurableFileError) {
            guard let now = try disk.read(file.path, limitBytes: Self.limit) else { return }
            guard file.content.withBytes({ $0 == now }) else {
                throw DurableFileError(
                    kind: .refused, path: file.path, operation: "check",
                    reason: "changed meanwhile; import again")
            }
            try disk.remove(file.path, durably: true)
        } catch {
            throw .failed(error.message)
        }
    }

    // MARK: Where

    /// Its own order, with the two variables it honours. A variable of another
    /// plugin is inherited now and then and is not believed (its bug 42).
    private func root(_ directory: String?) throws(ImportError) -> String {
        if let directory {
            guard try holds(directory) else {
                throw .nothingFound("\(directory) holds neither state.json nor slots/*.json")
            }
            return directory
        }
        var places: [String] = []
        if let place = environment["CLAUDE_ROTATOR_HOME"] { places.append(place) }
        if let data = environment["CLAUDE_PLUGIN_DATA"], data.contains(Self.plugin) {
            places.append(data + "/oauth-rotator")
        }
        places.append("\(home)/.claude/plugins/data/\(Self.plugin)/oauth-rotator")
        places.append(home + "/.claude/account-rotator")
        for place in places where try holds(place) { return place }
        throw .nothingFound(
            "no Python rotator's data in \(places.joined(separator: ", ")); name its directory")
    }

    private func holds(_ directory: String) throws(ImportError) -> Bool {
        if try names(in: directory).contains(where: { PythonIndex.names.contains($0) }) {
            return true
        }
        return try names(in: directory + "/slots").contains(where: Self.isSlot)
    }

    /// Named after an e-mail, perhaps with an ending of a copy or of a file
    /// half written; ours are named after identifiers without an `@`.
    private static func isSlot(_ name: String) -> Bool {
        name.contains("@") && name.contains(".json")
    }

    private func names(in directory: String) throws(ImportError) -> [String] {
        do {
            return try disk.names(in: directory)
        } catch {
            throw .failed(error.message)
        }
    }

    /// Its flag may be ours as well; a tick just made is its own.
    private func stillOn(_ root: String) throws(ImportError) -> String? {
        let isOurs = canonicalPath(root) == canonicalPath(ownDirectory)
        var hasFlag = false
        if !isOurs { hasFlag = try names(in: root).contains("opt-in.flag") }
        let stamp = ((try? disk.read(root + "/tick-completed.ts", limitBytes: 64)) ?? nil)
            .flatMap { JSONText.integer($0.filter { $0 != 0x0A }) }
        let now = clock.now().milliseconds / 1000
        let ticks = stamp.map { (0..<Self.stampSeconds).contains(now - $0) } ?? false
        guard hasFlag || ticks else { return nil }
        return
            "the Python rotator is on (\(root)/\(hasFlag ? "opt-in.flag" : "tick-completed.ts")): "
            + "two rotators that renew the same logins sign each other out. "
            + (hasFlag ? "Remove that flag" : "Stop its daemon, wait 15 minutes")
            + ", then import again"
    }

    // MARK: What

    private func file(_ path: String, label: String) -> Piece {
        // What a link leads to would stay when the link is removed.
        let place = canonicalPath(DurableFile.directory(of: path)).map {
            $0 + path.dropFirst(DurableFile.directory(of: path).count)
        }
        guard canonicalPath(path) == place else {
            return Piece(label: label, origin: path, fault: "it is a symbolic link")
        }
        do {
            guard let text = try disk.read(path, limitBytes: Self.limit) else {
                return Piece(label: label, origin: path, fault: "it went away while it was read")
            }
            return Piece(label: label, origin: path, text: Secret(text))
        } catch {
            return Piece(label: label, origin: path, fault: error.message)
        }
    }

    private func items(of email: String) async -> [Piece] {
        guard let keychain else { return [] }
        let services = [
            environment["CLAUDE_ROTATOR_SLOT_KEYCHAIN_SERVICE"] ?? "Claude Code-rotator-slot",
            environment["CLAUDE_ROTATOR_SLOT_BACKUP_KEYCHAIN_SERVICE"]
                ?? "Claude Code-rotator-slot-backup",
        ]
        var pieces: [Piece] = []
        for service in services {
            let item = ItemName(service: service, account: email)
            let origin = "keychain item \(item)"
            do {
                guard let text = try await keychain.read(item) else { continue }
                pieces.append(Piece(label: email, origin: origin, text: Secret(text)))
            } catch {
                pieces.append(
                    Piece(label: email, origin: origin, fault: "the keychain did not give it"))
            }
        }
        return pieces
    }
}

/// One text that may be a credential, or why it cannot be had.
struct Piece {
    let label: String
    let origin: String
    var text: Secret?
    var fault = ""
    var isAbsent = false
}
