// What a swap costs beside the fsyncs it must make: both are measured in turns
// in one run, over files in a throw-away directory. See docs/PERFORMANCE.md.

import CredentialStores
import DurableFiles
import RotationCore
import RotationEngine
import Support

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@main
struct SwapCost {
    static func main() async throws {
        let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 200
        let home = TemporaryDirectory()
        let world = try await Swaps(home)
        let bare = BareSyncs(directory: home.file("bare"))
        var swaps: [Double] = []
        var syncs: [Double] = []
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            try await world.swap()
            let between = ContinuousClock.now
            bare.run()
            swaps.append(milliseconds(between - start))
            syncs.append(milliseconds(ContinuousClock.now - between))
        }
        let swap = median(swaps)
        let sync = median(syncs)
        let bound = 2 * sync + 3
        Swift.print("swap, median of \(rounds): \(text(swap)) ms")
        Swift.print("its \(BareSyncs.count) fsyncs alone: \(text(sync)) ms")
        Swift.print("bound (twice that plus 3 ms): \(text(bound)) ms")
        Swift.print(swap <= bound ? "within the bound" : "ABOVE the bound")
        exit(swap <= bound ? 0 : 1)
    }

    static func milliseconds(_ took: Duration) -> Double {
        Double(took.components.attoseconds) / 1e15 + Double(took.components.seconds) * 1000
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    static func text(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}

/// Two accounts, swapped to and fro.
actor Swaps {
    private let vault: Vault
    private var generation = Generation(0)
    private var live: AccountIdentity
    private var parked: AccountIdentity

    init(_ home: TemporaryDirectory) async throws {
        live = Self.identity("a")
        parked = Self.identity("b")
        home.makeDirectory(".claude")
        home.write(".claude.json", #"{"numStartups":1}"#)
        vault = Vault(
            paths: ClaudePaths(home: home.path, claudeConfigDir: nil), dataDirectory: home.path,
            clock: ManualClock())
        for identity in [parked, live] {
            let name = identity.id.accountUUID
            home.write(
                ".claude/.credentials.json",
                #"{"claudeAiOauth":{"accessToken":"at-\#(name)","refreshToken":"rt-\#(name)","#
                    + #""expiresAt":1790003600000,"scopes":["user:inference","user:profile"]},"#
                    + #""mcpOAuth":{"padding":"\#(String(repeating: "x", count: 3000))"}}"#)
            guard let read = try await vault.readLive() else { continue }
            generation = read.generation
            _ = try await vault.fileLive(
                read.generation, as: identity, now: Timestamp(seconds: 1_790_000_000))
        }
    }

    private static func identity(_ name: String) -> AccountIdentity {
        AccountIdentity(
            id: AccountID(accountUUID: name, organizationUUID: "o"), email: "\(name)@x.y")
    }

    func swap() async throws {
        let receipt = try await vault.swap(
            SwapOrder(
                outgoing: .init(identity: live, generation: generation), incoming: parked.id,
                lockPatienceSeconds: 0, now: Timestamp(seconds: 1_790_000_000)))
        await vault.settled()
        generation = receipt.incoming.generation
        (live, parked) = (parked, live)
    }
}

/// The writes of a swap whose slot is up to date, with nothing around them:
/// journal, live store and configuration replaced, the ledger appended to.
struct BareSyncs {
    let directory: String
    static let sizes = [300, 3400, 300]
    static let count = 2 * sizes.count + 1

    init(directory: String) {
        self.directory = directory
        mkdir(directory, 0o700)
    }

    func run() {
        for (index, size) in Self.sizes.enumerated() {
            let path = "\(directory)/\(index)"
            write(path + ".new", size, O_WRONLY | O_CREAT | O_TRUNC)
            rename(path + ".new", path)
            sync(directory, O_RDONLY | O_DIRECTORY)
        }
        write("\(directory)/ledger", 180, O_WRONLY | O_CREAT | O_APPEND)
    }

    private func write(_ path: String, _ size: Int, _ flags: Int32) {
        let fd = open(path, flags, 0o600)
        let bytes = [UInt8](repeating: 0x78, count: size)
        _ = bytes.withUnsafeBytes { put(fd, $0.baseAddress, $0.count) }
        fsync(fd)
        close(fd)
    }

    private func sync(_ path: String, _ flags: Int32) {
        let fd = open(path, flags)
        fsync(fd)
        close(fd)
    }
}

/// write(2); its name is a method's above.
private func put(_ fd: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(fd, bytes, count)
}
