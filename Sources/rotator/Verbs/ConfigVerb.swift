// The configuration in force: every key, its value, and where it came from.

import ArgumentParser

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct ConfigVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Every setting, its value and where it came from.",
        discussion: Examples.text("rotator config", "rotator config --json"))
    @OptionGroup var common: CommonOptions

    private struct Line: Encodable {
        let key: String
        let value: String
        let source: String
    }

    func run() throws {
        let configuration = try common.configuration()
        var lines = SettingKey.allCases.map { key in
            let value = configuration.values[key]
            return Line(
                key: key.rawValue, value: key.shown(value?.text ?? ""),
                source: value?.source.description ?? "default")
        }
        for (window, percent) in configuration.thresholdByWindow.sorted(by: { $0.key < $1.key }) {
            lines.append(
                Line(
                    key: "policy.threshold-by-window.\(window)", value: Report.plain(percent),
                    source: "file"))
        }
        if common.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Output.bytes(Array(try encoder.encode(lines)) + [0x0A])
        }
        for line in Report.table(
            lines.map { [$0.key, $0.value, "(\($0.source))"] },
            width: Presentation.current(configuration).width)
        {
            Output.line(line)
        }
    }
}
