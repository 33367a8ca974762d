// `rotator doctor`: looks at everything rotation depends on and says what is
// wrong and what to do. Works with the service up and down; changes nothing,
// asks the vendor nothing, shows no secret.

import ArgumentParser
import HostFacts

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What is in the way of a rotation, and what to do about it.",
        discussion: "Ends with 0 when there is no error, else with the exit code of the first one."
            + "\n\n" + Examples.text("rotator doctor", "rotator doctor --quiet"))
    @OptionGroup var common: CommonOptions
    @Flag(name: .long, help: "Only what is not in order.") var quiet = false

    func run() async throws {
        let environment = CommonOptions.environment
        let (configuration, error) = try read()
        var facts = await Examination(
            configuration: configuration, environment: environment, clock: SystemClock()
        ).facts()
        facts.configurationError = error
        let diagnosis = Diagnosis(facts)
        if common.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Output.bytes(Array(try encoder.encode(diagnosis)) + [0x0A])
        } else {
            let shown = quiet ? diagnosis.findings.filter { $0.severity.rank > 1 } : nil
            for line in (shown.map(Diagnosis.init(findings:)) ?? diagnosis).lines {
                Output.line(line)
            }
        }
        if diagnosis.exitCode != .done { throw ExitStatus.code(diagnosis.exitCode) }
    }

    /// A wrong configuration is a finding, not an end.
    private func read() throws -> (Configuration, String?) {
        do {
            return (try common.read([:]), nil)
        } catch {
            var environment = CommonOptions.environment
            for key in SettingKey.allCases where key != .dataDirectory && key != .store {
                environment[key.variable] = nil
            }
            let flags = common.dataDir.map { [SettingKey.dataDirectory: $0] } ?? [:]
            do {
                return (
                    try Configuration(file: nil, environment: environment, flags: flags),
                    error.description
                )
            } catch let second {
                Output.error(second.description)
                throw ExitStatus.badArguments
            }
        }
    }
}
