// One file for whoever helps: what is configured, what happened, what was
// logged. Before it is written it is searched for every secret that is known
// here; if one is found nothing is written.

import ArgumentParser
import ControlWire
import CredentialStores
import DurableFiles
import HostFacts
import RotationCore
import RotationEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct SupportBundle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support-bundle",
        abstract: "Facts for a bug report in one file (0600), searched for secrets before it is "
            + "written. Needs no service.",
        discussion: Examples.text("rotator support-bundle --output facts.txt"))
    @OptionGroup var common: CommonOptions
    @Option(name: .long, help: "The file to write; never one that is there.", completion: .file())
    var output: String?
    @Flag(name: .long, help: "Leave e-mail addresses as they are.") var withEmails = false
    @Flag(
        name: .long,
        help: "Write it although a store could not be read and its secrets not searched for.")
    var evenIfUnread = false

    func run() async throws {
        let configuration = try common.configuration()
        let environment = CommonOptions.environment
        let clock = SystemClock()
        let now = clock.now()
        let home = environment["HOME"] ?? ""
        let paths = ClaudePaths(home: home, claudeConfigDir: environment["CLAUDE_CONFIG_DIR"])
        let path = output ?? "rotator-support-\(now.milliseconds / 1000).txt"
        let inventory = await inventory(configuration, paths, environment, clock)
        try refuse(unread: inventory.unread)
        let (gathered, accounts) = await SupportSections(
            configuration: configuration, environment: environment, paths: paths, now: now
        ).gather()
        var sections = gathered
        sections[0].lines += inventory.unread.map { "not searched for the secrets of \($0)" }
        var names = Pseudonyms(known: accounts, home: home, keepsEmails: withEmails)
        let search = SecretSearch(inventory.secrets.map(\.secret))
        var text: [UInt8] = []
        for section in sections {
            // Before names are replaced, which could cut a secret in two, and after.
            let raw = section.lines.joined(separator: "\n")
            let shown = names.replaced(raw)
            guard !search.finds(in: Array(raw.utf8)), !search.finds(in: Array(shown.utf8)) else {
                Output.error(
                    "the section `\(section.name)` holds a secret or a part of one; nothing was "
                        + "written. This is a bug worth reporting, without that section")
                throw ExitStatus.code(.failed)
            }
            text += Array("== \(section.name) ==\n\(shown)\n\n".utf8)
        }
        guard !search.finds(in: text) else {
            Output.error(
                "the bundle as a whole holds a secret, so nothing was written; this is a bug worth "
                    + "reporting")
            throw ExitStatus.code(.failed)
        }
        try write(text, to: path)
        if common.json { return try Output.json(["path": path]) }
        Output.line(
            "\(path) is written, for you only, after a search for \(inventory.secrets.count) "
                + "secrets. Read it before you send it to anybody.")
    }

    /// A store that says nothing cannot be searched for.
    private func refuse(unread: [String]) throws {
        guard !unread.isEmpty, !evenIfUnread else { return }
        for store in unread { Output.error("not read: \(store); see `rotator doctor`") }
        Output.error("so its secrets cannot be searched for; --even-if-unread writes all the same")
        throw ExitStatus.code(.credentialUnavailable)
    }

    private func inventory(
        _ configuration: Configuration, _ paths: ClaudePaths, _ environment: [String: String],
        _ clock: any EngineClock
    ) async -> SecretInventory {
        var inventory: SecretInventory
        if StoreAdvice.unsupported(store: configuration.text(.store)) == nil,
            let vault = try? Service.stores(configuration, paths, environment, clock)
        {
            inventory = await SecretInventory.gather(from: vault)
        } else {
            inventory = await SecretInventory.gather(
                paths: paths, dataDirectory: configuration.dataDirectory)
        }
        inventory.add(BearerTokenFile(dataDirectory: configuration.dataDirectory))
        inventory.add(webhookKey: Couriers.keyFile(configuration))
        inventory.add(webhookURL: configuration.text(.webhookURL))
        return inventory
    }

    private func write(_ text: [UInt8], to path: String) throws {
        let fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard fd >= 0 else {
            Output.error("\(path): \(String(cString: strerror(errno))); --output names another")
            throw ExitStatus.code(.failed)
        }
        defer { close(fd) }
        LogFile.put(fd, text)
        var facts = stat()
        guard fstat(fd, &facts) == 0, Int(facts.st_size) == text.count else {
            unlink(path)
            Output.error(
                "\(path) could not be written; make room on the disk, or name another with --output"
            )
            throw ExitStatus.code(.failed)
        }
    }
}
