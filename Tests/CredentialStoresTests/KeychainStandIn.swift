// A stand-in for a command-line tool in a throw-away directory: how it is told
// to behave, what it holds, and how it was called.

import DurableFiles
import RotationEngine
import Support

@testable import CredentialStores

struct StandIn: Sendable {
    let directory = TemporaryDirectory()
    let clock = ManualClock()
    private let name: String

    /// The service's own environment, with what must not be handed on.
    static let environment = [
        "HOME": "/nowhere", "USER": "u", "LOGNAME": "u", "LANG": "C", "PATH": "/usr/bin:/bin",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus", "XDG_RUNTIME_DIR": "/nowhere/run",
        "ANTHROPIC_API_KEY": "environment-canary",
    ]

    init(_ name: String, source: String = #filePath) {
        self.name = name
        // A link, not a copy: a file just written may be busy (ETXTBSY).
        directory.link(name, to: DurableFile.directory(of: source) + "/StandIns/" + name)
    }

    var path: String { directory.file(name) }

    func behave(_ mode: String?, in verb: String? = nil) {
        let file = verb.map { "mode-\($0)" } ?? "mode"
        guard let mode else { return remove(file) }
        directory.write(file, mode + "\n")
    }

    /// Nil for any number of changes.
    func allow(changes: Int?) {
        guard let changes else {
            remove("mode")
            return remove("budget")
        }
        directory.write("budget", "\(changes)\n")
    }

    private func remove(_ file: String) { try? DurableFile.remove(directory.file(file)) }

    /// The arguments of each call, in order.
    var calls: [String] {
        (directory.read("calls") ?? "").split(separator: "\n").map(String.init)
    }

    /// Every environment it was started in.
    var environments: String { directory.read("environment") ?? "" }

    /// `service|account` of each item, sorted.
    var items: [String] { directory.names("items").filter { $0.first != "." } }

    func lose(_ item: String) { remove("items/" + item) }

    func put(_ item: String, _ content: String) {
        directory.makeDirectory("items")
        directory.write("items/" + item, content)
    }
}

extension SecurityTool {
    /// A deadline that only what hangs reaches.
    init(_ standIn: StandIn, deadline: Int64 = 60_000) {
        self.init(
            environment: StandIn.environment, clock: standIn.clock, executable: standIn.path,
            deadlineMilliseconds: deadline)
    }
}

extension SecretTool {
    init(_ standIn: StandIn, deadline: Int64 = 60_000) {
        self.init(
            environment: StandIn.environment, clock: standIn.clock, executable: standIn.path,
            deadlineMilliseconds: deadline)
    }
}

/// What a call threw; nil when it did not.
func thrown<Value>(_ body: () async throws(VaultError) -> Value) async -> VaultError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

extension VaultError {
    /// Without the words.
    var kind: String { "\(self)".prefix { $0 != "(" }.description }
}
