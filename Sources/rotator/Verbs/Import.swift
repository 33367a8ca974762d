// `rotator import`: takes over the accounts of the Python rotator. What is
// done and why is the service's; here are the options and the report.

import ArgumentParser
import ControlWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct ImportVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over the accounts of the Python rotator.",
        discussion: "Turn that one off first. Exits 0 when every account is stored here.\n\n"
            + Examples.text("rotator import --dry-run", "rotator import --delete-plaintext"))
    @OptionGroup var common: CommonOptions
    @Option(
        name: .long, help: "Its data directory, where it is not found by itself.",
        completion: .directory)
    var from: String?
    @Flag(
        name: .long, help: "Delete its plaintext slots, once every account is proven stored here.")
    var deletePlaintext = false
    @Flag(name: .long, help: "Only say what is there.")
    var dryRun = false

    func run() throws {
        let client = ServiceClient(try common.configuration())
        let request = ImportRequestBody(
            from: from.map(Self.absolute), deletePlaintext: deletePlaintext, dryRun: dryRun)
        let bytes = try client.bytes("POST", "/imports", body: request)
        let report = try client.decode(ImportBody.self, bytes)
        if common.json {
            Output.bytes(bytes)
        } else {
            for line in Self.lines(report) { Output.line(line) }
        }
        guard dryRun || report.accounts.allSatisfy(\.isStored) else {
            throw ArgumentParser.ExitCode(1)
        }
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    static func lines(_ report: ImportBody) -> [String] {
        let stored = report.accounts.filter(\.isStored).count
        let rows = report.accounts.map { [$0.email ?? $0.label, $0.code, $0.detail] }
        let deleted = report.deleted.map { "deleted \($0)" }
        let sum =
            report.dryRun
            ? "\(report.accounts.count) found in \(report.source); nothing was written."
            : "\(stored) of \(report.accounts.count) found in \(report.source) are stored here."
        return Report.table(rows) + deleted + (report.remark.map { [$0 + "."] } ?? []) + [sum]
    }
}
